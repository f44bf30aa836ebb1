"""What an analyst answers about a signal that waits for review: right, of another category, or noise."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from config.errors import InputError
from store.feedback import DISMISSED, Feedback, Verdict, feedback_on, record_feedback
from store.models.evidence import SignalRow
from store.signal_writes import retell_signal
from store.signals import Meaning


class NotInReviewError(InputError):
    """No signal with that id waits for review; `rivalwatch signals list` shows what became of it."""


def release_signal(session: Session, signal_id: int, who: str, now: datetime) -> None:
    """Say that a signal is right as it is; one that was held counts from the next run on.

    It is a lesson in the name of ``who``. Raises: NotInReviewError.
    """
    row = _waiting(session, signal_id)
    if row.held:
        row.linked_at = None
    row.review = row.held = False
    session.flush()
    if not _corrected_by(session, signal_id, who):
        record_feedback(
            session, Feedback(signal_id=signal_id, who=who, verdict=Verdict.USEFUL, at=now, category=None)
        )


def correct_signal(session: Session, signal_id: int, who: str, now: datetime, told: Meaning) -> None:
    """Make a signal say what it says under the right category; it is linked anew, and a lesson in the name of ``who``.

    A category cannot be corrected without the words for it: headline, reason and weight of the wrong one would stay.
    """
    retell_signal(session, signal_id, told)
    said = Feedback(signal_id=signal_id, who=who, verdict=Verdict.CATEGORY, at=now, category=told.category)
    record_feedback(session, said)


def dismiss_signal(session: Session, signal_id: int, who: str, now: datetime) -> None:
    """Take a signal back that means nothing: it counts no more, or never will. Raises: NotInReviewError."""
    row = _waiting(session, signal_id)
    row.review = row.held = False
    row.retracted_at, row.retraction = now, f"{DISMISSED} by {who}"
    session.flush()


def require_waiting(session: Session, signal_id: int) -> None:
    """Raises: NotInReviewError if nobody is asked about that signal."""
    _waiting(session, signal_id)


def _corrected_by(session: Session, signal_id: int, who: str) -> bool:
    return any(word.who == who and word.category is not None for word in feedback_on(session, signal_id))


def _waiting(session: Session, signal_id: int) -> SignalRow:
    row = session.get(SignalRow, signal_id, populate_existing=True)
    if row is None or not row.review or row.retracted_at is not None:
        raise NotInReviewError(
            f"signal {signal_id} does not wait for review; 'rivalwatch signals show {signal_id}' says where it stands"
        )
    return row
