# ruff: noqa: E501 (a pattern or word list is read as one line)
"""Amounts that are written out ("ten dollars a month", "to twelve") and those in small coin ("up 35 cents")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from classify.rules.money import CURRENCIES

_ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_VALUES: Final = {word: number for number, word in enumerate(_ONES.split(), 1)} | {
    word: 10 * number for number, word in enumerate(_TENS.split(), 2)
}
_TEN = "|".join(_TENS.split())
_ONE = "|".join(sorted(_ONES.split(), key=len, reverse=True))
_SMALL = rf"(?:(?:{_TEN})(?:[\s-](?:{_ONE}))?|{_ONE})"
_NUMBER = rf"(?:(?:{_SMALL}|a)\s+hundred(?:\s+and\s+{_SMALL}|\s+{_SMALL})?|{_SMALL})"
_COIN = r"dollars?|euros?|pounds?|bucks?|quid|(?:Swiss\s+)?francs?|rupees|kronor|yen|zloty"
#: "ten dollars"; one of them only as what a price moves by: "up a dollar", "a euro more".
WORDED: Final = re.compile(
    rf"\b(?P<n>{_NUMBER})\s+(?P<c>{_COIN})\b|(?:(?<=\bup\s)|(?<=\bdown\s)|(?<=\bby\s))(?P<one>an?)\s+(?P<c1>dollar|euro|pound|buck|franc)\b"
    r"|\b(?P<one2>an?)\s+(?P<c2>dollar|euro|pound|buck|franc)(?=\s+(?:more|less|cheaper|dearer|extra|higher|lower|up|down)\b)",
    re.IGNORECASE,
)
#: A number alone, where a sum is written out beside it: "to twelve", "thirty-five this year".
ALONE: Final = re.compile(
    rf"\b(?:to|from|become|becomes|instead\s+of|was|were|charged|cost|than|is|now|:|→)\s+(?P<n>{_NUMBER})(?=\s*(?:[.,;:)]|$)|\s+(?:an?|per|this|last|until|today|now|before|instead|from|to|for)\b)(?!\s+for\s+(?:the\s+)?(?:price|cost)\b)",
    re.IGNORECASE,
)
#: A coin's hundredth: "20 cents", "25p".
MINOR: Final = re.compile(
    r"(?<![\w.,$€£])(?P<n>\d{1,3}(?:[.,]\d{1,2})?)(?P<c>c(?![\w/])|\s?(?:cents?|pence|p|ct|¢|øre|öre)(?![\w/]))",
    re.IGNORECASE,
)
_MORE_COINS: Final = {"buck": "USD", "bucks": "USD", "quid": "GBP", "franc": "CHF"}


def worded_sums(sentence: str) -> Iterator[tuple[re.Match[str], Decimal, str]]:
    """Yield each sum that is written out, with its amount and currency."""
    for match in WORDED.finditer(sentence):
        coin = " ".join((match["c"] or match["c1"] or match["c2"]).lower().split())
        amount = Decimal(1) if match["n"] is None else number_of(match["n"])
        currency = _MORE_COINS.get(coin) or CURRENCIES.get(coin) or CURRENCIES.get(f"{coin}s")
        if currency is not None:
            yield match, amount, currency


def minor_of(coin: str, sentence: str) -> str | None:
    """Return whose hundredth a coin is: pence a pound's, cents a dollar's unless euros are named, øre nobody's for sure."""
    coin = coin.strip().lower()
    if coin in {"p", "pence"}:
        return "GBP"
    if coin in {"øre", "öre"}:
        return None
    return "EUR" if coin == "ct" or re.search(r"€|\beuros?\b|\bEUR\b", sentence) else "USD"


def number_of(words: str) -> Decimal:
    """Return the number that words tell: 135 for "a hundred and thirty-five"."""
    total = 0
    for word in re.split(r"[\s-]+", words.lower()):
        total = max(total, 1) * 100 if word == "hundred" else total + _VALUES.get(word, 0)
    return Decimal(total)
