"""A text as names of what is paid for are looked for in it: words, marks and sums, and which words can be a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from classify.rules.money import AFTER
from classify.rules.prices.mentions import SIGN
from classify.rules.prices.thing_words import (
    MEASURES,
    MEETS,
    NAMES,
    NEVER_THINGS,
    PLAN_NOUNS,
    PRICE_NOUNS,
    STOP,
    TIMED,
    TIMES,
)

_TOKEN = re.compile(r"\.?[^\W_](?:[\w+&]|[-–.’'/](?=[^\W_]))*|\n|[^\w\s]")
_MONEY = re.compile(rf"{SIGN}\s?\d|\d(?:[\d.,]*\d)?\s?(?:{AFTER}|%|per\s?cent)", re.IGNORECASE)
_POSSESSIVE = re.compile(r"[’']s?$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word or mark: as it stands, in small letters, its place, and whether it can be a part of a name."""

    said: str
    low: str
    start: int
    end: int
    is_part: bool
    is_money: bool
    is_own: bool

    @property
    def is_capital(self) -> bool:
        return self.said[:1].isupper() or (self.said[:1].isdigit() and not self.is_number)

    @property
    def is_number(self) -> bool:
        return self.said.replace(",", "").replace(".", "").isdigit()

    @property
    def is_possessive(self) -> bool:
        return _POSSESSIVE.search(self.said) is not None


def words_of(text: str, own: tuple[str, ...]) -> list[Word]:
    taken = [match.span() for match in _MONEY.finditer(text)]
    names = "|".join(re.escape(name) for name in sorted(own, key=len, reverse=True) if name.strip())
    rival = _spans(rf"(?<!\w)(?:{names})(?:['’]s)?(?!\w)", text) if names else []
    found: list[Word] = []
    begins = True
    for match, following in _with_next(text):
        start, end = match.span()
        said = match.group()
        low = said.lower()
        is_money = any(first < end and start < last for first, last in taken)
        is_own = any(first <= start < last for first, last in rival)
        is_word = said[0].isalnum() or len(said) > 1
        is_part = (
            is_word
            and not is_money
            and not is_own
            and (
                _can_name(said, low, begins=begins)
                or (low in TIMES and following in TIMED)
                or (said, following) == ("Next", "day")
            )
        )
        found.append(Word(said, low, start, end, is_part, is_money, is_own))
        begins = said in SENTENCE_ENDS
    return found


def _with_next(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Yield each token with the one behind it in small letters."""
    matches = list(_TOKEN.finditer(text))
    behind = [match.group().lower() for match in matches[1:]]
    yield from zip(matches, [*behind, ""], strict=False)


def _spans(pattern: str, text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(pattern, text, re.IGNORECASE)]


def _can_name(said: str, low: str, *, begins: bool) -> bool:
    """Return True for a word that can be a part of a name: no word of grammar, no price, no plan."""
    bare = _POSSESSIVE.sub("", low)
    if bare in PRICE_NOUNS or bare in PLAN_NOUNS:
        return False
    if bare not in STOP:
        return True
    return said[:1].isupper() and bare in NAMES and (not begins or bare in _SURELY_NAMES)


def run_end(words: Sequence[Word], place: int) -> int:
    """Return where the words end that can be one name; a number only within one, or with a measure."""
    end = place
    while end < len(words) and words[end].is_part:
        if words[end].is_number and end == place:
            behind = words[end + 1].low if end + 1 < len(words) else ""
            if behind not in MEASURES:
                return place
        if end > place and (words[end - 1].is_possessive or _meets(words[end - 1], words[end])):
            return end
        end += 1
    return end


def _meets(payer: Word, verb: Word) -> bool:
    """Return True for "customers face", where a name ends with who pays."""
    return payer.low in NEVER_THINGS and verb.low in MEETS


SENTENCE_ENDS: Final = frozenset(".!?;\n")
_SURELY_NAMES: Final = frozenset(["plus", "team", "teams", "pro", "max"])
END: Final = Word("\n", "\n", 0, 0, is_part=False, is_money=False, is_own=False)
