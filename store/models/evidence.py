"""What was seen and what it means: blobs, snapshots, documents, changes, signals, and all that was dropped."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base, Numbered


class BlobRow(Base):
    """Bytes, stored once per content, zstd-compressed. ``size_bytes`` is the size before compression."""

    __tablename__ = "blob"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size_bytes: Mapped[int]
    data: Mapped[bytes]


class SnapshotRow(Numbered, Base):
    """What came over the wire, once. Rows with state ok and ``extracted_at`` empty wait for `extract`.

    An unchanged answer makes no row. Blocked, broken and empty answers keep theirs as evidence and never wait.
    """

    __tablename__ = "snapshot"
    __table_args__ = (
        UniqueConstraint("source_id", "fetched_at", "look"),
        Index("ix_snapshot_waiting", "extracted_at", "state"),
    )

    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"), index=True)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("crawl_run.id"))
    url: Mapped[str]
    look: Mapped[str] = mapped_column(String(20))
    fetched_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str | None]
    status: Mapped[int | None]
    headers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    content_type: Mapped[str | None]
    rendered: Mapped[bool] = mapped_column(default=False)
    blob_sha256: Mapped[str | None] = mapped_column(ForeignKey("blob.sha256"))
    extracted_at: Mapped[datetime | None]


class DocumentRow(Numbered, Base):
    """What was extracted from one snapshot, and by which version. ``body`` is zstd JSON of blocks, facts, text.

    ``fingerprint`` and ``view`` are digests of what the page says and of all that is read of its markup: a later
    capture that equals one of them says nothing new and makes no document. ``seen_at`` is when it was last met so.
    ``sketch`` is a zstd frame of that markup, empty for a very long page. A first capture is not read before another
    differs from it: ``body`` and ``fingerprint`` are empty until then.
    """

    __tablename__ = "document"

    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshot.id"), unique=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"), index=True)
    page_type: Mapped[str] = mapped_column(String(20))
    language: Mapped[str | None] = mapped_column(String(10))
    title: Mapped[str | None]
    fingerprint: Mapped[str] = mapped_column(String(64))
    view: Mapped[str] = mapped_column(String(64), default="")
    sketch: Mapped[bytes] = mapped_column(default=b"")
    seen_at: Mapped[datetime]
    version: Mapped[int]
    body: Mapped[bytes]


class EntryRow(Numbered, Base):
    """An entry that a feed or list has shown. The unique key is what makes an entry news only once."""

    __tablename__ = "entry"
    __table_args__ = (UniqueConstraint("source_id", "entry_id"),)

    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"))
    entry_id: Mapped[str] = mapped_column(String(500))
    title: Mapped[str]
    url: Mapped[str]
    digest: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime | None]
    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    gone_at: Mapped[datetime | None]


class BlockMemoryRow(Numbered, Base):
    """A block text that a source has shown, and when: what comes back within the memory is a variant, not news."""

    __tablename__ = "block_memory"
    __table_args__ = (UniqueConstraint("source_id", "key"),)

    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"))
    key: Mapped[str] = mapped_column(String(64))
    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    times_seen: Mapped[int] = mapped_column(default=1)
    volatile: Mapped[bool] = mapped_column(default=False)


class ChangeRow(Numbered, Base):
    """A reported difference between two documents of a source, or one new entry of a feed.

    ``unit`` is ``page`` or the entry's id, so that (snapshot, unit) makes extraction idempotent.
    Confirmed rows with ``classified_at`` empty wait for `classify`.
    """

    __tablename__ = "change"
    __table_args__ = (
        UniqueConstraint("after_snapshot_id", "unit"),
        Index("ix_change_waiting", "classified_at", "state"),
    )

    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"), index=True)
    before_snapshot_id: Mapped[int | None] = mapped_column(ForeignKey("snapshot.id"))
    after_snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshot.id"))
    unit: Mapped[str] = mapped_column(String(500))
    url: Mapped[str]
    title: Mapped[str | None]
    observed_at: Mapped[datetime] = mapped_column(index=True)
    published_at: Mapped[datetime | None]
    page_type: Mapped[str] = mapped_column(String(20))
    added: Mapped[list[Any]] = mapped_column(default=list)
    removed: Mapped[list[Any]] = mapped_column(default=list)
    facts: Mapped[list[Any]] = mapped_column(default=list)
    suppressed: Mapped[list[Any]] = mapped_column(default=list)
    places: Mapped[list[Any]] = mapped_column(default=list)
    category_hint: Mapped[str | None] = mapped_column(String(20))
    importance: Mapped[float] = mapped_column(default=0.0)
    state: Mapped[str] = mapped_column(String(20))
    state_at: Mapped[datetime]
    confirm_due_at: Mapped[datetime | None]
    classified_at: Mapped[datetime | None]


class DropRow(Numbered, Base):
    """Something that was not reported: at which stage, for which named reason, so that it can be asked about."""

    __tablename__ = "drop"
    __table_args__ = (
        UniqueConstraint("stage", "subject", "reason", "digest"),
        Index("ix_drop_source_at", "source_id", "at"),
    )

    stage: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(120))
    digest: Mapped[str] = mapped_column(String(64))
    source_id: Mapped[int | None] = mapped_column(ForeignKey("source.id"))
    at: Mapped[datetime]
    before: Mapped[str] = mapped_column(Text, default="")
    after: Mapped[str] = mapped_column(Text, default="")


class SignalRow(Numbered, Base):
    """What one or more changes mean. ``linked_at`` empty: waits for `linking`.

    ``review``: not sure enough, so the analyst's queue asks whether it is right.
    ``held``: so unsure that it is not mailed and counts for nothing until the analyst has answered; implies ``review``.
    ``retracted_at``: its evidence turned out to be undone or a variant; the next digest corrects it.
    """

    __tablename__ = "signal"
    __table_args__ = (
        UniqueConstraint("rival_id", "story"),
        Index("ix_signal_rival_first_seen", "rival_id", "first_seen_at"),
    )

    rival_id: Mapped[int] = mapped_column(ForeignKey("rival.id"))
    story: Mapped[str] = mapped_column(String(120))
    category: Mapped[str] = mapped_column(String(20))
    secondary: Mapped[list[Any]] = mapped_column(default=list)
    confidence: Mapped[float]
    impact: Mapped[float]
    drivers: Mapped[list[Any]] = mapped_column(default=list)
    headline: Mapped[str]
    why: Mapped[str]
    text: Mapped[str] = mapped_column(Text, default="")
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    review: Mapped[bool] = mapped_column(default=False)
    held: Mapped[bool] = mapped_column(default=False)
    first_seen_at: Mapped[datetime] = mapped_column(index=True)
    last_seen_at: Mapped[datetime]
    embedding: Mapped[bytes | None]
    linked_at: Mapped[datetime | None] = mapped_column(index=True)
    retracted_at: Mapped[datetime | None]
    retraction: Mapped[str | None]


class EvidenceRow(Numbered, Base):
    """One proof of a signal: the change, the page's address, the words that show it, and why they belong to it."""

    __tablename__ = "evidence"
    __table_args__ = (UniqueConstraint("signal_id", "change_id"),)

    signal_id: Mapped[int] = mapped_column(ForeignKey("signal.id"))
    change_id: Mapped[int] = mapped_column(ForeignKey("change.id"), index=True)
    url: Mapped[str]
    quote: Mapped[str] = mapped_column(Text)
    seen_at: Mapped[datetime]
    because: Mapped[str] = mapped_column(default="")


class RelationRow(Numbered, Base):
    """What a later signal does to an earlier one of the same rival: it reverses or contradicts it."""

    __tablename__ = "relation"
    __table_args__ = (UniqueConstraint("later_id", "earlier_id"),)

    later_id: Mapped[int] = mapped_column(ForeignKey("signal.id"))
    earlier_id: Mapped[int] = mapped_column(ForeignKey("signal.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    because: Mapped[str]
