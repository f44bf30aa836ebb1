"""Signals: what changes mean, with their evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Select, Table, exists, func, select, update
from sqlalchemy.orm import Session

from store.inserts import insert_row
from store.kinds import Category, ChangeState
from store.models.accounts import AccountRow, ExposureRow
from store.models.evidence import ChangeRow, EvidenceRow, SignalRow
from store.models.watch import RivalRow
from store.records import JsonObject
from store.relations import relations_of

UNDONE = (ChangeState.REVERTED.value, ChangeState.VARIANT.value)
TEXT_LIMIT = 4_000
QUOTE_LIMIT = 500


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
class Voices:
    """Which sources told a signal, and when the first and the last of them did: by the date of publication if known."""

    sources: frozenset[int]
    first: datetime
    last: datetime

    def joined(self, other: Voices) -> Voices:
        """Return the voices of both."""
        return Voices(
            sources=self.sources | other.sources,
            first=min(self.first, other.first),
            last=max(self.last, other.last),
        )


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
    row = session.get_one(SignalRow, signal_id)
    session.refresh(row)
    for name, value in _columns(meaning).items():
        setattr(row, name, value)
    row.first_seen_at = min(row.first_seen_at, seen_at)
    row.last_seen_at = max(row.last_seen_at, seen_at)
    if relink:
        row.linked_at = None
    session.flush()


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


def retract_signal(session: Session, signal_id: int, now: datetime, retraction: str) -> None:
    """Take a signal back, with a sentence that says why."""
    session.execute(
        update(SignalRow)
        .where(SignalRow.id == signal_id, SignalRow.retracted_at.is_(None))
        .values(retracted_at=now, retraction=retraction)
    )


def list_signals(session: Session, since: datetime | None = None) -> list[JsonObject]:
    """Return signals first seen from ``since`` on, newest first, in the shape of ``signals list --json``."""
    query = _joined().order_by(SignalRow.first_seen_at.desc(), SignalRow.id.desc())
    if since is not None:
        query = query.where(SignalRow.first_seen_at >= since)
    signals = _read(session, query)
    accounts = _threatened(session, [signal.id for signal in signals])
    return [_to_json(signal, accounts[signal.id]) for signal in signals]


def show_signal(session: Session, signal_id: int) -> JsonObject | None:
    """Return one signal as in `list_signals`, with text, drivers, secondary categories, retraction
    and the signals it takes back, contradicts, or is contradicted by.
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
    }


def count_sources(session: Session, signal_id: int) -> int:
    """Return how many sources report a signal."""
    query = (
        select(func.count(ChangeRow.source_id.distinct()))
        .select_from(EvidenceRow)
        .join(ChangeRow)
        .where(EvidenceRow.signal_id == signal_id)
    )
    return session.scalar(query) or 0


def published_at(session: Session, ids: Sequence[int]) -> list[datetime | None]:
    """Return, for each signal, when its evidence was first published; None where no evidence is dated."""
    query = (
        select(EvidenceRow.signal_id, ChangeRow.published_at)
        .join(ChangeRow)
        .where(EvidenceRow.signal_id.in_(list(ids)), ChangeRow.published_at.is_not(None))
        .order_by(ChangeRow.published_at.desc())
    )
    # Newest first, so that the earliest of each signal is what remains.
    dates: dict[int, datetime | None] = {row.signal_id: row.published_at for row in session.execute(query)}
    return [dates.get(signal_id) for signal_id in ids]


def voices_near(
    session: Session, rival_id: int, since: datetime, *, unnamed: Collection[int] = ()
) -> dict[int, Voices]:
    """Return who told each of a rival's signals last seen since then; the sources ``unnamed`` are left out."""
    query = (
        select(
            EvidenceRow.signal_id,
            ChangeRow.source_id,
            ChangeRow.published_at,
            ChangeRow.observed_at,
        )
        .join(ChangeRow)
        .join(SignalRow, SignalRow.id == EvidenceRow.signal_id)
        .where(SignalRow.rival_id == rival_id, SignalRow.last_seen_at >= since)
    )
    voices: dict[int, Voices] = {}
    for row in session.execute(query):
        at = row.published_at or row.observed_at
        named = () if row.source_id in unnamed else (row.source_id,)
        one = Voices(sources=frozenset(named), first=at, last=at)
        voices[row.signal_id] = one.joined(voices.get(row.signal_id, one))
    return voices


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
