"""One snapshot of a page: into a document, against the last accepted one, into a change or into drops."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from config.settings import DetectionSettings
from extract.capture import looks_failed
from extract.compare import ROTATES, SEEN, compare_documents
from extract.document import (
    VERSION,
    CompareOptions,
    Document,
    ReadOptions,
    document_from_json,
    document_to_json,
)
from extract.errors import UnreadableError
from extract.importance import importance_of
from extract.normalise import key_of
from extract.read import fingerprint, read_document, says_nothing
from extract.standing import Standing, is_undone, standing_of
from extract.talk import places_of_texts, rotating, turning_places
from extract.zones import RELATED
from store.block_memory import mark_volatile, remember_blocks, remembered_blocks, volatile_blocks
from store.changes import (
    Change,
    add_change,
    changes_between,
    narrow_change,
    pending_changes,
    set_state,
)
from store.documents import StoredDocument, add_document, document_of, last_accepted_document
from store.drops import Drop, record_drops
from store.kinds import ChangeState, FactKind, Look, PageType, Stage
from store.records import Difference, Suppressed
from store.snapshots import Snapshot, get_snapshot, snapshot_bytes
from store.sources import Source

#: Differences of one snapshot that are kept as drops.
DROPS = 60
#: Facts that are news when they come back after a while, because they had held.
_LASTING = frozenset(
    {FactKind.PRICE, FactKind.PERSON, FactKind.OPENING, FactKind.CUSTOMER, FactKind.PARTNER, FactKind.EVENT}
)
#: So many times the same change may come and go before it is a variant.
FLIPS = 2


def read_source_document(
    source: Source, body: bytes, url: str, content_type: str | None, page_type: PageType | None = None
) -> Document:
    """Read a page as the pipeline does: with the source's own options. Raises: UnreadableError."""
    options = ReadOptions(
        only=_texts(source.options.get("only")),
        ignore=_texts(source.options.get("ignore")),
        ignore_text=_texts(source.options.get("ignore_text")),
        article=False,
    )
    return read_document(body, url=url, content_type=content_type, page_type=page_type, options=options)


def extract_page(
    session: Session,
    snapshot: Snapshot,
    source: Source,
    page_type: PageType | None,
    settings: DetectionSettings,
    now: datetime,
) -> None:
    """Handle one snapshot: learn, confirm, or compare with the last accepted document."""
    document = _read(session, snapshot, source, page_type, now)
    if document is None:
        return
    before = _last_accepted(session, source, page_type)
    if snapshot.look is Look.LEARN:
        _learn(session, source, before, document, snapshot)
    elif snapshot.look is Look.CONFIRM:
        settle_pending(session, source.id, document, now)
    else:
        settle_pending(session, source.id, document, now)
        _compare(session, snapshot, source, document, settings, now, page_type)


def settle_pending(session: Session, source_id: int, document: Document, now: datetime) -> None:
    """Confirm what a later capture still shows, refuse what it does not."""
    for change in pending_changes(session, source_id):
        standing = _without_turns(session, source_id, change, standing_of(change, document), now)
        _record(session, source_id, f"change:{change.id}", standing.gone, now)
        if standing.holds:
            narrow_change(
                session,
                replace(change, added=standing.added, removed=standing.removed, facts=standing.facts),
            )
            set_state(session, change.id, ChangeState.CONFIRMED, now)
        else:
            set_state(session, change.id, ChangeState.VARIANT, now)
            mark_volatile(session, source_id, _rotating_keys(change), now)


def _without_turns(
    session: Session, source_id: int, change: Change, standing: Standing, now: datetime
) -> Standing:
    """Remember the places whose new talk was gone at the second look; what it had replaced there is no news either."""
    after = document_of(session, change.after_snapshot_id) if standing.gone else None
    if after is None:
        return standing
    gone = [item.after for item in standing.gone if item.after]
    places = places_of_texts(document_from_json(after.body), gone)
    mark_volatile(session, source_id, places, now)
    stored = document_of(session, change.before_snapshot_id) if change.before_snapshot_id else None
    if stored is None or not places:
        return standing
    before = document_from_json(stored.body)
    turned = {block.text for block in rotating(before.blocks, places, before)}
    items = tuple(Suppressed(reason=RELATED, before=text) for text in standing.removed if text in turned)
    removed = tuple(text for text in standing.removed if text not in turned)
    return replace(standing, removed=removed, gone=(*standing.gone, *items))


