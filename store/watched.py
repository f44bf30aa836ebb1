"""What extraction asks of many sources at once: one query for a batch instead of one for each snapshot."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from store.blobs import decompress
from store.kinds import ChangeState
from store.models.evidence import BlobRow, ChangeRow, SnapshotRow
from store.models.watch import SourceRow

#: Bytes of a body up to which it is loaded with others; larger ones are loaded one by one.
SMALL_BODY = 500_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A source as extraction sees it. ``unsettled``: a change of it waits for a second look."""

    id: int
    type: str
    options: Mapping[str, Any] = field(default_factory=dict)
    unsettled: bool = False


def watched_sources(session: Session, source_ids: Collection[int]) -> dict[int, Watched]:
    """Return the sources by id; at most some hundred ids."""
    pending = select(ChangeRow.source_id).where(
        ChangeRow.source_id.in_(source_ids), ChangeRow.state == ChangeState.PENDING.value
    )
    unsettled = set(session.scalars(pending))
    query = select(SourceRow.id, SourceRow.type, SourceRow.options).where(SourceRow.id.in_(source_ids))
    return {
        row.id: Watched(id=row.id, type=row.type, options=row.options, unsettled=row.id in unsettled)
        for row in session.execute(query)
    }


def small_bodies(session: Session, digests: Collection[str]) -> dict[str, bytes]:
    """Return those stored bodies that are small, by their sha-256; at most some hundred digests."""
    query = select(BlobRow.sha256, BlobRow.data).where(
        BlobRow.sha256.in_(digests), BlobRow.size_bytes <= SMALL_BODY
    )
    return {sha256: decompress(data) for sha256, data in session.execute(query)}


def mark_all_extracted(session: Session, snapshot_ids: Collection[int], now: datetime) -> None:
    """Say that these snapshots no longer wait; at most some hundred ids."""
    if snapshot_ids:
        session.execute(
            update(SnapshotRow).where(SnapshotRow.id.in_(snapshot_ids)).values(extracted_at=now),
            execution_options={"synchronize_session": False},
        )
