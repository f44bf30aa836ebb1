"""Signals: what changes mean, with their evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from store.kinds import Category, ChangeState
from store.models.evidence import ChangeRow, EvidenceRow, SignalRow
from store.models.watch import RivalRow
from store.records import JsonObject

UNDONE = (ChangeState.REVERTED.value, ChangeState.VARIANT.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One proof of a signal: the change, the page's address, the words that show it, and why they belong to it.

    ``because`` is empty where nobody recorded it.
    """

    change_id: int
    url: str
    quote: str
    seen_at: datetime
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a signal says, apart from whose it is and when it was seen: all that a merge may rewrite.

    ``review``: an analyst is asked whether it is right. ``held``: it is kept back until then, which implies ``review``.
    """

    category: Category
    secondary: tuple[Category, ...] = ()
    confidence: float
    impact: float
    drivers: tuple[str, ...] = ()
    headline: str
    why: str
    text: str = ""
    facts: JsonObject = field(default_factory=dict)
    review: bool = False
    held: bool = False
    embedding: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """A signal as stored. ``linked_at`` None: waits for `linking`."""

    id: int
    rival_id: int
    rival_key: str
    rival: str
    story: str
    meaning: Meaning
    first_seen_at: datetime
    last_seen_at: datetime
    linked_at: datetime | None = None
    retracted_at: datetime | None = None
    retraction: str | None = None
    evidence: tuple[Evidence, ...] = ()


def signals_near(session: Session, rival_id: int, since: datetime, until: datetime) -> list[Signal]:
    """Return a rival's standing signals seen in [since, until], newest first, without their evidence."""
    query = _standing().where(
        SignalRow.rival_id == rival_id, SignalRow.last_seen_at >= since, SignalRow.first_seen_at <= until
    )
    query = query.order_by(SignalRow.last_seen_at.desc(), SignalRow.id.desc())
    return [_signal(row, rival, ()) for row, rival in session.execute(query)]


def signals_since(session: Session, since: datetime) -> list[Signal]:
    """Return the standing signals first seen from ``since`` on, oldest first."""
    query = _standing().where(SignalRow.first_seen_at >= since)
    return _read(session, query.order_by(SignalRow.first_seen_at, SignalRow.id))


def newest_signals(session: Session, since: datetime | None = None) -> list[Signal]:
    """Return all signals, or those first seen from ``since`` on, newest first; those taken back too."""
    query = _joined().order_by(SignalRow.first_seen_at.desc(), SignalRow.id.desc())
    if since is not None:
        query = query.where(SignalRow.first_seen_at >= since)
    return _read(session, query)


def get_signal(session: Session, signal_id: int) -> Signal | None:
    """Return the signal with that id."""
    found = _read(session, _joined().where(SignalRow.id == signal_id))
    return found[0] if found else None


def undone_signals(session: Session) -> list[Signal]:
    """Return the standing signals all of whose evidence was reverted or turned out to be a variant."""
    proof = select(EvidenceRow.id).join(ChangeRow).where(EvidenceRow.signal_id == SignalRow.id)
    query = _standing().where(
        exists(proof.where(ChangeRow.state.in_(UNDONE))), ~exists(proof.where(ChangeRow.state.not_in(UNDONE)))
    )
    return _read(session, query.order_by(SignalRow.id))


def _joined() -> Select[SignalRow, RivalRow]:
    return select(SignalRow, RivalRow).join(RivalRow, RivalRow.id == SignalRow.rival_id)


def _standing() -> Select[SignalRow, RivalRow]:
    return _joined().where(SignalRow.retracted_at.is_(None))


def _read(session: Session, query: Select[SignalRow, RivalRow]) -> list[Signal]:
    rows = [(row, rival) for row, rival in session.execute(query)]
    evidence = _evidence(session, [row.id for row, _ in rows])
    return [_signal(row, rival, evidence[row.id]) for row, rival in rows]


def _evidence(session: Session, ids: Collection[int]) -> dict[int, list[Evidence]]:
    found: dict[int, list[Evidence]] = defaultdict(list)
    query = select(EvidenceRow).where(EvidenceRow.signal_id.in_(list(ids)))
    for row in session.scalars(query.order_by(EvidenceRow.seen_at, EvidenceRow.id)):
        found[row.signal_id].append(
            Evidence(
                change_id=row.change_id,
                url=row.url,
                quote=row.quote,
                seen_at=row.seen_at,
                because=row.because,
            )
        )
    return found


def _signal(row: SignalRow, rival: RivalRow, evidence: Sequence[Evidence]) -> Signal:
    return Signal(
        id=row.id,
        rival_id=row.rival_id,
        rival_key=rival.key,
        rival=rival.name,
        story=row.story,
        meaning=Meaning(
            category=Category(row.category),
            secondary=tuple(Category(name) for name in row.secondary),
            confidence=row.confidence,
            impact=row.impact,
            drivers=tuple(row.drivers),
            headline=row.headline,
            why=row.why,
            text=row.text,
            facts=dict(row.facts),
            review=row.review,
            held=row.held,
            embedding=row.embedding,
        ),
        first_seen_at=row.first_seen_at,
        last_seen_at=row.last_seen_at,
        linked_at=row.linked_at,
        retracted_at=row.retracted_at,
        retraction=row.retraction,
        evidence=tuple(evidence),
    )
