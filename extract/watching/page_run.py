"""One snapshot of a page, read whole: against the last accepted document, into a change or into drops."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from config.settings import DetectionSettings
from extract.compare import OTHER_LANGUAGE, compare_documents
from extract.comparing.talk import places_of_texts, turning_places
from extract.comparing.turns import ROTATES, SEEN
from extract.document import (
    NO_THRESHOLD,
    VERSION,
    Attention,
    CompareOptions,
    Document,
    Threshold,
    document_from_json,
)
from extract.facts.presentation import is_presentation
from extract.read import read_document
from extract.reading.decode import decode
from extract.reading.offsets import Source as PageSource
from extract.watching.batch import capture_of, complete, stored_capture, stored_document
from extract.watching.importance import importance_of
from extract.watching.noise import DROPS, record_noise
from extract.watching.settle import LASTING, keys_of, settle_pending, undo, without_flips
from extract.watching.sight import Capture, Sight, is_no_page, look_at, read_capture, read_options
from store.block_memory import mark_volatile, remember_blocks, remembered_blocks, volatile_blocks
from store.changes import Change, Place, add_change
from store.documents import DocumentMark, add_documents, forget_document, last_accepted_document
from store.kinds import ChangeState, Look, PageType
from store.records import Difference, FactChange, Suppressed
from store.snapshots import Snapshot
from store.sources import Source
from store.watched import Watched


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """The last accepted document of a source, the snapshot it was read from, and when it was last met.

    ``capture`` is what was read just now, if it was.
    """

    document: Document
    snapshot_id: int
    seen_at: datetime
    capture: Capture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """One snapshot to compare, and by which settings."""

    session: Session
    snapshot: Snapshot
    watched: Watched
    settings: DetectionSettings
    now: datetime

    @property
    def remembers(self) -> bool:
        """Return whether blocks of the source may be remembered: what settles a moment ago may remember some."""
        return self.watched.remembered or self.watched.unsettled

    def note(self, *items: Suppressed) -> None:
        """Keep what is not reported."""
        record_noise(self.session, self.watched.id, f"snapshot:{self.snapshot.id}", items, self.now)


def read_source_document(
    source: Source, body: bytes, url: str, content_type: str | None, page_type: PageType | None = None
) -> Document:
    """Read a page as the pipeline does: with the source's own options. Raises: UnreadableError."""
    options = read_options(source.options)
    return read_document(body, url=url, content_type=content_type, page_type=page_type, options=options)


def extract_page(
    session: Session,
    snapshot: Snapshot,
    watched: Watched,
    sight: Sight,
    settings: DetectionSettings,
    now: datetime,
    mark: DocumentMark | None,
) -> None:
    """Handle one snapshot: learn, confirm, or compare with the last accepted document. Without ``mark`` it has none."""
    job = _Job(session=session, snapshot=snapshot, watched=watched, settings=settings, now=now)
    document = sight.document
    assert document is not None
    if is_no_page(document):
        job.note(_failed(document))
    elif snapshot.look is Look.LEARN:
        _learn(job, sight, mark)
    else:
        if watched.unsettled:
            settle_pending(session, watched.id, document, now, settings.confirm_after)
        if snapshot.look is not Look.CONFIRM:
            _compare(job, sight, mark)


def _failed(document: Document) -> Suppressed:
    return Suppressed(reason="failed capture", after=" ".join(block.text for block in document.blocks)[:300])


def _known(job: _Job, sight: Sight, mark: DocumentMark | None) -> _Known | None:
    if mark is None:
        return None
    # What settled a moment ago may have made another document the last one.
    if not mark.is_read and not job.watched.unsettled:
        return _recalled(job, mark.snapshot_id, mark.seen_at, sight.recalled)
    stored = last_accepted_document(job.session, job.watched.id)
    if stored is None:
        return None
    if stored.body is None:
        return _recalled(job, stored.snapshot_id, stored.seen_at, sight.recalled)
    if stored.version != VERSION and (
        capture := stored_capture(job.session, stored.snapshot_id, job.watched)
    ):
        # Stored by an older reader: read its bytes again, or every rule that changed would look like news.
        document = _whole(read_capture(capture))
    else:
        document = document_from_json(stored.body)
    return _Known(document=document, snapshot_id=stored.snapshot_id, seen_at=stored.seen_at)


