"""Whom we protect: accounts, their metrics, exposures, health and flags."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, Numeric, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base, Numbered


class AccountRow(Numbered, Base):
    """A key account, as configured, imported or read from connected systems.

    ``said`` is what each origin says of it, ``origins`` whose word counts for each field. ``rival_standings`` tells of
    ``rivals_present`` which is the incumbent, in evaluation, or lost. ``changed_at`` moves when what linking reads
    changes.
    """

    __tablename__ = "account"

    key: Mapped[str] = mapped_column(String(100), unique=True)
    name: Mapped[str]
    aliases: Mapped[list[Any]] = mapped_column(default=list)
    domain: Mapped[str | None]
    tier: Mapped[str] = mapped_column(String(20))
    owner: Mapped[str | None] = mapped_column(index=True)
    industry: Mapped[str | None]
    segment: Mapped[str | None]
    regions: Mapped[list[Any]] = mapped_column(default=list)
    uses: Mapped[list[Any]] = mapped_column(default=list)
    rivals_present: Mapped[list[Any]] = mapped_column(default=list)
    stakeholders: Mapped[list[Any]] = mapped_column(default=list)
    renewal: Mapped[date | None]
    arr: Mapped[Decimal | None] = mapped_column(Numeric(18, 2))
    origin: Mapped[str] = mapped_column(String(120), default="yaml")
    said: Mapped[dict[str, Any]] = mapped_column(default=dict)
    origins: Mapped[dict[str, Any]] = mapped_column(default=dict)
    rival_standings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    active: Mapped[bool] = mapped_column(default=True)
    changed_at: Mapped[datetime]


class AccountMetricRow(Numbered, Base):
    """A raw metric value of an account for a period (the period's first day).

    ``origin`` is ``yaml``, ``csv``, ``push`` or the key of a connection.
    """

    __tablename__ = "account_metric"
    __table_args__ = (UniqueConstraint("account_id", "name", "period"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    name: Mapped[str] = mapped_column(String(60))
    period: Mapped[date]
    value: Mapped[float]
    origin: Mapped[str] = mapped_column(String(120), default="csv")


class ExposureRow(Numbered, Base):
    """How far a signal threatens an account: score in [0, 1] before decay, and its reasons."""

    __tablename__ = "exposure"
    __table_args__ = (UniqueConstraint("account_id", "signal_id"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    signal_id: Mapped[int] = mapped_column(ForeignKey("signal.id"), index=True)
    score: Mapped[float]
    reasons: Mapped[list[Any]] = mapped_column(default=list)
    observed_at: Mapped[datetime]
    computed_at: Mapped[datetime]


class HealthRow(Numbered, Base):
    """An account's health on one day. Scores are 0-100; None is unknown, never zero.

    ``score`` and ``band`` are what is in force; while a person overrides them, what was computed stands beside them.
    """

    __tablename__ = "health"
    __table_args__ = (UniqueConstraint("account_id", "as_of"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    as_of: Mapped[date] = mapped_column(index=True)
    score: Mapped[float | None]
    band: Mapped[str] = mapped_column(String(10))
    score_without_competitors: Mapped[float | None]
    band_without_competitors: Mapped[str] = mapped_column(String(10))
    coverage: Mapped[float]
    competitor_activity_index: Mapped[float | None]
    churn_risk: Mapped[float | None]
    trend_4w: Mapped[float | None]
    trend_13w: Mapped[float | None]
    parts: Mapped[list[Any]] = mapped_column(default=list)
    moves: Mapped[list[Any]] = mapped_column(default=list)
    green_again: Mapped[date | None]
    computed_at: Mapped[datetime]
    computed_score: Mapped[float | None]
    computed_band: Mapped[str | None] = mapped_column(String(10))
    override_id: Mapped[int | None] = mapped_column(ForeignKey("health_override.id"))
    version_id: Mapped[int | None] = mapped_column(ForeignKey("health_version.id"))
    expansion: Mapped[float | None]
    drivers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    activity: Mapped[dict[str, Any]] = mapped_column(default=dict)


class FlagRow(Numbered, Base):
    """Something on an account that its owner should act on. At most one not closed per account, code and subject."""

    __tablename__ = "flag"
    __table_args__ = (
        Index(
            "uq_flag_living",
            "account_id",
            "code",
            "subject",
            unique=True,
            sqlite_where=text("state != 'closed'"),
            postgresql_where=text("state != 'closed'"),
        ),
    )

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    code: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(120), default="")
    level: Mapped[int]
    state: Mapped[str] = mapped_column(String(20))
    owner: Mapped[str | None]
    because: Mapped[str] = mapped_column(Text)
    play: Mapped[str] = mapped_column(Text, default="")
    signal_id: Mapped[int | None] = mapped_column(ForeignKey("signal.id"))
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    snoozed_until: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(Text)
    verdict: Mapped[str | None] = mapped_column(String(20))
    raised_at: Mapped[datetime | None]
    guide: Mapped[dict[str, Any]] = mapped_column(default=dict)
