"""``config/subscribers.yaml``: who gets which mail, when."""

from __future__ import annotations

from datetime import time
from enum import StrEnum
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, field_validator

from config.model import ConfigModel, Email

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


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


def parse_send(value: object) -> object:
    """Return the `SendTime` written as ``mon 07:00``. Raises: ValueError naming the form."""
    if not isinstance(value, str):
        return value
    day, _, clock = value.strip().lower().partition(" ")
    try:
        return SendTime(weekday=WEEKDAYS.index(day[:3]), at=time.fromisoformat(clock.strip()))
    except ValueError:
        raise ValueError("not a send time; write a weekday and a time of day, such as 'mon 07:00'") from None


class SubscriberConfig(ConfigModel):
    """One reader. The key is the e-mail address."""

    email: Email
    name: str = Field(min_length=1)
    timezone: str = "UTC"
    send: Annotated[SendTime, BeforeValidator(parse_send)] = SendTime(weekday=0, at=time(7, 0))
    accounts: Literal["owned", "all"] | tuple[str, ...] = "owned"
    competitors: Literal["all"] | tuple[str, ...] = "all"
    categories: Literal["all"] | tuple[str, ...] = "all"
    min_impact: float = Field(default=0.3, ge=0, le=1)
    cadence: tuple[Cadence, ...] = (Cadence.WEEKLY,)

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
