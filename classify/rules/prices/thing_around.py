"""What stands around a run of words that may name what is paid for: the word before it, prices and counts near it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from classify.rules.prices.thing_text import SENTENCE_ENDS, Word
from classify.rules.prices.thing_words import CHANGE_NOUNS, COUNTS, DETERMINERS, PRICE_NOUNS, QUALIFIERS

LOOK_BACK: Final = 7  # Words from "price" to "for its dedicated servers".


def before_name(words: Sequence[Word], start: int) -> int:
    """Return the place of the word before a name, its articles and the rival's name; -1 if none is."""
    place = start - 1
    while place >= 0 and (
        words[place].is_own
        or (words[place].is_number and not words[place].is_money)
        or words[place].low in DETERMINERS
        or words[place].low in QUALIFIERS
    ):
        place -= 1
    return place


def tells_price(words: Sequence[Word], place: int) -> bool:
    """Return True if a price or its change is named shortly before."""
    for word in reversed(words[max(0, place - LOOK_BACK) : place]):
        if word.said in SENTENCE_ENDS:
            return False
        if word.low in PRICE_NOUNS or word.low in CHANGE_NOUNS:
            return True
    return False


def follows_money(words: Sequence[Word], place: int) -> bool:
    """Return True if a sum stands shortly before."""
    return any(word.is_money for word in words[max(0, place - LOOK_BACK) : place])


def is_counted(words: Sequence[Word], start: int) -> bool:
    """Return True for what a plan holds: "ten checks, one status page, $4 a month"."""
    return start > 0 and (
        words[start - 1].low in COUNTS or (words[start].low in COUNTS and words[start - 1].said == ",")
    )
