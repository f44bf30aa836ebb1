"""Proofs and facts of the signals of a list, for those who read it as JSON."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.models.evidence import EvidenceRow, SignalRow
from store.records import JsonObject


def evidence_urls(
    session: Session, signal_ids: Iterable[int]
) -> dict[int, list[tuple[str, int, str, datetime, str]]]:
    """Return (url, change id, quote, seen, because) of each signal's evidence, newest first."""
    query = (
        select(EvidenceRow)
        .where(EvidenceRow.signal_id.in_(list(signal_ids)))
        .order_by(EvidenceRow.seen_at.desc(), EvidenceRow.id)
    )
    found: dict[int, list[tuple[str, int, str, datetime, str]]] = defaultdict(list)
    for row in session.scalars(query):
        found[row.signal_id].append((row.url, row.change_id, row.quote, row.seen_at, row.because))
    return found


def facts_of(session: Session, signal_ids: Iterable[int]) -> dict[int, JsonObject]:
    """Return the facts of signals by id."""
    query = select(SignalRow.id, SignalRow.facts).where(SignalRow.id.in_(list(signal_ids)))
    return {signal: dict(facts) for signal, facts in session.execute(query)}
