"""The runner: waiting changes in, signals and drops out."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from classify.classifier import Classifier, Reading
from classify.meaning import best_guess, is_doubtful, meaning_of, mention_of
from classify.parts.unit import Dropped, Unit
from classify.parts.units import units_of
from classify.rows import joined
from classify.signals import Actor
from classify.storing import REVERSIBLE, store_meaning, store_mention, stories_mentioned
from classify.tellings.memory import StoryMemory, actor_of
from classify.tellings.retractions import retract_undone
from classify.text_input import TextInput
from config.settings import ClassifySettings
from store.changes import Change, mark_classified, waiting_changes
from store.database import Database
from store.drops import Drop, record_drops
from store.kinds import Category, PageType, Stage
from store.sources import Rival, get_source, rivals_by_id

log = logging.getLogger(__name__)

NO_NEWS = "category none"
# The model works through texts of like length: with 64 at once, a third of what it reads is padding.
BATCH = 256
REMAINDER_FROM = 0.60  # Text beside facts is news of its own only if the model is this sure of it.


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A change with its units, what the model made of each, and what was dropped at once."""

    change: Change
    units: Sequence[tuple[Unit, Reading]]
    drops: Sequence[Dropped]


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What the changes of one batch are stored with; ``rivals`` by source."""

    session: Session
    now: datetime
    rivals: Mapping[int, Rival]
    settings: ClassifySettings


def classify_some(
    database: Database, now: datetime, classifier: Classifier, settings: ClassifySettings
) -> int:
    """Classify a batch of waiting changes; return how many were handled. The model reads before others have to wait."""
    with database.read() as session:
        ahead = read_ahead(session, classifier)
    with database.write() as session:
        return run_classify(session, now, classifier, settings, ahead=ahead)


def run_classify(
    session: Session,
    now: datetime,
    classifier: Classifier,
    settings: ClassifySettings,
    *,
    limit: int = BATCH,
    ahead: Sequence[Work] = (),
) -> int:
    """Classify up to ``limit`` waiting changes and return how many were handled; 0 means that nothing waits.

    ``ahead`` is what `read_ahead` read of them; the others, and those that are not as they were, are read now.
    """
    retract_undone(session, now)
    changes = waiting_changes(session, limit)
    if not changes:
        return 0
    rivals = rivals_of(session, changes)
    known = {work.change.id: work for work in ahead}
    fresh = [change for change in changes if change.id not in known or known[change.id].change != change]
    known |= {work.change.id: work for work in read_changes(fresh, rivals, classifier)}
    batch = Batch(session=session, now=now, rivals=rivals, settings=settings)
    record_drops(session, _store(batch, [known[change.id] for change in changes]))
    mark_classified(session, [change.id for change in changes], now)
    return len(changes)


def read_ahead(session: Session, classifier: Classifier, *, limit: int = BATCH) -> list[Work]:
    """Read the changes that wait, for `run_classify` to store."""
    changes = waiting_changes(session, limit)
    return read_changes(changes, rivals_of(session, changes), classifier)


def _store(batch: Batch, works: Sequence[Work]) -> list[Drop]:
    """Store what all changes mean, or all but those that crash, and return what is dropped.

    One savepoint for all costs less than one for each. Where a change crashes, the halves are tried by themselves.
    """
    try:
        with batch.session.begin_nested():
            memory = StoryMemory(batch.session, _earliest(works) - REVERSIBLE)
            return [drop for work in works for drop in _handle(batch, work, memory)]
    except OperationalError:
        raise  # The database was busy or gone, which is no fault of a change: the batch is tried again.
    except Exception:
        if len(works) == 1:
            change = works[0].change
            log.exception("change not classified", extra={"change": change.id})
            return [_drop(batch.now, change, Dropped(reason="crashed"))]
    middle = len(works) // 2
    return [*_store(batch, works[:middle]), *_store(batch, works[middle:])]


def _earliest(works: Sequence[Work]) -> datetime:
    """Return when the first of what the changes tell was told."""
    return min(work.change.published_at or work.change.observed_at for work in works)


def rivals_of(session: Session, changes: Sequence[Change]) -> dict[int, Rival]:
    """Return the rival of each source that changed."""
    rivals = rivals_by_id(session)
    sources = [get_source(session, source_id) for source_id in {change.source_id for change in changes}]
    return {source.id: rivals[source.rival_id] for source in sources if source is not None}


def read_changes(
    changes: Sequence[Change], rivals: Mapping[int, Rival], classifier: Classifier
) -> list[Work]:
    """Read all units of all changes in one go: the model is fastest on many texts at once."""
    cut = [(change, *_cut(change)) for change in changes]
    texts = [
        _input(change, unit, actor_of(rivals[change.source_id])) for change, units, _ in cut for unit in units
    ]
    readings = iter(classifier.read(texts))
    return [
        Work(change=change, units=[(unit, next(readings)) for unit in units], drops=drops)
        for change, units, drops in cut
    ]


def _cut(change: Change) -> tuple[list[Unit], list[Dropped]]:
    """Return the units of a change; one that cannot be cut must not stop the others of its batch."""
    try:
        return units_of(change)
    except Exception:
        log.exception("change not cut into units", extra={"change": change.id})
        return [], [Dropped(reason="crashed")]


def _input(change: Change, unit: Unit, actor: Actor) -> TextInput:
    return TextInput(
        text=unit.text,
        title=unit.title,
        page_type=unit.page_type,
        hint=unit.category or unit.hint,
        published=change.published_at,
        actor=actor,
    )


def _handle(batch: Batch, work: Work, memory: StoryMemory) -> list[Drop]:
    """Store what the units of a change mean and return what is dropped."""
    rival = batch.rivals[work.change.source_id]
    drops = [_drop(batch.now, work.change, dropped) for dropped in work.drops]
    taken = {unit.category for unit, _ in work.units if unit.category is not None}
    for unit, reading in work.units:
        reason = reason_to_drop(unit, reading, taken)
        if reason is None:
            meaning = meaning_of(unit, reading, actor_of(rival), batch.settings)
            store_meaning(batch.session, work.change, rival, unit, meaning, memory)
        elif reason != NO_NEWS or not _told_further(batch, work.change, unit, reading, memory):
            dropped = Dropped(reason=reason, after=joined(unit.title, unit.text))
            drops.append(_drop(batch.now, work.change, dropped))
    return drops


def _told_further(batch: Batch, change: Change, unit: Unit, reading: Reading, memory: StoryMemory) -> bool:
    """Return True if a text that is no news of its own was stored as evidence of a story that stands."""
    # An incident that is no news retells nothing, whatever it was that failed.
    if not is_doubtful(reading) or change.page_type is PageType.STATUS:
        return False
    rival = batch.rivals[change.source_id]
    near = stories_mentioned(change, rival, joined(unit.title, unit.text), reading.embedding, memory)
    if not near:
        return False
    meaning = mention_of(unit, reading, actor_of(rival), batch.settings)
    doubt = reading.categories[Category.NONE]
    return store_mention(batch.session, change, rival, unit, meaning, near, memory, doubt=doubt)


def reason_to_drop(unit: Unit, reading: Reading, taken: set[Category]) -> str | None:
    """Return why a unit is no news of its own; ``taken`` are the categories that its change's facts account for."""
    if unit.category is not None:
        return None
    if best_guess(reading) is Category.NONE:
        return NO_NEWS
    if taken and (reading.category in taken or reading.confidence < REMAINDER_FROM):
        return "told by its facts"
    return None


def _drop(now: datetime, change: Change, dropped: Dropped) -> Drop:
    return Drop(
        stage=Stage.CLASSIFY,
        reason=dropped.reason,
        subject=f"change:{change.id}",
        at=now,
        source_id=change.source_id,
        before=dropped.before,
        after=dropped.after,
    )
