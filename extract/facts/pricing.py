"""Prices: plan, amount, currency, period and unit, from tables, cards, lists, sentences and schema.org
offers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from extract.facts.price_cards import (
    LABELLED,
    PLAN_WORDS,
    holding_money,
    is_no_tag,
    plan_above,
    plan_around,
    price_card,
)
from extract.facts.price_periods import stated_period
from extract.facts.price_tables import (
    CONTACT,
    FREE,
    NO_PLAN,
    note_of,
    price_record,
    price_row,
    stated_currency,
)
from extract.reading.cards import Cards, lines_of
from extract.reading.piece import Piece, Reading
from extract.reading.schema_org import items_of
from extract.values.money import Money, find_money, period_in
from store.kinds import BlockKind, FactKind, PageType
from store.records import Fact

_HEADED_TEXT = 90  # characters; a longer paragraph that names an amount is no price tag
#: A line that says for what and how long the amount on its card is: ``per user / month``.
_SAYS_PERIOD = re.compile(r"^(?:/|(?:per|pro|par|por|je|each)\b).{2,40}$", re.I)
_PER_TIME = re.compile(
    r"(?:\bper|\bpar|\bpor|\bpro|\bje|/)\s*(?:hour|day|week|month|year|annum|heure|jour|semaine|mois|an|hora|d[ií]a|"
    r"semana|mes|año|stunde|tag|woche|monat|jahr|dag|maand|jaar)\b|\b(?:hourly|daily|weekly|monthly|yearly|mensuels?|"
    r"annuels?|monatlich|jährlich)\b",
    re.I,
)
TABLE_ROWS = 60  # rows through which the line above them is looked for
_SUBJECT = re.compile(r"^(?P<subject>.{2,70}?)\s+(?:pricing|prices?|costs?|fees?)$", re.I)


def read_prices(reading: Reading, page_type: PageType) -> Iterator[Fact]:
    """Yield a price fact for every plan that the page gives an amount, or calls free or on request."""
    shown = list(_shown(reading, page_type))
    yield from (fact for fact in _from_schema(reading) if not _is_shown(fact, shown))
    yield from shown


def _is_shown(offer: Fact, shown: Sequence[Fact]) -> bool:
    """Return whether a plan of the page is what an offer names with the firm's name: ``Quillstack Team``."""
    return any(
        offer.name.casefold().endswith(f" {fact.name.casefold()}")
        and all(offer.attributes.get(key) == fact.attributes.get(key) for key in ("amount", "currency"))
        for fact in shown
    )


def _shown(reading: Reading, page_type: PageType) -> Iterator[Fact]:
    currency = stated_currency(reading.pieces)
    period = stated_period(reading.pieces) if page_type is PageType.PRICING else ""
    plans_only = page_type is not PageType.PRICING
    cards = Cards(reading.pieces)
    for index, piece in enumerate(reading.pieces):
        if plans_only and not _PERIODIC.search(piece.text):
            continue
        for plan, money, note in _tags(index, piece, cards, currency):
            name = _clean(plan)
            if name:
                untimed = money is not None and period and not (money.period or money.unit)
                attributes = {
                    **(money.attributes() if money else {}),
                    **({"period": period} if untimed else {}),
                }
                if note:
                    attributes["note"] = note
                yield Fact(kind=FactKind.PRICE, name=name, attributes=attributes, quote=piece.text)


_PERIODIC = re.compile(
    r"(?:[$€£]\s?\d|\d\s?€).{0,25}(?:(?:/|per\s|a\s)\s*(?:mo|month|yr|year|user|seat|(?:\w+ )?\w+ (?:and|per|/) "
    r"(?:month|year))|"
    r"(?:im|pro|je|/)\s*(?:monat|jahr)|mtl\b|monatlich|(?:par|/)\s*(?:mois|an)\b|(?:al|por|/)\s*(?:mes|año)\b|"
    r"(?:per|/)\s*(?:maand|jaar|mese|anno)\b)",
    re.I,
)


def _tags(index: int, piece: Piece, cards: Cards, currency: str) -> Iterator[tuple[str, Money | None, str]]:
    if piece.kind is BlockKind.ROW and len(piece.parts) > 1:
        yield from _timed(price_row(piece), lambda: _above_table(index, piece, cards))
    elif piece.head and piece.parts and (found := tuple(price_record(piece, currency))):
        yield from found
    elif len(piece.parts) > 1:
        yield from price_card(piece)
    elif piece.kind in (
        BlockKind.ROW,
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
        BlockKind.ITEM,
        BlockKind.OPTION,
    ):
        yield from _line(index, piece, cards)


