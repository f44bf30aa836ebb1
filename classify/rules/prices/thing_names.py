"""Where the name of what is paid for begins and ends, and which words name nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from classify.rules.prices.thing_text import END, SENTENCE_ENDS, Word
from classify.rules.prices.thing_words import (
    COUNTS,
    DETERMINERS,
    GENERIC,
    NEVER_THINGS,
    PARTS,
    PAYERS,
    PRICE_NOUNS,
    QUALIFIERS,
    TAILS,
    TIER_NAMES,
)


def _is_fee(words: Sequence[Word], start: int, end: int) -> bool:
    """Return True for the "fee" of "IPv4 fee" and "Business account fee", not of "unlock fee"."""
    if words[end - 1].low not in {"fee", "fees"}:
        return False
    first = words[start]
    begun = start + 1 if _begins(words, start) else start
    return first.low in TIER_NAMES or any(word.is_capital for word in words[begun : end - 1])


def _begins(words: Sequence[Word], start: int) -> bool:
    return start == 0 or words[start - 1].said in SENTENCE_ENDS


def is_verb(words: Sequence[Word], start: int) -> bool:
    """Return True for the "publishes" of "Obelisk publishes enterprise price"."""
    before = words[start - 1] if start else END
    return (
        before.is_own
        and not before.is_possessive
        and words[start].said.islower()
        and words[start].said.endswith("s")
    )


def says_nothing(name: str) -> bool:
    """Return True for "usage-based billing", "New" and "entry", which tell no more than "the price" does."""
    words = name.lower().split()
    if name.islower() and all(word in _EMPTY or word in QUALIFIERS for word in words):
        return True
    return name.lower() not in TIER_NAMES and all(word in _EMPTY for word in words)


def is_named(run: Sequence[Word]) -> bool:
    """Return True unless words tell no more than "the price", who pays, or what was done."""
    last = run[-1]
    if all(_is_generic(word) for word in run) or last.said in PAYERS or last.low in NEVER_THINGS:
        return False
    return len(run) > 1 or not (
        last.is_number or (last.said.islower() and last.said.endswith("ed") and "-" not in last.said)
    )


def _is_generic(word: Word) -> bool:
    name = word.low if "-" in word.said or word.low in _EMPTY else word.said
    return name in _EMPTY or name in GENERIC or name in QUALIFIERS or name in _PLACES


def without_lead(words: Sequence[Word], start: int, end: int) -> int:
    """Return where a name in capitals begins behind common words that are no part of it ("e-commerce platform Pro")."""
    for place in range(start + 1, end):
        before = words[place - 1].said
        if (
            words[place].said[:1].isupper()
            and before.islower()
            and not (
                before.endswith(("ed", "less", "able")) or before in PARTS or _tells_kind(words, place - 1)
            )
        ):
            return place
    return start


def _tells_kind(words: Sequence[Word], place: int) -> bool:
    """Return True for the "image" of "the image API" and the first word of "ten-trip Rovercard"."""
    said = words[place].said
    count, _, measured = said.partition("-")
    if measured and (measured == "only" or count in COUNTS or count.isdigit()):
        return True
    behind = words[place + 1].said
    is_short = sum(letter.isupper() for letter in behind) > 1 and behind not in TIERS_SHORT
    before = words[place - 1] if place else END
    is_alone = before.is_own or before.said in SENTENCE_ENDS or before.low in DETERMINERS
    return is_short and is_alone and said not in QUALIFIERS


def without_tail(words: Sequence[Word], start: int, end: int) -> int:
    """Return where a name ends: before "list", "fee" and who pays ("Pro users"); nouns stay ("H200 instances")."""
    while end - start > 1 and (
        words[end - 1].low in TAILS or words[end - 1].low in NEVER_THINGS or _is_fee(words, start, end)
    ):
        end -= 1
    return end


_EMPTY: Final = PRICE_NOUNS | frozenset(
    [
        "new",
        "old",
        "now",
        "before",
        "today",
        "list",
        "billing",
        "usage",
        "usage-based",
        "per-message",
        "per-seat",
        "subscription",
    ]
)
#: Short names of plans; other short names are of kinds, as API and SIM are.
TIERS_SHORT: Final = frozenset(["PRO", "MAX", "VIP", "XS", "XL", "XXL", "HD", "UHD"])
_PLACES: Final = frozenset(["UK", "US", "EU", "USA", "Europe", "Germany", "Japan", "India", "Canada"])
