"""Signals as ``signals list`` and ``signals show`` print them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.models.accounts import AccountRow, ExposureRow
from store.records import JsonObject
from store.relations import relations_of
from store.signals import Signal, get_signal, newest_signals
from store.wordings import earlier_wordings


def list_signals(session: Session, since: datetime | None = None) -> list[JsonObject]:
    """Return signals first seen from ``since`` on, newest first, in the shape of ``signals list --json``."""
    signals = newest_signals(session, since)
    accounts = _threatened(session, [signal.id for signal in signals])
    return [_to_json(signal, accounts[signal.id]) for signal in signals]


def show_signal(session: Session, signal_id: int) -> JsonObject | None:
    """Return one signal as in `list_signals`, with text, drivers, secondary categories, retraction, how it was told
    before its category was corrected, and the signals it takes back, contradicts, or is contradicted by.
    """
    signal = get_signal(session, signal_id)
    if signal is None:
        return None
    meaning = signal.meaning
    return {
        **_to_json(signal, _threatened(session, [signal_id])[signal_id]),
        "secondary": [category.value for category in meaning.secondary],
        "drivers": list(meaning.drivers),
        "text": meaning.text,
        "last_seen": signal.last_seen_at.isoformat(),
        "retracted": signal.retracted_at.isoformat() if signal.retracted_at else None,
        "retraction": signal.retraction,
        "related": [related.to_json() for related in relations_of(session, [signal_id]).get(signal_id, ())],
        "told_before": [wording.to_json() for wording in earlier_wordings(session, signal_id)],
    }


def _threatened(session: Session, ids: Sequence[int]) -> dict[int, list[JsonObject]]:
    found: dict[int, list[JsonObject]] = defaultdict(list)
    query = (
        select(ExposureRow.signal_id, AccountRow.key, ExposureRow.score)
        .join(AccountRow, AccountRow.id == ExposureRow.account_id)
        .where(ExposureRow.signal_id.in_(list(ids)), AccountRow.active)
        .order_by(ExposureRow.score.desc(), AccountRow.key)
    )
    for signal_id, key, score in session.execute(query):
        found[signal_id].append({"key": key, "score": round(score, 4)})
    return found


def _to_json(signal: Signal, accounts: Iterable[JsonObject]) -> JsonObject:
    meaning = signal.meaning
    return {
        "id": signal.id,
        "category": meaning.category.value,
        "confidence": round(meaning.confidence, 4),
        "impact": round(meaning.impact, 4),
        "headline": meaning.headline,
        "why": meaning.why,
        "rival": signal.rival_key,
        "first_seen": signal.first_seen_at.isoformat(),
        "review": meaning.review,
        "held": meaning.held,
        "facts": meaning.facts,
        "evidence": [
            {
                "url": proof.url,
                "change": proof.change_id,
                "quote": proof.quote,
                "seen": proof.seen_at.isoformat(),
                "because": proof.because,
            }
            for proof in signal.evidence
        ],
        "accounts": list(accounts),
    }
