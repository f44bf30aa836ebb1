"""Features and limits of plans, and products on offer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.facts.price_cards import plan_around, plan_of_card, plan_on_card
from extract.reading.cards import Cards
from extract.reading.piece import Piece, Reading
from extract.values.money import find_money
from extract.values.ticks import says_no
from store.kinds import BlockKind, FactKind, PageType
from store.records import Fact

_FIGURE = re.compile(
    r"(?:\b(?:up to|over|more than|unlimited|no)\b\s*)?\d[\d,.]*\s*(?:[kKmMgGtTpP]?[bB]\b|[km]\b)?|"
    r"\bunlimited\b",
    re.I,
)
_STATED = re.compile(r"(?P<name>[^:\d]{2,40}):\s+(?P<value>\S.{0,40})")
_INCLUDED = re.compile(
    r"\b(?:included|incl|inklusive|inclus\w*|incluid\w*|inclusief|then|free|dann|puis|luego)\b", re.I
)
#: Cells that say that a plan has what the row is about, and that it has not.
_TICK = re.compile(r"[✓✔☑✅●•]|yes|included|ja|oui", re.I)
_ON_REQUEST = re.compile(r"^\W*(?:(?:price )?on request|contact (?:us|sales)|custom|let.?s talk)\W*$", re.I)
#: What plans are called everywhere, and what heads a column of them.
_PLAN_NAME = re.compile(
    r"(?:free|hobby|personal|individual|starter|start|basic|lite|light|essentials?|standard|plus|growth|team|teams|pro|"
    r"professional|premium|advanced|scale|business|company|enterprise|ultimate|unlimited|developer|community|trial|"
    r"kostenlos|gratis|gratuit|équipe|entreprise|unternehmen)(?: (?:plan|tier|tarif))?",
    re.I,
)
_PLAN_HEAD = re.compile(r"(?:plan|tier|edition|package|tarif|paket|offre|formule|plano?)s?(?: name)?", re.I)
MATRIX_ROWS = 3  # rows that make a grid of cards a table
FEATURE_CHARACTERS = 140
PRODUCT_WORDS = 8
#: A longer text is no plan's name.
NAME_CHARACTERS = 40


def read_features(reading: Reading, page_type: PageType) -> Iterator[Fact]:
    """Yield the limits in tables and the items listed below a plan's heading."""
    columns = _tables_by_column(reading)
    cards = Cards(reading.pieces)
    matrix = _matrix(reading.pieces)
    for index, piece in enumerate(reading.pieces):
        if index in matrix:
            yield from _cells(replace(piece, head=matrix[index]), by_column=True)
        elif value := _value_of_term(index, cards):
            yield from _described(index, piece, value, cards)
        elif piece.kind is BlockKind.CARD and piece.parts and not piece.head:
            yield from _on_card(piece)
        elif piece.kind is BlockKind.ROW and not piece.level and len(piece.parts) == len(piece.head):
            yield from _cells(piece, by_column=piece.group in columns)
        elif len(piece.text) <= FEATURE_CHARACTERS and _may_say_feature(piece):
            plan = _plan_of(index, piece, cards)
            if plan and plan != piece.text:
                yield from _item(piece, plan)


def _may_say_feature(piece: Piece) -> bool:
    """Return whether a piece is an item or a line, and no button by itself."""
    button = len(piece.links) == 1 and piece.links[0][0] == piece.text
    return piece.kind is BlockKind.ITEM or (piece.kind is BlockKind.PARAGRAPH and not button)


def _matrix(pieces: Sequence[Piece]) -> dict[int, tuple[str, ...]]:
    """Return the heads of the rows of grids that are made of cards: the first card of a group names its columns."""
    found: dict[int, tuple[str, ...]] = {}
    heads: tuple[int, tuple[str, ...]] | None = None
    for index, piece in enumerate(pieces):
        if piece.kind is not BlockKind.CARD or len(piece.parts) < 2 or piece.head:
            heads = None
        elif heads and heads[0] == piece.group and len(piece.parts) == len(heads[1]):
            found[index] = heads[1]
        elif not any(map(str.isdigit, piece.text)):
            heads = (piece.group, ("", *piece.parts))
    counts = Counter(found.values())
    return {index: head for index, head in found.items() if counts[head] >= MATRIX_ROWS}


def _value_of_term(index: int, cards: Cards) -> Piece | None:
    """Return what stands behind a term in a list of definitions, if it is one value."""
    piece = cards.piece(index)
    around = cards.entry(index) if piece.kind is BlockKind.ITEM and piece.title == piece.text else ()
    return around[1] if len(around) == 2 and around[0] is piece else None


def _described(index: int, piece: Piece, value: Piece, cards: Cards) -> Iterator[Fact]:
    plan = _plan_of(index, piece, cards)
    if plan and len(value.text) <= FEATURE_CHARACTERS and not _priced(value.text):
        yield Fact(
            kind=FactKind.FEATURE,
            name=piece.text.strip(" :").lower(),
            attributes={"plan": plan, "text": value.text},
            quote=value.text,
        )


