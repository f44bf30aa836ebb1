"""Tables of prices, flattened to text: a head that says what each column is, then rows of a name and its prices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum, auto
from typing import Final

from classify.rules.money import CURRENCIES, NUMBER, read_number
from classify.rules.plans import named_plan
from classify.rules.prices.mentions import MENTION, price_of, with_period
from classify.rules.prices.periods import common_period
from classify.rules.words import DATES
from classify.signals import Price, PriceMove

_CELL = re.compile(r"\s*(?:\||\t|;(?=\s)|\s{3,}|(?<=\s)[·•](?=\s))\s*")
_RULE = re.compile(r"[\s|:+=–—-]*")
_MONTHS = "|".join(
    sorted({*DATES, "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"})
)
_OLD = re.compile(
    r"\b(?:old|current(?:ly)?|existing|previous(?:ly)?|former(?:ly)?|before|until|till|through|to\s+date|today|was|present|at\s+present|so\s+far|earlier|bisher|alt|prior|legacy)\b",
    re.IGNORECASE,
)
_NEW = re.compile(
    rf"\b(?:new|from|as\s+of|as\s+from|after|effective|revised|updated|starting|beginning|going\s+forward|next|neu|ab|will\s+be|proposed|tomorrow|then|(?<!until\s)(?<!till\s)(?:{_MONTHS})\.?\s+\d)\b",
    re.IGNORECASE,
)
_NOW = re.compile(r"\bnow\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(20\d\d)\b")
_MONTHLY = re.compile(r"\bmonth(?:ly)?\b|/\s*mo\b|\bmonat\w*", re.IGNORECASE)
_YEARLY = re.compile(r"\b(?:annual(?:ly)?|year(?:ly)?)\b|/\s*yr\b|\bjahr\w*", re.IGNORECASE)
_PRICE = re.compile(
    r"\b(?:prices?|fees?|rates?|costs?|tariffs?|charges?|amount|preis|per|list)\b", re.IGNORECASE
)
_BESIDE = re.compile(
    r"\b(?:change|difference|increase|saving|save|discount|storage|seats?|users?|limit|users|notes?|%|speed|min\.?|minimum|deposit|setup|one-off)\b|[Δ±]",
    re.IGNORECASE,
)
_CURRENCY = re.compile(
    rf"(?:{'|'.join(re.escape(name) for name in sorted(CURRENCIES, key=len, reverse=True))})(?!\w)",
    re.IGNORECASE,
)
_BARE = re.compile(rf"(?<![\w.,])(?:{NUMBER})(?![\w%])")
_FREE = re.compile(r"\b(?:free|gratis|none|included)\b|^0$", re.IGNORECASE)
#: A cell that holds the old price as well.
_TWO = re.compile(r"→|->|~~|\(\s*\D?[\d.,]+\D?\s*\)|\b(?:was|old|instead|from|previously)\b", re.IGNORECASE)
_NO_NAME: Final = re.compile(r"(?:[\s*•\-–—~+>]|\d\.\s)*")


class _Column(Enum):
    NAME = auto()
    OLD = auto()
    NEW = auto()
    BESIDE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    """What one column holds."""

    column: _Column
    period: str | None = None
    currency: str | None = None


def find_table(text: str, own: Iterable[str] = ()) -> tuple[PriceMove, ...]:
    """Return the moves of the first table of prices in a text; empty if there is none whose head says what is what."""
    own = tuple(own)
    rows = [_cells(line) for line in text.splitlines()]
    for place, cells in enumerate(rows):
        heads = _heads(cells)
        if heads is not None:
            found = [move for row in rows[place + 1 :] for move in _row(row, heads, own)]
        elif _heads_within(cells) is not None:
            each = [(row, _heads_within(row)) for row in rows[place:]]
            found = [move for row, within in each if within for move in _row(row, within, own)]
        else:
            continue
        if found:
            return tuple(_whole(found, text, " ".join(cells)))
    return ()


def _cells(line: str) -> list[str]:
    line = line.strip()
    if line.startswith("|") and line.endswith("|"):
        line = line[1:-1]
    line = re.split(r"[.:]\s+(?=[A-Z][\w ]* \|)", line)[-1]  # "Prices from May. Plan | Old | New"
    return [] if _RULE.fullmatch(line) else [cell.strip(" *_") for cell in _CELL.split(line)]


def _heads(cells: Sequence[str]) -> list[_Head] | None:
    """Return what the columns hold; None if the cells are no head of prices."""
    if len(cells) < 2 or any(MENTION.search(cell) for cell in cells):
        return None
    years = [int(found[1]) for cell in cells if (found := _YEAR.search(cell))]
    heads = [_head(cell, place, years) for place, cell in enumerate(cells)]
    columns = [head.column for head in heads]
    told = [head for head in heads if head.column in {_Column.OLD, _Column.NEW}]
    if columns[0] is not _Column.NAME or not told or columns.count(_Column.NAME) > 1:
        return None
    return heads


def _heads_within(cells: Sequence[str]) -> list[_Head] | None:
    """Return what the cells of a row say of themselves: "Basic | now $79 | from 1 Oct $84"; None if they do not."""
    if len(cells) < 3 or MENTION.search(cells[0]):
        return None
    words = [MENTION.sub("", cell) for cell in cells]
    heads = [_head(said, place, (0,)) for place, said in enumerate(words)]
    columns = {head.column for head in heads[1:]}
    return heads if {_Column.OLD, _Column.NEW} <= columns else None


def _head(cell: str, place: int, years: Sequence[int]) -> _Head:
    period = "month" if _MONTHLY.search(cell) else "year" if _YEARLY.search(cell) else None
    found = _CURRENCY.search(cell)
    currency = CURRENCIES.get(found.group().lower()) if found else None
    year = _YEAR.search(cell)
    if place == 0:
        return _Head(column=_Column.NAME, period=period, currency=currency)
    if _BESIDE.search(cell) and not _PRICE.search(cell):
        return _Head(column=_Column.BESIDE)
    if year and len(set(years)) > 1:
        column = _Column.NEW if int(year[1]) == max(years) else _Column.OLD
    elif _OLD.search(cell):
        column = _Column.OLD
    elif _NEW.search(cell) or period or currency or _PRICE.search(cell):
        column = _Column.NEW
    elif _NOW.search(cell):
        column = _Column.OLD if len(years) else _Column.NEW
    else:
        return _Head(column=_Column.BESIDE)
    return _Head(column=column, period=period, currency=currency)


def _row(cells: Sequence[str], heads: Sequence[_Head], own: tuple[str, ...]) -> Iterator[PriceMove]:
    """Yield the moves of a row: its new prices, each with the old one of the same currency and period."""
    if len(cells) < 2 or len(cells) > len(heads) or MENTION.search(cells[0]):
        return
    plan = named_plan(_NO_NAME.sub("", cells[0], count=1), own)
    prices: dict[_Column, list[Price]] = {_Column.OLD: [], _Column.NEW: []}
    for cell, head in zip(cells[1:], heads[1:], strict=False):
        if head.column not in prices:
            continue
        for column, said in _sides(cell, head):
            price = _price(said, head)
            if price is not None:
                prices[column].append(price)
    olds, news = prices[_Column.OLD], prices[_Column.NEW]
    has_old = bool(olds) or any(head.column is _Column.OLD for head in heads)
    if not news and any(head.column is _Column.NEW for head in heads):
        return
    if not news:
        news, olds = olds, []
    for place, new in enumerate(news):
        old = olds[place] if len(olds) == len(news) else None
        if has_old and old is None and olds:
            continue
        if old is None or old.amount != new.amount:
            yield PriceMove(plan=plan, before=old, after=new)


def _sides(cell: str, head: _Head) -> list[tuple[_Column, str]]:
    """Return the parts of a cell: of "$18 (was $15)", "~~$18~~ $15" and "$15 → $18" both prices."""
    places = [match.start() for match in MENTION.finditer(cell)]
    if len(places) != 2 or not _TWO.search(cell):
        return [(head.column, cell)]
    one, two = cell[: places[1]], cell[places[1] :]
    is_behind = re.search(
        r"\(|\bwas\b|\bold\b|\binstead\b|\bfrom\b|\bpreviously\b", cell[places[0] : places[1]]
    )
    return [(_Column.NEW, one), (_Column.OLD, two)] if is_behind else [(_Column.OLD, one), (_Column.NEW, two)]


def _price(cell: str, head: _Head) -> Price | None:
    found = MENTION.search(cell)
    price = price_of(found) if found else None
    if found and price:
        price = with_period(price, cell, found.end())
    elif (bare := _BARE.search(cell)) and (amount := read_number(bare.group())) is not None:
        price = Price(amount=amount)
    elif _FREE.search(cell):
        price = Price(amount=Decimal(0))
    if price is None:
        return None
    return replace(price, currency=price.currency or head.currency, period=price.period or head.period)


def _whole(moves: Sequence[PriceMove], text: str, head: str) -> list[PriceMove]:
    """Return moves with the currency and the period that are said once for all."""
    prices = [price for move in moves for price in (move.before, move.after) if price]
    currencies: Mapping[str, None] = dict.fromkeys(price.currency for price in prices if price.currency)
    named = _CURRENCY.search(head)
    currency = (
        next(iter(currencies), None)
        or (CURRENCIES.get(named.group().lower()) if named else None)
        or _said_in(text)
    )
    period = common_period(text)
    return [
        replace(
            move,
            before=_filled(move.before, move.after, currency, period),
            after=_filled(move.after, move.before, currency, period),
        )
        for move in moves
    ]


def _said_in(text: str) -> str | None:
    found = re.search(
        r"\b(?:in|prices?\s+in|all\s+in)\s+(US\s+dollars|[A-Z]{3}|euros?|pounds|dollars)\b", text
    )
    return CURRENCIES.get(found[1].lower()) if found else None


def _filled(
    price: Price | None, other: Price | None, currency: str | None, period: str | None
) -> Price | None:
    if price is None:
        return None
    other = other or price
    return replace(
        price,
        currency=price.currency or other.currency or currency,
        period=price.period or other.period or period,
    )
