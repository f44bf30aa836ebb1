"""A batch of waiting snapshots: what is known of their sources, loaded once, and what is written of them at the end."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self

from sqlalchemy.orm import Session

from crawlers.registry import adapter_for
from extract.document import blocks_from_json
from extract.noise import noise_drops
from extract.sight import Capture, Sight, look_at, read_options
from store.documents import DocumentMark, Meeting, document_by_id, last_accepted_marks, meet_documents
from store.drops import Drop, record_drops
from store.kinds import Look, PageType
from store.records import Block
from store.snapshots import Snapshot, snapshot_bytes
from store.watched import Watched, mark_all_extracted, small_bodies, watched_sources


@dataclass
class Batch:
    """What is known, and what is to be written. `load`, then `refresh`, `sight` and `meet` for each, then `write`."""

    watched: dict[int, Watched]
    marks: dict[int, DocumentMark]
    bodies: dict[str, bytes] = field(default_factory=dict)
    stale: set[int] = field(default_factory=set)
    meetings: dict[int, Meeting] = field(default_factory=dict)
    drops: list[Drop] = field(default_factory=list)

    @classmethod
    def load(cls, session: Session, snapshots: Sequence[Snapshot], *, bodies: bool = False) -> Self:
        """Load what is known of the sources of these snapshots, and their ``bodies`` if all will be read."""
        ids = {snapshot.source_id for snapshot in snapshots}
        digests = {snapshot.blob_sha256 for snapshot in snapshots if snapshot.blob_sha256} if bodies else ()
        return cls(
            watched_sources(session, ids),
            last_accepted_marks(session, ids),
            small_bodies(session, digests) if digests else {},
        )

    def refresh(self, session: Session, source_id: int) -> None:
        """Load again what is known of a source if an earlier snapshot of the batch has changed it."""
        if source_id in self.stale:
            self.stale.discard(source_id)
            self.marks.pop(source_id, None)
            self.marks.update(last_accepted_marks(session, [source_id]))
            self.watched.update(watched_sources(session, [source_id]))

    def known(self, snapshot: Snapshot) -> DocumentMark | None:
        """Return what a snapshot may say again; None if it must be read whole, because a change waits for it."""
        if snapshot.look is Look.CONFIRM or self.watched[snapshot.source_id].unsettled:
            return None
        return self.marks.get(snapshot.source_id)

    def sight(self, session: Session, snapshot: Snapshot) -> Sight:
        """Look at the snapshot of a page. Raises: UnreadableError, BlobMissingError."""
        mark = self.known(snapshot)

        def texts() -> Sequence[Block]:
            stored = document_by_id(session, mark.id) if mark else None
            return blocks_from_json(stored.body) if stored else ()

        body = self.bodies.pop(snapshot.blob_sha256 or "", None)
        watched = self.watched[snapshot.source_id]
        return look_at(capture_of(session, snapshot, watched, body), mark, texts)

    def holds(self, sight: Sight, snapshot: Snapshot) -> bool:
        """Return whether what was seen earlier is still so: a document always, a sameness beside the same document."""
        mark = self.known(snapshot)
        return sight.document is not None or (mark is not None and sight.known == mark.id)

    def meet(self, snapshot: Snapshot, sight: Sight, now: datetime) -> None:
        """Note that a snapshot says what is known."""
        mark = self.marks[snapshot.source_id]
        self.marks[snapshot.source_id] = replace(mark, view=sight.view)
        self.meetings[mark.id] = Meeting(document_id=mark.id, view=sight.view, seen_at=snapshot.fetched_at)
        self.drops += noise_drops(snapshot.source_id, f"snapshot:{snapshot.id}", sight.noise, now)

    def write(self, session: Session, handled: Collection[int], now: datetime) -> None:
        """Write what was met again, and that these snapshots no longer wait."""
        meet_documents(session, list(self.meetings.values()))
        record_drops(session, self.drops)
        mark_all_extracted(session, handled, now)


def page_type_of(source_type: str) -> PageType | None:
    """Return the type that a source's pages are taken for; None for a plain page, whose type is guessed."""
    page_type = adapter_for(source_type).page_type
    return None if page_type is PageType.GENERIC else page_type


def capture_of(session: Session, snapshot: Snapshot, watched: Watched, body: bytes | None = None) -> Capture:
    """Return the bytes of a snapshot and how they are read. Raises: BlobMissingError."""
    return Capture(
        body=body if body is not None else snapshot_bytes(session, snapshot),
        url=snapshot.url,
        content_type=snapshot.content_type,
        page_type=page_type_of(watched.type),
        options=read_options(watched.options),
    )
