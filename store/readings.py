"""What a digest reads: signals with their evidence, exposures, and the watch itself; accounts: `account_readings`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from store.kinds import Category, FetchState, ReasonCode
from store.models.accounts import ExposureRow
from store.models.evidence import EvidenceRow, SignalRow
from store.models.people import FeedbackRow
from store.models.watch import RivalRow, SourceRow
from store.records import NOTHING, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceReading:
    """A proof of a signal: where, in which words, when."""

    url: str
    quote: str
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalReading:
    """A signal as a digest tells it. ``facts`` is the JSON of `SignalRow.facts`."""

    id: int
    rival_key: str
    rival: str
    category: Category
    confidence: float
    impact: float
    headline: str
    why: str
    first_seen_at: datetime
    review: bool = False
    held: bool = False
    retracted_at: datetime | None = None
    retraction: str | None = None
    facts: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    evidence: tuple[EvidenceReading, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonsWord:
    """A signal of the category that ``who`` gave it, and when."""

    signal: SignalReading
    who: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposureReading:
    """How far a signal threatens an account, before decay."""

    account_id: int
    signal_id: int
    score: float
    observed_at: datetime
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReading:
    """A watched source and when it was last reached."""

    key: str
    rival_key: str
    rival: str
    type: str
    url: str
    every: timedelta
    state: FetchState | None = None
    reason: str | None = None
    last_success_at: datetime | None = None


def signals_between(session: Session, since: datetime, until: datetime) -> list[SignalReading]:
    """Return the standing signals first seen in [since, until), linked or held for review, oldest first."""
    query = _signals().where(
        SignalRow.first_seen_at >= since,
        SignalRow.first_seen_at < until,
        SignalRow.retracted_at.is_(None),
        SignalRow.category != Category.NONE.value,
        SignalRow.linked_at.is_not(None) | SignalRow.held,
    )
    return _read_signals(session, query)


def retracted_signals(session: Session, ids: Collection[int], until: datetime) -> list[SignalReading]:
    """Return those of the signals that were retracted before ``until``, oldest first."""
    query = _signals().where(SignalRow.id.in_(list(ids)), SignalRow.retracted_at < until)
    return _read_signals(session, query)


def recategorised_signals(session: Session, ids: Collection[int], until: datetime) -> list[PersonsWord]:
    """Return those that stand, linked, in a category that a person gave them before ``until``."""
    said = (
        select(FeedbackRow.signal_id, FeedbackRow.who, FeedbackRow.at)
        .join(SignalRow, SignalRow.id == FeedbackRow.signal_id)
        .where(FeedbackRow.category == SignalRow.category, FeedbackRow.at < until)
        .order_by(FeedbackRow.at)
    )
    # Few were ever corrected, and the mails of years told many.
    words = {signal_id: (who, at) for signal_id, who, at in session.execute(said)}
    query = _signals().where(
        SignalRow.id.in_(sorted(words.keys() & set(ids))),
        SignalRow.retracted_at.is_(None),
        SignalRow.held.is_(False),
        SignalRow.linked_at.is_not(None),
    )
    return [
        PersonsWord(signal=signal, who=words[signal.id][0], at=words[signal.id][1])
        for signal in _read_signals(session, query)
    ]


def signals_by_id(session: Session, ids: Collection[int]) -> list[SignalReading]:
    """Return the signals with those ids, oldest first."""
    return _read_signals(session, _signals().where(SignalRow.id.in_(list(ids))))


def exposures_of(session: Session, signal_ids: Collection[int]) -> list[ExposureReading]:
    """Return the exposures made of those signals, strongest first."""
    query = (
        select(ExposureRow)
        .where(ExposureRow.signal_id.in_(list(signal_ids)))
        .order_by(ExposureRow.score.desc(), ExposureRow.account_id)
    )
    return [
        ExposureReading(
            account_id=row.account_id,
            signal_id=row.signal_id,
            score=row.score,
            observed_at=row.observed_at,
            reasons=tuple(
                Reason(code=ReasonCode(reason["code"]), weight=reason["weight"], because=reason["because"])
                for reason in row.reasons
            ),
        )
        for row in session.scalars(query)
    ]


def watched_sources(session: Session) -> list[SourceReading]:
    """Return the active sources of active rivals, by key."""
    query = (
        select(SourceRow, RivalRow)
        .join(RivalRow)
        .where(SourceRow.active, RivalRow.active)
        .order_by(SourceRow.key)
    )
    return [
        SourceReading(
            key=source.key,
            rival_key=rival.key,
            rival=rival.name,
            type=source.type,
            url=source.url,
            every=timedelta(seconds=source.every_seconds),
            state=FetchState(source.state) if source.state else None,
            reason=source.reason,
            last_success_at=source.last_success_at,
        )
        for source, rival in session.execute(query)
    ]


def _signals() -> Select[SignalRow, RivalRow]:
    return (
        select(SignalRow, RivalRow)
        .join(RivalRow, RivalRow.id == SignalRow.rival_id)
        .order_by(SignalRow.first_seen_at, SignalRow.id)
    )


def _read_signals(session: Session, query: Select[SignalRow, RivalRow]) -> list[SignalReading]:
    rows = [(signal, rival) for signal, rival in session.execute(query)]
    evidence: dict[int, list[EvidenceReading]] = defaultdict(list)
    proofs = (
        select(EvidenceRow)
        .where(EvidenceRow.signal_id.in_([signal.id for signal, _ in rows]))
        .order_by(EvidenceRow.seen_at, EvidenceRow.id)
    )
    for proof in session.scalars(proofs):
        # A page, its feed and a teaser often lead to one address; a reader needs it once.
        if all(seen.url != proof.url for seen in evidence[proof.signal_id]):
            evidence[proof.signal_id].append(
                EvidenceReading(url=proof.url, quote=proof.quote, seen_at=proof.seen_at)
            )
    return [_signal(signal, rival, tuple(evidence[signal.id])) for signal, rival in rows]


def _signal(row: SignalRow, rival: RivalRow, evidence: tuple[EvidenceReading, ...]) -> SignalReading:
    return SignalReading(
        id=row.id,
        rival_key=rival.key,
        rival=rival.name,
        category=Category(row.category),
        confidence=row.confidence,
        impact=row.impact,
        headline=row.headline,
        why=row.why,
        first_seen_at=row.first_seen_at,
        review=row.review,
        held=row.held,
        retracted_at=row.retracted_at,
        retraction=row.retraction,
        facts=dict(row.facts),
        evidence=evidence,
    )
