"""``config/accounts.yaml``: the key accounts, or the same columns as CSV."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field, WithJsonSchema

from config.model import KEY_PATTERN, ConfigModel, Domain, Email, Line, Region


class Tier(StrEnum):
    """How much an account matters."""

    STRATEGIC = "strategic"
    GROWTH = "growth"
    MAINTENANCE = "maintenance"


def parse_day(value: object) -> object:
    """Return the date written as ``2027-01-31``, or a date as it stands. Raises: ValueError naming the form."""
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value.strip()) if isinstance(value, str) and "-" in value else _refuse()
    except ValueError:
        return _refuse()


def _refuse() -> date:
    # A bare number must not pass: pydantic would take `2027` for seconds since 1970.
    raise ValueError("not a date; write year-month-day, such as 2027-01-31")


Day = Annotated[date, BeforeValidator(parse_day), WithJsonSchema({"type": "string", "format": "date"})]


class StakeholderConfig(ConfigModel):
    """A person at the account who decides or influences."""

    name: Line = Field(min_length=1, description="The person's name.", examples=["Mara Quill"])
    role: Line | None = Field(default=None, description="What the person does there.", examples=["CISO"])


class AccountConfig(ConfigModel):
    """One key account. ``arr`` is annual recurring revenue in the settings' currency.

    ``metrics`` are the latest raw values by metric name of ``health.yaml``; a metrics CSV adds history.
    """

    key: str = Field(
        pattern=KEY_PATTERN,
        max_length=100,
        description="Short name of your choice that never changes; everything known of the account hangs on it.",
        examples=["harbour-bank"],
    )
    name: Line = Field(min_length=1, description="The name people use.", examples=["Harbour Bank"])
    aliases: tuple[Line, ...] = Field(
        default=(),
        description="Other names under which it is found in texts.",
        examples=[["Harbour Bank plc"]],
    )
    domain: Domain | None = Field(
        default=None, description="Its web domain.", examples=["harbourbank.example"]
    )
    tier: Tier = Field(default=Tier.GROWTH, description="How much it matters.")
    owner: Email | None = Field(
        default=None,
        description="E-mail address of the account manager who gets its flags.",
        examples=["dana@us.example"],
    )
    industry: Line | None = Field(
        default=None, description="Its industry, in your words.", examples=["banking"]
    )
    segment: Line | None = Field(
        default=None, description="Its segment, in your words.", examples=["enterprise"]
    )
    regions: tuple[Region, ...] = Field(
        default=(),
        description="Countries it does business in, as two-letter codes in capitals.",
        examples=[["GB", "IE"]],
    )
    uses: tuple[Line, ...] = Field(
        default=(),
        description="What it uses of yours, in tags that competitors' products carry too.",
        examples=[["kyc", "document-verification"]],
    )
    rivals_present: tuple[str, ...] = Field(
        default=(),
        description="Competitors that are in use or in evaluation there: names of files in `competitors/`.",
        examples=[["northbeam"]],
    )
    stakeholders: tuple[StakeholderConfig, ...] = Field(
        default=(),
        description="People who decide or influence.",
        examples=[[{"name": "Mara Quill", "role": "CISO"}]],
    )
    renewal: Day | None = Field(
        default=None, description="Day on which the contract renews.", examples=["2027-01-31"]
    )
    arr: Decimal | None = Field(
        default=None,
        ge=0,
        max_digits=18,
        decimal_places=2,
        description="Annual recurring revenue in the currency of `settings.yaml`.",
        examples=[250000],
    )
    metrics: dict[str, float] = Field(
        default_factory=dict,
        description="Latest raw values of the metrics in `health.yaml`.",
        examples=[{"nps": 42}],
    )
