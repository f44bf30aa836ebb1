"""``config/subscribers.yaml``: who gets which mail, when."""

from __future__ import annotations

from datetime import time
from enum import StrEnum
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, WithJsonSchema, field_validator

from config.model import ConfigModel, Email, Line

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Cadence(StrEnum):
    """The mails a subscriber may ask for."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    ALERTS = "alerts"


class SendTime(ConfigModel):
    """Weekday (0 is Monday) and local time of the weekly mail."""

    weekday: int = Field(ge=0, le=6)
    at: time

    def __str__(self) -> str:
        return f"{WEEKDAYS[self.weekday]} {self.at:%H:%M}"


def parse_send(value: object) -> object:
    """Return the `SendTime` written as ``mon 07:00``. Raises: ValueError naming the form."""
    if isinstance(value, SendTime):
        return value
    complaint = "not a send time; write a weekday and a time of day, such as 'mon 07:00'"
    if not isinstance(value, str):
        raise ValueError(complaint)
    day, _, clock = value.strip().lower().partition(" ")
    names = _WEEKDAY_NAMES if len(day) > 3 else WEEKDAYS
    try:
        at = time.fromisoformat(clock.strip().rjust(5, "0"))
        if at.tzinfo is not None or ":" not in clock:
            raise ValueError(complaint)
        return SendTime(weekday=names.index(day), at=at)
    except ValueError:
        raise ValueError(complaint) from None


_SEND_SCHEMA = {"type": "string", "pattern": r"^[A-Za-z]{3,9}\s+[0-2]\d:[0-5]\d$", "examples": ["mon 07:00"]}
Send = Annotated[SendTime, BeforeValidator(parse_send), WithJsonSchema(_SEND_SCHEMA)]


class SubscriberConfig(ConfigModel):
    """One reader. The key is the e-mail address."""

    email: Email = Field(description="Where the mail goes.", examples=["dana@us.example"])
    name: Line = Field(min_length=1, description="How the mail greets.", examples=["Dana"])
    timezone: str = Field(
        default="UTC",
        description="Time zone of `send` and of the week that is reported.",
        examples=["Europe/Dublin"],
    )
    send: Send = Field(
        default=SendTime(weekday=0, at=time(7, 0)),
        description="Weekday and local time of the mail.",
        examples=["mon 07:00"],
    )
    accounts: Literal["owned", "all"] | tuple[str, ...] = Field(
        default="owned",
        description="Which accounts: `owned` (those with this address as `owner`), `all`, or a list of keys.",
        examples=["owned"],
    )
    competitors: Literal["all"] | tuple[str, ...] = Field(
        default="all",
        description="Which competitors: `all`, or a list of names of files in `competitors/`.",
        examples=[["northbeam"]],
    )
    categories: Literal["all"] | tuple[str, ...] = Field(
        default="all",
        description="Which kinds of news: `all`, or a list.",
        examples=[["pricing", "launch"]],
    )
    min_impact: float = Field(
        default=0.3,
        ge=0,
        le=1,
        description="Leave out what matters less than this, from 0 (all) to 1 (nothing).",
    )
    cadence: tuple[Cadence, ...] = Field(
        default=(Cadence.WEEKLY,), description="Which mails.", examples=[["weekly", "alerts"]]
    )

    @property
    def key(self) -> str:
        """The subscriber's key: the lower-case address."""
        return self.email.lower()

    @field_validator("timezone")
    @classmethod
    def _known_timezone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise ValueError("not a time zone; write an IANA name such as Europe/Dublin or UTC") from None
        return value
