"""The runner: waiting changes in, signals and drops out, and signals taken back whose evidence was undone."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from classify.classifier import Classifier, Reading
from classify.meaning import best_guess, meaning_of
from classify.memory import StoryMemory, actor_of
from classify.rows import joined
from classify.signals import Actor
from classify.storing import REVERSIBLE, store_meaning
from classify.text_input import TextInput
from classify.unit import Dropped, Unit
from classify.units import units_of
from config.settings import ClassifySettings
from store.changes import Change, mark_classified, waiting_changes
from store.drops import Drop, record_drops
from store.kinds import Category, Stage
from store.signals import Meaning, retract_signal, undone_signals
from store.sources import Rival, get_source, rivals_by_id

log = logging.getLogger(__name__)

REMAINDER_FROM = 0.60  # Text beside facts is news of its own only if the model is this sure of it.
RETRACTION = "Taken back: what this was based on is no longer there; the page shows its earlier state again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A change with its units, what the model made of each, and what was dropped at once."""

    change: Change
    units: Sequence[tuple[Unit, Reading]]
    drops: Sequence[Dropped]


def run_classify(
    session: Session,
    now: datetime,
    classifier: Classifier,
    settings: ClassifySettings,
    *,
    limit: int = 64,
) -> int:
    """Classify up to ``limit`` waiting changes and return how many were handled; 0 means that nothing waits."""
    retract_undone(session, now)
    changes = waiting_changes(session, limit)
    rivals = _rivals(session, changes)
    memory = StoryMemory(session, _earliest(changes, now) - REVERSIBLE)
    drops: list[Drop] = []
    for work in _prepare(changes, rivals, classifier):
        rival = rivals[work.change.source_id]
        try:
            drops += _handle(session, now, work, rival, settings, memory)
        except Exception:
            log.exception("change not classified", extra={"change": work.change.id})
            memory.forget(rival)
            drops.append(_drop(now, work.change, Dropped(reason="crashed")))
    record_drops(session, drops)
    mark_classified(session, [change.id for change in changes], now)
    return len(changes)


def _earliest(changes: Sequence[Change], now: datetime) -> datetime:
    """Return when the first of what the changes tell was told."""
    return min((change.published_at or change.observed_at for change in changes), default=now)


def retract_undone(session: Session, now: datetime) -> int:
    """Take back the signals all of whose evidence was undone; return how many. Needs no model."""
    undone = undone_signals(session)
    for signal in undone:
        retract_signal(session, signal.id, now, RETRACTION)
    return len(undone)


def _rivals(session: Session, changes: Sequence[Change]) -> dict[int, Rival]:
    """Return the rival of each source that changed."""
    rivals = rivals_by_id(session)
    sources = [get_source(session, source_id) for source_id in {change.source_id for change in changes}]
    return {source.id: rivals[source.rival_id] for source in sources if source is not None}


def _prepare(changes: Sequence[Change], rivals: Mapping[int, Rival], classifier: Classifier) -> list[Work]:
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


def _handle(
    session: Session,
    now: datetime,
    work: Work,
    rival: Rival,
    settings: ClassifySettings,
    memory: StoryMemory,
) -> list[Drop]:
    """Store what the units of a change mean, all or none of them, and return what is dropped."""
    drops = [_drop(now, work.change, dropped) for dropped in work.drops]
    taken = {unit.category for unit, _ in work.units if unit.category is not None}
    told: list[tuple[Unit, Meaning]] = []
    for unit, reading in work.units:
        reason = _reason_to_drop(unit, reading, taken)
        if reason:
            drops.append(_drop(now, work.change, Dropped(reason=reason, after=joined(unit.title, unit.text))))
        else:
            told.append((unit, meaning_of(unit, reading, actor_of(rival), settings)))
    if told:
        with session.begin_nested():
            for unit, meaning in told:
                store_meaning(session, work.change, rival, unit, meaning, memory)
    return drops


def _reason_to_drop(unit: Unit, reading: Reading, taken: set[Category]) -> str | None:
    if unit.category is not None:
        return None
    if best_guess(reading) is Category.NONE:
        return "category none"
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
