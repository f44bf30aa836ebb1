"""Entries: what feeds and lists have shown, so that each is news only once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Table, func, select, update
from sqlalchemy.orm import Session

from store.inserts import insert_new
from store.models.evidence import EntryRow, SnapshotRow


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownEntry:
    """An entry as stored. ``digest`` is of what may be edited; ``gone_at`` when it had left the list."""

    entry_id: str
    title: str
    url: str
    digest: str
    published_at: datetime | None
    first_seen_at: datetime
    last_seen_at: datetime
    gone_at: datetime | None = None


def known_entries(session: Session, source_id: int) -> dict[str, KnownEntry]:
    """Return all entries of a source by their id."""
    query = select(EntryRow).where(EntryRow.source_id == source_id)
    return {row.entry_id: _entry(row) for row in session.scalars(query)}


def entry_ids(session: Session, source_ids: Collection[int]) -> dict[int, set[str]]:
    """Return, by source, the ids of all entries that it has shown; sources without any are left out."""
    found: dict[int, set[str]] = {}
    for source_id in source_ids:
        query = select(EntryRow.entry_id).where(EntryRow.source_id == source_id)
        if ids := set(session.scalars(query)):
            found[source_id] = ids
    return found


def first_entry_at(session: Session, source_id: int) -> datetime | None:
    """Return when the source's first entry was seen, None if it has shown none."""
    return session.scalar(select(func.min(EntryRow.first_seen_at)).where(EntryRow.source_id == source_id))


def was_extracted_before(session: Session, source_id: int, snapshot_id: int) -> bool:
    """Return whether another snapshot of the source has been extracted already."""
    query = select(SnapshotRow.id).where(
        SnapshotRow.source_id == source_id,
        SnapshotRow.id != snapshot_id,
        SnapshotRow.extracted_at.is_not(None),
    )
    return session.scalar(query.limit(1)) is not None


def write_entries(session: Session, source_id: int, entries: Sequence[KnownEntry]) -> None:
    """Store entries, new or seen again; what is there keeps its first moment."""
    if not entries:
        return
    table = cast(Table, EntryRow.__table__)
    session.execute(
        insert_new(session, table),
        [
            {
                "source_id": source_id,
                "entry_id": entry.entry_id,
                "title": entry.title,
                "url": entry.url,
                "digest": entry.digest,
                "published_at": entry.published_at,
                "first_seen_at": entry.first_seen_at,
                "last_seen_at": entry.last_seen_at,
                "gone_at": None,
            }
            for entry in entries
        ],
    )
    for entry in entries:
        session.execute(
            update(EntryRow)
            .where(EntryRow.source_id == source_id, EntryRow.entry_id == entry.entry_id)
            .values(
                title=entry.title,
                url=entry.url,
                digest=entry.digest,
                last_seen_at=entry.last_seen_at,
                gone_at=None,
            )
        )


def mark_gone(session: Session, source_id: int, entry_ids: Iterable[str], at: datetime) -> None:
    """Write that entries have left their list."""
    for entry_id in entry_ids:
        session.execute(
            update(EntryRow)
            .where(EntryRow.source_id == source_id, EntryRow.entry_id == entry_id, EntryRow.gone_at.is_(None))
            .values(gone_at=at)
        )


def _entry(row: EntryRow) -> KnownEntry:
    return KnownEntry(
        entry_id=row.entry_id,
        title=row.title,
        url=row.url,
        digest=row.digest,
        published_at=row.published_at,
        first_seen_at=row.first_seen_at,
        last_seen_at=row.last_seen_at,
        gone_at=row.gone_at,
    )
