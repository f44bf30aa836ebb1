"""What is written of a signal: a new one, a further proof, what it means now, and that it is taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, update
from sqlalchemy.orm import Session

from store.inserts import insert_row
from store.models.evidence import EvidenceRow, SignalRow
from store.signals import Evidence, Meaning

TEXT_LIMIT = 4_000
QUOTE_LIMIT = 500


def add_signal(
    session: Session, rival_id: int, story: str, meaning: Meaning, evidence: Evidence
) -> int | None:
    """Store a signal with its first evidence and return its id; None if the rival has this story already."""
    values = {
        "rival_id": rival_id,
        "story": story,
        "first_seen_at": evidence.seen_at,
        "last_seen_at": evidence.seen_at,
        **_columns(meaning),
    }
    signal_id = insert_row(session, cast(Table, SignalRow.__table__), values, SignalRow.id)
    if signal_id is not None:
        add_evidence(session, signal_id, evidence)
    return signal_id


def add_evidence(session: Session, signal_id: int, evidence: Evidence) -> bool:
    """Store a further proof; return False if this change is proof of the signal already."""
    values = {
        "signal_id": signal_id,
        "change_id": evidence.change_id,
        "url": evidence.url,
        "quote": evidence.quote[:QUOTE_LIMIT],
        "seen_at": evidence.seen_at,
        "because": evidence.because,
    }
    return insert_row(session, cast(Table, EvidenceRow.__table__), values, EvidenceRow.id) is not None


def rewrite_signal(
    session: Session, signal_id: int, meaning: Meaning, seen_at: datetime, *, relink: bool
) -> None:
    """Say anew what a signal means after further evidence; with ``relink`` it waits for `linking` again."""
    row = _written(session, signal_id, meaning)
    row.first_seen_at = min(row.first_seen_at, seen_at)
    row.last_seen_at = max(row.last_seen_at, seen_at)
    if relink:
        row.linked_at = None
    session.flush()


def retell_signal(session: Session, signal_id: int, meaning: Meaning) -> None:
    """Say in other words what a signal means, with the evidence it has; it waits for `linking` again."""
    _written(session, signal_id, meaning).linked_at = None
    session.flush()


def retract_signal(session: Session, signal_id: int, now: datetime, retraction: str) -> None:
    """Take a signal back, with a sentence that says why."""
    session.execute(
        update(SignalRow)
        .where(SignalRow.id == signal_id, SignalRow.retracted_at.is_(None))
        .values(retracted_at=now, retraction=retraction)
    )


def _written(session: Session, signal_id: int, meaning: Meaning) -> SignalRow:
    row = session.get_one(SignalRow, signal_id)
    session.refresh(row)
    for name, value in _columns(meaning).items():
        setattr(row, name, value)
    return row


def _columns(meaning: Meaning) -> dict[str, Any]:
    return {
        "category": meaning.category.value,
        "secondary": [category.value for category in meaning.secondary],
        "confidence": meaning.confidence,
        "impact": meaning.impact,
        "drivers": list(meaning.drivers),
        "headline": meaning.headline,
        "why": meaning.why,
        "text": meaning.text[:TEXT_LIMIT],
        "facts": meaning.facts,
        "review": meaning.review,
        "held": meaning.held,
        "embedding": meaning.embedding,
    }
