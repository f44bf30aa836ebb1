"""What customers' systems told: connections, what was read through them, and what is wrong with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base, Numbered


class ConnectionRow(Numbered, Base):
    """A way by which account data comes in: a connected system, an imported file, or pushed metrics.

    ``rank`` orders the connections as configured, ``wins`` are the account fields in which one goes before the files.
    ``cursor`` is where the next incremental read begins; it moves only together with what was read.
    """

    __tablename__ = "connection"

    key: Mapped[str] = mapped_column(String(120), unique=True)
    type: Mapped[str] = mapped_column(String(20))
    rank: Mapped[int] = mapped_column(default=0)
    wins: Mapped[list[Any]] = mapped_column(default=list)
    active: Mapped[bool] = mapped_column(default=True)
    cursor: Mapped[dict[str, Any]] = mapped_column(default=dict)
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    last_attempt_at: Mapped[datetime | None]
    last_success_at: Mapped[datetime | None]
    last_full_at: Mapped[datetime | None]
    failing_since: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(Text)
    told_at: Mapped[datetime | None]


class ConnectedItemRow(Numbered, Base):
    """One record of a connected system, reduced to what is used: a company, a contact, a deal, a ticket, an invoice."""

    __tablename__ = "connected_item"
    __table_args__ = (
        UniqueConstraint("connection_id", "kind", "external_id"),
        Index("ix_connected_item_parent", "connection_id", "parent", "kind"),
    )

    connection_id: Mapped[int] = mapped_column(ForeignKey("connection.id"))
    kind: Mapped[str] = mapped_column(String(20))
    external_id: Mapped[str] = mapped_column(String(200))
    parent: Mapped[str] = mapped_column(String(200))
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    seen_at: Mapped[datetime]


class AccountLinkRow(Numbered, Base):
    """Which account a company of a connected system is; once made, a renamed company stays the same account.

    ``written`` is what was last written back into it, so that nothing is written twice.
    """

    __tablename__ = "account_link"
    __table_args__ = (UniqueConstraint("connection_id", "external_id"),)

    connection_id: Mapped[int] = mapped_column(ForeignKey("connection.id"))
    external_id: Mapped[str] = mapped_column(String(200))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    written: Mapped[dict[str, Any]] = mapped_column(default=dict)


class DataProblemRow(Numbered, Base):
    """A value that a system gave and that could not be taken as it stands; gone when the system gives a better one."""

    __tablename__ = "data_problem"
    __table_args__ = (UniqueConstraint("origin", "subject", "field"),)

    origin: Mapped[str] = mapped_column(String(120))
    subject: Mapped[str] = mapped_column(String(200))
    field: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(20))
    message: Mapped[str] = mapped_column(Text)
    remedy: Mapped[str] = mapped_column(Text)
    seen_at: Mapped[datetime]


class PushTokenRow(Numbered, Base):
    """A program that may push metrics. Only the digest of its token is kept."""

    __tablename__ = "push_token"

    name: Mapped[str] = mapped_column(String(100), unique=True)
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
