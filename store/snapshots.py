"""Snapshots: what came over the wire, waiting for `extract`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Row, Table, bindparam, func, select, union, update
from sqlalchemy.orm import Session

from store.blobs import decompress, get_blob
from store.errors import BlobMissingError
from store.inserts import insert_new, inserted
from store.kinds import FetchState, Look
from store.models.evidence import BlobRow, SnapshotRow
from store.models.watch import SourceRow

CHUNK = 500  # ids a query; SQLite builds take 999 bound values at least.


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """One stored answer of a source. ``url`` is the final address after redirects."""

    id: int
    source_id: int
    url: str
    look: Look
    fetched_at: datetime
    state: FetchState
    reason: str | None = None
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str | None = None
    rendered: bool = False
    blob_sha256: str | None = None
    extracted_at: datetime | None = None


def add_snapshot(session: Session, snapshot: Snapshot, run_id: int | None = None) -> bool:
    """Store a snapshot (its ``id`` is ignored); return False if this very fetch was stored before."""
    statement = insert_new(session, cast(Table, SnapshotRow.__table__)).values(**_values(snapshot, run_id))
    return inserted(session, statement, SnapshotRow.id) is not None


def add_snapshots(session: Session, snapshots: Sequence[Snapshot], run_id: int | None = None) -> None:
    """Store snapshots (their ``id`` is ignored); what was stored before stays as it is."""
    if snapshots:
        statement = insert_new(session, cast(Table, SnapshotRow.__table__))
        session.connection().execute(statement, [_values(one, run_id) for one in snapshots])


def waiting_snapshots(session: Session, limit: int) -> list[Snapshot]:
    """Return ok snapshots that wait for extraction, oldest first."""
    rows = session.connection().execute(_WAITING, {"limit": limit})
    return [_snapshot(row) for row in rows]


def waiting_snapshots_of(session: Session, source_ids: Collection[int]) -> list[Snapshot]:
    """Return the ok snapshots of these sources that wait for extraction, oldest first."""
    query = (
        select(SnapshotRow)
        .where(SnapshotRow.extracted_at.is_(None), SnapshotRow.state == FetchState.OK.value)
        .order_by(SnapshotRow.fetched_at, SnapshotRow.id)
    )
    ids = list(source_ids)
    chunks = (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
    found = [
        _snapshot(row)
        for chunk in chunks
        for row in session.scalars(query.where(SnapshotRow.source_id.in_(chunk)))
    ]
    return sorted(found, key=lambda snapshot: (snapshot.fetched_at, snapshot.id))


def count_waiting_snapshots(session: Session) -> int:
    """Return how many ok snapshots wait for extraction."""
    query = select(func.count()).where(
        SnapshotRow.extracted_at.is_(None), SnapshotRow.state == FetchState.OK.value
    )
    return session.scalar(query) or 0


def mark_extracted(session: Session, snapshot_id: int, now: datetime) -> None:
    """Say that a snapshot no longer waits."""
    session.execute(update(SnapshotRow).where(SnapshotRow.id == snapshot_id).values(extracted_at=now))


def get_snapshot(session: Session, snapshot_id: int) -> Snapshot | None:
    """Return the snapshot with that id."""
    row = session.connection().execute(_BY_ID, {"snapshot": snapshot_id}).first()
    return _snapshot(row) if row else None


def latest_ok_snapshot(
    session: Session, source_id: int, before: datetime | None = None, look: Look | None = Look.REGULAR
) -> Snapshot | None:
    """Return the source's newest ok snapshot, fetched before ``before`` if given."""
    query = select(SnapshotRow).where(
        SnapshotRow.source_id == source_id, SnapshotRow.state == FetchState.OK.value
    )
    if before is not None:
        query = query.where(SnapshotRow.fetched_at < before)
    if look is not None:
        query = query.where(SnapshotRow.look == look.value)
    row = session.scalars(
        query.order_by(SnapshotRow.fetched_at.desc(), SnapshotRow.id.desc()).limit(1)
    ).first()
    return _snapshot(row) if row else None


def last_snapshots(session: Session, source_ids: Collection[int]) -> dict[int, tuple[Snapshot, ...]]:
    """Return, by source, its newest regular ok snapshot and its newest of any kind (one if they are the same)."""
    chosen = select(func.max(SnapshotRow.id)).where(SnapshotRow.source_id.in_(source_ids))
    good = chosen.where(SnapshotRow.state == FetchState.OK.value, SnapshotRow.look == Look.REGULAR.value)
    ids = union(chosen.group_by(SnapshotRow.source_id), good.group_by(SnapshotRow.source_id))
    found: dict[int, tuple[Snapshot, ...]] = {}
    for row in session.scalars(select(SnapshotRow).where(SnapshotRow.id.in_(ids)).order_by(SnapshotRow.id)):
        found[row.source_id] = (*found.get(row.source_id, ()), _snapshot(row))
    return found


