"""What extraction asks of many sources at once: one query for a batch instead of one for each snapshot."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from sqlalchemy import BindParameter, Table, bindparam, exists, select, update
from sqlalchemy.orm import Session

from store.blobs import decompress
from store.kinds import ChangeState
from store.models.evidence import BlobRow, BlockMemoryRow, ChangeRow, SnapshotRow
from store.models.watch import SourceRow

#: Bytes of a body up to which it is loaded with others; larger ones are loaded one by one.
SMALL_BODY = 500_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A source as extraction sees it. ``changed``: it has changed before; ``unsettled``: a change of it waits for a
    second look; ``remembered``: blocks of it are remembered.
    """

    id: int
    type: str
    options: Mapping[str, Any] = field(default_factory=dict)
    changed: bool = False
    unsettled: bool = False
    remembered: bool = False


def watched_sources(session: Session, source_ids: Collection[int]) -> dict[int, Watched]:
    """Return the sources by id; at most some hundred ids."""
    sources = {"sources": list(source_ids)}
    connection = session.connection()
    states = [(row.source_id, row.state) for row in connection.execute(_STATES, sources)]
    changed = {source_id for source_id, _ in states}
    unsettled = {source_id for source_id, state in states if state == ChangeState.PENDING.value}
    return {
        row.id: Watched(
            id=row.id,
            type=row.type,
            options=row.options,
            changed=row.id in changed,
            unsettled=row.id in unsettled,
            remembered=row.remembered,
        )
        for row in connection.execute(_SOURCES, sources)
    }


def small_bodies(session: Session, digests: Collection[str]) -> dict[str, bytes]:
    """Return those stored bodies that are small, by their sha-256; at most some hundred digests."""
    rows = session.connection().execute(_BODIES, {"digests": list(digests)})
    return {sha256: decompress(data) for sha256, data in rows}


def mark_all_extracted(session: Session, snapshot_ids: Collection[int], now: datetime) -> None:
    """Say that these snapshots no longer wait; at most some hundred."""
    session.connection().execute(_EXTRACTED, {"snapshots": list(snapshot_ids), "at": now})


# The statements are made once: to make one costs more than to run it.
_CHANGE = cast(Table, ChangeRow.__table__)
_SOURCE = cast(Table, SourceRow.__table__)
_MEMORY = cast(Table, BlockMemoryRow.__table__)
_BLOB = cast(Table, BlobRow.__table__)
_AMONG: BindParameter[Any] = bindparam("sources", expanding=True)
_STATES = select(_CHANGE.c.source_id, _CHANGE.c.state).where(_CHANGE.c.source_id.in_(_AMONG)).distinct()
_SOURCES = select(
    _SOURCE.c.id,
    _SOURCE.c.type,
    _SOURCE.c.options,
    exists().where(_MEMORY.c.source_id == _SOURCE.c.id).label("remembered"),
).where(_SOURCE.c.id.in_(_AMONG))
_BODIES = select(_BLOB.c.sha256, _BLOB.c.data).where(
    _BLOB.c.sha256.in_(bindparam("digests", expanding=True)), _BLOB.c.size_bytes <= SMALL_BODY
)
_SNAPSHOT = cast(Table, SnapshotRow.__table__)
_EXTRACTED = (
    update(_SNAPSHOT)
    .where(_SNAPSHOT.c.id.in_(bindparam("snapshots", expanding=True)))
    .values(extracted_at=bindparam("at"))
)