def _recalled(job: _Job, snapshot_id: int, seen_at: datetime, recalled: Sight | None) -> _Known | None:
    """Read the first capture of a page now that another differs from it; if it was no page, forget it."""
    if recalled is None:
        capture = stored_capture(job.session, snapshot_id, job.watched)
        recalled = read_capture(capture) if capture else None
    if recalled is None or is_no_page(_whole(recalled)):
        forget_document(job.session, snapshot_id)
        if recalled is not None:
            noise = [_failed(_whole(recalled))]
            record_noise(job.session, job.watched.id, f"snapshot:{snapshot_id}", noise, job.now)
        return None
    complete(job.session, snapshot_id, recalled)
    return _Known(
        document=_whole(recalled), snapshot_id=snapshot_id, seen_at=seen_at, capture=recalled.capture
    )


def _whole(sight: Sight) -> Document:
    assert sight.document is not None
    return sight.document


def _learn(job: _Job, sight: Sight, mark: DocumentMark | None) -> None:
    """Remember as volatile what differs between two visits within moments."""
    known = _known(job, sight, mark)
    if known is None:
        return
    document = _whole(sight)
    left, right = {b.key for b in known.document.blocks}, {b.key for b in document.blocks}
    turning = set(turning_places(known.document, document))
    mark_volatile(job.session, job.watched.id, (left ^ right) | turning, job.snapshot.fetched_at)


def _compare(job: _Job, sight: Sight, mark: DocumentMark | None) -> None:
    known = _known(job, sight, mark)
    if known is None:
        _accept(job, sight)
        return
    sight = _as_type(job, sight, known.document.page_type)
    document = _whole(sight)
    difference = compare_documents(known.document, document, _options(job, known, document))
    if _is_passed_over(job, known, difference):
        job.note(*difference.suppressed)
        return
    if job.watched.changed:
        since = job.snapshot.fetched_at - job.settings.variant_memory
        difference = without_flips(job.session, job.watched.id, difference, since)
    job.note(*difference.suppressed)
    _accept(job, sight)
    _remember(job, known, document)
    _learn_turns(job, known.document, document, difference)
    if difference.changed:
        add_change(job.session, _change(job, known, sight, difference))


def _is_passed_over(job: _Job, known: _Known, difference: Difference) -> bool:
    """Return whether a capture is not the page's new state: it failed, or was served in another language."""
    reasons = {item.reason for item in difference.suppressed}
    if not reasons.isdisjoint(("failed capture", "half page")):
        return True
    # What was not met in its own language for as long as variants are remembered speaks another one for good.
    unmet = job.snapshot.fetched_at - known.seen_at
    return OTHER_LANGUAGE in reasons and unmet <= job.settings.variant_memory


def _as_type(job: _Job, sight: Sight, page_type: PageType) -> Sight:
    """Return the sight of the same page taken for another type."""
    if _whole(sight).page_type is page_type:
        return sight
    capture = sight.capture or capture_of(job.session, job.snapshot, job.watched)
    return look_at(replace(capture, page_type=page_type))


def _options(job: _Job, known: _Known, document: Document) -> CompareOptions:
    session, source_id, at = job.session, job.watched.id, job.snapshot.fetched_at
    undone: frozenset[str] = frozenset()
    if job.watched.changed:
        undone = undo(session, source_id, document, at - job.settings.revert_window, job.now)
    return CompareOptions(
        volatile=volatile_blocks(session, source_id) if job.remembers else frozenset(),
        seen_before=_returning(job, known.document, document) | undone,
        returned=undone,
        on=at.date(),
        attention=Attention(job.watched.options.get("report") or Attention.CHANGES),
        threshold=_threshold(job, document),
    )


