"""Documents: what was extracted from a snapshot, kept to compare the next one with."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Row, Table, bindparam, delete, func, select, update
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
        # On the connection and with the values apart: the statement is compiled once, not for every page.
        statement = insert_new(session, cast(Table, DocumentRow.__table__))
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
    session.execute(
        update(DocumentRow)
        .where(DocumentRow.snapshot_id == snapshot_id)
        .values(
            page_type=page_type.value,
            language=language,
            title=title,
            fingerprint=fingerprint,
            version=version,
            body=pack(body),
        )
    )


def forget_document(session: Session, snapshot_id: int) -> None:
    """Remove the document of a snapshot that turned out to be no page."""
    session.execute(delete(DocumentRow).where(DocumentRow.snapshot_id == snapshot_id))


def meet_documents(session: Session, meetings: Collection[Meeting]) -> None:
    """Write that captures said again what these documents say."""
    if meetings:
        table = cast(Table, DocumentRow.__table__)
        statement = (
            update(table)
            .where(table.c.id == bindparam("document"))
            .values(view=bindparam("by_view"), sketch=bindparam("by_sketch"), seen_at=bindparam("at"))
        )
        session.connection().execute(
            statement,
            [
                {"document": m.document_id, "by_view": m.view, "by_sketch": m.sketch, "at": m.seen_at}
                for m in meetings
            ],
        )


def last_accepted_document(session: Session, source_id: int) -> StoredDocument | None:
    """Return the newest document of a source whose change, if it had one, was not left open or refused."""
    query = (
        select(DocumentRow)
        .join(SnapshotRow, SnapshotRow.id == DocumentRow.snapshot_id)
        .where(DocumentRow.source_id == source_id, _is_settled())
        .order_by(*_NEWEST_FIRST)
        .limit(1)
    )
    row = session.scalars(query).first()
    return _document(row) if row else None


def last_accepted_marks(session: Session, source_ids: Collection[int]) -> dict[int, DocumentMark]:
    """Return the marks of what `last_accepted_document` returns for each source, where there is one."""
    place = func.row_number().over(partition_by=DocumentRow.source_id, order_by=_NEWEST_FIRST)
    columns = (
        DocumentRow.id,
        DocumentRow.source_id,
        DocumentRow.snapshot_id,
        DocumentRow.page_type,
        DocumentRow.fingerprint,
        DocumentRow.view,
        DocumentRow.sketch,
        DocumentRow.version,
    )
    ranked = (
        select(*columns, place.label("place"))
        .join(SnapshotRow, SnapshotRow.id == DocumentRow.snapshot_id)
        .where(DocumentRow.source_id.in_(source_ids), _is_settled())
    )
    inner = ranked.subquery()
    return {row.source_id: _mark(row) for row in session.execute(select(inner).where(inner.c.place == 1))}


def document_by_id(session: Session, document_id: int) -> StoredDocument | None:
    """Return the document with that id."""
    row = session.get(DocumentRow, document_id)
    return _document(row) if row else None


def document_of(session: Session, snapshot_id: int) -> StoredDocument | None:
    """Return the document of a snapshot, None if it has none."""
    row = session.scalars(select(DocumentRow).where(DocumentRow.snapshot_id == snapshot_id)).first()
    return _document(row) if row else None


_NEWEST_FIRST = (SnapshotRow.fetched_at.desc(), DocumentRow.id.desc())


def _is_settled() -> ColumnElement[bool]:
    unsettled = select(ChangeRow.after_snapshot_id).where(
        ChangeRow.source_id == DocumentRow.source_id, ChangeRow.state.in_(_UNSETTLED)
    )
    return DocumentRow.snapshot_id.not_in(unsettled)


def _mark(row: Row[Any]) -> DocumentMark:
    return DocumentMark(
        id=row.id,
        source_id=row.source_id,
        snapshot_id=row.snapshot_id,
        page_type=PageType(row.page_type),
        fingerprint=row.fingerprint,
        view=row.view,
        sketch=row.sketch,
        version=row.version,
    )


def _document(row: DocumentRow) -> StoredDocument:
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
