"""The list of signals: those that fit a filter, one line each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, join

from store.kinds import Category
from store.models.evidence import EvidenceRow, SignalRow
from store.models.watch import RivalRow
from store.pages.threats import Threat, threats_of

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
        signal_line(signal, rival, pieces.get(signal.id, 0), threats.get(signal.id, ()))
        for signal, rival in found
    ]


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


def signal_line(signal: SignalRow, rival: RivalRow, pieces: int, threats: tuple[Threat, ...]) -> SignalLine:
    """Return a row as a line, with how many proofs it has and whom it threatens."""
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