def _threshold(job: _Job, document: Document) -> Threshold:
    wanted = job.settings.thresholds.get(document.page_type.value)
    return Threshold(**wanted.model_dump()) if wanted else NO_THRESHOLD


def _returning(job: _Job, before: Document, document: Document) -> frozenset[str]:
    """Return the keys of blocks that are new beside the last document but were shown not long ago."""
    if not job.remembers:
        return frozenset()
    fresh = {block.key for block in document.blocks} - {block.key for block in before.blocks}
    lasting = {fact.quote for fact in document.facts if fact.kind in LASTING}
    held = {block.key for block in document.blocks if block.text in lasting}
    since = job.snapshot.fetched_at - job.settings.variant_memory
    return remembered_blocks(job.session, job.watched.id, since, fresh - held)


def _remember(job: _Job, known: _Known, document: Document) -> None:
    """Remember what left and what came; what stays stands in the documents."""
    left, right = {b.key for b in known.document.blocks}, {b.key for b in document.blocks}
    seen = dict.fromkeys(left - right, known.seen_at) | dict.fromkeys(right - left, job.snapshot.fetched_at)
    remember_blocks(job.session, job.watched.id, seen)


def _learn_turns(job: _Job, before: Document, document: Document, difference: Difference) -> None:
    """Remember as volatile what showed that it goes and comes, and the places of such talk."""
    turned = [item for item in difference.suppressed if item.reason in (ROTATES, SEEN)]
    if not turned:
        return
    texts = [text for item in turned for text in (item.before, item.after) if text]
    turning = {item for item in turned if item.before and item.after}
    places = places_of_texts(before, (item.before for item in turning))
    places &= places_of_texts(document, (item.after for item in turning))
    mark_volatile(job.session, job.watched.id, keys_of(texts) | places, job.snapshot.fetched_at)


def _accept(job: _Job, sight: Sight) -> None:
    add_documents(job.session, [stored_document(job.snapshot, sight)])


def _change(job: _Job, known: _Known, sight: Sight, difference: Difference) -> Change:
    difference = replace(difference, facts=tuple(_stored(difference)))
    importance = importance_of(difference)
    # Words without a fact are what pages show by turns, so they are looked at twice too.
    pending = importance >= job.settings.confirm_from_impact or not difference.facts
    return Change(
        source_id=job.watched.id,
        before_snapshot_id=known.snapshot_id,
        after_snapshot_id=job.snapshot.id,
        url=job.snapshot.url,
        title=_whole(sight).title,
        observed_at=job.snapshot.fetched_at,
        page_type=difference.page_type,
        added=difference.added,
        removed=difference.removed,
        facts=difference.facts,
        suppressed=difference.suppressed[:DROPS],
        places=tuple(_places(job, known, sight, difference)),
        importance=importance,
        state=ChangeState.PENDING if pending else ChangeState.CONFIRMED,
        state_at=job.now,
        confirm_due_at=job.now + job.settings.confirm_after if pending else None,
    )


def _stored(difference: Difference) -> Iterator[FactChange]:
    """Yield the facts that a change keeps: what a firm says of itself and its incidents is told by its words."""
    if difference.page_type is not PageType.STATUS:
        yield from (fact for fact in difference.facts if not is_presentation(fact))


def _places(job: _Job, known: _Known, sight: Sight, difference: Difference) -> Iterator[Place]:
    """Yield where the reported texts stand in the two snapshots."""
    sides = (
        (True, job.snapshot.id, sight.capture, _whole(sight), difference.added),
        (False, known.snapshot_id, known.capture, known.document, difference.removed),
    )
    for added, snapshot_id, kept, shown, texts in sides:
        if not texts:
            continue
        capture = kept or stored_capture(job.session, snapshot_id, job.watched)
        if capture is None:
            continue
        source = PageSource(decode(capture.body, capture.content_type))
        paths = {block.text: block.path for block in shown.blocks}
        for text in texts:
            span = source.locate(text, paths.get(text, ()))
            yield Place(
                added=added,
                text=text,
                path=paths.get(text, ()),
                start=span.start if span else None,
                end=span.end if span else None,
            )