def _read(
    session: Session, snapshot: Snapshot, source: Source, page_type: PageType | None, now: datetime
) -> Document | None:
    try:
        document = read_source_document(
            source, snapshot_bytes(session, snapshot), snapshot.url, snapshot.content_type, page_type
        )
    except UnreadableError as error:
        _record(
            session,
            source.id,
            f"snapshot:{snapshot.id}",
            [Suppressed(reason="unreadable", after=str(error))],
            now,
        )
        return None
    if says_nothing(document) or looks_failed(document):
        text = " ".join(block.text for block in document.blocks)[:300]
        _record(
            session,
            source.id,
            f"snapshot:{snapshot.id}",
            [Suppressed(reason="failed capture", after=text)],
            now,
        )
        return None
    return document


def _last_accepted(session: Session, source: Source, page_type: PageType | None) -> Document | None:
    return _accepted(session, source, page_type)[0]


def _accepted(
    session: Session, source: Source, page_type: PageType | None
) -> tuple[Document | None, int | None]:
    stored = last_accepted_document(session, source.id)
    if stored is None:
        return None, None
    if stored.version == VERSION and (page_type is None or stored.page_type is page_type):
        return document_from_json(stored.body), stored.snapshot_id
    # Stored by an older reader: read its bytes again, or every rule that changed would look like news.
    snapshot = get_snapshot(session, stored.snapshot_id)
    if snapshot is None:
        return document_from_json(stored.body), stored.snapshot_id
    body = snapshot_bytes(session, snapshot)
    return read_source_document(
        source, body, snapshot.url, snapshot.content_type, page_type
    ), stored.snapshot_id


def _learn(
    session: Session, source: Source, before: Document | None, document: Document, snapshot: Snapshot
) -> None:
    """Remember as volatile what differs between two visits within moments."""
    if before is None:
        return
    left, right = {b.key for b in before.blocks}, {b.key for b in document.blocks}
    turning = set(turning_places(before, document))
    mark_volatile(session, source.id, (left ^ right) | turning, snapshot.fetched_at)


def _compare(
    session: Session,
    snapshot: Snapshot,
    source: Source,
    document: Document,
    settings: DetectionSettings,
    now: datetime,
    page_type: PageType | None,
) -> None:
    before, before_id = _accepted(session, source, page_type)
    if before is None:
        _accept(session, snapshot, document)
        return
    since = snapshot.fetched_at - settings.variant_memory
    undone = _undo(session, source.id, document, snapshot.fetched_at - settings.revert_window, now)
    options = CompareOptions(
        volatile=volatile_blocks(session, source.id),
        seen_before=_returning(session, source.id, before, document, since) | undone,
        returned=undone,
        on=snapshot.fetched_at.date(),
    )
    if before.page_type is not document.page_type and page_type is None:
        body = snapshot_bytes(session, snapshot)
        document = read_source_document(source, body, snapshot.url, snapshot.content_type, before.page_type)
    difference = compare_documents(before, document, options)
    if any(item.reason in ("failed capture", "half page") for item in difference.suppressed):
        _record(session, source.id, f"snapshot:{snapshot.id}", difference.suppressed, now)
        return
    difference = _without_flips(session, source.id, difference, since)
    _record(session, source.id, f"snapshot:{snapshot.id}", difference.suppressed, now)
    _accept(session, snapshot, document)
    turned = [item for item in difference.suppressed if item.reason in (ROTATES, SEEN)]
    texts = [text for item in turned for text in (item.before, item.after) if text]
    turning = {item for item in turned if item.before and item.after}
    places = places_of_texts(before, (item.before for item in turning))
    places &= places_of_texts(document, (item.after for item in turning))
    mark_volatile(session, source.id, _keys(texts) | places, snapshot.fetched_at)
    if difference.changed:
        add_change(session, _change(snapshot, source, document, difference, settings, now, before_id))


