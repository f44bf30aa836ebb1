# ruff: noqa: E501 (a pattern or word list is read as one line)
"""Several plans in one breath: "Enterprise and Government rise by 7%", and those that become one plan."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from classify.rules.plans import named_plan
from classify.rules.prices.thing_words import TIER_NAMES
from classify.rules.words import COMMON, DATES, UPPER
from classify.signals import PriceMove

_NAME: Final = rf"[{UPPER}][\w+-]*(?:\s+[{UPPER}\d][\w+-]*){{0,3}}"
_NAMES: Final = rf"(?P<names>{_NAME}(?:,\s+(?:(?:the|our|its)\s+)?{_NAME})*,?\s+(?:and|&)\s+(?:(?:the|our|its)\s+)?{_NAME})"
_NOUN: Final = r"(?:plans?|tiers?|packages?|subscriptions?|editions?|prices?|pricing|rates|fees)"
_PERCENT: Final = r"\d+(?:[.,]\d+)?\s?(?:%|per\s?cent\b)"
#: What each of several moves by: "Air and Ground rates will increase by 5.4 percent", "raising Pro and Max by 8%".
_EACH: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_NAMES}(?:\s+{_NOUN})?\s+(?:(?:will|both|all|each|are|is|to|now|get|gets|go|goes|going)\s+)*(?:(?:rise|rising|increase|increasing|up|climb|jump|fall|drop|decrease|cost|become|cheaper|cut|raised|lowered)\s+)?(?:by\s+)?(?:(?:an\s+average\s+of|about|around|up\s+to)\s+)?(?={_PERCENT})",
        rf"(?i:prices?|rates|fees|cost)\s+(?i:of|for)\s+(?:(?:the|our|its)\s+)?{_NAMES}(?:\s+{_NOUN})?\s+[a-z\s]{{0,30}}?(?={_PERCENT})",
        rf"(?i:rais(?:es?|ing)|lift(?:s|ing)?|increas(?:es?|ing)|hik(?:es?|ing)|cut(?:s|ting)?|lower(?:s|ing)?|reduc(?:es?|ing)|discount(?:s|ing)?)\s+(?:(?:the|our|its)\s+)?{_NAMES}(?:\s+{_NOUN})?\s+by\s+(?={_PERCENT})",
        rf"(?:%|per\s?cent)\s+off\s+(?:(?:the|our|its)\s+)?{_NAMES}",
    )
)
_ONE: Final = r"(?:one|a\s+single|just\s+one)\s+(?:new\s+|simple\s+)?(?:plan|tier|package|subscription)\b(?!\s*[:,(]?\s*(?:called|named|[\"“]))"
#: What had names and has one price now: "Basic, Team and Business become one plan at $15".
_MERGED: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_NAMES}(?:\s+{_NOUN})?\s+(?:(?:will|are|is|to|now|being|be)\s+)*(?:becom\w+|merg\w+|fold\w*|combin\w+|roll\w*|unit\w+|turn\w*|replaced)\s+(?:(?:into|by|with)\s+)?{_ONE}",
        rf"(?i:merg\w+|fold\w*|combin\w+|roll\w*|unit\w+|replac\w+|consolidat\w+|turn\w*)\s+(?:(?:the|our|its)\s+)?{_NAMES}(?:\s+{_NOUN})?\s+(?:in)?(?:to|with|by)\s+{_ONE}",
    )
)
_PARTS = re.compile(r",\s+(?:and\s+|&\s+)?|\s+(?:and|&)\s+")
_ARTICLE = re.compile(
    rf"^(?:(?:the|our|its)\s+|.*\b(?:{'|'.join(sorted(DATES))})\s+(?:20\d\d,?\s+)?(?=\S))", re.IGNORECASE
)
_NO_NAMES: Final = (COMMON | DATES) - TIER_NAMES


def told_for_each(moves: Sequence[PriceMove], text: str, own: tuple[str, ...]) -> tuple[PriceMove, ...]:
    """Return moves with a percent of several plans as one of each, and the price of merged plans without a name."""
    if " and " not in text and " & " not in text:
        return tuple(moves)
    merged = _names(_MERGED, text, own)
    if merged:
        return tuple(
            replace(move, plan="") if move.before is None and move.plan in merged else move for move in moves
        )
    bare = [move for move in moves if move.after is None and move.before is None and move.stated_percent]
    names = _names(_EACH, text, own) if bare else []
    if not names:
        return tuple(moves)
    found: list[PriceMove] = []
    for move in moves:
        is_of = move is bare[0] and (move.plan == "" or any(_is_named(move.plan, name) for name in names))
        found += [replace(move, plan=name) for name in names] if is_of else [move]
    return tuple(found)


def _names(patterns: Sequence[re.Pattern[str]], text: str, own: tuple[str, ...]) -> list[str]:
    """Return the names of several plans that one of the patterns tells; empty if one of them is no plan's."""
    match = next((match for pattern in patterns if (match := pattern.search(text))), None)
    if match is None:
        return []
    parts = [_ARTICLE.sub("", part) for part in _PARTS.split(match["names"])]
    names = [named_plan(part, own) for part in parts]
    is_all = all(name and name.split()[0].lower() not in _NO_NAMES for name in names)
    return names if is_all and len(set(names)) == len(names) else []


def _is_named(plan: str, name: str) -> bool:
    return f" {name} " in f" {plan} " or f" {plan} " in f" {name} "
