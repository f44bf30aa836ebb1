"""Exposures: which signal threatens which account, and the signals that wait for linking."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, delete, func, select, update
from sqlalchemy.orm import Session

from store.inserts import insert_new
from store.kinds import Category, ReasonCode
from store.models.accounts import AccountRow, ExposureRow
from store.models.evidence import EvidenceRow, SignalRow
from store.models.watch import RivalRow
from store.records import JsonObject, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingSignal:
    """A signal as linking reads it. ``linked_at`` is set when it was linked before and an account changed since."""

    id: int
    rival_id: int
    category: Category
    headline: str
    text: str
    facts: JsonObject
    impact: float
    first_seen_at: datetime
    linked_at: datetime | None
    retracted_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """How far a signal threatens an account: score in [0, 1] before decay, with its reasons and evidence.

    ``counts`` is false while the signal is held for review or after it was retracted: it weighs nothing then.
    ``review``: it counts or not, an analyst is asked whether the signal's category is right.
    ``computed_at`` is when linking last judged it, which is later than ``observed_at`` for what was held.
    """

    account_id: int
    signal_id: int
    score: float
    reasons: tuple[Reason, ...]
    observed_at: datetime
    rival_key: str
    rival_name: str
    category: Category
    headline: str
    facts: JsonObject = field(default_factory=dict)
    counts: bool = True
    review: bool = False
    confidence: float = 1.0
    computed_at: datetime | None = field(default=None, compare=False)


def waiting_signals(session: Session, limit: int) -> list[WaitingSignal]:
    """Return signals that were never linked, oldest first.

    Those held or retracted are linked too, so that a reviewer sees whom they would reach; their exposures do not
    count (see `Exposure`) until the signal is released, which makes it wait here again.
    """
    query = (
        select(SignalRow).where(SignalRow.linked_at.is_(None)).order_by(SignalRow.first_seen_at, SignalRow.id)
    )
    return [_waiting(row) for row in session.scalars(query.limit(limit))]


def outdated_signals(session: Session, since: datetime, limit: int) -> list[WaitingSignal]:
    """Return signals seen from ``since`` on that were linked before some account changed, oldest first."""
    newest = session.scalar(select(func.max(AccountRow.changed_at)))
    if newest is None:
        return []
    query = (
        select(SignalRow)
        .where(SignalRow.linked_at < newest, SignalRow.first_seen_at >= since)
        .order_by(SignalRow.first_seen_at, SignalRow.id)
    )
    return [_waiting(row) for row in session.scalars(query.limit(limit))]


def mark_linked(session: Session, signal_id: int, now: datetime) -> None:
    """Say that a signal no longer waits for linking."""
    session.execute(update(SignalRow).where(SignalRow.id == signal_id).values(linked_at=now))


def save_exposures(
    session: Session,
    signal: WaitingSignal,
    scored: Mapping[int, tuple[float, Sequence[Reason]]],
    now: datetime,
    *,
    among: Sequence[int] | None = None,
) -> None:
    """Make the exposures of a signal these ones, by account id; ``among`` limits what is replaced to those accounts."""
    gone = delete(ExposureRow).where(ExposureRow.signal_id == signal.id)
    kept = {
        row.account_id: row
        for row in session.scalars(select(ExposureRow).where(ExposureRow.signal_id == signal.id))
    }
    replaced = set(kept) if among is None else set(kept) & set(among)
    if lost := replaced - set(scored):
        session.execute(gone.where(ExposureRow.account_id.in_(lost)))
    new = []
    for account_id, (score, reasons) in sorted(scored.items()):
        values: dict[str, Any] = {
            "score": score,
            "reasons": [reason.to_json() for reason in reasons],
            "observed_at": signal.first_seen_at,
            "computed_at": now,
        }
        if row := kept.get(account_id):
            for name, value in values.items():
                setattr(row, name, value)
        else:
            new.append({"account_id": account_id, "signal_id": signal.id, **values})
    if new:
        session.execute(insert_new(session, cast(Table, ExposureRow.__table__)), new)
    session.flush()


def exposures_since(
    session: Session, since: datetime, account_id: int | None = None
) -> dict[int, list[Exposure]]:
    """Return the exposures observed from ``since`` on by account id, newest first."""
    query = (
        select(
            ExposureRow.account_id,
            ExposureRow.signal_id,
            ExposureRow.score,
            ExposureRow.reasons,
            ExposureRow.observed_at,
            ExposureRow.computed_at,
            RivalRow.key,
            RivalRow.name,
            SignalRow.category,
            SignalRow.headline,
            SignalRow.facts,
            SignalRow.retracted_at,
            SignalRow.held,
            SignalRow.review,
            SignalRow.confidence,
        )
        .join(SignalRow, SignalRow.id == ExposureRow.signal_id)
        .join(RivalRow, RivalRow.id == SignalRow.rival_id)
        .where(ExposureRow.observed_at >= since)
        .order_by(ExposureRow.account_id, ExposureRow.observed_at.desc(), ExposureRow.signal_id)
    )
    if account_id is not None:
        query = query.where(ExposureRow.account_id == account_id)
    result: dict[int, list[Exposure]] = {}
    for row in session.execute(query):
        result.setdefault(row.account_id, []).append(
            Exposure(
                account_id=row.account_id,
                signal_id=row.signal_id,
                score=row.score,
                reasons=tuple(_reason(item) for item in row.reasons),
                observed_at=row.observed_at,
                rival_key=row.key,
                rival_name=row.name,
                category=Category(row.category),
                headline=row.headline,
                facts=dict(row.facts),
                counts=row.retracted_at is None and not row.held,
                review=row.review,
                confidence=row.confidence,
                computed_at=row.computed_at,
            )
        )
    return result


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """One proof of a signal: where it was seen, in which change, in which words."""

    url: str
    change_id: int
    quote: str
    seen_at: datetime


def proofs_of(session: Session, signal_ids: Collection[int]) -> dict[int, list[Proof]]:
    """Return the proofs of each signal, the first one first."""
    result: dict[int, list[Proof]] = {}
    ids = sorted(signal_ids)
    for start in range(0, len(ids), 500):
        query = (
            select(EvidenceRow)
            .where(EvidenceRow.signal_id.in_(ids[start : start + 500]))
            .order_by(EvidenceRow.seen_at, EvidenceRow.id)
        )
        for row in session.scalars(query):
            proof = Proof(url=row.url, change_id=row.change_id, quote=row.quote, seen_at=row.seen_at)
            result.setdefault(row.signal_id, []).append(proof)
    return result


def _waiting(row: SignalRow) -> WaitingSignal:
    return WaitingSignal(
        id=row.id,
        rival_id=row.rival_id,
        category=Category(row.category),
        headline=row.headline,
        text=row.text,
        facts=dict(row.facts),
        impact=row.impact,
        first_seen_at=row.first_seen_at,
        linked_at=row.linked_at,
        retracted_at=row.retracted_at,
    )


def _reason(item: JsonObject) -> Reason:
    return Reason(code=ReasonCode(item["code"]), weight=item["weight"], because=item["because"])
