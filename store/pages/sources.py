"""Sources as pages show them: how each has fared, blind ones first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, join, outerjoin

from store.kinds import FetchState, Look
from store.models.evidence import BlobRow, SnapshotRow
from store.models.watch import CrawlRunRow, RivalRow, SourceRow, SourceTurnRow

_SNAPSHOTS = outerjoin(
    join(
        join(SnapshotRow, SourceRow, SourceRow.id == SnapshotRow.source_id),
        RivalRow,
        RivalRow.id == SourceRow.rival_id,
    ),
    BlobRow,
    BlobRow.sha256 == SnapshotRow.blob_sha256,
)
_SNAPSHOT_COLUMNS = (SnapshotRow, SourceRow.key, RivalRow.name, BlobRow.size_bytes)
BLIND = (FetchState.BLOCKED, FetchState.BROKEN, FetchState.EMPTY)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """A source in the list. ``state`` is None before its first fetch."""

    id: int
    key: str
    rival_key: str
    rival_name: str
    type: str
    url: str
    every: timedelta
    rendered: bool
    state: FetchState | None
    reason: str | None
    state_since: datetime | None
    last_attempt_at: datetime | None
    last_success_at: datetime | None
    last_change_at: datetime | None
    next_due_at: datetime | None
    failures: int
    fetches: int

    @property
    def is_blind(self) -> bool:
        """True if we cannot see what this source says now."""
        return self.state in BLIND


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnLine:
    """A turn of a source's state."""

    source_key: str
    at: datetime
    before: FetchState | None
    after: FetchState
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotLine:
    """A stored answer in a list."""

    id: int
    source_key: str
    rival_name: str
    url: str
    look: Look
    fetched_at: datetime
    state: FetchState
    reason: str | None
    status: int | None
    content_type: str | None
    rendered: bool
    size_bytes: int | None
    sha256: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlLine:
    """One run of the crawler."""

    started_at: datetime
    finished_at: datetime | None
    look: Look
    counts: dict[str, int]


def source_lines(session: Session) -> list[SourceLine]:
    """Return the active sources by rival and key, blind ones first within their rival; one query."""
    query = (
        select(SourceRow, RivalRow)
        .join(RivalRow, RivalRow.id == SourceRow.rival_id)
        .where(SourceRow.active, RivalRow.active)
        .order_by(RivalRow.name, SourceRow.key)
    )
    lines = [_source(row, rival) for row, rival in session.execute(query)]
    return sorted(lines, key=lambda line: (line.rival_name.lower(), not line.is_blind, line.key))


def find_source(session: Session, key: str) -> SourceLine | None:
    """Return the source with that key, inactive ones too."""
    query = select(SourceRow, RivalRow).join(RivalRow, RivalRow.id == SourceRow.rival_id)
    found = session.execute(query.where(SourceRow.key == key)).first()
    return _source(found[0], found[1]) if found else None


def turn_counts(session: Session, since: datetime) -> dict[str, int]:
    """Return how often sources' states turned from ``since`` on, by key; those that did not are left out."""
    query = (
        select(SourceRow.key, func.count())
        .join(SourceTurnRow, SourceTurnRow.source_id == SourceRow.id)
        .where(SourceTurnRow.at >= since)
        .group_by(SourceRow.key)
    )
    return dict(session.execute(query).all())


def turn_lines(session: Session, source_id: int, limit: int = 50) -> list[TurnLine]:
    """Return the turns of a source, newest first."""
    query = (
        select(SourceTurnRow, SourceRow.key)
        .join(SourceRow, SourceRow.id == SourceTurnRow.source_id)
        .where(SourceTurnRow.source_id == source_id)
        .order_by(SourceTurnRow.at.desc(), SourceTurnRow.id.desc())
        .limit(limit)
    )
    return [
        TurnLine(
            source_key=key,
            at=row.at,
            before=FetchState(row.before) if row.before else None,
            after=FetchState(row.after),
            reason=row.reason,
        )
        for row, key in session.execute(query)
    ]


def snapshot_lines(session: Session, source_id: int, limit: int = 20) -> list[SnapshotLine]:
    """Return the newest snapshots of a source."""
    query = select(*_SNAPSHOT_COLUMNS).select_from(_SNAPSHOTS).where(SnapshotRow.source_id == source_id)
    query = query.order_by(SnapshotRow.fetched_at.desc(), SnapshotRow.id.desc()).limit(limit)
    return [_snapshot(*found) for found in session.execute(query)]


def find_snapshot(session: Session, snapshot_id: int) -> SnapshotLine | None:
    """Return the snapshot with that id; its bytes come from `store.snapshots.snapshot_bytes`."""
    found = session.execute(
        select(*_SNAPSHOT_COLUMNS).select_from(_SNAPSHOTS).where(SnapshotRow.id == snapshot_id)
    ).first()
    return _snapshot(*found) if found else None


def latest_crawl(session: Session) -> CrawlLine | None:
    """Return the newest run of the crawler."""
    row = session.scalars(select(CrawlRunRow).order_by(CrawlRunRow.started_at.desc()).limit(1)).first()
    if row is None:
        return None
    return CrawlLine(
        started_at=row.started_at,
        finished_at=row.finished_at,
        look=Look(row.look),
        counts={str(state): int(count) for state, count in row.counts.items()},
    )


def rival_names(session: Session) -> dict[str, str]:
    """Return the names of active rivals by key."""
    query = select(RivalRow.key, RivalRow.name).where(RivalRow.active).order_by(RivalRow.name)
    return dict(session.execute(query).all())


def _snapshot(row: SnapshotRow, source: str, rival: str, size_bytes: int | None) -> SnapshotLine:
    return SnapshotLine(
        id=row.id,
        source_key=source,
        rival_name=rival,
        url=row.url,
        look=Look(row.look),
        fetched_at=row.fetched_at,
        state=FetchState(row.state),
        reason=row.reason,
        status=row.status,
        content_type=row.content_type,
        rendered=row.rendered,
        size_bytes=size_bytes,
        sha256=row.blob_sha256,
    )


def _source(row: SourceRow, rival: RivalRow) -> SourceLine:
    return SourceLine(
        id=row.id,
        key=row.key,
        rival_key=rival.key,
        rival_name=rival.name,
        type=row.type,
        url=row.url,
        every=timedelta(seconds=row.every_seconds),
        rendered=row.options.get("render") == "browser",
        state=FetchState(row.state) if row.state else None,
        reason=row.reason,
        state_since=row.state_since,
        last_attempt_at=row.last_attempt_at,
        last_success_at=row.last_success_at,
        last_change_at=row.last_change_at,
        next_due_at=row.next_due_at,
        failures=row.failures,
        fetches=row.fetches,
    )
