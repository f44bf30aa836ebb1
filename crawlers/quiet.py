"""Quiet hours: a part of the day (UTC) in which nothing is fetched. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta


def after_quiet(at: datetime, quiet_hours: str | None) -> datetime:
    """Return the moment, or the end of the quiet hours (``HH:MM-HH:MM`` UTC, over midnight too) if it is within."""
    if quiet_hours is None:
        return at
    start, end = (_minutes(part) for part in quiet_hours.split("-"))
    now = at.hour * 60 + at.minute
    if not ((start <= now < end) if start <= end else (now >= start or now < end)):
        return at
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(minutes=end, days=1 if now >= end else 0)


def _minutes(text: str) -> int:
    hours, _, minutes = text.partition(":")
    return int(hours) * 60 + int(minutes)
