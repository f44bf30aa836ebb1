"""Block memory: which texts a source has shown and no longer shows, when, and which change by themselves.

What a page shows all the time stands in its document; only what comes or goes is remembered here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import Table, select, update
from sqlalchemy.orm import Session

from store.inserts import insert_new
from store.models.evidence import BlockMemoryRow

#: Keys per statement; SQLite takes 32,766 variables.
BATCH = 5_000


def remember_blocks(session: Session, source_id: int, keys: Iterable[str], seen_at: datetime) -> None:
    """Write that a source has shown these blocks."""
    wanted = sorted(set(keys))
    for part in _parts(wanted):
        known = BlockMemoryRow.source_id == source_id, BlockMemoryRow.key.in_(part)
        session.execute(
            update(BlockMemoryRow)
            .where(*known, BlockMemoryRow.last_seen_at < seen_at)
            .values(last_seen_at=seen_at, times_seen=BlockMemoryRow.times_seen + 1)
        )
        session.execute(
            insert_new(session, cast(Table, BlockMemoryRow.__table__)),
            [
                {
                    "source_id": source_id,
                    "key": key,
                    "first_seen_at": seen_at,
                    "last_seen_at": seen_at,
                    "times_seen": 1,
                    "volatile": False,
                }
                for key in part
            ],
        )


def mark_volatile(session: Session, source_id: int, keys: Iterable[str], seen_at: datetime) -> None:
    """Write that these blocks change by themselves."""
    wanted = sorted(set(keys))
    remember_blocks(session, source_id, wanted, seen_at)
    for part in _parts(wanted):
        session.execute(
            update(BlockMemoryRow)
            .where(BlockMemoryRow.source_id == source_id, BlockMemoryRow.key.in_(part))
            .values(volatile=True)
        )


def volatile_blocks(session: Session, source_id: int) -> frozenset[str]:
    """Return the keys of the source's blocks that change by themselves."""
    query = select(BlockMemoryRow.key).where(BlockMemoryRow.source_id == source_id, BlockMemoryRow.volatile)
    return frozenset(session.scalars(query))


def remembered_blocks(
    session: Session, source_id: int, since: datetime, among: Collection[str]
) -> frozenset[str]:
    """Return which of the keys stand for blocks that came or went since then."""
    found: set[str] = set()
    for part in _parts(sorted(among)):
        query = select(BlockMemoryRow.key).where(
            BlockMemoryRow.source_id == source_id,
            BlockMemoryRow.last_seen_at >= since,
            BlockMemoryRow.key.in_(part),
        )
        found.update(session.scalars(query))
    return frozenset(found)


def times_seen(session: Session, source_id: int, key: str) -> int:
    """Return how often a key was remembered, 0 if never."""
    query = select(BlockMemoryRow.times_seen).where(
        BlockMemoryRow.source_id == source_id, BlockMemoryRow.key == key
    )
    return session.scalar(query) or 0


def _parts(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]
