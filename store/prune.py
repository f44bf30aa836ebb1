"""Forgetting what is older than the retention, but never what a living signal or a comparison rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Delete, delete, func, select
from sqlalchemy.orm import Session

from store.models.evidence import BlobRow, ChangeRow, DocumentRow, DropRow, SnapshotRow

BATCH = 5_000  # ids a statement; PostgreSQL takes 65,535, SQLite as few as 32,766, and a year brings more


@dataclass(frozen=True, slots=True, kw_only=True)
class PruneReport:
    """How many rows went."""

    snapshots: int
    blobs: int
    drops: int


def prune_database(session: Session, snapshots_before: datetime, drops_before: datetime) -> PruneReport:
    """Remove old drops, and old snapshots that no change names, no comparison rests on and that are not the newest."""
    newest = (
        select(func.max(SnapshotRow.id))
        .where(SnapshotRow.state == "ok")
        .group_by(SnapshotRow.source_id, SnapshotRow.look)
    )
    named = select(ChangeRow.after_snapshot_id).union(
        select(ChangeRow.before_snapshot_id).where(ChangeRow.before_snapshot_id.is_not(None))
    )
    # A page that rests keeps the document of the capture that first said so, however old that is.
    unsettled = select(ChangeRow.after_snapshot_id).where(ChangeRow.state.in_(("pending", "variant")))
    compared = (
        select(func.max(DocumentRow.id))
        .where(DocumentRow.snapshot_id.not_in(unsettled))
        .group_by(DocumentRow.source_id)
    )
    rested = select(DocumentRow.snapshot_id).where(DocumentRow.id.in_(compared))
    old = (
        select(SnapshotRow.id)
        .where(SnapshotRow.fetched_at < snapshots_before)
        .where((SnapshotRow.extracted_at.is_not(None)) | (SnapshotRow.state != "ok"))
        .where(SnapshotRow.id.not_in(newest), SnapshotRow.id.not_in(named), SnapshotRow.id.not_in(rested))
    )
    ids = list(session.scalars(old))
    gone = 0
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        _count(session, delete(DocumentRow).where(DocumentRow.snapshot_id.in_(batch)))
        gone += _count(session, delete(SnapshotRow).where(SnapshotRow.id.in_(batch)))
    used = select(SnapshotRow.blob_sha256).where(SnapshotRow.blob_sha256.is_not(None))
    return PruneReport(
        snapshots=gone,
        blobs=_count(session, delete(BlobRow).where(BlobRow.sha256.not_in(used))),
        drops=_count(session, delete(DropRow).where(DropRow.at < drops_before)),
    )


def _count(session: Session, statement: Delete) -> int:
    return cast(CursorResult[Any], session.execute(statement)).rowcount