def _timed(
    prices: Iterator[tuple[str, Money | None, str]], above: Callable[[], str]
) -> Iterator[tuple[str, Money | None, str]]:
    """Yield the prices of a row, with the period that the caption or the heading of their table states."""
    for plan, money, note in prices:
        untimed = money is not None and not money.period
        said = _PER_TIME.search(above()) if untimed else None
        timed = replace(money, period=period_in(said.group(0))) if money is not None and said else money
        yield plan, timed, note


def _above_table(index: int, piece: Piece, cards: Cards) -> str:
    """Return the short line that stands in a table before its rows, else the heading above it."""
    number = index - 1
    while number >= 0 and cards.piece(number).group == piece.group and index - number < TABLE_ROWS:
        other = cards.piece(number)
        if other.kind is BlockKind.PARAGRAPH:
            return other.text if len(other.text) <= _HEADED_TEXT else ""
        number -= 1
    return piece.path[-1] if piece.path else ""


def _line(index: int, piece: Piece, cards: Cards) -> Iterator[tuple[str, Money | None, str]]:
    text = piece.text
    money = holding_money(text)
    priced = money is not None or bool(CONTACT.match(text)) or bool(FREE.match(text))
    if not priced:
        return
    carded = plan_around(index, cards) if piece.kind is not BlockKind.OPTION else ""
    head = carded or plan_above(piece)
    listed = piece.kind is BlockKind.ITEM and not carded
    if CONTACT.match(text) and head and not listed:
        yield head, None, "contact"
        return
    heads = piece.kind is BlockKind.HEADING or bool(carded)
    if FREE.match(text) and head and heads and text.casefold() != head.casefold():
        yield head, None, "free"
        return
    if money is None:
        return
    subject = _SUBJECT.match(piece.path[-1]) if piece.path else None
    if subject and piece.kind is BlockKind.PARAGRAPH and money.start <= 60 and len(text) <= 2 * _HEADED_TEXT:
        yield subject.group("subject"), money, note_of(text)
        return
    label = LABELLED.match(text)
    plan = label.group("plan") if label and label.end() >= money.start - 3 else ""
    if plan and len(plan.split()) <= PLAN_WORDS and not NO_PLAN.match(plan.strip()):
        yield plan, money, note_of(text)
        return
    if money.start <= 12 and len(text) <= _HEADED_TEXT and head and not is_no_tag(text, money):
        yield head, _with_following(index, piece, cards, money), note_of(text)


def _with_following(index: int, piece: Piece, cards: Cards, money: Money) -> Money:
    """Return an amount with the period that the next line of its card states."""
    around = cards.around(index)
    place = next((number for number, other in enumerate(around) if other is piece), -1)
    following = around[place + 1].text if 0 <= place < len(around) - 1 else ""
    if money.period or next(find_money(following), None):
        return money
    if following and len(following) <= _HEADED_TEXT:
        money = next(find_money(f"{piece.text} {following}"), money)
    said = next((line.text for line in lines_of(around) if _SAYS_PERIOD.match(line.text)), "")
    return next(find_money(f"{piece.text} {said}"), money) if said and not money.period else money


def _clean(plan: str) -> str:
    name = re.sub(r"[*_`]+|\[|\]\([^)]*\)|\s*\((?:monthly|annual|most popular|popular)\)", "", plan)
    name = re.sub(r"^(?:the|our|-|\+|\d+\.)\s+", "", name.strip(" \t:-–—|*•"), flags=re.I)
    name = re.sub(r"\s+(?:plan|tier)$", "", name, flags=re.I).strip(" :-–—|*•")
    if len(name) < 2 or len(name) > 90 or NO_PLAN.match(name) or next(find_money(name), None):
        return ""
    return name


def _from_schema(reading: Reading) -> Iterator[Fact]:
    for item in items_of(reading.structured, ("Product", "SoftwareApplication", "Service", "WebApplication")):
        offers = item.get("offers")
        for offer in offers if isinstance(offers, list) else [offers]:
            if isinstance(offer, dict) and offer.get("price") is not None:
                yield from _offer(item, offer, reading.pieces)


def _offer(item: dict[str, object], offer: dict[str, object], pieces: Sequence[Piece]) -> Iterator[Fact]:
    name = str(offer.get("name") or item.get("name") or "")
    price = str(offer["price"])
    holder = next((piece for piece in pieces if price.rstrip("0").rstrip(".") in piece.text), None)
    # An offer that the page does not show has no block to quote.
    if name and holder and re.fullmatch(r"\d+(?:\.\d+)?", price):
        amount = price.rstrip("0").rstrip(".") if "." in price else price
        attributes = {"amount": amount, "currency": str(offer.get("priceCurrency") or "USD")}
        yield Fact(kind=FactKind.PRICE, name=name, attributes=attributes, quote=holder.text)
