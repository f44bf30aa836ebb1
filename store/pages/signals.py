"""Signals as pages show them, with their evidence and the accounts they threaten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, join

from store.kinds import Category
from store.models.accounts import AccountRow, ExposureRow
from store.models.evidence import ChangeRow, EvidenceRow, SignalRow
from store.models.watch import RivalRow, SourceRow
from store.pages.changes import ChangePage, change_page
from store.records import JsonObject
from store.relations import Relation, relations_of
from store.users import as_login

_SIGNALS = join(SignalRow, RivalRow, RivalRow.id == SignalRow.rival_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalFilter:
    """Which signals to show; None is any. ``until`` is exclusive.

    ``review``: whether an analyst is asked about them; those taken back are asked about no more. ``held``: whether they
    are kept back until the answer.
    """

    rival: str | None = None
    category: Category | None = None
    since: datetime | None = None
    until: datetime | None = None
    review: bool | None = None
    held: bool | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Threat:
    """An account that a signal threatens; ``score`` in [0, 1] before decay."""

    account_key: str
    account_name: str
    owner: str | None
    score: float
    reasons: tuple[JsonObject, ...]
    observed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalLine:
    """A signal in a list. ``threats`` are ordered by score, highest first."""

    id: int
    category: Category
    confidence: float
    impact: float
    headline: str
    why: str
    rival_key: str
    rival_name: str
    first_seen_at: datetime
    last_seen_at: datetime
    review: bool
    held: bool
    retracted: bool
    pieces: int
    threats: tuple[Threat, ...]
    secondary: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One proof of a signal, with the change it comes from and why it was told to be of this signal."""

    url: str
    quote: str
    seen_at: datetime
    because: str
    change: ChangePage


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalPage:
    """Everything the page of one signal shows."""

    line: SignalLine
    drivers: tuple[object, ...]
    facts: JsonObject
    text: str
    retracted_at: datetime | None
    retraction: str | None
    evidence: tuple[Evidence, ...]
    related: tuple[Relation, ...] = ()


def count_signals(session: Session, wanted: SignalFilter) -> int:
    """Return how many signals fit."""
    query = select(func.count()).select_from(_SIGNALS)
    return session.scalar(query.where(*_conditions(wanted))) or 0


def signal_lines(session: Session, wanted: SignalFilter, limit: int, offset: int = 0) -> list[SignalLine]:
    """Return the fitting signals, newest first; three queries however many there are.

    Those that wait for review come in the order in which an answer helps: the held ones first, then by impact.
    """
    query = select(SignalRow, RivalRow).select_from(_SIGNALS).where(*_conditions(wanted))
    urgent = (SignalRow.held.desc(), SignalRow.impact.desc()) if wanted.review else ()
    query = query.order_by(*urgent, SignalRow.first_seen_at.desc(), SignalRow.id.desc())
    query = query.limit(limit).offset(offset)
    found = [(signal, rival) for signal, rival in session.execute(query)]
    ids = [signal.id for signal, _ in found]
    pieces, threats = _pieces(session, ids), threats_of(session, ids)
    return [
        _line(signal, rival, pieces.get(signal.id, 0), threats.get(signal.id, ())) for signal, rival in found
    ]


def signal_page(session: Session, signal_id: int) -> SignalPage | None:
    """Return everything about one signal."""
    found = session.execute(
        select(SignalRow, RivalRow).select_from(_SIGNALS).where(SignalRow.id == signal_id)
    ).first()
    if found is None:
        return None
    signal, rival = found[0], found[1]
    evidence = _evidence(session, signal_id)
    threats = threats_of(session, [signal_id]).get(signal_id, ())
    return SignalPage(
        line=_line(signal, rival, len(evidence), threats),
        drivers=tuple(signal.drivers),
        facts=dict(signal.facts),
        text=signal.text,
        retracted_at=signal.retracted_at,
        retraction=signal.retraction,
        evidence=evidence,
        related=relations_of(session, [signal_id]).get(signal_id, ()),
    )


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


def threats_of(session: Session, signal_ids: Iterable[int]) -> dict[int, tuple[Threat, ...]]:
    """Return the accounts each signal threatens, highest score first; one query."""
    query = (
        select(ExposureRow, AccountRow)
        .join(AccountRow, AccountRow.id == ExposureRow.account_id)
        .where(ExposureRow.signal_id.in_(list(signal_ids)), AccountRow.active)
        .order_by(ExposureRow.score.desc(), AccountRow.key)
    )
    found: dict[int, list[Threat]] = defaultdict(list)
    for exposure, account in session.execute(query):
        found[exposure.signal_id].append(
            Threat(
                account_key=account.key,
                account_name=account.name,
                owner=as_login(account.owner),
                score=exposure.score,
                reasons=tuple(exposure.reasons),
                observed_at=exposure.observed_at,
            )
        )
    return {signal: tuple(threats) for signal, threats in found.items()}


def _conditions(wanted: SignalFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.rival is not None:
        conditions.append(RivalRow.key == wanted.rival)
    if wanted.category is not None:
        conditions.append(SignalRow.category == wanted.category.value)
    if wanted.since is not None:
        conditions.append(SignalRow.first_seen_at >= wanted.since)
    if wanted.until is not None:
        conditions.append(SignalRow.first_seen_at < wanted.until)
    if wanted.review is not None:
        asked = SignalRow.review.is_(True) & SignalRow.retracted_at.is_(None)
        conditions.append(asked if wanted.review else ~asked)
    if wanted.held is not None:
        conditions.append(SignalRow.held.is_(wanted.held))
    if wanted.text:
        conditions.append(
            or_(
                SignalRow.headline.icontains(wanted.text, autoescape=True),
                SignalRow.why.icontains(wanted.text, autoescape=True),
            )
        )
    return conditions


def _pieces(session: Session, ids: list[int]) -> dict[int, int]:
    query = select(EvidenceRow.signal_id, func.count()).where(EvidenceRow.signal_id.in_(ids))
    return dict(session.execute(query.group_by(EvidenceRow.signal_id)).all())


def _evidence(session: Session, signal_id: int) -> tuple[Evidence, ...]:
    query = (
        select(EvidenceRow, ChangeRow, SourceRow, RivalRow)
        .join(ChangeRow, ChangeRow.id == EvidenceRow.change_id)
        .join(SourceRow, SourceRow.id == ChangeRow.source_id)
        .join(RivalRow, RivalRow.id == SourceRow.rival_id)
        .where(EvidenceRow.signal_id == signal_id)
        .order_by(EvidenceRow.seen_at.desc(), EvidenceRow.id)
    )
    return tuple(
        Evidence(
            url=row.url,
            quote=row.quote,
            seen_at=row.seen_at,
            because=row.because,
            change=change_page(session, change, source, rival),
        )
        for row, change, source, rival in session.execute(query)
    )


def _line(signal: SignalRow, rival: RivalRow, pieces: int, threats: tuple[Threat, ...]) -> SignalLine:
    return SignalLine(
        id=signal.id,
        category=Category(signal.category),
        confidence=signal.confidence,
        impact=signal.impact,
        headline=signal.headline,
        why=signal.why,
        rival_key=rival.key,
        rival_name=rival.name,
        first_seen_at=signal.first_seen_at,
        last_seen_at=signal.last_seen_at,
        review=signal.review,
        held=signal.held,
        retracted=signal.retracted_at is not None,
        pieces=pieces,
        threats=threats,
        secondary=tuple(str(item) for item in signal.secondary),
    )
