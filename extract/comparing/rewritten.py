"""Lines that say the same days and amounts in another notation, which only both sides together can tell."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from extract.comparing.align import pair_up
from extract.comparing.work import Work
from extract.values.days import differ_in_order_of_day, same_days
from extract.values.money import CODES, find_money
from extract.values.normalise import normalise, normalise_words
from store.records import Block

NOTATION = "notation"
_AMOUNT = re.compile(r"(?<![\w.,-])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?(?![\w%-]|[.,]\d)")
_CURRENCY = re.compile(
    rf"\b(?:{CODES}|euros?|(?:us |u\.s\. )?dollars?|pounds?(?: sterling)?)\b|\(\s*[$€£¥]\s*\)", re.I
)
#: What a line says of its currency besides naming it.
_ABOUT_PRICES = frozenset({
    "all", "our", "price", "prices", "amount", "amounts", "fee", "fees", "rate", "rates", "are", "is", "shown",
    "stated", "given", "listed", "quoted", "in",
})  # fmt: skip


def take_rewritten(work: Work) -> None:
    """Take pairs of lines that say the same in another notation, then what they said of the currency beside it."""
    currencies: set[str] = set()
    for left, right in pair_up(work.removed, work.added).pairs:
        if _is_day_otherwise(left.text, right.text):
            work.drop(NOTATION, before=left, after=right)
        elif currency := _currency_moved(left.text, right.text):
            currencies.add(currency)
            work.drop(NOTATION, before=left, after=right)
    if currencies:
        _take_currency_lines(work)


def _is_day_otherwise(before: str, after: str) -> bool:
    if "/" not in before and "/" not in after:
        return False
    return differ_in_order_of_day(*(normalise_words(same_days(text)) for text in (before, after)))


def _currency_moved(before: str, after: str) -> str:
    """Return the currency that one side alone writes beside amounts that are the same on both, empty otherwise."""
    named = [{money.currency for money in find_money(text)} for text in (before, after)]
    if sorted(map(len, named)) != [0, 1] or _bare(before) != _bare(after):
        return ""
    return "".join(named[0] | named[1])


def _bare(text: str) -> tuple[str, tuple[Decimal, ...]]:
    """Return a line without its amounts and currencies, and the amounts."""
    amounts: list[Decimal] = []
    parts: list[str] = []
    end = 0
    for money in find_money(text):
        amounts.append(Decimal(money.amount))
        parts.append(text[end : money.start])
        end = money.end
    rest = " ".join((*parts, text[end:]))
    if not amounts:
        amounts = [_number(match.group(0)) for match in _AMOUNT.finditer(rest)]
        rest = _AMOUNT.sub(" ", rest)
    return normalise_words(rest), tuple(amounts)


def _number(text: str) -> Decimal:
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return Decimal(0)


def _take_currency_lines(work: Work) -> None:
    """Take lines and headings that differ in the name of the currency alone, or name it and say nothing else."""
    for left, right in pair_up(work.removed, work.added).pairs:
        if _without_currency(left) == _without_currency(right):
            work.drop(NOTATION, before=left, after=right)
    for block in [block for block in work.removed if not _without_currency(block)]:
        work.drop(NOTATION, before=block)
    for block in [block for block in work.added if not _without_currency(block)]:
        work.drop(NOTATION, after=block)


def _without_currency(block: Block) -> str:
    words = normalise(_CURRENCY.sub(" ", block.text)).split()
    return " ".join(word for word in words if word not in _ABOUT_PRICES)
