"""One snapshot of a feed or list: its entries into the store, its news into changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from crawlers.adapter import Adapter
from crawlers.errors import SourceError
from extract.watching.entry_changes import JOB_BOARDS, EntryNews, closed_openings, known_form, news_of
from store.changes import add_change
from store.drops import Drop, record_drops
from store.entries import first_entry_at, known_entries, mark_gone, was_extracted_before, write_entries
from store.kinds import FactKind, Look, Stage
from store.records import Entry
from store.snapshots import Snapshot, snapshot_bytes
from store.sources import Source


def extract_entries(
    session: Session, snapshot: Snapshot, source: Source, adapter: Adapter, now: datetime
) -> None:
    """Write the entries of a snapshot and a change for each that is new, renamed or closed.

    The first snapshot of a source is its baseline and makes no change.
    """
    try:
        entries = adapter.parse(
            snapshot_bytes(session, snapshot), snapshot.url, snapshot.content_type, source.options
        )
    except SourceError as error:
        _drop(session, snapshot, [EntryNews(entry_id="", reason="unreadable", text=str(error))], now)
        return
    known = known_entries(session, source.id)
    baseline = snapshot.look is not Look.REGULAR or not (
        known or was_extracted_before(session, source.id, snapshot.id)
    )
    news = list(news_of(entries, known, snapshot, first_entry_at(session, source.id))) if not baseline else []
    if not baseline and _lists_what_is_open(source, entries):
        closed = list(closed_openings(entries, known, snapshot))
        mark_gone(session, source.id, [item.entry_id for item in closed], snapshot.fetched_at)
        news += closed
    write_entries(session, source.id, [known_form(entry, snapshot.fetched_at) for entry in entries])
    for item in news:
        if item.change is not None:
            add_change(session, item.change)
    _drop(session, snapshot, [item for item in news if item.change is None], now)


def _lists_what_is_open(source: Source, entries: Iterable[Entry]) -> bool:
    return source.type in JOB_BOARDS or any(entry.kind is FactKind.OPENING for entry in entries)


def _drop(session: Session, snapshot: Snapshot, items: Iterable[EntryNews], now: datetime) -> None:
    record_drops(
        session,
        [
            Drop(
                stage=Stage.EXTRACT,
                reason=item.reason,
                subject=f"snapshot:{snapshot.id}",
                at=now,
                source_id=snapshot.source_id,
                after=item.text,
            )
            for item in items
        ],
    )
