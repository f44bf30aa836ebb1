"""Documents: what was extracted from a snapshot, kept to compare the next one with."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Row, Table, bindparam, delete, func, select, update
from sqlalchemy.orm import Session

from store.blobs import pack, unpack
from store.inserts import insert_new
from store.kinds import ChangeState, PageType
from store.models.evidence import ChangeRow, DocumentRow, SnapshotRow
from store.records import JsonObject

#: Changes in these states have not moved the source: its last accepted document is an earlier one.
_UNSETTLED = (ChangeState.PENDING.value, ChangeState.VARIANT.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDocument:
    """A document as stored; ``body`` is its JSON, None if the capture was not read yet.

    ``fingerprint`` digests what the page says, ``view`` all that is read of its markup (empty if that cannot be told),
    ``sketch`` is that markup in a zstd frame. ``seen_at`` is when a capture that says the same was last met.
    """

    snapshot_id: int
    source_id: int
    page_type: PageType
    language: str | None = None
    title: str | None = None
    fingerprint: str = ""
    view: str = ""
    sketch: bytes = b""
    seen_at: datetime
    version: int
    body: JsonObject | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentMark:
    """What tells whether a later capture says the same as a document, without its body."""

    id: int
    source_id: int
    snapshot_id: int
    page_type: PageType
    fingerprint: str
    view: str
    sketch: bytes = b""
    seen_at: datetime
    version: int

    @property
    def is_read(self) -> bool:
        """Return whether the capture was read: an unread one is known by its view alone."""
        return bool(self.fingerprint)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A document whose words were met again: when, and by which view and sketch it is known from now on."""

    document_id: int
    view: str
    sketch: bytes
    seen_at: datetime


def add_documents(session: Session, documents: Sequence[StoredDocument]) -> None:
    """Store the documents of some snapshots, each once."""
    if documents:
        statement = insert_new(session, _DOCUMENT)
        session.connection().execute(statement, [_values(document) for document in documents])


def complete_document(
    session: Session,
    snapshot_id: int,
    *,
    page_type: PageType,
    language: str | None,
    title: str | None,
    fingerprint: str,
    version: int,
    body: JsonObject,
) -> None:
    """Write what the capture of a document that was stored unread turned out to say."""
    session.connection().execute(
        _COMPLETE,
        {
            "of_snapshot": snapshot_id,
            "page_type": page_type.value,
            "language": language,
            "title": title,
            "fingerprint": fingerprint,
            "version": version,
            "body": pack(body),
        },
    )


def forget_document(session: Session, snapshot_id: int) -> None:
    """Remove the document of a snapshot that turned out to be no page."""
    session.execute(delete(DocumentRow).where(DocumentRow.snapshot_id == snapshot_id))


def meet_documents(session: Session, meetings: Collection[Meeting]) -> None:
    """Write that captures said again what these documents say."""
    if meetings:
        rows = [
            {"document": m.document_id, "by_view": m.view, "by_sketch": m.sketch, "at": m.seen_at}
            for m in meetings
        ]
        session.connection().execute(_MEET, rows)


def last_accepted_document(session: Session, source_id: int) -> StoredDocument | None:
    """Return the newest document of a source whose change, if it had one, was not left open or refused."""
    row = session.connection().execute(_LAST, {"source": source_id}).first()
    return _document(row) if row else None


def last_accepted_marks(session: Session, source_ids: Collection[int]) -> dict[int, DocumentMark]:
    """Return the marks of what `last_accepted_document` returns for each source, where there is one."""
    rows = session.connection().execute(_MARKS, {"sources": list(source_ids)})
    return {row.source_id: _mark(row) for row in rows}


def document_by_id(session: Session, document_id: int) -> StoredDocument | None:
    """Return the document with that id."""
    row = session.connection().execute(_BY_ID, {"document": document_id}).first()
    return _document(row) if row else None


