"""Days as pages write them."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"\b((?:19|20)\d{2})-(\d{1,2})-(\d{1,2})\b")
_MONTH = "|".join(_MONTHS)
_DAY_FIRST = re.compile(
    rf"\b(?:\d{{1,2}}\s*[-–]\s*)?(\d{{1,2}})(?:st|nd|rd|th)?\s+({_MONTH})[a-z]*\.?,?\s+((?:19|20)\d{{2}})",
    re.I,
)
_MONTH_FIRST = re.compile(
    rf"\b({_MONTH})[a-z]*\.?\s+(?:\d{{1,2}}(?:st|nd|rd|th)?\s*[-–]\s*)?(\d{{1,2}})(?:st|nd|rd|th)?,?\s+((?:19|20)\d{{2}})",
    re.I,
)

_SINGLE_DAY_FIRST = re.compile(
    rf"(?<![-–\d])\b(\d{{1,2}})(?:st|nd|rd|th)?\s+({_MONTH})[a-z]*\.?,?\s+((?:19|20)\d{{2}})\b", re.I
)
_SINGLE_MONTH_FIRST = re.compile(
    rf"\b({_MONTH})[a-z]*\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+((?:19|20)\d{{2}})\b", re.I
)


def last_day_in(text: str) -> date | None:
    """Return the latest day that a text names in full (of a range its end), None if it names none."""
    days = [_day(y, m, d) for y, m, d in _ISO.findall(text)]
    days += [_day(y, _number(m), d) for d, m, y in _DAY_FIRST.findall(text)]
    days += [_day(y, _number(m), d) for m, d, y in _MONTH_FIRST.findall(text)]
    return max((day for day in days if day is not None), default=None)


def same_days(text: str) -> str:
    """Return a text with every day that it names in full as 2026-11-16, however it was written."""
    text = _SINGLE_DAY_FIRST.sub(
        lambda m: _written(m.group(3), _number(m.group(2)), m.group(1), m.group(0)), text
    )
    return _SINGLE_MONTH_FIRST.sub(
        lambda m: _written(m.group(3), _number(m.group(1)), m.group(2), m.group(0)), text
    )


def _written(year: str, month: str, day: str, otherwise: str) -> str:
    found = _day(year, month, day)
    return found.isoformat() if found else otherwise


def _number(month: str) -> str:
    return str(_MONTHS.index(month[:3].lower()) + 1)


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
