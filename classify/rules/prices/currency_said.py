"""Whose dollars or crowns a text means that says so once for all its sums: "in Canadian dollars", "prices in NOK"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from classify.signals import Price, PriceMove

#: What a sign alone is taken for, and whose it may be instead.
_MEANT: Final = {
    "USD": frozenset(["CAD", "AUD", "NZD", "SGD", "HKD"]),
    "SEK": frozenset(["NOK", "DKK"]),
    "JPY": frozenset(["CNY"]),
}
_NAMED: Final = {
    "canadian": "CAD", "australian": "AUD", "aussie": "AUD", "new zealand": "NZD", "singapore": "SGD",
    "hong kong": "HKD", "norwegian": "NOK", "danish": "DKK", "chinese": "CNY",
}  # fmt: skip
_COINS: Final = r"(?:dollars?|kron(?:er|or)|crowns?|yuan)"
_SAID = re.compile(
    rf"\b(?P<whose>{'|'.join(name.replace(' ', r'[ ]') for name in _NAMED)})\s+{_COINS}\b", re.IGNORECASE
)
#: A code that stands beside no sum, which would be that sum's own: "(AUD, ex GST)", "prices in NOK".
_CODE = re.compile(r"(?<![\d.,]\s)(?<![\d.,])\b(?P<code>CAD|AUD|NZD|SGD|HKD|NOK|DKK|CNY)\b(?!\s?\d)")
#: Where American dollars are named as well, a sign alone may be theirs.
_AMERICAN = re.compile(r"\bUSD\b|\bUS\s?\$|\bU\.?S\.?\s+dollars?\b", re.IGNORECASE)


def with_said_currency(moves: Sequence[PriceMove], text: str) -> tuple[PriceMove, ...]:
    """Return moves whose bare "$" or "kr" is the one that a text says it is; unchanged if it says nothing."""
    said = {_NAMED[match["whose"].lower()] for match in _SAID.finditer(text)}
    said |= {match["code"] for match in _CODE.finditer(text)}
    if len(said) != 1 or _AMERICAN.search(text):
        return tuple(moves)
    currency = said.pop()
    return tuple(
        replace(move, before=_of(move.before, currency), after=_of(move.after, currency)) for move in moves
    )


def _of(price: Price | None, currency: str) -> Price | None:
    is_meant = price is not None and currency in _MEANT.get(price.currency or "", frozenset())
    return replace(price, currency=currency) if price is not None and is_meant else price
