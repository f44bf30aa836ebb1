"""Lines of price lists: a name and its price each, with what lies between; and the price alone on a line of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from classify.rules.prices.mentions import MENTION, PER, period_of, price_of, with_period
from classify.rules.prices.periods import tail_of
from classify.signals import Price

#: What may stand before a price that has a line of its own, and behind it.
_AHEAD: Final = re.compile(r"\s*(?:from|starting (?:at|from)|just|only|now)?\s*", re.IGNORECASE)
_BEHIND: Final = re.compile(
    r"(?:,?\s*per\s+[a-z]+)?[\s,;.*(]*(?:(?:(?:when|if)\s+)?(?:billed|paid|invoiced)\s+\w+|(?:excl|incl|plus|ex)\b[\w\s.]*|\+\s*vat|usd|eur|gbp)?[\s.)*]*",
    re.IGNORECASE,
)
FREE: Final = re.compile(r"\s*(?:free|gratis|free forever)\s*(?:forever)?[.!]?\s*", re.IGNORECASE)
#: What is charged beside the prices of a list, and is none of them.
BESIDE: Final = re.compile(
    r"\W*(?:minimum|min\.|set-?up|one-?off|joining|activation|deposit|late\b|cancellation|install\w*|additional\s+fees?)\b",
    re.IGNORECASE,
)
_BULLET: Final = re.compile(r"^[\s\-*•►▸–—·✓]+(?=\w|\.\w)")
_LINE: Final = re.compile(r"(?P<name>\.?[^\d\s:|][^:|]{0,60}?)\s*(?::|\s[–—-])\s+(?P<price>.+)")
#: "XS | 1 vCPU | 3,29 €", "Good    100/100   $65", "hobby box ...... $0", "Solo: 10 monitors, $0".
_APART: Final = re.compile(
    r"(?P<name>\.?[^\s:|,.…](?:[^:|,.…\n]|\.(?=\w)){0,40}?)(?:\s*:\s+|\s*\|\s*|\s{2,}|\s*(?:\.{3,}|…+)\s*|\t|\s[–—-]\s)(?P<more>[^$€£]*?)$"
)
_PERIOD_LINE: Final = re.compile(PER, re.IGNORECASE)
_TELLS: Final = re.compile(
    r"\b(?:is|are|was|were|will|costs?|goes|rises?|drops?|from|to|now|until|up|down|than)\b", re.IGNORECASE
)
MOST_WORDS: Final = 5  # Of a name; longer lines describe.


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A name with its price, and the old price that is struck out before it."""

    name: str
    price: Price
    before: Price | None = None


def price_alone(line: str) -> Price | None:
    """Return the price of a line that holds nothing else."""
    if FREE.fullmatch(line):
        return Price(amount=Decimal(0))
    ahead = _AHEAD.match(line)
    found = MENTION.match(line, ahead.end() if ahead else 0)
    price = price_of(found) if found else None
    if found is None or price is None or price.currency is None:
        return None
    end = tail_of(line, found.end())
    return with_period(price, line, found.end()) if _BEHIND.fullmatch(line, end) else None


def with_periods(lines: Sequence[str]) -> list[str]:
    """Return lines with what a price is for, "per user / month", in the line of the price above."""
    found: list[str] = []
    for line in lines:
        match = _PERIOD_LINE.match(f" {line}")
        is_period = match is not None and len(match.group().strip()) > 3 and period_of(match) is not None
        if found and is_period and MENTION.fullmatch(found[-1]) and not MENTION.search(line):
            found[-1] = f"{found[-1]} {line}"
        else:
            found.append(line)
    return found


def listed(lines: Sequence[str]) -> list[Card]:
    """Return the cards of lines that hold a name and its price each: "Geocoding: $0.50 per 1,000 requests"."""
    for reader in (_labelled, _apart):
        found: list[Card] = []
        for line in lines:
            card = reader(_BULLET.sub("", line))
            if card is not None:
                found.append(card)
            elif MENTION.search(line) and not BESIDE.match(line):
                found = []
                break
        if found:
            return found
    return []


def _labelled(line: str) -> Card | None:
    named = _LINE.fullmatch(line)
    price = price_alone(named["price"]) if named else None
    if named is None or price is None or len(named["name"].split()) > MOST_WORDS or BESIDE.match(line):
        return None
    return Card(name=named["name"], price=price)


def _apart(line: str) -> Card | None:
    """Return the card of a line that ends with its only price; a name, what it holds, and the price lie apart."""
    sums = list(MENTION.finditer(line))
    price = price_alone(line[sums[0].start() :]) if len(sums) == 1 else None
    named = _APART.match(line[: sums[0].start()]) if price is not None else None
    if price is None or named is None or BESIDE.match(line) or _TELLS.search(line[: sums[0].start()]):
        return None
    name = named["name"].strip()
    return Card(name=name, price=price) if len(name.split()) <= MOST_WORDS else None
