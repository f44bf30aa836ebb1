"""Which entries of a list have been told already, so that only the pages of new ones are opened."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from crawlers.errors import SourceError
from crawlers.following import mark_of, scope_of
from crawlers.registry import adapter_for
from store.entries import entry_ids
from store.snapshots import snapshot_bytes, waiting_snapshots_of
from store.sources import Source


def told_entries(session: Session, sources: Sequence[Source]) -> dict[int, frozenset[str]]:
    """Return, by source, the marks of all entries that were stored, whether `extract` has read them yet or not."""
    following = {source.id: source for source in sources if _opens(source)}
    found = {
        source_id: {mark_of(entry) for entry in ids}
        for source_id, ids in entry_ids(session, following).items()
    }
    for snapshot in waiting_snapshots_of(session, following):
        source = following[snapshot.source_id]
        body = snapshot_bytes(session, snapshot)
        try:
            entries = adapter_for(source.type).parse(
                body, snapshot.url, snapshot.content_type, source.options
            )
        except SourceError:
            continue  # Its options changed since; `extract` says so.
        found.setdefault(source.id, set()).update(mark_of(entry.id) for entry in entries)
    return {source_id: frozenset(marks) for source_id, marks in found.items()}


def _opens(source: Source) -> bool:
    try:
        return scope_of(source, source.url, adapter_for(source.type).opens) is not None
    except (KeyError, ValueError):
        return False  # The visit tells that its type left the catalogue, or its address is malformed.
