"""Feedback: a reader's or reviewer's word on a signal, one a person and signal."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import cast

from sqlalchemy import Table, or_, select, update
from sqlalchemy.orm import Session

from store.inserts import insert_new
from store.kinds import Category
from store.models.evidence import SignalRow
from store.models.people import FeedbackRow

DISMISSED = "dismissed in review"  # How the retraction of a signal begins that a review dismissed.


class Verdict(StrEnum):
    """What a person said of a signal."""

    USEFUL = "useful"
    NOISE = "noise"
    CATEGORY = "category"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """One person's word on one signal. ``category`` is given when the verdict is another category."""

    signal_id: int
    who: str
    verdict: Verdict
    at: datetime
    category: Category | None = None


def record_feedback(session: Session, feedback: Feedback) -> bool:
    """Store a person's word on a signal in place of their earlier one; return False if there is no such signal."""
    if session.get(SignalRow, feedback.signal_id) is None:
        return False
    key = {"signal_id": feedback.signal_id, "who": feedback.who}
    said = {
        "verdict": feedback.verdict.value,
        "category": feedback.category.value if feedback.category else None,
        "at": feedback.at,
    }
    session.execute(insert_new(session, cast(Table, FeedbackRow.__table__)).values(**key, **said))
    session.execute(update(FeedbackRow).filter_by(**key).values(**said))
    return True


def feedback_on(session: Session, signal_id: int) -> list[Feedback]:
    """Return what people said of a signal, newest first."""
    query = select(FeedbackRow).where(FeedbackRow.signal_id == signal_id).order_by(FeedbackRow.at.desc())
    return [_feedback(row) for row in session.scalars(query)]


def is_settled(session: Session, signal_id: int) -> bool:
    """Return True if somebody gave a signal the category that it has."""
    said = select(FeedbackRow.id).join(SignalRow, SignalRow.id == FeedbackRow.signal_id)
    query = said.where(SignalRow.id == signal_id, FeedbackRow.category == SignalRow.category)
    return session.scalar(query.limit(1)) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What people's word makes of a signal: its text and the category it should have been given."""

    signal_id: int
    text: str
    category: Category


def read_lessons(session: Session) -> list[Lesson]:
    """Return a lesson for each signal on which people's word is clear, oldest signal first.

    An analyst's category counts before a dismissal in review, that before readers' votes; a tie teaches nothing.
    """
    said: dict[int, list[FeedbackRow]] = defaultdict(list)
    for row in session.scalars(select(FeedbackRow).order_by(FeedbackRow.at, FeedbackRow.id)):
        said[row.signal_id].append(row)
    query = select(SignalRow).where(
        or_(SignalRow.id.in_(select(FeedbackRow.signal_id)), SignalRow.retraction.startswith(DISMISSED))
    )
    signals = session.scalars(query.order_by(SignalRow.id))
    return list(_lessons((row, said[row.id]) for row in signals))


def _lessons(heard: Iterable[tuple[SignalRow, Sequence[FeedbackRow]]]) -> Iterable[Lesson]:
    for row, said in heard:
        category = _agreed(row, said)
        text = (row.text or row.headline).strip()
        if category is not None and text:
            yield Lesson(signal_id=row.id, text=text, category=category)


def _agreed(row: SignalRow, said: Sequence[FeedbackRow]) -> Category | None:
    corrected = [word.category for word in said if word.category]
    if corrected:
        return Category(corrected[-1])
    if (row.retraction or "").startswith(DISMISSED):
        return Category.NONE
    votes = Counter(word.verdict for word in said)
    if votes[Verdict.NOISE] == votes[Verdict.USEFUL]:
        return None
    return Category.NONE if votes[Verdict.NOISE] > votes[Verdict.USEFUL] else Category(row.category)


def _feedback(row: FeedbackRow) -> Feedback:
    return Feedback(
        signal_id=row.signal_id,
        who=row.who,
        verdict=Verdict(row.verdict),
        at=row.at,
        category=Category(row.category) if row.category else None,
    )
