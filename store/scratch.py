"""A second database in which the stages run again over what was seen: filled moment by moment, as it once happened.

At each moment it holds what was known then, so that no stage looks into its own future.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CompoundSelect, Select, Table, insert, select, true, union, update
from sqlalchemy.orm import Session

from store.kinds import FetchState
from store.models.accounts import ExposureRow, HealthRow
from store.models.evidence import BlobRow, ChangeRow, SignalRow, SnapshotRow
from store.models.watch import SourceRow, SourceTurnRow
from store.schema import metadata

BATCH = 200
#: What the stages read and do not write themselves. Names, because rooms above may add tables of their own.
_BASIS = ("rival", "source", "crawl_run", "account", "account_metric", "health_override", "churn_fit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A moment at which stages ran. ``health``: the health of that day was written then for good."""

    at: datetime
    health: bool


def copy_basis(real: Session, scratch: Session) -> None:
    """Copy rivals, sources, accounts and what people decided; sources have no state yet."""
    for name in _BASIS:
        table = metadata().tables[name]
        for rows in _batches(real, select(table)):
            scratch.execute(insert(table), rows)
    nothing = {"state": None, "state_since": None, "reason": None}
    scratch.execute(update(SourceRow).values(**nothing))


def extract_moments(real: Session, source_id: int) -> list[datetime]:
    """Return the moments at which snapshots of one source were extracted, oldest first."""
    query = select(SnapshotRow.extracted_at).where(
        SnapshotRow.source_id == source_id, SnapshotRow.state == FetchState.OK.value
    )
    return sorted({at for at in real.scalars(query) if at is not None})


def replay_moments(real: Session) -> list[Moment]:
    """Return all moments at which a stage left something behind, oldest first."""
    stamps: CompoundSelect[Any] = union(
        select(SnapshotRow.extracted_at).where(SnapshotRow.state == FetchState.OK.value),
        select(ChangeRow.classified_at),
        select(ChangeRow.state_at),
        select(SignalRow.linked_at),
        select(SignalRow.retracted_at),
        select(ExposureRow.computed_at),
    )
    healths = set(real.scalars(select(HealthRow.computed_at).distinct()))
    found = {at for at in real.scalars(stamps) if at is not None} | healths
    return [Moment(at=at, health=at in healths) for at in sorted(found)]


def copy_moment(
    real: Session,
    scratch: Session,
    after: datetime | None,
    until: datetime,
    source_id: int | None = None,
) -> int:
    """Copy what had been seen ``until`` then and was not known ``after``; return how many snapshots wait for it.

    With ``source_id`` the snapshots of that source alone.
    """
    only = true() if source_id is None else SnapshotRow.source_id == source_id
    waiting = _copy_snapshots(real, scratch, only & (SnapshotRow.extracted_at == until), wait=True)
    failed = only & (SnapshotRow.state != FetchState.OK.value) & (SnapshotRow.fetched_at <= until)
    if after is not None:
        failed &= SnapshotRow.fetched_at > after
    _copy_snapshots(real, scratch, failed, wait=False)
    _copy_turns(real, scratch, after, until)
    return waiting


def _copy_snapshots(real: Session, scratch: Session, which: Any, *, wait: bool) -> int:
    table = cast(Table, SnapshotRow.__table__)
    count = 0
    for rows in _batches(real, select(table).where(which).order_by(SnapshotRow.id)):
        _copy_blobs(real, scratch, {row["blob_sha256"] for row in rows} - {None})
        scratch.execute(insert(table), [{**row, "extracted_at": None} for row in rows] if wait else rows)
        count += len(rows)
    return count


def _copy_blobs(real: Session, scratch: Session, digests: Iterable[str]) -> None:
    table = cast(Table, BlobRow.__table__)
    wanted = set(digests)
    wanted -= set(scratch.scalars(select(BlobRow.sha256).where(BlobRow.sha256.in_(wanted))))
    for rows in _batches(real, select(table).where(BlobRow.sha256.in_(wanted))):
        scratch.execute(insert(table), rows)


def _copy_turns(real: Session, scratch: Session, after: datetime | None, until: datetime) -> None:
    table = cast(Table, SourceTurnRow.__table__)
    query = select(table).where(SourceTurnRow.at <= until).order_by(SourceTurnRow.at, SourceTurnRow.id)
    if after is not None:
        query = query.where(SourceTurnRow.at > after)
    for rows in _batches(real, query):
        scratch.execute(insert(table), rows)
        for row in rows:
            state = {"state": row["after"], "state_since": row["at"], "reason": row["reason"]}
            scratch.execute(update(SourceRow).where(SourceRow.id == row["source_id"]).values(**state))


def _batches(session: Session, query: Select[Any]) -> Iterator[list[dict[str, Any]]]:
    found = session.execute(query.execution_options(yield_per=BATCH)).mappings()
    for rows in found.partitions(BATCH):
        yield [dict(row) for row in rows]
