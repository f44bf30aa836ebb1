"""Relations between signals: which later one takes an earlier one back, or contradicts it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Table, or_, select
from sqlalchemy.orm import Session

from store.inserts import insert_new
from store.models.evidence import RelationRow, SignalRow
from store.records import JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """One side of a relation as the other sees it: ``later`` is True if ``signal_id`` came after."""

    kind: str
    because: str
    signal_id: int
    headline: str
    seen_at: datetime
    later: bool

    def to_json(self) -> JsonObject:
        """Return the shape that ``signals show`` gives."""
        return {
            "kind": self.kind,
            "because": self.because,
            "signal": self.signal_id,
            "headline": self.headline,
            "seen": self.seen_at.isoformat(),
            "later": self.later,
        }


def add_relation(session: Session, later_id: int, earlier_id: int, kind: str, because: str) -> None:
    """Store a relation; one that stands already stays as it is."""
    statement = insert_new(session, cast(Table, RelationRow.__table__))
    session.execute(statement.values(later_id=later_id, earlier_id=earlier_id, kind=kind, because=because))


def relations_of(session: Session, ids: Collection[int]) -> dict[int, tuple[Relation, ...]]:
    """Return, for each signal, the standing signals that it relates to, the newest first."""
    wanted = set(ids)
    query = select(RelationRow).where(
        or_(RelationRow.later_id.in_(wanted), RelationRow.earlier_id.in_(wanted))
    )
    rows = list(session.scalars(query))
    signals = _signals(session, {number for row in rows for number in (row.later_id, row.earlier_id)})
    found: dict[int, list[Relation]] = defaultdict(list)
    for row in rows:
        for mine, other in ((row.later_id, row.earlier_id), (row.earlier_id, row.later_id)):
            if mine in wanted and other in signals:
                found[mine].append(_relation(row, signals[other]))
    return {
        signal: tuple(sorted(relations, key=lambda r: (r.seen_at, r.signal_id), reverse=True))
        for signal, relations in found.items()
    }


def _signals(session: Session, ids: Collection[int]) -> dict[int, SignalRow]:
    query = select(SignalRow).where(SignalRow.id.in_(list(ids)), SignalRow.retracted_at.is_(None))
    return {row.id: row for row in session.scalars(query)}


def _relation(row: RelationRow, other: SignalRow) -> Relation:
    return Relation(
        kind=row.kind,
        because=row.because,
        signal_id=other.id,
        headline=other.headline,
        seen_at=other.first_seen_at,
        later=other.id == row.later_id,
    )
