"""Who is watched: rivals, their sources, and how each source has fared."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base, Numbered


class RivalRow(Numbered, Base):
    """A rival, as configured. Rows leave the watch (``active`` false) but are never deleted."""

    __tablename__ = "rival"

    key: Mapped[str] = mapped_column(String(100), unique=True)
    name: Mapped[str]
    domain: Mapped[str]
    market: Mapped[str]
    aliases: Mapped[list[Any]] = mapped_column(default=list)
    products: Mapped[list[Any]] = mapped_column(default=list)
    regions: Mapped[list[Any]] = mapped_column(default=list)
    industries: Mapped[list[Any]] = mapped_column(default=list)
    active: Mapped[bool] = mapped_column(default=True)


class SourceRow(Numbered, Base):
    """A source as configured, and its state as last fetched.

    ``state`` is a `FetchState` (``unchanged`` counts as ``ok`` and is not stored here); None before the first fetch.
    ``memory`` holds what the crawler learned of the source (validators per URL, whether it needs the browser).
    """

    __tablename__ = "source"
    __table_args__ = (Index("ix_source_due", "active", "next_due_at"),)

    key: Mapped[str] = mapped_column(String(300), unique=True)
    rival_id: Mapped[int] = mapped_column(ForeignKey("rival.id"), index=True)
    type: Mapped[str] = mapped_column(String(60))
    url: Mapped[str]
    options: Mapped[dict[str, Any]] = mapped_column(default=dict)
    every_seconds: Mapped[int]
    active: Mapped[bool] = mapped_column(default=True)
    state: Mapped[str | None] = mapped_column(String(20))
    reason: Mapped[str | None]
    state_since: Mapped[datetime | None]
    last_attempt_at: Mapped[datetime | None]
    last_success_at: Mapped[datetime | None]
    last_change_at: Mapped[datetime | None]
    next_due_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    fetches: Mapped[int] = mapped_column(default=0)
    memory: Mapped[dict[str, Any]] = mapped_column(default=dict)


class SourceTurnRow(Numbered, Base):
    """The moment a source's state turned, e.g. from ok to blocked. Together they say when we were blind."""

    __tablename__ = "source_turn"
    __table_args__ = (Index("ix_source_turn_source_at", "source_id", "at"),)

    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"))
    at: Mapped[datetime]
    before: Mapped[str | None] = mapped_column(String(20))
    after: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str | None]


class CrawlRunRow(Numbered, Base):
    """One run of the crawler, with its counts per state."""

    __tablename__ = "crawl_run"

    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    look: Mapped[str] = mapped_column(String(20))
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
