"""The Retry-After header: how long a server asks us to wait."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST = timedelta(days=7)  # Longer is a mistake or malice; a week later we may ask.


def retry_after(headers: Mapping[str, str]) -> timedelta | None:
    """Return the wait, at most `LONGEST`; None if there is none or it makes no sense.

    A date is counted from the answer's own Date header, so that a wrong clock on either side does no harm.
    """
    value = headers.get("retry-after", "").strip()
    if not value:
        return None
    if value.isascii() and value.isdigit():
        seconds = int(value) if len(value) < 9 else LONGEST.total_seconds()
        return min(timedelta(seconds=seconds), LONGEST)
    until, since = _date(value), _date(headers.get("date", ""))
    if until is None or since is None:
        return None
    return min(max(until - since, timedelta(0)), LONGEST)


def _date(value: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