def last_good_digests(session: Session, source_ids: Collection[int]) -> dict[int, str]:
    """Return the sha-256 of each source's newest regular ok snapshot, where it has one."""
    last = last_stored(session, source_ids)
    return {source_id: one.good_sha256 for source_id, one in last.items() if one.good_sha256}


@dataclass(frozen=True, slots=True, kw_only=True)
class LastStored:
    """What a source's newest snapshots say: digest of the newest regular ok one; state and reason of the newest."""

    good_sha256: str | None
    state: FetchState
    reason: str | None


def last_stored(session: Session, source_ids: Collection[int]) -> dict[int, LastStored]:
    """Return what the newest snapshots of the sources say, by source; without those that have none."""
    found: dict[int, LastStored] = {}
    ids = sorted(source_ids)
    for start in range(0, len(ids), CHUNK):
        chosen = {"sources": ids[start : start + CHUNK]}
        for source_id, sha256, state, reason in session.connection().execute(_LAST_STORED, chosen):
            found[source_id] = LastStored(good_sha256=sha256, state=FetchState(state), reason=reason)
    return found


def snapshot_with_bytes(session: Session, snapshot_id: int) -> tuple[Snapshot, bytes] | None:
    """Return the snapshot with that id and its body, empty if it had none. Raises: BlobMissingError."""
    row = session.connection().execute(_WITH_BYTES, {"snapshot": snapshot_id}).first()
    if row is None:
        return None
    if row.body is None and row.blob_sha256:
        raise BlobMissingError(row.blob_sha256)
    return _snapshot(row), decompress(row.body) if row.body else b""


def snapshot_bytes(session: Session, snapshot: Snapshot) -> bytes:
    """Return the body of a snapshot, empty if it had none. Raises: BlobMissingError."""
    return get_blob(session, snapshot.blob_sha256) if snapshot.blob_sha256 else b""


# Made once: to make a statement costs more than to run it.
_TABLE = cast(Table, SnapshotRow.__table__)
_BLOB = cast(Table, BlobRow.__table__)
_BY_ID = select(_TABLE).where(_TABLE.c.id == bindparam("snapshot"))
_WITH_BYTES = (
    select(_TABLE, _BLOB.c.data.label("body"))
    .select_from(_TABLE.outerjoin(_BLOB, _BLOB.c.sha256 == _TABLE.c.blob_sha256))
    .where(_TABLE.c.id == bindparam("snapshot"))
)
# Each walks the index backwards to the first match; a grouped maximum would read years of snapshots.
_SOURCE = cast(Table, SourceRow.__table__)
_NEWEST, _GOOD = _TABLE.alias(), _TABLE.alias()
_NEWEST_ID = (
    select(_NEWEST.c.id)
    .where(_NEWEST.c.source_id == _SOURCE.c.id)
    .order_by(_NEWEST.c.id.desc())
    .limit(1)
    .correlate(_SOURCE)
    .scalar_subquery()
)
_NEWEST_GOOD = (
    select(_GOOD.c.blob_sha256)
    .where(
        _GOOD.c.source_id == _SOURCE.c.id,
        _GOOD.c.state == FetchState.OK.value,
        _GOOD.c.look == Look.REGULAR.value,
    )
    .order_by(_GOOD.c.id.desc())
    .limit(1)
    .correlate(_SOURCE)
    .scalar_subquery()
)
_LAST_STORED = (
    select(_SOURCE.c.id, _NEWEST_GOOD, _TABLE.c.state, _TABLE.c.reason)
    .join_from(_SOURCE, _TABLE, _TABLE.c.id == _NEWEST_ID)
    .where(_SOURCE.c.id.in_(bindparam("sources", expanding=True)))
)
_WAITING = (
    select(_TABLE)
    .where(_TABLE.c.extracted_at.is_(None), _TABLE.c.state == FetchState.OK.value)
    .order_by(_TABLE.c.fetched_at, _TABLE.c.id)
    .limit(bindparam("limit"))
)


def _snapshot(row: SnapshotRow | Row[Any]) -> Snapshot:
    return Snapshot(
        id=row.id,
        source_id=row.source_id,
        url=row.url,
        look=Look(row.look),
        fetched_at=row.fetched_at,
        state=FetchState(row.state),
        reason=row.reason,
        status=row.status,
        headers=dict(row.headers),
        content_type=row.content_type,
        rendered=row.rendered,
        blob_sha256=row.blob_sha256,
        extracted_at=row.extracted_at,
    )


def _values(snapshot: Snapshot, run_id: int | None) -> dict[str, Any]:
    return {
        "source_id": snapshot.source_id,
        "run_id": run_id,
        "url": snapshot.url,
        "look": snapshot.look.value,
        "fetched_at": snapshot.fetched_at,
        "state": snapshot.state.value,
        "reason": snapshot.reason,
        "status": snapshot.status,
        "headers": snapshot.headers,
        "content_type": snapshot.content_type,
        "rendered": snapshot.rendered,
        "blob_sha256": snapshot.blob_sha256,
        "extracted_at": snapshot.extracted_at,
    }
