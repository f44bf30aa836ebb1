# ruff: noqa: E501 (a pattern or word list is read as one line)
"""Price cards, flattened to lines: a name, its price, what it holds, card after card; or a line each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from classify.rules.plans import named_plan
from classify.rules.price_mentions import MENTION, price_of, with_period
from classify.rules.price_periods import common_period, tail_of
from classify.signals import Price, PriceMove

#: What may stand before a price that has a line of its own, and behind it.
_AHEAD = re.compile(r"\s*(?:from|starting (?:at|from)|just|only|now)?\s*", re.IGNORECASE)
_BEHIND = re.compile(
    r"[\s,;.*(]*(?:(?:when\s+)?(?:billed|paid|invoiced)\s+\w+|(?:excl|incl|plus|ex)\b[\w\s.]*|\+\s*vat|usd|eur|gbp)?[\s.)*]*",
    re.IGNORECASE,
)
_FREE = re.compile(r"\s*(?:free|gratis|free forever)\s*(?:forever)?[.!]?\s*", re.IGNORECASE)
#: Lines beside cards that may hold a sum and are no card: how a price is paid, what is saved.
_PAYING = re.compile(
    r"\s*(?:or\b|\(|billed|paid|charged|save|annual|yearly|monthly|plus\b|no\b|all prices|prices\b)",
    re.IGNORECASE,
)
#: Lines between a name and its price that belong to no card's name.
_LABEL = re.compile(
    r"(?:most popular|best value|popular|recommended|new|contact (?:us|sales)|get started|start free|buy now|choose|select)\W*",
    re.IGNORECASE,
)
#: What tells a line about a plan from its name.
_TOLD = re.compile(
    r"^(?:for|with|includes?|everything|up to|unlimited|all|build|sell|get|start|save|ideal|perfect|best|great|no)\b(?=.*\s)|[.!?]$|\b(?:your|our|we)\b",
    re.IGNORECASE,
)
#: What names no plan: nothing, a period over a column, the rest of a phrase.
_NO_NAME = re.compile(
    r"^(?:(?:monthly|yearly|annual(?:ly)?|weekly|prices?|pricing|plans)\W*)?$|\b(?:the|an?|of|for|per)$"
)
#: Where a title goes over into the first line: "Pricing. Personal".
_TITLE = re.compile(r"(?<=\w)\.\s(?=[^\n.]{1,30}\n)")
_LINE = re.compile(r"(?P<name>[^\d\s:|][^:|]{0,60}?)\s*(?::|\s[–—-])\s+(?P<price>.+)")
MOST_WORDS = 5  # Of a name; longer lines describe.
FEWEST = 2  # Cards; a single one is read as a sentence is.


@dataclass(frozen=True, slots=True, kw_only=True)
class _Card:
    name: str
    price: Price


def find_cards(text: str, own: Iterable[str] = ()) -> tuple[PriceMove, ...]:
    """Return the standing prices of cards or of lines of a name and its price; empty where a text is no such list.

    A text that holds a sum outside of them is no such list: what it tells of prices goes beyond their standing.
    """
    lines = [line.strip() for line in _TITLE.sub("\n", text, count=1).splitlines()]
    cards = _stacked(lines) or _listed(lines)
    if len(cards) < FEWEST:
        return ()
    own, period = tuple(own), common_period(text)
    moves = [
        PriceMove(
            plan=named_plan(card.name, own),
            after=Price(
                amount=card.price.amount,
                currency=card.price.currency,
                period=card.price.period or (period if card.price.amount else None),
            ),
        )
        for card in cards
    ]
    names = {move.plan.casefold() for move in moves}
    return (
        tuple(moves) if len(names) == len(moves) and not any(_NO_NAME.search(name) for name in names) else ()
    )


def _stacked(lines: Sequence[str]) -> list[_Card]:
    """Return the cards of lines that hold a name, perhaps a word on it, then a price alone."""
    found: list[_Card] = []
    start, is_parted = 0, "" in lines
    for place, line in enumerate(lines):
        price = None if _names_free(lines, place) else _price_alone(line)
        if price is None:
            if MENTION.search(line) and not _PAYING.match(line):
                return []
            continue
        name = _name(lines[start:place], is_parted)
        if name is None:
            return []
        found.append(_Card(name=name, price=price))
        start = place + 1
    return found


def _names_free(lines: Sequence[str], place: int) -> bool:
    """Return True for the "Free" over "$0": the name of a card, no price."""
    if not _FREE.fullmatch(lines[place]):
        return False
    below = _price_alone(next((line for line in lines[place + 1 :] if line), ""))
    return below is not None and below.currency is not None and not below.amount


def _name(above: Sequence[str], is_parted: bool) -> str | None:
    """Return the name among the lines since the price above: the first of a card that a gap parts off, else the nearest."""
    block: list[str] = []
    for line in reversed(above):
        if not line and block:
            break
        if line and not _LABEL.fullmatch(line):
            block.append(line)
    return next((line for line in (reversed(block) if is_parted else block) if _is_name(line)), None)


def _is_name(line: str) -> bool:
    return (
        line[0].isalnum()
        and not line[0].islower()
        and len(line.split()) <= MOST_WORDS
        and not _TOLD.search(line)
        and not set(line) & set(",|")
    )


def _price_alone(line: str) -> Price | None:
    if _FREE.fullmatch(line):
        return Price(amount=Decimal(0))
    ahead = _AHEAD.match(line)
    found = MENTION.match(line, ahead.end() if ahead else 0)
    price = price_of(found) if found else None
    if found is None or price is None or price.currency is None:
        return None
    end = tail_of(line, found.end())
    return with_period(price, line, found.end()) if _BEHIND.fullmatch(line, end) else None


def _listed(lines: Sequence[str]) -> list[_Card]:
    """Return the cards of lines that hold a name and its price each: "Geocoding: $0.50 per 1,000 requests"."""
    found: list[_Card] = []
    for line in lines:
        named = _LINE.fullmatch(line.lstrip("-*• "))
        price = _price_alone(named["price"]) if named else None
        if named is None or price is None or len(named["name"].split()) > MOST_WORDS:
            if MENTION.search(line):
                return []
            continue
        found.append(_Card(name=named["name"], price=price))
    return found
