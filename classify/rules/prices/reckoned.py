# ruff: noqa: E501 (a pattern or word list is read as one line)
"""New prices that are told by the old one and a percent: "The price of Family, $18 a month, goes up by 10 %"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from classify.rules.prices.mentions import MENTION, price_of
from classify.signals import PriceMove

_TIME: Final = r"(?:today|now|currently|at\s+present|until\s+now)"
_MOVES: Final = r"(?:go(?:es)?\s+(?:up|down)|com(?:es?|ing)\s+down|ris(?:es?|ing)|increas(?:es?|ing)|climbs?|drops?|falls?|decreas(?:es?|ing)|is\s+(?:raised|cut|lowered|reduced|increased)|(?:be\s+)?(?:raised|cut|lowered|reduced|increased))"
#: From a price that is told as the one paid until then to the percent by which it moves.
_MOVED_BY = re.compile(
    rf"\s*(?:[,)]|–|—|\s{_TIME}\b,?(?:\s+and\b)?)\s*(?:(?:{_TIME}|is|are|to|will|going|set)\s*,?\s+)*{_MOVES}\s+(?:by\s+)?\d+(?:[.,]\d+)?\s?(?:%|per\s?cent\b)(?!\s+(?:to|from)\b)",
    re.IGNORECASE,
)
_CENT: Final = Decimal("0.01")


def with_old_reckoned(moves: Sequence[PriceMove], text: str) -> tuple[PriceMove, ...]:
    """Return moves in which a price that moves on by a percent is the old one, with the new one reckoned."""
    olds = {
        price.amount
        for match in MENTION.finditer(text)
        if (price := price_of(match)) and _MOVED_BY.match(text, match.end())
    }
    return tuple(_reckoned(move) if move.after and move.after.amount in olds else move for move in moves)


def _reckoned(move: PriceMove) -> PriceMove:
    if move.before is not None or move.stated_percent is None or move.after is None or not move.after.amount:
        return move
    new = move.after.amount * (1 + move.stated_percent / 100)
    return replace(
        move, before=move.after, after=replace(move.after, amount=new.quantize(_CENT)), stated_percent=None
    )
