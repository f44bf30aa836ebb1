# ruff: noqa: E501 (a pattern or word list is read as one line)
"""Percents that tell no move of now: a rise of earlier years, what is saved by paying for a year, discounts by volume."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from classify.rules.prices.amounts import Amount
from classify.rules.prices.percents import TIMES

_MONTH: Final = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|20\d\d)"
)
_WENT: Final = r"(?:went\s+up|rose|increased|raised|climbed|went\s+down|fell|dropped|jumped|(?:was|were)\s+(?:raised|increased|cut|lowered))"
_RISEN: Final = (
    r"(?:risen|gone\s+up|increased|raised|been\s+(?:raised|increased|cut)|climbed|gone\s+down|fallen|dropped)"
)
#: "maintenance already went up by", "had risen by", "last raised prices in 2024, by", "in January it went up by".
_WAS_AHEAD = re.compile(
    rf"\balready\s+{_WENT}\b|\bhad\s+(?:already\s+|just\s+)?{_RISEN}\b|\blast\s+{_WENT}\b|\b(?:in|since)\s+(?:last\s+)?{_MONTH}\b[^.;]{{0,40}}\b{_WENT}\b|\b(?:last\s+year|a\s+year\s+(?:ago|earlier)|the\s+year\s+before)\b[^.;]{{0,40}}\b{_WENT}\b",
    re.IGNORECASE,
)
#: "by 5% a year ago", "up 4% last year".
_WAS_BEHIND = re.compile(
    r"(?:\s+(?:increase|rise|hike|cut))?\s*,?\s+(?:(?:a|one|two|three)\s+years?\s+(?:ago|earlier|before)|last\s+(?:year|spring|summer|autumn|winter|January|time)|the\s+(?:year|time)\s+before)\b",
    re.IGNORECASE,
)
_YEARLY = r"(?:(?:annual|yearly)\s+(?:billing|payments?|invoic\w+|prepayment)|(?:billed|paid|paying|pay|invoiced)\s+(?:annually|yearly|by\s+the\s+year|for\s+(?:a|the|one)\s+(?:full\s+)?year|upfront|once\s+a\s+year))"
#: What a price list always offers: "save 20% with yearly billing", "Yearly (save 25%)".
_SAVED = re.compile(
    rf"\b(?:sav(?:e|es|ing)|off|discount|less|cheaper)\b[^.;\n]*\b{_YEARLY}\b|\b{_YEARLY}\b[^.;\n]*\b(?:sav(?:e|es|ing)|off|discount|less|cheaper)\b|\b(?:yearly|annual(?:ly)?)\s*\(save\b",
    re.IGNORECASE,
)
_VOLUME = re.compile(
    r"\b(?:volume|bulk|quantity)[\s-]+(?:discounts?|pricing|rebates?|licen[cs]\w+|prices)\b|%\s+(?:(?:off|discount|less)\s+)?(?:from|above|over)\s+\d[\d.,]*\s+(?:seats|users|licen[cs]es|units|agents|employees|members)\b",
    re.IGNORECASE,
)
#: What is doubled and no price: "will double its engineering team", "doubles the storage of all plans".
_NO_PRICE = re.compile(
    r"\s+(?:(?:the|its|our|their|your|all)\s+)?(?:[a-z]+\s+)?(?:storage|team|teams|staff|headcount|workforce|capacity|limits?|quotas?|size|speed|traffic|space|users|customers|network|production|output|throughput|allowance|data)\b(?!\s+(?:prices?|plans?|fees?|costs?))",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[;\n]|[.!?]\s")
FARTHEST: Final = 90


def percents_beside(text: str, amounts: Sequence[Amount]) -> frozenset[int]:
    """Return the places of percents that a text tells beside the matter."""
    percents = [place for place, amount in enumerate(amounts) if amount.percent is not None]
    return frozenset(
        place
        for place in percents
        if _is_standing(text, amounts[place])
        or _is_of_no_price(text, amounts[place])
        or (len(amounts) > 1 and _is_history(text, amounts[place]))
    )


def _is_history(text: str, amount: Amount) -> bool:
    clause = _ENDS.split(text[max(0, amount.start - FARTHEST) : amount.start])[-1]
    return _WAS_AHEAD.search(clause) is not None or _WAS_BEHIND.match(text, amount.end) is not None


def _is_of_no_price(text: str, amount: Amount) -> bool:
    is_times = TIMES.fullmatch(text, amount.start, amount.end) is not None
    return is_times and _NO_PRICE.match(text, amount.end) is not None


def _is_standing(text: str, amount: Amount) -> bool:
    """Return True for a discount that price lists always hold: for who pays by the year, for who buys many."""
    behind = _ENDS.search(text, amount.end)
    lead = _ENDS.split(text[max(0, amount.start - FARTHEST) : amount.start])[-1]
    said = lead + text[amount.start : behind.start() if behind else len(text)]
    return _SAVED.search(said) is not None or _VOLUME.search(said) is not None
