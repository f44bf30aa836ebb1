"""Who reads and acts: subscribers, digests, outgoing mail, feedback, users, audit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base, Numbered


class SubscriberRow(Numbered, Base):
    """A reader, as configured. ``token`` stands in unsubscribe and feedback links."""

    __tablename__ = "subscriber"

    key: Mapped[str] = mapped_column(String(320), unique=True)
    email: Mapped[str] = mapped_column(String(320))
    name: Mapped[str]
    timezone: Mapped[str] = mapped_column(String(60))
    weekday: Mapped[int]
    send_minute: Mapped[int]
    preferences: Mapped[dict[str, Any]] = mapped_column(default=dict)
    token: Mapped[str] = mapped_column(String(64), unique=True)
    active: Mapped[bool] = mapped_column(default=True)
    unsubscribed_at: Mapped[datetime | None]


class DigestRow(Numbered, Base):
    """What one reader is told about one period (ISO week ``2026-W47``, month ``2026-11``, or an alert's id)."""

    __tablename__ = "digest"
    __table_args__ = (UniqueConstraint("subscriber_id", "kind", "period"),)

    subscriber_id: Mapped[int] = mapped_column(ForeignKey("subscriber.id"))
    kind: Mapped[str] = mapped_column(String(20))
    period: Mapped[str] = mapped_column(String(60))
    content: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]


class MailRow(Numbered, Base):
    """A mail in the outbox, rendered once. ``raw`` is the complete message as it leaves.

    ``claimed_by`` names the delivering process while one works on it; its claim ends at ``next_attempt_at``.
    """

    __tablename__ = "mail"
    __table_args__ = (Index("ix_mail_waiting", "state", "next_attempt_at"),)

    digest_id: Mapped[int | None] = mapped_column(ForeignKey("digest.id"), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    recipient: Mapped[str] = mapped_column(String(320))
    subject: Mapped[str]
    html: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    raw: Mapped[bytes]
    state: Mapped[str] = mapped_column(String(20))
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    next_attempt_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    last_error: Mapped[str | None] = mapped_column(Text)
    claimed_by: Mapped[str | None] = mapped_column(String(160))


class FeedbackRow(Numbered, Base):
    """A reader's or reviewer's word on a signal: useful, noise, or another category."""

    __tablename__ = "feedback"
    __table_args__ = (UniqueConstraint("signal_id", "who"),)

    signal_id: Mapped[int] = mapped_column(ForeignKey("signal.id"))
    who: Mapped[str] = mapped_column(String(320))
    verdict: Mapped[str] = mapped_column(String(20))
    category: Mapped[str | None] = mapped_column(String(20))
    at: Mapped[datetime]


class UserRow(Numbered, Base):
    """A person who may log in."""

    __tablename__ = "user"

    email: Mapped[str] = mapped_column(String(320), unique=True)
    name: Mapped[str]
    role: Mapped[str] = mapped_column(String(20))
    password_hash: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    last_login_at: Mapped[datetime | None]
    failed_logins: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]


class AuditRow(Numbered, Base):
    """A change made by a person: who, what, on what."""

    __tablename__ = "audit"

    at: Mapped[datetime]
    who: Mapped[str] = mapped_column(String(320))
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(200))
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    from_address: Mapped[str | None] = mapped_column(String(60))


class MetaRow(Base):
    """Single values kept by key: the session secret, versions, the configuration's digest."""

    __tablename__ = "meta"

    key: Mapped[str] = mapped_column(String(100), primary_key=True)
    value: Mapped[dict[str, Any]] = mapped_column(default=dict)
    at: Mapped[datetime]
