"""What an analyst decides about a signal that waits for review: release it, or dismiss it."""

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
    """Let a signal count: it is linked anew, and from the next run on it weighs in health, flags and mails.

    ``category`` corrects what it is about. Either way it is a lesson in the name of ``who``. Raises: NotInReviewError.
    """
    row = _waiting(session, signal_id)
    row.review, row.linked_at = False, None
    if category is not None:
        row.category = category.value
    session.flush()
    if category is not None or not _corrected_by(session, signal_id, who):
        verdict = Verdict.USEFUL if category is None else Verdict.CATEGORY
        said = Feedback(signal_id=signal_id, who=who, verdict=verdict, at=now, category=category)
        record_feedback(session, said)


def dismiss_signal(session: Session, signal_id: int, who: str, now: datetime) -> None:
    """Take a signal back that means nothing; it never counted and never will. Raises: NotInReviewError."""
    row = _waiting(session, signal_id)
    row.review, row.retracted_at, row.retraction = False, now, f"{DISMISSED} by {who}"
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
