"""Signals that are taken back because what they were based on was undone. Needs no model."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from store.signal_writes import retract_signal
from store.signals import undone_signals

RETRACTION = "Taken back: what this was based on is no longer there; the page shows its earlier state again."


def retract_undone(session: Session, now: datetime) -> int:
    """Take back the signals all of whose evidence was undone; return how many."""
    undone = undone_signals(session)
    for signal in undone:
        retract_signal(session, signal.id, now, RETRACTION)
    return len(undone)
