# ruff: noqa: E501 (a pattern or word list is read as one line)
"""Price cards, flattened to lines: a name, its price, what it holds, card after card; or a line each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from classify.rules.plans import named_plan
from classify.rules.prices.card_lines import BESIDE, FREE, MOST_WORDS, Card, listed, price_alone, with_periods
from classify.rules.prices.mentions import MENTION, price_of
from classify.rules.prices.periods import common_period
from classify.signals import Price, PriceMove

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
#: A line that tells the price by the month where the one above it is paid by the year.
_MONTHLY = re.compile(
    r"(?:\bor\s+|^\W*|[.,;(]\s*)(?P<sum>[^\s\d]{0,3}\d[\d.,]*\s?[€£]?)\s*(?:(?:/|per|a)\s*\w+\s*)*(?:(?:if|when)\s+)?(?:(?:you\s+)?(?:billed|paid|pay|paying)\s+(?:monthly|by\s+the\s+month|month\s+to\s+month)|month[\s-]to[\s-]month|monthly)\b",
    re.IGNORECASE,
)
_OR = re.compile(r"^or\s+", re.IGNORECASE)
_FOR_ALL = re.compile(
    r"(?:^\W*|[(,]\s*)(?:all\s+|prices?\s+|charged\s+|billed\s+)*(?:(?P<adverb>monthly|yearly|weekly|hourly)(?=\s*[,.;)]|\s*$)|per\s+(?:\w+\s+per\s+)?(?P<unit>month|year|week|hour|day|night|segment|minute|message|call|request|gb)(?=\s*[,.;)]|\s*$))",
    re.IGNORECASE,
)
_ADVERBS = {"monthly": "month", "yearly": "year", "weekly": "week", "hourly": "hour"}
FEWEST = 2  # Cards; a single one is read as a sentence is.


def find_cards(text: str, own: Iterable[str] = ()) -> tuple[PriceMove, ...]:
    """Return the standing prices of cards or of lines of a name and its price; empty where a text is no such list.

    A text that holds a sum outside of them is no such list: what it tells of prices goes beyond their standing.
    """
    if "\n" not in text:
        return ()
    lines = [line.strip() for line in _TITLE.sub("\n", text, count=1).splitlines()]
    cards = _stacked(with_periods(lines)) or listed(lines)
    if len(cards) < FEWEST:
        return ()
    own, period = tuple(own), common_period(text) or _said_apart(lines)
    currencies = {card.price.currency for card in cards} - {None}
    currency = currencies.pop() if len(currencies) == 1 else None
    moves = [
        PriceMove(
            plan=named_plan(card.name, own),
            before=_whole(card.before, currency, card.price.period or period) if card.before else None,
            after=_whole(card.price, currency, period),
        )
        for card in cards
    ]
    names = {(move.plan.casefold(), move.after.period if move.after else None) for move in moves}
    is_told = len(names) == len(moves) and not any(_NO_NAME.search(name) for name, _ in names)
    return tuple(moves) if is_told else ()


def _whole(price: Price, currency: str | None, period: str | None) -> Price:
    """Return a price with the currency and the period that are said once for all; what is free has no period."""
    return Price(
        amount=price.amount,
        currency=price.currency or currency,
        period=price.period or (period if price.amount else None),
    )


def _said_apart(lines: Sequence[str]) -> str | None:
    """Return the period of a line without a sum: "monthly, router included", "(SMS, per segment)"."""
    for line in lines:
        found = None if MENTION.search(line) else _FOR_ALL.search(line)
        if found:
            word = (found["adverb"] or found["unit"]).lower()
            return _ADVERBS.get(word, word)
    return None


def _stacked(lines: Sequence[str]) -> list[Card]:
    """Return the cards of lines that hold a name, perhaps a word on it, then a price alone."""
    found: list[Card] = []
    start, is_parted = 0, "" in lines
    offset: int | None = None
    for place, line in enumerate(lines):
        struck = _struck(line)
        price = struck.price if struck else None if _names_free(lines, place) else price_alone(line)
        if price is None:
            if found and (monthly := _paid_monthly(line)) is not None:
                found[-1] = replace(found[-1], price=replace(monthly, period="month"))
            elif found and (again := _again(found[-1], lines[start:place], line)) is not None:
                found.append(again)
                start = place + 1
            elif MENTION.search(line) and not _PAYING.match(line) and not BESIDE.match(line):
                return []
            continue
        again = _again(found[-1], lines[start:place], line) if found else None
        if again is not None:
            found.append(again)
            start = place + 1
            continue
        above = [other for other in lines[start:place] if not MENTION.search(other)]
        name = _name(above, is_parted, offset)
        if name is None:
            return []
        if not found:
            offset = next((len(above) - at for at, other in enumerate(above) if other == name), None)
        found.append(Card(name=name, price=price, before=struck.before if struck else None))
        start = place + 1
    return found


def _again(last: Card, between: Sequence[str], line: str) -> Card | None:
    """Return the price of the card before for another time: "$9 / month" over "$99 / year"."""
    price = None if any(between) else price_alone(_OR.sub("", line))
    times = {price.period if price else None, last.price.period}
    return Card(name=last.name, price=price) if price and len(times) == 2 and None not in times else None


def _struck(line: str) -> Card | None:
    """Return the two prices of "$29 $19 /month", the first of which is struck out."""
    found = list(MENTION.finditer(line))
    if len(found) != 2 or found[0].start() or line[found[0].end() : found[1].start()].strip(" ~"):
        return None
    before, after = price_of(found[0]), price_alone(line[found[1].start() :])
    is_less = before and after and before.amount and after.amount and after.amount < before.amount
    return Card(name="", price=after, before=before) if before and after and is_less else None


def _paid_monthly(line: str) -> Price | None:
    """Return the price by the month of a line below one that is paid by the year: "billed annually, or $20 monthly"."""
    found = _MONTHLY.search(line)
    match = MENTION.match(line, found.start("sum")) if found else None
    return price_of(match) if match else None


def _names_free(lines: Sequence[str], place: int) -> bool:
    """Return True for the "Free" over "$0": the name of a card, no price."""
    if not FREE.fullmatch(lines[place]):
        return False
    below = price_alone(next((line for line in lines[place + 1 :] if line), ""))
    return below is not None and below.currency is not None and not below.amount


def _name(above: Sequence[str], is_parted: bool, offset: int | None) -> str | None:
    """Return the name among the lines since the price above: the first of a card that a gap parts off, else one in
    capitals, one as far above its price as in the card before, or the nearest.
    """
    block: list[str] = []
    for line in reversed(above):
        if not line and block:
            break
        if line and not _LABEL.fullmatch(line):
            block.append(line)
    block = [line for line in block if _is_name(line) or line == ""]
    if not is_parted:
        capitals = [line for line in block if line.isupper()]
        level = above[-offset] if offset and offset <= len(above) else ""
        block = capitals or ([level] if level in block else block)
    return next(iter(reversed(block) if is_parted else block), None)


def _is_name(line: str) -> bool:
    return (
        line[0].isalnum()
        and not line[0].islower()
        and len(line.split()) <= MOST_WORDS
        and not _TOLD.search(line)
        and not set(line) & set(",|")
    )
