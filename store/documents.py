"""Documents: what was extracted from a snapshot, kept to compare the next one with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from sqlalchemy import Table, select
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
    """A document as stored; ``body`` is its JSON."""

    snapshot_id: int
    source_id: int
    page_type: PageType
    language: str | None
    title: str | None
    fingerprint: str
    version: int
    body: JsonObject


def add_document(session: Session, document: StoredDocument) -> None:
    """Store the document of a snapshot once."""
    statement = insert_new(session, cast(Table, DocumentRow.__table__))
    session.execute(
        statement.values(
            snapshot_id=document.snapshot_id,
            source_id=document.source_id,
            page_type=document.page_type.value,
            language=document.language,
            title=document.title,
            fingerprint=document.fingerprint,
            version=document.version,
            body=pack(document.body),
        )
    )


def last_accepted_document(session: Session, source_id: int) -> StoredDocument | None:
    """Return the newest document of a source whose change, if it had one, was not left open or refused."""
    unsettled = select(ChangeRow.after_snapshot_id).where(
        ChangeRow.source_id == source_id, ChangeRow.state.in_(_UNSETTLED)
    )
    query = (
        select(DocumentRow)
        .join(SnapshotRow, SnapshotRow.id == DocumentRow.snapshot_id)
        .where(DocumentRow.source_id == source_id, DocumentRow.snapshot_id.not_in(unsettled))
        .order_by(SnapshotRow.fetched_at.desc(), DocumentRow.id.desc())
        .limit(1)
    )
    row = session.scalars(query).first()
    return _document(row) if row else None


def document_of(session: Session, snapshot_id: int) -> StoredDocument | None:
    """Return the document of a snapshot, None if it has none."""
    row = session.scalars(select(DocumentRow).where(DocumentRow.snapshot_id == snapshot_id)).first()
    return _document(row) if row else None


def _document(row: DocumentRow) -> StoredDocument:
    return StoredDocument(
        snapshot_id=row.snapshot_id,
        source_id=row.source_id,
        page_type=PageType(row.page_type),
        language=row.language,
        title=row.title,
        fingerprint=row.fingerprint,
        version=row.version,
        body=unpack(row.body),
    )
