# ruff: noqa: E501 (a pattern is read as one line)
"""Every amount in a text that can be a side of a price: sums, bare numbers beside them, "free", and shares in percent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from classify.rules.money import NUMBER, read_number
from classify.rules.prices import MENTION, PERCENT, TIMES, percent_of, price_of, priced_alike, with_period
from classify.rules.words import sentences
from classify.signals import Price

_BARE = re.compile(
    rf"(?<![\w.,%/$€£-])(?:{NUMBER})(?![\w%]|[.,:/-]\d|\s?(?:cents?|pence|ct|øre|percent|per\s?cent|million|billion)\b)"
)
_FREE = re.compile(r"\b(?:free|no\s+charge|nothing|zero)\b(?!\s+of\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """One amount: where it stands, the sentence around it, and its price or its percent."""

    start: int
    end: int
    sentence: str
    price: Price | None = None
    percent: Decimal | None = None
    is_bare: bool = False


def amounts_in(text: str) -> list[Amount]:
    """Return the amounts of a text in order; a bare number counts only where a sum is named as well."""
    found: list[Amount] = []
    for sentence, start in _placed(text):
        found += _of_sentence(sentence, start)
    if not any(amount.price and not amount.is_bare and amount.price.amount for amount in found):
        found = [amount for amount in found if amount.percent is not None]
    return found


def _placed(text: str) -> list[tuple[str, int]]:
    """Return the sentences of a text as they stand there, with their places."""
    ends, after = [], 0
    for sentence in sentences(text):
        found = re.compile(r"\s+".join(map(re.escape, sentence.split()))).search(text, after)
        if found:
            after = found.end()
            ends.append(after)
    starts = [0, *ends[:-1]]
    return [(text[start:end], start) for start, end in zip(starts, ends or [len(text)], strict=True)]


def _of_sentence(sentence: str, start: int) -> list[Amount]:
    found = [*_sums(sentence, start), *_percents(sentence, start)]
    for pattern in (_BARE, _FREE):
        for match in pattern.finditer(sentence):
            place = start + match.start()
            amount = Decimal(0) if pattern is _FREE else read_number(match.group())
            if amount is not None and not any(each.start <= place < each.end for each in found):
                end = start + match.end()
                price = with_period(Price(amount=amount), sentence, match.end())
                found.append(Amount(start=place, end=end, sentence=sentence, price=price, is_bare=True))
    return sorted(found, key=lambda amount: amount.start)


def _sums(sentence: str, start: int) -> list[Amount]:
    found: list[Amount] = []
    for match in MENTION.finditer(sentence):
        price = price_of(match)
        if price is not None:
            end = max(match.end(group) for group in ("n1", "c3", "c2", "bare"))
            price = with_period(price, sentence, match.end())
            found.append(
                Amount(
                    start=start + match.start(),
                    end=start + end,
                    sentence=sentence,
                    price=price,
                    is_bare=match["bare"] is not None,
                )
            )
    return found


def _percents(sentence: str, start: int) -> list[Amount]:
    matches = [match for pattern in (PERCENT, TIMES) for match in pattern.finditer(sentence)]
    each = [(match, percent_of(sentence, match)) for match in matches]
    return [
        Amount(start=start + match.start(), end=start + match.end(), sentence=sentence, percent=percent)
        for match, percent in each
        if percent is not None
    ]


def alike(old: Amount, new: Amount) -> tuple[Price, Price]:
    """Return two sides of one move with the currency and period that only one of them states."""
    if old.price is None or new.price is None:
        raise ValueError("an amount in percent has no price")
    return priced_alike(old.price, new.price, new.sentence)


def with_currency(amounts: Sequence[Amount], amount: Amount) -> Price | None:
    """Return the price of one amount; a bare number has the currency of the sum that stands nearest."""
    price = amount.price
    if price is None or price.currency:
        return price
    others = [each for each in amounts if each.price and each.price.currency]
    nearest = min(others, key=lambda each: abs(each.start - amount.start), default=None)
    currency = nearest.price.currency if nearest and nearest.price else None
    return Price(amount=price.amount, currency=currency, period=price.period)
