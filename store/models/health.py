"""What people say about health, and what became of it: versions, overrides, outcomes, the trail of flags, fits."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base, Numbered


class HealthVersionRow(Numbered, Base):
    """A health configuration that was in force, with its content; ``digest`` is the sha-256 of that content."""

    __tablename__ = "health_version"

    digest: Mapped[str] = mapped_column(String(64), unique=True)
    content: Mapped[dict[str, Any]] = mapped_column(default=dict)
    first_used_at: Mapped[datetime]
    last_used_at: Mapped[datetime]


class HealthOverrideRow(Numbered, Base):
    """A person's word against the computed health: at most one in force an account, until ``expires_at``."""

    __tablename__ = "health_override"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    band: Mapped[str] = mapped_column(String(10))
    score: Mapped[float | None]
    reason: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(String(320))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None] = mapped_column(String(320))


class FlagEventRow(Numbered, Base):
    """One thing that happened to a flag: opened, raised, acknowledged, snoozed, woken, closed, ended."""

    __tablename__ = "flag_event"

    flag_id: Mapped[int] = mapped_column(ForeignKey("flag.id"), index=True)
    at: Mapped[datetime]
    who: Mapped[str] = mapped_column(String(320))
    action: Mapped[str] = mapped_column(String(20))
    level: Mapped[int]
    detail: Mapped[str] = mapped_column(Text, default="")


class AccountOutcomeRow(Numbered, Base):
    """What became of an account on a day: renewed, expanded, downgraded or churned, with its revenue around it."""

    __tablename__ = "account_outcome"
    __table_args__ = (UniqueConstraint("account_id", "day"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    day: Mapped[date]
    kind: Mapped[str] = mapped_column(String(20))
    arr_before: Mapped[Decimal | None] = mapped_column(Numeric(18, 2))
    arr_after: Mapped[Decimal | None] = mapped_column(Numeric(18, 2))
    note: Mapped[str] = mapped_column(Text, default="")
    who: Mapped[str] = mapped_column(String(320))
    recorded_at: Mapped[datetime]


class ChurnFitRow(Numbered, Base):
    """Weights of the churn risk as fitted from outcomes; the newest is in force. ``quality``: figures of the fit."""

    __tablename__ = "churn_fit"

    weights: Mapped[dict[str, Any]] = mapped_column(default=dict)
    quality: Mapped[dict[str, Any]] = mapped_column(default=dict)
    fitted_at: Mapped[datetime]
    who: Mapped[str] = mapped_column(String(320))
