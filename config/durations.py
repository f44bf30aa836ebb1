"""Durations as people write them: ``45s``, ``10m``, ``6h``, ``2d``, ``1w``."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_PATTERN = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*([smhdw])")
_LONGEST = timedelta(days=36_500)


def parse_duration(value: object) -> timedelta:
    """Return the duration written as a number and a unit, or a timedelta as it stands.

    Raises: ValueError naming the accepted forms.
    """
    if isinstance(value, timedelta):
        return value
    match = _PATTERN.fullmatch(value.strip().lower()) if isinstance(value, str) else None
    if match is None:
        raise ValueError("not a duration; write a number and one of s, m, h, d, w, such as 45s, 6h or 2d")
    return _bounded(float(match[1]), _UNITS[match[2]])


def parse_positive_duration(value: object) -> timedelta:
    """Return the duration if it is any time at all. Raises: ValueError naming the accepted forms."""
    duration = parse_duration(value)
    if duration <= timedelta():
        raise ValueError("no time at all; write a longer duration, such as 30s or 30d")
    return duration


def _bounded(amount: float, unit: str) -> timedelta:
    try:
        duration = timedelta(**{unit: amount})
    except OverflowError:
        duration = timedelta.max
    if duration > _LONGEST:
        raise ValueError("longer than a hundred years; write a shorter duration, such as 400d")
    return duration


def format_duration(value: timedelta) -> str:
    """Return the shortest form that `parse_duration` reads back to the same duration."""
    if value.microseconds:
        return f"{value.total_seconds():.6f}".rstrip("0") + "s"
    seconds = int(value.total_seconds())
    for unit, size in (("w", 604_800), ("d", 86_400), ("h", 3_600), ("m", 60)):
        if seconds and seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


_WRITTEN = PlainSerializer(format_duration, when_used="json")
_SCHEMA = WithJsonSchema(
    {
        "type": "string",
        "pattern": r"^\s*[0-9]+(\.[0-9]+)?\s*[smhdwSMHDW]\s*$",
        "examples": ["45s", "6h", "2d"],
    }
)

Duration = Annotated[timedelta, BeforeValidator(parse_duration), _WRITTEN, _SCHEMA]
#: For what is divided by or waited for: no time at all would be a crash or a wait that never begins.
PositiveDuration = Annotated[timedelta, BeforeValidator(parse_positive_duration), _WRITTEN, _SCHEMA]