def _on_card(piece: Piece) -> Iterator[Fact]:
    """Yield the limits on a card that is a plan: its lines with a figure that is no price."""
    plan = plan_of_card(piece)
    for part in piece.parts if plan else ():
        if part != plan and len(part) <= FEATURE_CHARACTERS and _FIGURE.search(part):
            yield from _item(replace(piece, text=part), plan, quote=piece.text)


def _plan_of(index: int, piece: Piece, cards: Cards) -> str:
    """Return the plan that a line belongs to: of its card if that names a price, else of the heading above an item."""
    for circle in cards.circles(index):
        priced = next((number for number in circle if next(find_money(cards.piece(number).text), None)), None)
        if priced is not None:
            around = [cards.piece(number) for number in circle]
            if plan := plan_around(priced, cards) or plan_on_card(around):
                return plan
    return piece.path[-1] if piece.kind is BlockKind.ITEM and piece.path else ""


def read_products(reading: Reading, page_type: PageType) -> Iterator[Fact]:
    """Yield a product for each small heading of a product page, alone or inside a card or an item."""
    for piece in reading.pieces:
        heads = piece.kind is BlockKind.HEADING and piece.level in (2, 3)
        name = piece.text if heads else piece.title
        if name and len(name.split()) <= PRODUCT_WORDS:
            yield Fact(kind=FactKind.PRODUCT, name=name, quote=piece.text)


def read_limits(reading: Reading, page_type: PageType) -> Iterator[Fact]:
    """Yield the limits of plans that a page of any other type tabulates: its columns or its rows bear plans' names."""
    for piece in reading.pieces:
        if piece.kind is not BlockKind.ROW or piece.level or len(piece.parts) != len(piece.head):
            continue
        across = sum(_PLAN_NAME.fullmatch(head.strip()) is not None for head in piece.head[1:])
        if across and across * 2 >= len(piece.head) - 1 and len(piece.head) > 2:
            yield from _cells(piece, by_column=True)
        elif _PLAN_HEAD.fullmatch(piece.head[0].strip()):
            yield from _cells(piece, by_column=False)


def _tables_by_column(reading: Reading) -> frozenset[int]:
    """Return the groups of the tables whose columns are plans: a row prices several, or ticks them off."""
    rows = [piece for piece in reading.pieces if piece.kind is BlockKind.ROW and not piece.level]
    named = {
        p.text.casefold()
        for p in reading.pieces
        if p.kind is not BlockKind.ROW and len(p.text) <= NAME_CHARACTERS
    }
    named |= {piece.title.casefold() for piece in reading.pieces if piece.title}
    return frozenset(
        piece.group
        for piece in rows
        if _goes_across(piece.parts[1:]) or _goes_across(piece.head[1:]) or _heads_are_named(piece, named)
    )


def _heads_are_named(piece: Piece, named: set[str]) -> bool:
    """Return whether the columns of a table bear names that stand elsewhere on the page, as its plans do."""
    known = sum(head.casefold() in named for head in piece.head[1:])
    return known > 1 and known * 2 >= len(piece.head) - 1 and piece.parts[0].casefold() not in named


def _goes_across(cells: tuple[str, ...]) -> bool:
    priced = sum(next(find_money(cell), None) is not None for cell in cells)
    ticked = [cell for cell in cells if _TICK.fullmatch(cell.strip()) or says_no(cell)]
    return priced > 1 or (len(ticked) > 1 and len(ticked) == len(cells))


def _cells(piece: Piece, *, by_column: bool) -> Iterator[Fact]:
    label = piece.parts[0].strip()
    for head, cell in zip(piece.head[1:], piece.parts[1:], strict=True):
        name, plan = (label, _without_price(head)) if by_column else (head, label)
        if name and plan and 0 < len(cell) <= 60 and (by_column or not says_no(cell)) and not _priced(cell):
            yield Fact(
                kind=FactKind.FEATURE, name=name, attributes={"plan": plan, "text": cell}, quote=piece.text
            )


def _without_price(head: str) -> str:
    """Return the plan that heads a column, without the price that may stand behind it."""
    money = next(find_money(head), None)
    return head[: money.start].strip(" –—-:(") or head if money else head


def _priced(cell: str) -> bool:
    return next(find_money(cell), None) is not None or bool(_ON_REQUEST.search(cell))


def _item(piece: Piece, plan: str, *, quote: str = "") -> Iterator[Fact]:
    text = re.sub(r"^[-*+]\s+", "", piece.text)
    money = next(find_money(text), None)
    # What is included comes first, and what more of it costs behind.
    counted = text[: money.start] if money else text
    if money and not (_FIGURE.match(counted) and _INCLUDED.search(counted)):
        return
    name = re.sub(r"\s+", " ", _FIGURE.sub("", counted)).strip(" -–—:*_,✓✔✗✘").lower()
    if stated := _STATED.fullmatch(text):
        # A label with its value is one feature, whatever the value is.
        name, text = stated.group("name").lower(), stated.group("value")
    if len(name) > 2:
        yield Fact(
            kind=FactKind.FEATURE,
            name=name,
            attributes={"plan": plan, "text": text},
            quote=quote or piece.text,
        )
