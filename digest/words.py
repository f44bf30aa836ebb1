"""How numbers, dates and other people's texts are written in a mail. Plain strings; nothing here knows HTML."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from classify.rules.amounts import write_amount

_CONTROL = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_JOINERS = frozenset({"\u200c", "\u200d"})  # they shape letters in Persian, Hindi and emoji, and hide nothing
_URL_SAFE = "%/:=&?~#+!$,;'@()*[]"
URL_LIMIT = 500
PATH_SHOWN = 32


def plain(text: str, limit: int = 400) -> str:
    """Return other people's text as one line without control, direction or invisible characters, cut at a word."""
    shown = "".join(
        char if char in _JOINERS or unicodedata.category(char) not in _CONTROL else " " for char in text
    )
    line = " ".join(shown.split())
    if len(line) <= limit:
        return line
    head, _, _ = line[: limit - 1].rpartition(" ")
    return (head if len(head) > limit // 2 else line[: limit - 1]).rstrip(" ,;:.") + "…"


def sentence(text: str, limit: int = 400) -> str:
    """Return a text with a capital at the start and a full stop at the end."""
    line = stopped(text, limit)
    return line[:1].upper() + line[1:]


def stopped(text: str, limit: int = 400) -> str:
    """Return a text with a full stop at the end, its first letter as it is: a headline may begin with a small name."""
    line = plain(text, limit)
    return line + "." if line and line[-1] not in ".!?…" else line


def web_address(url: str) -> str | None:
    """Return an http(s) address that may stand in a mail; None for any other scheme or form."""
    cleaned = quote("".join(url.split()), safe=_URL_SAFE)
    try:
        parts = urlsplit(cleaned)
        _ = parts.port
    except ValueError:
        return None
    usable = parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and len(cleaned) <= URL_LIMIT
    return cleaned if usable else None


def site(url: str) -> str:
    """Return the host of an address, without ``www.``, for showing."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


def place(url: str) -> str:
    """Return an address for showing: host and the start of the path, e.g. ``northbeam.example/pricing``."""
    path = urlsplit(url).path.rstrip("/")
    return site(url) + (path if len(path) <= PATH_SHOWN else path[: PATH_SHOWN - 1] + "…")


def count(number: int, one: str, many: str | None = None) -> str:
    """Return ``1 account`` or ``3 accounts``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(names: Sequence[str], most: int = 3) -> str:
    """Return ``A, B and C``; beyond ``most``, ``A, B and 4 more``."""
    if len(names) > most:
        return f"{', '.join(names[: most - 1])} and {len(names) - most + 1} more"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def money(amount: Decimal | float | str, currency: str) -> str:
    """Return an amount with its currency: ``$250,000``, ``CHF 49.50``; what is no number stays as it is."""
    try:
        return write_amount(Decimal(str(amount)), currency)
    except InvalidOperation:
        return plain(str(amount), 40)


def day(moment: date | datetime, timezone: str = "UTC", *, year: bool = False) -> str:
    """Return ``9 November`` or ``9 November 2026``, as seen in a time zone."""
    seen = moment.astimezone(ZoneInfo(timezone)).date() if isinstance(moment, datetime) else moment
    return f"{seen.day} {_MONTHS[seen.month - 1]}" + (f" {seen.year}" if year else "")


def weekday(moment: datetime, timezone: str) -> str:
    """Return ``Monday`` and so on."""
    return _DAYS[moment.astimezone(ZoneInfo(timezone)).weekday()]


def percent(share: float) -> str:
    """Return ``93 %`` for 0.93."""
    return f"{share * 100:.0f} %"


_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
