"""What is paid for, named in full and by its last word again: "its imaging module … The module is $120"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from classify.rules.prices.thing_words import DETERMINERS, PRICE_NOUNS, QUALIFIERS, STOP

_WORDS: Final = r"(?P<first>[\w-]+)(?:\s+(?P<second>[\w-]+))?"
FEWEST: Final = 3  # Letters of a noun that is said again.


def said_whole(text: str, name: str, end: int) -> str:
    """Return the whole of a name whose last word alone stands before its price, behind "the", else the name itself."""
    if not name.islower() or " " in name or len(name) < FEWEST or name in PRICE_NOUNS:
        return name
    again = re.search(rf"\b(?:[Tt]he|[Tt]his|[Tt]hat)\s+{re.escape(name)}\b[^.\n]*$", text[:end])
    if again is None:
        return name
    found = _named(name).search(text[: again.start()])
    if found is None:
        return name
    words = [found["first"], found["second"]] if found["second"] else [found["first"]]
    while words and (words[0].lower() in QUALIFIERS or words[0].lower() in DETERMINERS):
        words = words[1:]
    if not words or any(word in STOP for word in words):
        return name
    return " ".join([*words, name])


@lru_cache(maxsize=64)
def _named(noun: str) -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:its|our|a|an|the|new|their)\s+{_WORDS}\s+{re.escape(noun)}\b(?=[\s.,;:])", re.IGNORECASE
    )
