"""A batch of waiting snapshots: what is known of their sources, loaded once, and what is written of them at the end."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self

from sqlalchemy.orm import Session

from crawlers.registry import adapter_for
from extract.document import VERSION, blocks_from_json, document_to_json
from extract.watching.noise import noise_drops
from extract.watching.sight import Capture, Known, Sight, first_look, look_at, read_options
from store.documents import (
    DocumentMark,
    Meeting,
    StoredDocument,
    add_documents,
    complete_document,
    document_by_id,
    last_accepted_marks,
    meet_documents,
)
from store.drops import Drop, record_drops
from store.errors import BlobMissingError
from store.kinds import Look, PageType
from store.records import Block
from store.snapshots import Snapshot, snapshot_bytes, snapshot_with_bytes
from store.watched import Watched, mark_all_extracted, small_bodies, watched_sources


@dataclass
class Batch:
    """What is known, and what is to be written. `load`, then `refresh`, `sight` and `take` for each, then `write`."""

    watched: dict[int, Watched]
    marks: dict[int, DocumentMark]
    bodies: dict[str, bytes] = field(default_factory=dict)
    stale: set[int] = field(default_factory=set)
    meetings: dict[int, Meeting] = field(default_factory=dict)
    baselines: list[StoredDocument] = field(default_factory=list)
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
            self.write_known(session)
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
        body = self.bodies.pop(snapshot.blob_sha256 or "", None)
        capture = capture_of(session, snapshot, self.watched[snapshot.source_id], body)
        if self._is_first(snapshot):
            return first_look(capture)
        mark = self.known(snapshot)
        return look_at(capture, self._known(session, mark) if mark else None)

    def holds(self, sight: Sight, snapshot: Snapshot) -> bool:
        """Return whether what was seen earlier is still so: a document always, a sameness beside the same document."""
        if sight.is_unread:
            return self._is_first(snapshot)
        mark = self.known(snapshot)
        return sight.document is not None or (mark is not None and sight.known == mark.id)

    def is_met(self, source_id: int) -> bool:
        """Return whether an earlier snapshot of the batch said again what the last document of a source says."""
        mark = self.marks.get(source_id)
        return mark is not None and mark.id in self.meetings

    def take(self, session: Session, snapshot: Snapshot, sight: Sight, now: datetime) -> None:
        """Note a snapshot that need not be compared: it says what is known, or is the first of its page."""
        if sight.is_unread:
            page_type = page_type_of(self.watched[snapshot.source_id].type)
            self.baselines.append(stored_document(snapshot, sight, page_type))
            self.stale.add(snapshot.source_id)
            return
        mark = self.marks[snapshot.source_id]
        sketch = sight.sketch or mark.sketch
        if sight.recalled is not None:
            complete(session, mark.snapshot_id, sight.recalled)
            self.stale.add(snapshot.source_id)
        self.marks[snapshot.source_id] = replace(
            mark, view=sight.view, sketch=sketch, seen_at=snapshot.fetched_at
        )
        self.meetings[mark.id] = Meeting(
            document_id=mark.id, view=sight.view, sketch=sketch, seen_at=snapshot.fetched_at
        )
        self.drops += noise_drops(snapshot.source_id, f"snapshot:{snapshot.id}", sight.noise, now)

    def write(self, session: Session, handled: Collection[int], now: datetime) -> None:
        """Write what was met, and that these snapshots no longer wait."""
        self.write_known(session)
        record_drops(session, self.drops)
        mark_all_extracted(session, handled, now)

    def write_known(self, session: Session) -> None:
        """Write which documents were met, and the first captures that nobody has read."""
        add_documents(session, self.baselines)
        meet_documents(session, list(self.meetings.values()))
        self.baselines.clear()
        self.meetings.clear()

    def _is_first(self, snapshot: Snapshot) -> bool:
        return snapshot.look is Look.REGULAR and snapshot.source_id not in self.marks

    def _known(self, session: Session, mark: DocumentMark) -> Known:
        def blocks() -> Sequence[Block]:
            stored = document_by_id(session, mark.id)
            return blocks_from_json(stored.body) if stored and stored.body else ()

        return Known(
            mark=mark,
            blocks=blocks,
            capture=lambda: stored_capture(session, mark.snapshot_id, self.watched[mark.source_id]),
        )


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


def stored_capture(session: Session, snapshot_id: int, watched: Watched) -> Capture | None:
    """Return an earlier snapshot as it is to be read now, None if its bytes are gone."""
    try:
        found = snapshot_with_bytes(session, snapshot_id)
    except BlobMissingError:
        return None
    return capture_of(session, found[0], watched, found[1]) if found else None


def complete(session: Session, snapshot_id: int, sight: Sight) -> None:
    """Write what a baseline that had not been read turned out to say."""
    document = sight.document
    assert document is not None
    complete_document(
        session,
        snapshot_id,
        page_type=document.page_type,
        language=document.language,
        title=document.title,
        fingerprint=sight.fingerprint,
        version=VERSION,
        body=document_to_json(document),
    )


def stored_document(snapshot: Snapshot, sight: Sight, page_type: PageType | None = None) -> StoredDocument:
    """Return what is stored of a snapshot: its document, or, if it was not read, that by which it is known again."""
    document = sight.document
    return StoredDocument(
        snapshot_id=snapshot.id,
        source_id=snapshot.source_id,
        page_type=document.page_type if document else page_type or PageType.GENERIC,
        language=document.language if document else None,
        title=document.title if document else None,
        fingerprint=sight.fingerprint,
        view=sight.view,
        sketch=sight.sketch,
        seen_at=snapshot.fetched_at,
        version=VERSION,
        body=document_to_json(document) if document else None,
    )