def _undo(
    session: Session, source_id: int, document: Document, since: datetime, now: datetime
) -> frozenset[str]:
    """Mark recent changes that the page has taken back; return the keys of their texts."""
    keys: set[str] = set()
    for change in changes_between(session, source_id, since, (ChangeState.CONFIRMED,)):
        if is_undone(change, document):
            set_state(session, change.id, ChangeState.REVERTED, now)
            _record(
                session,
                source_id,
                f"change:{change.id}",
                [
                    Suppressed(
                        reason="reverted", before="\n".join(change.added), after="\n".join(change.removed)
                    )
                ],
                now,
            )
            keys |= _keys((*change.added, *change.removed))
    return frozenset(keys)


def _returning(
    session: Session, source_id: int, before: Document, document: Document, since: datetime
) -> frozenset[str]:
    """Return the keys of blocks that are new beside the last document but were shown not long ago."""
    fresh = {block.key for block in document.blocks} - {block.key for block in before.blocks}
    if not fresh:
        return frozenset()
    lasting = {fact.quote for fact in document.facts if fact.kind in _LASTING}
    held = {block.key for block in document.blocks if block.text in lasting}
    return (remembered_blocks(session, source_id, since) & fresh) - held


def _without_flips(session: Session, source_id: int, difference: Difference, since: datetime) -> Difference:
    """Take a difference that has come and gone before as a variant."""
    states = (ChangeState.REVERTED, ChangeState.VARIANT)
    past = changes_between(session, source_id, since, states) if difference.changed else []
    same = [
        c for c in past if set(c.added) == set(difference.added) and set(c.removed) == set(difference.removed)
    ]
    if len(same) < FLIPS:
        return difference
    items = [Suppressed(reason="ab variant", after=text) for text in difference.added]
    items += [Suppressed(reason="ab variant", before=text) for text in difference.removed]
    return Difference(page_type=difference.page_type, suppressed=(*difference.suppressed, *items))


def _accept(session: Session, snapshot: Snapshot, document: Document) -> None:
    add_document(
        session,
        StoredDocument(
            snapshot_id=snapshot.id,
            source_id=snapshot.source_id,
            page_type=document.page_type,
            language=document.language,
            title=document.title,
            fingerprint=fingerprint(document),
            seen_at=snapshot.fetched_at,
            version=VERSION,
            body=document_to_json(replace(document, main_text="")),
        ),
    )
    remember_blocks(session, snapshot.source_id, (b.key for b in document.blocks), snapshot.fetched_at)


def _change(
    snapshot: Snapshot,
    source: Source,
    document: Document,
    difference: Difference,
    settings: DetectionSettings,
    now: datetime,
    before_id: int | None,
) -> Change:
    importance = importance_of(difference)
    # Words without a fact are what pages show by turns, so they are looked at twice too.
    pending = importance >= settings.confirm_from_impact or not difference.facts
    return Change(
        source_id=source.id,
        before_snapshot_id=before_id,
        after_snapshot_id=snapshot.id,
        url=snapshot.url,
        title=document.title,
        observed_at=snapshot.fetched_at,
        page_type=difference.page_type,
        added=difference.added,
        removed=difference.removed,
        facts=difference.facts,
        suppressed=difference.suppressed[:DROPS],
        importance=importance,
        state=ChangeState.PENDING if pending else ChangeState.CONFIRMED,
        state_at=now,
        confirm_due_at=now + settings.confirm_after if pending else None,
    )


def _record(
    session: Session, source_id: int, subject: str, items: Iterable[Suppressed], now: datetime
) -> None:
    record_drops(
        session,
        [
            Drop(
                stage=Stage.EXTRACT,
                reason=item.reason,
                subject=subject,
                at=now,
                source_id=source_id,
                before=item.before,
                after=item.after,
            )
            for item in list(items)[:DROPS]
        ],
    )


def _rotating_keys(change: Change) -> set[str]:
    # A price or a person that was not confirmed today may be real tomorrow; only plain text is set aside for good.
    return set() if any(fact.kind in _LASTING for fact in change.facts) else _keys(change.added)


def _keys(texts: Iterable[str]) -> set[str]:
    return {key for text in texts for key in (key_of(text), key_of(text, counts=True))}


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(str(item) for item in value) if isinstance(value, list | tuple) else ()