def document_of(session: Session, snapshot_id: int) -> StoredDocument | None:
    """Return the document of a snapshot, None if it has none."""
    row = session.connection().execute(_OF_SNAPSHOT, {"of_snapshot": snapshot_id}).first()
    return _document(row) if row else None


# The statements are made once: to make one costs more than to run it, and the stage runs them for each page.
_DOCUMENT = cast(Table, DocumentRow.__table__)
_SNAPSHOT = cast(Table, SnapshotRow.__table__)
_CHANGE = cast(Table, ChangeRow.__table__)
_NEWEST_FIRST = (_SNAPSHOT.c.fetched_at.desc(), _DOCUMENT.c.id.desc())
_JOINED = _DOCUMENT.join(_SNAPSHOT, _SNAPSHOT.c.id == _DOCUMENT.c.snapshot_id)
_SETTLED = _DOCUMENT.c.snapshot_id.not_in(
    select(_CHANGE.c.after_snapshot_id).where(
        _CHANGE.c.source_id == _DOCUMENT.c.source_id, _CHANGE.c.state.in_(_UNSETTLED)
    )
)
_LAST = (
    select(_DOCUMENT)
    .select_from(_JOINED)
    .where(_DOCUMENT.c.source_id == bindparam("source"), _SETTLED)
    .order_by(*_NEWEST_FIRST)
    .limit(1)
)
_PLACED = (
    select(
        *(_DOCUMENT.c[name] for name in DocumentMark.__slots__),
        func.row_number().over(partition_by=_DOCUMENT.c.source_id, order_by=_NEWEST_FIRST).label("place"),
    )
    .select_from(_JOINED)
    .where(_DOCUMENT.c.source_id.in_(bindparam("sources", expanding=True)), _SETTLED)
    .subquery()
)
_MARKS = select(_PLACED).where(_PLACED.c.place == 1)
_BY_ID = select(_DOCUMENT).where(_DOCUMENT.c.id == bindparam("document"))
_OF_SNAPSHOT = select(_DOCUMENT).where(_DOCUMENT.c.snapshot_id == bindparam("of_snapshot"))
_MEET = (
    update(_DOCUMENT)
    .where(_DOCUMENT.c.id == bindparam("document"))
    .values(view=bindparam("by_view"), sketch=bindparam("by_sketch"), seen_at=bindparam("at"))
)
_COMPLETE = (
    update(_DOCUMENT)
    .where(_DOCUMENT.c.snapshot_id == bindparam("of_snapshot"))
    .values(
        {
            name: bindparam(name)
            for name in ("page_type", "language", "title", "fingerprint", "version", "body")
        }
    )
)


def _mark(row: Row[Any]) -> DocumentMark:
    return DocumentMark(
        id=row.id,
        source_id=row.source_id,
        snapshot_id=row.snapshot_id,
        page_type=PageType(row.page_type),
        fingerprint=row.fingerprint,
        view=row.view,
        sketch=row.sketch,
        seen_at=row.seen_at,
        version=row.version,
    )


def _document(row: Row[Any]) -> StoredDocument:
    return StoredDocument(
        snapshot_id=row.snapshot_id,
        source_id=row.source_id,
        page_type=PageType(row.page_type),
        language=row.language,
        title=row.title,
        fingerprint=row.fingerprint,
        view=row.view,
        sketch=row.sketch,
        seen_at=row.seen_at,
        version=row.version,
        body=unpack(row.body) if row.body else None,
    )


def _values(document: StoredDocument) -> dict[str, Any]:
    body = b"" if document.body is None else pack(document.body)
    return {
        "snapshot_id": document.snapshot_id,
        "source_id": document.source_id,
        "page_type": document.page_type.value,
        "language": document.language,
        "title": document.title,
        "fingerprint": document.fingerprint,
        "view": document.view,
        "sketch": document.sketch,
        "seen_at": document.seen_at,
        "version": document.version,
        "body": body,
    }
