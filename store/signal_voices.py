"""Who told a signal, and when: its sources, and the dates of publication."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.models.evidence import ChangeRow, EvidenceRow, SignalRow


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
