"""What becomes of a signal when an analyst says what it is: it stands as it is, or is told anew as something else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from classify.parts.unit import Unit
from classify.parts.units import units_of
from classify.retelling import retell, units_that_told
from classify.tellings.memory import actor_of
from store.changes import get_change
from store.feedback import Feedback, Verdict, record_feedback
from store.kinds import Category
from store.records import JsonObject
from store.reviews import correct_signal, release_signal, require_waiting
from store.signal_voices import count_sources
from store.signals import Meaning, Signal, get_signal
from store.sources import rivals_by_id
from store.wordings import wording_json


def release(
    session: Session, signal_id: int, who: str, now: datetime, category: Category | None = None
) -> JsonObject:
    """Say that a signal which waits for review is right, or with ``category`` what it is instead.

    Returns what the record of it is to hold: the category, and the words that stood before. Raises: NotInReviewError.
    """
    require_waiting(session, signal_id)
    signal = get_signal(session, signal_id)
    if signal is None or category is None or category is signal.meaning.category:
        release_signal(session, signal_id, who, now)
        return {}
    return _correct(session, signal, who, now, category)


def correct(
    session: Session, signal_id: int, who: str, now: datetime, category: Category
) -> JsonObject | None:
    """Say of which category a signal is, whether anybody asked or not; None if there is no such signal.

    Of one that was taken back, or that is said to be no news, the word is kept as a lesson and changes nothing.
    Returns what the record of it is to hold.
    """
    signal = get_signal(session, signal_id)
    if signal is None:
        return None
    same = category in (signal.meaning.category, Category.NONE)
    if not same and signal.retracted_at is None:
        return _correct(session, signal, who, now, category)
    said = Feedback(signal_id=signal_id, who=who, verdict=Verdict.CATEGORY, at=now, category=category)
    record_feedback(session, said)
    return {"category": category.value}


def retold(session: Session, signal: Signal, category: Category) -> Meaning:
    """Return what a stored signal says if it is of that category."""
    actor = actor_of(rivals_by_id(session)[signal.rival_id])
    units = units_that_told(signal.meaning, _units(session, signal))
    return retell(signal.meaning, category, actor, units, sources=count_sources(session, signal.id))


def _correct(session: Session, signal: Signal, who: str, now: datetime, category: Category) -> JsonObject:
    correct_signal(session, signal.id, who, now, retold(session, signal, category))
    return {"category": category.value, "before": wording_json(signal.meaning)}


def _units(session: Session, signal: Signal) -> Iterator[Unit]:
    for proof in signal.evidence:
        change = get_change(session, proof.change_id)
        units = units_of(change)[0] if change else []
        yield from (unit for unit in units if unit.quote == proof.quote)
