# ruff: noqa: E501 (a pattern or word list is read as one line)
"""Amounts that another of the same thing stands beside: first and yearly-paid prices, and both ends of a range."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from classify.rules.prices.pieces import Piece

_COUNT: Final = r"(?:\d+|one|two|three|four|six|nine|ten|twelve|eighteen)"
_SPAN: Final = rf"(?:(?:the\s+|your\s+)?first\s+(?:{_COUNT}\s+)?|{_COUNT}\s+)(?:months?|weeks?|years?|days?)"
#: Behind an introductory price: "$1 for the first three months", "€39.90 a month for 12 months".
_FOR_A_TIME: Final = re.compile(rf"\s*[,(]?\s*(?:for|during|in|over)\s+{_SPAN}\b", re.IGNORECASE)
#: Before one: "First three months for $0.99", "three months for £1".
_TIME_FOR: Final = re.compile(rf"\b{_SPAN}\s*(?:for|at|:|–|-|,)?\s*(?:just\s+|only\s+)?$", re.IGNORECASE)
#: What leads to the regular price, or follows it.
_THEN: Final = re.compile(
    r"\b(?:then|after(?:\s+that|wards?)?|thereafter|renews?\s+at|rising\s+to)\b", re.IGNORECASE
)
_THEN_BEHIND: Final = re.compile(
    r"\s*[,(]?\s*(?:after(?:\s+that|wards?|\s+the)?\b|thereafter|from\s+(?:month|year)\s+\w+)", re.IGNORECASE
)
_YEARLY: Final = re.compile(
    r"[\s,(–—-]*(?:(?:when|if|with|on|for)\s+)?(?:you\s+)?(?:(?:billed|paid|pay|paying|invoiced|charged|committed|signing)\s+(?:up\s+)?(?:for\s+)?(?:an?\s+|the\s+|by\s+the\s+|in\s+)?(?:annual(?:ly)?|year(?:ly)?|upfront|in\s+advance|once\s+a\s+year)|(?:an?\s+)?(?:annual|yearly)\s+(?:billing|plan|contract|commitment|payment|subscription)|annually\b|yearly\b)",
    re.IGNORECASE,
)
_YEARLY_AHEAD: Final = re.compile(
    r"(?:\b(?:billed|paid|pay|paying)\s+(?:annually|yearly|by\s+the\s+year|for\s+(?:a|the)\s+year)|\b(?:annual|yearly)\s+(?:billing|plan|contract|commitment)|\bannually|\byearly)\s*(?:,|:|is|at|it\s+is|it['’]s|you\s+pay|for|drops?\s+it\s+to|brings?\s+it\s+(?:down\s+)?to|–|-|\()?\s*$",
    re.IGNORECASE,
)
#: What lies between two sums cannot be told: "between $15 and $40", "prices range from $30 to $150".
_RANGE: Final = re.compile(r"\b(?:between|rang(?:e|es|ing)\s+from|anywhere\s+from)\s*$", re.IGNORECASE)
_RANGE_ON: Final = re.compile(r"[^.;,$€£\d]{0,24}\b(?:and|to)\s*", re.IGNORECASE)
_JOINS: Final = re.compile(
    r"[\s,;/|(–—-]*(?:(?:or|and|if|when|billed|paid|pay|you|monthly|month|by|the|to|month-to-month|as|low|just|only|with|an?|annual|yearly|annually|billing|is|for|year|per|at|it|user|seat|editor|member|drops|falls|down|plan|from|choose|save|cheaper|on|contract|commitment|in|advance|every|single|basis)\b[\s,;:/|(–—-]*){0,10}",
    re.IGNORECASE,
)


def asides(text: str, pieces: Sequence[Piece]) -> set[int]:
    """Return the places of introductory prices beside the regular one, and of yearly-paid ones beside the monthly one."""
    found: set[int] = set()
    for one, two in pairwise(pieces):
        if _is_introductory(text, one, two):
            found.add(one.place)
        found |= _paid_yearly(text, one, two)
    return found


def ranges(pieces: Sequence[Piece]) -> set[int]:
    """Return the places of both ends of ranges, which are no two prices and no move."""
    return {
        place
        for one, two in pairwise(pieces)
        if _RANGE.search(one.lead[-30:]) and _RANGE_ON.fullmatch(two.lead)
        for place in (one.place, two.place)
    }


def _is_introductory(text: str, one: Piece, two: Piece) -> bool:
    is_first = _FOR_A_TIME.match(text, one.end) or _TIME_FOR.search(one.lead[-60:])
    is_then = _THEN.search(two.lead) or _THEN_BEHIND.match(text, two.end)
    return bool(is_first and is_then) and _is_more(one, two) and len(two.lead) < 90


def _is_more(one: Piece, two: Piece) -> bool:
    less, more = (piece.amount.price.amount if piece.amount.price else None for piece in (one, two))
    return less is not None and more is not None and less < more


def _paid_yearly(text: str, one: Piece, two: Piece) -> set[int]:
    """Return the price that is paid by the year, of two by the month of which one is dearer: "$12, or $10 paid yearly"."""
    if not _JOINS.fullmatch(two.lead) or {_period(one), _period(two)} - {"month", None}:
        return set()
    is_two = _is_more(two, one) and (_YEARLY.match(text, two.end) or _YEARLY_AHEAD.search(two.lead))
    is_one = _is_more(one, two) and (_YEARLY.match(text, one.end) or _YEARLY_AHEAD.search(one.lead))
    if not (is_one or is_two) or not _is_like(one, two):
        return set()
    return {two.place} if is_two else {one.place}


def _period(piece: Piece) -> str | None:
    return piece.amount.price.period if piece.amount.price else None


def _is_like(one: Piece, two: Piece) -> bool:
    """Return True if the lower is no less than half of the higher: not the price of a month beside that of a year."""
    sums = sorted(float(piece.amount.price.amount or 0) for piece in (one, two) if piece.amount.price)
    return len(sums) == 2 and sums[0] >= sums[1] / 2
