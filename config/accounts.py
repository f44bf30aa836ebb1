"""``config/accounts.yaml``: the key accounts, or the same columns as CSV."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from config.model import ConfigModel, Email


class Tier(StrEnum):
    """How much an account matters."""

    STRATEGIC = "strategic"
    GROWTH = "growth"
    MAINTENANCE = "maintenance"


class StakeholderConfig(ConfigModel):
    """A person at the account who decides or influences."""

    name: str = Field(min_length=1)
    role: str | None = None


class AccountConfig(ConfigModel):
    """One key account. ``arr`` is annual recurring revenue in the settings' currency.

    ``metrics`` are the latest raw values by metric name of ``health.yaml``; a metrics CSV adds history.
    """

    key: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]*$")
    name: str = Field(min_length=1)
    aliases: tuple[str, ...] = ()
    domain: str | None = None
    tier: Tier = Tier.GROWTH
    owner: Email | None = None
    industry: str | None = None
    segment: str | None = None
    regions: tuple[Annotated[str, Field(pattern=r"^[A-Z]{2}$")], ...] = ()
    uses: tuple[str, ...] = ()
    rivals_present: tuple[str, ...] = ()
    stakeholders: tuple[StakeholderConfig, ...] = ()
    renewal: date | None = None
    arr: Decimal | None = Field(default=None, ge=0)
    metrics: dict[str, float] = Field(default_factory=dict)
