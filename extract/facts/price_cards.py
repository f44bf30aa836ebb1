"""Plans and what they cost on one card: its title, the lines before and behind the amount, and the heading above."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import islice

from extract.facts.price_periods import PERIOD_WORD
from extract.facts.price_tables import CONTACT, FREE, NO_PLAN, note_of
from extract.reading.cards import Cards
from extract.reading.piece import Piece
from extract.values.money import Money, find_money

LABELLED = re.compile(r"^\W*(?P<plan>[^:$€£]{2,80}?)\s*(?::|[-–—]\s|\bis\b|\bcosts?\b|\bfor\b|\bat\b|=|"
                       r"\()\s*(?:\*\*)?\s*"
                       r"(?:(?:from|only|just|starting at|priced at|now|will be)\s+)?(?=[$€£¥₹]|(?:US|A|"
                       r"C)\$|(?:USD|EUR|GBP|CHF)\s|\d)", re.I)  # fmt: skip
PLAN_WORDS = 7
#: Words before or after an amount that make it something else than a price.
_NOT_BEFORE = re.compile(
    r"\b(?:save|saving|discount|up to|over|first|minimum|limit|includes?|worth|of)\s*$", re.I
)
_NOT_AFTER = re.compile(
    r"^\s*(?:of\s+)?(?:free\s+|usage\s+)*(?:credits?|off|discount|refund|worth|minimum|in credits?)\b", re.I
)


def price_card(piece: Piece) -> Iterator[tuple[str, Money | None, str]]:
    """Yield the prices of a card, whose name is its title, the line before the amount, or the heading above."""
    name = _own_title(piece)
    label_name = ""
    found: list[tuple[Money | None, str]] = []
    for index, part in enumerate(piece.parts):
        money = next(find_money(part), None)
        if money is None and not (CONTACT.match(part) or (index and FREE.match(part))):
            if not name and len(part.split()) <= PLAN_WORDS and not NO_PLAN.match(part):
                name = part
            continue
        if money is not None and (money.start > 40 or is_no_tag(part, money)):
            continue
        before = piece.parts[index - 1] if index and PERIOD_WORD.fullmatch(piece.parts[index - 1]) else ""
        rest = " ".join((part, *_behind(piece.parts[index + 1 : index + 3], money), before))
        label = LABELLED.match(part)
        label_name = label_name or (label.group("plan") if label and not name else "")
        found.append((_asked(rest) if money else None, note_of(part)))
    plan = label_name or name or plan_above(piece)
    for money, note in _standing(found) if plan else ():
        yield plan, money, note


def plan_of_card(piece: Piece) -> str:
    """Return the plan whose price a card states; empty if it states none."""
    return next((plan for plan, _, _ in price_card(piece)), "")


def _behind(parts: Sequence[str], money: Money | None) -> Sequence[str]:
    """Return the lines behind an amount that may say its period: the next, or the one behind a price struck out."""
    following = next(find_money(parts[0]), None) if parts else None
    if following is None:
        return parts[:1]
    return parts if money is not None and _is_higher(following, money) and not following.period else ()


def _asked(text: str) -> Money | None:
    """Return the amount that is asked for, with the period that stands behind the higher one struck out beside it."""
    found = list(islice(find_money(text), 2))
    if found and (held := holding_money(text)) != found[0]:
        return held
    if len(found) > 1 and not found[0].period and _is_higher(found[1], found[0]):
        return replace(found[0], period=found[1].period, unit=found[0].unit or found[1].unit)
    return found[0] if found else None


def holding_money(text: str) -> Money | None:
    """Return the amount that holds in a line: the second, with its period, behind a higher one struck out."""
    found = list(islice(find_money(text), 2))
    struck = len(found) > 1 and not found[0].period and found[1].period and _is_higher(found[0], found[1])
    return found[1] if struck else next(iter(found), None)


def _is_higher(one: Money, other: Money) -> bool:
    return one.currency == other.currency and Decimal(one.amount) > Decimal(other.amount)


def _own_title(piece: Piece) -> str:
    title = piece.title
    return title if title and not NO_PLAN.match(title) and not next(find_money(title), None) else ""


def _standing(found: Sequence[tuple[Money | None, str]]) -> Sequence[tuple[Money | None, str]]:
    """Return the prices that hold: of several, those with a period; an amount without one was struck out beside it.

    The monthly and the yearly price of one plan both hold.
    """
    timed = [(money, note) for money, note in found if money is not None and money.period]
    if not timed:
        return found[:1]
    periods: dict[tuple[str, str, str], tuple[Money | None, str]] = {}
    for money, note in timed:
        assert money is not None
        periods.setdefault((money.period, money.unit, money.billing), (money, note))
    return tuple(periods.values())


def plan_on_card(around: Sequence[Piece], before: Piece | None = None) -> str:
    """Return the plan's name on a card: its heading, else the first line that may be a name; none after ``before``."""
    for other in around:
        if other is before:
            return ""
        line = other.parts[0] if other.parts else other.text
        if len(line.split()) <= PLAN_WORDS and not NO_PLAN.match(line) and not next(find_money(line), None):
            return line
    return ""


def plan_around(index: int, cards: Cards) -> str:
    """Return the plan named before a price on its card, or on the larger card around that; not past another price."""
    piece, inner = cards.piece(index), frozenset[int]()
    for circle in cards.circles(index):
        before = [number for number in circle if number < index and number not in inner]
        if inner and any(next(find_money(cards.piece(number).text), None) for number in before):
            return ""
        if plan := plan_on_card([cards.piece(number) for number in circle], piece):
            return plan
        inner = frozenset(circle)
    return "" if inner else plan_on_card(cards.around(index), piece)


def is_no_tag(text: str, money: Money) -> bool:
    return bool(_NOT_BEFORE.search(text[: money.start]) or _NOT_AFTER.search(text[money.end :]))


def plan_above(piece: Piece) -> str:
    for title in reversed(piece.path):
        if (
            len(title.split()) <= PLAN_WORDS
            and not NO_PLAN.match(title.strip())
            and not next(find_money(title), None)
        ):
            return title
        return ""
    return ""
