"""Where the name of what is paid for begins and ends, and which words name nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from classify.rules.price_thing_text import END, SENTENCE_ENDS, Word
from classify.rules.price_thing_words import (
    ALWAYS_KINDS,
    COMMON_KINDS,
    GENERIC,
    KIND_NOUNS,
    NEVER_THINGS,
    PARTS,
    PAYERS,
    PRICE_NOUNS,
    QUALIFIERS,
    TAILS,
    TIER_NAMES,
)


def _is_kind(words: Sequence[Word], start: int, end: int) -> bool:
    """Return True for the "seats" of "Team seats" and the "add-on" of "Archive add-on"."""
    name, kind = words[end - 2], words[end - 1].low
    if kind in KIND_NOUNS and end - start == 2 and name.low in TIER_NAMES and name.is_capital:
        return True
    if kind in KIND_NOUNS and words[end - 2].low in KIND_NOUNS and words[start].low in TIER_NAMES:
        return True
    return kind in ALWAYS_KINDS and name.is_capital and name.low not in COMMON_KINDS


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
    """Return True for "usage-based billing" and "New", which tell no more than "the price" does."""
    words = name.lower().split()
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
            and not (before.endswith(("ed", "less", "able")) or before in PARTS)
        ):
            return place
    return start


def without_tail(words: Sequence[Word], start: int, end: int) -> int:
    """Return where a name ends: before "list", in a sentence before common words behind capitals ("H3 sedan")."""
    while end - start > 1 and (words[end - 1].low in TAILS or _is_kind(words, start, end)):
        end -= 1
    begins = start == 0 or words[start - 1].said in SENTENCE_ENDS
    last = end
    while last - start > 1 and words[last - 1].said.islower():
        last -= 1
    name = words[last - 1]
    is_name = (
        name.is_capital
        and not (name.said.isupper() and name.said.isalpha())
        and not (begins and last - start == 1)
    )
    return last if is_name else end


_EMPTY: Final = PRICE_NOUNS | frozenset(
    [
        "new",
        "old",
        "now",
        "before",
        "today",
        "list",
        "billing",
        "usage-based",
        "per-message",
        "per-seat",
        "subscription",
    ]
)
_PLACES: Final = frozenset(["UK", "US", "EU", "USA", "Europe", "Germany", "Japan", "India", "Canada"])
