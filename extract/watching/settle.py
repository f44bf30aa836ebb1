"""What a later capture makes of earlier changes: confirmed, a variant, or undone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from extract.comparing.talk import exchanges_talk, places_of_texts, rotating
from extract.document import Document, document_from_json
from extract.reading.zones import RELATED
from extract.values.normalise import key_of
from extract.watching.noise import record_noise
from extract.watching.standing import Standing, is_undone, standing_of
from store.block_memory import mark_volatile
from store.changes import (
    Change,
    changes_between,
    look_again,
    looks_since,
    narrow_change,
    pending_changes,
    set_state,
)
from store.documents import document_of
from store.kinds import ChangeState, FactKind, Look
from store.records import Difference, Suppressed

#: Facts that are news when they come back after a while, because they had held.
LASTING = frozenset(
    {FactKind.PRICE, FactKind.PERSON, FactKind.OPENING, FactKind.CUSTOMER, FactKind.PARTNER, FactKind.EVENT}
)
#: So many times the same change may come and go before it is a variant.
FLIPS = 2
#: So many looks meet a new slogan again before it counts; of two lines by turns, one in eight passes them all.
SLOGAN_LOOKS = 3


def settle_pending(
    session: Session, source_id: int, document: Document, now: datetime, again: timedelta
) -> None:
    """Confirm what a later capture still shows, refuse what it does not.

    Other talk in the place of talk is met again by several looks, one of them a regular one, before it counts: of a few
    lines that a page shows by chance, a single second look often meets the same one. ``again``: how long between them.
    """
    for change in pending_changes(session, source_id):
        slogan = _exchanges_talk(session, change)
        standing = _without_turns(session, source_id, change, standing_of(change, document), now)
        gone = _as_rotating(standing.gone) if slogan else standing.gone
        record_noise(session, source_id, f"change:{change.id}", gone, now)
        if not standing.holds:
            set_state(session, change.id, ChangeState.VARIANT, now)
            mark_volatile(session, source_id, _rotating_keys(change), now)
            continue
        narrow_change(
            session,
            replace(change, added=standing.added, removed=standing.removed, facts=standing.facts),
        )
        if slogan and not _is_settled(session, change, now, again):
            continue
        set_state(session, change.id, ChangeState.CONFIRMED, now)


def _is_settled(session: Session, change: Change, now: datetime, again: timedelta) -> bool:
    """Return whether enough looks have met a slogan again; if not, ask for the next one."""
    looks = looks_since(session, change.source_id, change.observed_at)
    if looks[Look.REGULAR] and sum(looks.values()) >= SLOGAN_LOOKS:
        return True
    # Once there were enough second looks, only a regular one is left to come.
    enough = not looks[Look.REGULAR] and looks[Look.CONFIRM] >= SLOGAN_LOOKS
    due = now if looks[Look.REGULAR] else now + again
    look_again(session, change.id, None if enough else due, now)
    return False


def undo(
    session: Session, source_id: int, document: Document, since: datetime, now: datetime
) -> frozenset[str]:
    """Mark recent changes that the page has taken back; return the keys of their texts."""
    keys: set[str] = set()
    for change in changes_between(session, source_id, since, (ChangeState.CONFIRMED,)):
        if is_undone(change, document):
            set_state(session, change.id, ChangeState.REVERTED, now)
            texts = "\n".join(change.added), "\n".join(change.removed)
            item = Suppressed(reason="reverted", before=texts[0], after=texts[1])
            record_noise(session, source_id, f"change:{change.id}", [item], now)
            keys |= keys_of((*change.added, *change.removed))
    return frozenset(keys)


def without_flips(session: Session, source_id: int, difference: Difference, since: datetime) -> Difference:
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


def keys_of(texts: Iterable[str]) -> set[str]:
    """Return the keys that blocks with these texts may have."""
    return {key for text in texts for key in (key_of(text), key_of(text, counts=True))}


def _without_turns(
    session: Session, source_id: int, change: Change, standing: Standing, now: datetime
) -> Standing:
    """Remember the places whose new talk was gone at the second look; what it had replaced there is no news either."""
    after = document_of(session, change.after_snapshot_id) if standing.gone else None
    if after is None or after.body is None:
        return standing
    gone = [item.after for item in standing.gone if item.after]
    places = places_of_texts(document_from_json(after.body), gone)
    mark_volatile(session, source_id, places, now)
    stored = document_of(session, change.before_snapshot_id) if change.before_snapshot_id else None
    if stored is None or stored.body is None or not places:
        return standing
    before = document_from_json(stored.body)
    turned = {block.text for block in rotating(before.blocks, places, before)}
    items = tuple(Suppressed(reason=RELATED, before=text) for text in standing.removed if text in turned)
    removed = tuple(text for text in standing.removed if text not in turned)
    return replace(standing, removed=removed, gone=(*standing.gone, *items))


def _exchanges_talk(session: Session, change: Change) -> bool:
    if change.facts or change.before_snapshot_id is None:
        return False
    stored = [
        document_of(session, number) for number in (change.before_snapshot_id, change.after_snapshot_id)
    ]
    bodies = [one.body for one in stored if one is not None and one.body is not None]
    if len(bodies) < len(stored):
        return False
    before, after = map(document_from_json, bodies)
    return exchanges_talk(before, after, change.removed, change.added)


def _as_rotating(items: Iterable[Suppressed]) -> tuple[Suppressed, ...]:
    return tuple(replace(item, reason=RELATED) for item in items)


def _rotating_keys(change: Change) -> set[str]:
    # A price or a person that was not confirmed today may be real tomorrow; only plain text is set aside for good.
    return set() if any(fact.kind in LASTING for fact in change.facts) else keys_of(change.added)
