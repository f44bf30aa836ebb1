"""Feedback: a reader's or reviewer's word on a signal, one a person and signal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import cast

from sqlalchemy import Table, select, update
from sqlalchemy.orm import Session

from store.inserts import insert_new
from store.kinds import Category
from store.models.evidence import SignalRow
from store.models.people import FeedbackRow


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


def _feedback(row: FeedbackRow) -> Feedback:
    return Feedback(
        signal_id=row.signal_id,
        who=row.who,
        verdict=Verdict(row.verdict),
        at=row.at,
        category=Category(row.category) if row.category else None,
    )
