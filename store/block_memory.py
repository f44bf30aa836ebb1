"""Block memory: which texts a source has shown and no longer shows, when, and which change by themselves.

What a page shows all the time stands in its document; only what comes or goes is remembered here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import cast

from sqlalchemy import Insert, Table, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from store.models.evidence import BlockMemoryRow

#: Keys per statement; SQLite takes 32,766 variables.
BATCH = 5_000


def remember_blocks(session: Session, source_id: int, seen: Mapping[str, datetime]) -> None:
    """Write when a source has shown these blocks, by key."""
    rows = [
        {
            "source_id": source_id,
            "key": key,
            "first_seen_at": at,
            "last_seen_at": at,
            "times_seen": 1,
            "volatile": False,
        }
        for key, at in sorted(seen.items())
    ]
    if rows:
        session.connection().execute(_remember(session.get_bind().dialect.name), rows)


def mark_volatile(session: Session, source_id: int, keys: Iterable[str], seen_at: datetime) -> None:
    """Write that these blocks change by themselves."""
    wanted = sorted(set(keys))
    remember_blocks(session, source_id, dict.fromkeys(wanted, seen_at))
    for part in _parts(wanted):
        session.execute(
            update(BlockMemoryRow)
            .where(BlockMemoryRow.source_id == source_id, BlockMemoryRow.key.in_(part))
            .values(volatile=True)
        )


def volatile_blocks(session: Session, source_id: int) -> frozenset[str]:
    """Return the keys of the source's blocks that change by themselves."""
    return frozenset(session.connection().execute(_VOLATILE, {"source": source_id}).scalars())


def remembered_blocks(
    session: Session, source_id: int, since: datetime, among: Collection[str]
) -> frozenset[str]:
    """Return which of the keys stand for blocks that came or went since then."""
    found: set[str] = set()
    for part in _parts(sorted(among)):
        values = {"source": source_id, "since": since, "keys": part}
        found.update(session.connection().execute(_REMEMBERED, values).scalars())
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


# The statements are made once: to make one costs more than to run it.
_MEMORY = cast(Table, BlockMemoryRow.__table__)
_VOLATILE = select(_MEMORY.c.key).where(_MEMORY.c.source_id == bindparam("source"), _MEMORY.c.volatile)
_REMEMBERED = select(_MEMORY.c.key).where(
    _MEMORY.c.source_id == bindparam("source"),
    _MEMORY.c.last_seen_at >= bindparam("since"),
    _MEMORY.c.key.in_(bindparam("keys", expanding=True)),
)


@cache
def _remember(dialect: str) -> Insert:
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    statement = make(_MEMORY)
    return statement.on_conflict_do_update(
        index_elements=[_MEMORY.c.source_id, _MEMORY.c.key],
        set_={"last_seen_at": statement.excluded.last_seen_at, "times_seen": _MEMORY.c.times_seen + 1},
        where=_MEMORY.c.last_seen_at < statement.excluded.last_seen_at,
    )
