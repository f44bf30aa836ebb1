"""One amount and one time of day in many notations: ``$1,200`` and ``$1200.00``, ``15:00 CEST`` and ``1 pm UTC``."""

from __future__ import annotations

import re

from extract.values.money import CODES, MONEY, find_money

_VERSION = re.compile(r"\bv(?=\d+\.\d)", re.I)
_SIGNS = re.compile(rf"(?:[$€£¥₹₩]|\b(?:{CODES}))\s?\d|\d(?:[.,]?[-–—])?\s?(?:[€£₹₩円元원]|(?:{CODES})\b)")
#: Hours that the abbreviations of time zones lie before UTC. Those with two meanings (IST, CST in China) are left out.
_ZONES = {
    "utc": 0, "gmt": 0, "wet": 0, "bst": 1, "cet": 1, "mez": 1, "west": 1, "cest": 2, "mesz": 2, "eet": 2, "eest": 3,
    "msk": 3, "sgt": 8, "hkt": 8, "jst": 9, "kst": 9, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13,
    "est": -5, "edt": -4, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip
_TIME = r"\d{1,2}(?:[:.]\d{2})?\s?(?:[ap]\.?m\b\.?)?"
_ZONED = re.compile(
    rf"\b(?:(?P<start>{_TIME})\s*(?:-|to)\s*)?(?P<time>{_TIME})\s*"
    rf"\(?\b(?P<zone>{'|'.join(sorted(_ZONES, key=len, reverse=True))})\b\)?",
    re.I,
)
_PARTS = re.compile(r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s?(?P<half>[ap])?", re.I)
_HALF = re.compile(r"\b(?P<hour>1[0-2]|0?[1-9])(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?m\b\.?", re.I)
_CLOCK = re.compile(r"\d\s?[ap]\.?m\b|\d\s*\(?[a-z]{2}[a-z]{1,2}\b", re.I)
_YES_MARKS, _NO_MARKS = "✓✔☑✅", "✗✘✖❌"
_MARK = re.compile(rf"(?P<yes>[{_YES_MARKS}])|[{_NO_MARKS}]")
#: Before a word a mark is the point of a list.
_POINT = re.compile(rf"[{_YES_MARKS}{_NO_MARKS}]\ufe0f?\s*[^\W\d_]{{2}}")


def same_notation(text: str) -> str:
    """Return a text with its amounts as ``USD1200`` and its times of day as ``13:00``, in UTC where a zone stands."""
    text = _VERSION.sub("", text)
    if _SIGNS.search(text):
        text = _amounts(text)
    if _CLOCK.search(text):
        text = _HALF.sub(lambda match: _clock(match.group(0), 0), _ZONED.sub(_in_utc, text))
    return text


def _amounts(text: str) -> str:
    found = {money.start: money for money in find_money(text)}

    def written(match: re.Match[str]) -> str:
        money = found.get(match.start())
        return f"{money.currency}{money.amount}" if money else match.group(0)

    return MONEY.sub(written, text)


def _in_utc(match: re.Match[str]) -> str:
    hours = _ZONES[match.group("zone").lower()]
    times = [time for time in match.group("start", "time") if time]
    if not any(":" in time or "." in time or time.strip(". ").lower().endswith("m") for time in times):
        return match.group(0)
    return f"{'-'.join(_clock(time, hours) for time in times)} UTC"


def _clock(time: str, hours_before: int) -> str:
    match = _PARTS.match(time)
    if match is None:
        return time
    hour, half = int(match.group("hour")), (match.group("half") or "").lower()
    hour = hour % 12 + 12 * (half == "p") if half else hour
    return f"{(hour - hours_before) % 24:02d}:{match.group('minute') or '00'}"


def with_marks_told(text: str) -> str:
    """Return a text with ``yes`` and ``no`` for its marks, if they are cells of a row and no points of a list."""
    if not _MARK.search(text) or _POINT.search(text):
        return text
    return _MARK.sub(lambda match: " yes " if match.group("yes") else " no ", text)
