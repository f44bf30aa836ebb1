"""How values are written for people: moments, money, scores, links. Unknown is a dash, never a zero."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from urllib.parse import urlsplit

from babel.numbers import format_compact_currency

from healthmerge.wording import flag_words

MILLION = 1_000_000  # from here on a whole number would hide too much: 1.4 is not 1
UNKNOWN = "–"
_STEPS = (
    (timedelta(days=365), "year"),
    (timedelta(days=30), "month"),
    (timedelta(days=7), "week"),
    (timedelta(days=1), "day"),
    (timedelta(hours=1), "hour"),
    (timedelta(minutes=1), "minute"),
)
_CONTROL = re.compile(r"[\x00-\x20\x7f]")
LINK_LIMIT = 2_000
_WORDS = {
    "cai_jump": flag_words("cai_jump"),
    "arr_potential": "ARR potential",
    "csat": "CSAT",
    "dso_days": "DSO days",
    "kyc": "KYC",
    "nps": "NPS",
    "their_customer": "their customer",
    "rival_present": "rival present",
    "product_overlap": "product overlap",
    "same_market": "same market",
    "stakeholder_moved": "stakeholder moved",
    "renewal_near": "renewal near",
    "in_doubt": "in doubt",
    "handing_over": "handing over",
}


def format_ago(moment: datetime, now: datetime) -> str:
    """Return a distance in time in words, e.g. ``2 days ago``, ``in 3 hours``, ``just now``."""
    distance = now - moment
    size = abs(distance)
    for step, name in _STEPS:
        if size >= step:
            count = int(size / step)
            words = f"{count} {name}{'' if count == 1 else 's'}"
            return f"{words} ago" if distance > timedelta() else f"in {words}"
    return "just now" if distance >= timedelta() else "in a moment"


def format_days(day: date, today: date) -> str:
    """Return a distance in days in words, e.g. ``in 76 days``, ``yesterday``."""
    days = (day - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if days in near:
        return near[days]
    return f"in {days} days" if days > 0 else f"{-days} days ago"


def format_exact(moment: datetime) -> str:
    """Return a moment to the second in UTC, e.g. ``Mon 16 Nov 2026 06:00:00 UTC``."""
    return f"{moment.astimezone(UTC):%a %-d %b %Y %H:%M:%S} UTC"


def format_day(day: date) -> str:
    """Return a day as ``16 Nov 2026``."""
    return f"{day:%-d %b %Y}"


def format_money(amount: Decimal | None, currency: str) -> str:
    """Return an amount in short, e.g. ``$250K``."""
    return (
        UNKNOWN
        if amount is None
        else format_compact_currency(
            amount, currency, locale="en", fraction_digits=1 if abs(amount) >= MILLION else 0
        )
    )


def format_score(score: float | None) -> str:
    """Return a score of 0-100 without decimals."""
    return UNKNOWN if score is None else f"{score:.0f}"


def format_tenth(points: float) -> str:
    """Return points with sign and one decimal, such as −3.1."""
    return f"{points:+.1f}".replace("-", "−")


def format_delta(delta: float | None) -> str:
    """Return a difference in points with its sign."""
    if delta is None:
        return UNKNOWN
    rounded = round(delta, 1)
    return "±0" if rounded == 0 else f"{rounded:+g}".replace("-", "−")


def format_percent(share: float | None) -> str:
    """Return a share in [0, 1] as whole percent."""
    return UNKNOWN if share is None else f"{share * 100:.0f} %"


def format_share(weight: float | None) -> str:
    """Return a weight: whole percent if it is a share in [0, 1], else the number as configured."""
    return format_percent(weight) if weight is None or weight <= 1 else format_number(weight)


def format_number(value: object) -> str:
    """Return a raw metric value without needless decimals."""
    if value is None:
        return UNKNOWN
    return f"{value:,.10g}" if isinstance(value, int | float) else str(value)


def format_size(size_bytes: int | None) -> str:
    """Return a size in bytes as kB or MB."""
    if size_bytes is None:
        return UNKNOWN
    if size_bytes < 1_000:
        return f"{size_bytes} B"
    return f"{size_bytes / 1_000:.1f} kB" if size_bytes < 1_000_000 else f"{size_bytes / 1_000_000:.1f} MB"


def format_every(every: timedelta) -> str:
    """Return a cadence in words, e.g. ``every 6 hours``."""
    for step, name in _STEPS[2:]:
        if every >= step:
            count = every / step
            return f"every {name}" if count == 1 else f"every {count:g} {name}s"
    return f"every {every.total_seconds():.0f} seconds"


def format_words(code: str) -> str:
    """Return a code as words, e.g. ``rival_present`` as ``rival present``."""
    return _WORDS.get(code, code.replace("_", " ").replace("-", " "))


def safe_href(url: str | None) -> str | None:
    """Return an address that may stand in a link: http or https with a host; None for anything else."""
    if not url or len(url) > LINK_LIMIT or _CONTROL.search(url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and host else None
