"""What an analyst answers about a signal that waits for review: right, of another category, or noise."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from config.errors import InputError
from store.feedback import DISMISSED, Feedback, Verdict, feedback_on, record_feedback
from store.kinds import Category
from store.models.evidence import SignalRow


class NotInReviewError(InputError):
    """No signal with that id waits for review; `rivalwatch signals list` shows what became of it."""


def release_signal(
    session: Session, signal_id: int, who: str, now: datetime, category: Category | None = None
) -> None:
    """Say that a signal is right, or with ``category`` of another kind; one that was held counts from the next run on.

    It is linked anew where that can tell otherwise. Either way it is a lesson in the name of ``who``.
    Raises: NotInReviewError.
    """
    row = _waiting(session, signal_id)
    if row.held or category is not None:
        row.linked_at = None
    row.review = row.held = False
    if category is not None:
        row.category = category.value
    session.flush()
    if category is not None or not _corrected_by(session, signal_id, who):
        verdict = Verdict.USEFUL if category is None else Verdict.CATEGORY
        said = Feedback(signal_id=signal_id, who=who, verdict=verdict, at=now, category=category)
        record_feedback(session, said)


def dismiss_signal(session: Session, signal_id: int, who: str, now: datetime) -> None:
    """Take a signal back that means nothing: it counts no more, or never will. Raises: NotInReviewError."""
    row = _waiting(session, signal_id)
    row.review = row.held = False
    row.retracted_at, row.retraction = now, f"{DISMISSED} by {who}"
    session.flush()


def _corrected_by(session: Session, signal_id: int, who: str) -> bool:
    return any(word.who == who and word.category is not None for word in feedback_on(session, signal_id))


def _waiting(session: Session, signal_id: int) -> SignalRow:
    row = session.get(SignalRow, signal_id, populate_existing=True)
    if row is None or not row.review or row.retracted_at is not None:
        raise NotInReviewError(
            f"signal {signal_id} does not wait for review; 'rivalwatch signals show {signal_id}' says where it stands"
        )
    return row
