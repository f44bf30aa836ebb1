# ruff: noqa: E501 (a pattern or word list is read as one line)
"""Every amount in a text that can be a side of a price: sums, also written out, bare numbers beside them, "free", shares in percent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Final

from classify.rules.money import NUMBER, read_number
from classify.rules.prices.mentions import MENTION, price_of, priced_alike, with_period
from classify.rules.prices.percents import PERCENT, TIMES, percent_of
from classify.rules.prices.words import ALONE, MINOR, minor_of, number_of, worded_sums
from classify.rules.words import sentences
from classify.signals import Price

_BARE = re.compile(
    rf"(?<![\w.,%/$€£-])(?:{NUMBER})(?![\w%]|[.,:/-]\d|\s?(?:cents?|pence|ct|øre|percent|per\s?cent|million|billion)\b)"
)
READ_TWICE: Final = 4  # Texts: several readers ask for the amounts of the same one, one after the other.
_STEP = re.compile(r"\b(?:by|up|down|puts?|adds?|plus|another|extra)\s*$", re.IGNORECASE)
_MORE = re.compile(
    r"\s+(?:more|less|extra|cheaper|dearer|higher|lower|on\s+(?:a|an|the|every))\b", re.IGNORECASE
)
#: What a thing is free of costs no less for it: "ad-free", "toll-free"; "forever-free" costs nothing.
_FREE = re.compile(
    r"(?:\b(?<!-)|(?<=forever-)|(?<=always-))(?:free|no\s+charge|nothing|zero)\b(?!\s+of\b)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """One amount: where it stands, the sentence around it, and its price or its percent.

    ``is_bare`` if no currency stands beside it, ``is_coin`` if it is in hundredths ("35 cents"), which only a step is.
    """

    start: int
    end: int
    sentence: str
    price: Price | None = None
    percent: Decimal | None = None
    is_bare: bool = False
    is_coin: bool = False


def amounts_in(text: str) -> list[Amount]:
    """Return the amounts of a text in order; a bare number counts only where a sum is named as well."""
    return list(_amounts(text))


@lru_cache(maxsize=READ_TWICE)
def _amounts(text: str) -> tuple[Amount, ...]:
    found: list[Amount] = []
    is_worded = any(True for _ in worded_sums(text))
    for sentence, start in _placed(text):
        found += _of_sentence(sentence, start, is_worded=is_worded)
    if not any(amount.price and not amount.is_bare and amount.price.amount for amount in found):
        found = [amount for amount in found if amount.percent is not None]
    return tuple(found)


def _placed(text: str) -> list[tuple[str, int]]:
    """Return the sentences of a text as they stand there, with their places; they may be spaced otherwise than there."""
    ends: list[int] = []
    after = 0
    for sentence in sentences(text):
        end = _end_of(text, "".join(sentence.split()), after)
        if end is not None:
            after = end
            ends.append(end)
    starts = [0, *ends[:-1]]
    return [(text[start:end], start) for start, end in zip(starts, ends or [len(text)], strict=True)]


def _end_of(text: str, letters: str, after: int) -> int | None:
    """Return where these letters end that begin at ``after`` or behind it, whatever space lies between them."""
    start = text.find(letters[:1], after) if letters else -1
    while start >= 0:
        place, told = start, 0
        while (
            place < len(text)
            and told < len(letters)
            and (text[place] == letters[told] or text[place].isspace())
        ):
            told += text[place] == letters[told]
            place += 1
        if told == len(letters):
            return place
        start = text.find(letters[0], start + 1)
    return None


def _of_sentence(sentence: str, start: int, *, is_worded: bool) -> list[Amount]:
    found = [*_sums(sentence, start), *_percents(sentence, start)]
    found += _free_of(_written_out(sentence, start, is_worded=is_worded), found)
    found += _free_of(_coins(sentence, start), found)
    for pattern in (_BARE, _FREE):
        for match in pattern.finditer(sentence):
            place = start + match.start()
            amount = Decimal(0) if pattern is _FREE else read_number(match.group())
            if amount is not None and not any(each.start <= place < each.end for each in found):
                end = start + match.end()
                price = with_period(Price(amount=amount), sentence, match.end())
                found.append(Amount(start=place, end=end, sentence=sentence, price=price, is_bare=True))
    return sorted(found, key=lambda amount: amount.start)


def _free_of(amounts: list[Amount], others: Sequence[Amount]) -> list[Amount]:
    """Return the amounts that none of the others holds."""
    return [one for one in amounts if not any(other.start <= one.start < other.end for other in others)]


def _written_out(sentence: str, start: int, *, is_worded: bool) -> list[Amount]:
    found = [
        (match.span(), Price(amount=amount, currency=currency))
        for match, amount, currency in worded_sums(sentence)
    ]
    if is_worded:
        found += [
            (match.span("n"), Price(amount=number_of(match["n"]))) for match in ALONE.finditer(sentence)
        ]
    return [
        Amount(
            start=start + begin,
            end=start + end,
            sentence=sentence,
            price=with_period(price, sentence, end),
            is_bare=price.currency is None,
        )
        for (begin, end), price in found
    ]


def _coins(sentence: str, start: int) -> list[Amount]:
    """Return what is told in hundredths: steps, and prices where one of them is of a measure ("from 27p to 25p per kWh")."""
    found = [(match, read_number(match["n"])) for match in MINOR.finditer(sentence)]
    prices = [
        with_period(Price(amount=(number or 0) / Decimal(100)), sentence, match.end())
        for match, number in found
    ]
    is_priced = any(price.period for price in prices)
    return [
        Amount(
            start=start + match.start(),
            end=start + match.end(),
            sentence=sentence,
            price=replace(price, currency=minor_of(match["c"], sentence)) if is_price else price,
            is_bare=not is_price,
            is_coin=not is_price,
        )
        for (match, _), price in zip(found, prices, strict=True)
        if price.amount
        for is_price in [
            is_priced
            and _STEP.search(sentence[: match.start()]) is None
            and not _MORE.match(sentence, match.end())
        ]
    ]


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
