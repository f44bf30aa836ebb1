"""What is paid for in a text, by the words around it: "storage pricing", "price of managed Postgres".

A name may be of common words as well as of capitals, so its place in the sentence tells it: before "plan" or "price",
behind "price of", before a verb of prices, as the object of one, or as a label before an amount.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from classify.rules.money import AFTER, BEFORE
from classify.rules.price_thing_words import (
    ALWAYS_KINDS,
    CHANGE_NOUNS,
    COMMON_KINDS,
    DETERMINERS,
    GENERIC,
    IS_PRICED,
    KIND_NOUNS,
    MEASURES,
    NAMES,
    PARTS,
    PAYERS,
    PLAN_NOUNS,
    PRICE_NOUNS,
    QUALIFIERS,
    RAISES,
    STOP,
    TAILS,
    TIER_NAMES,
    TIMED,
    TIMES,
)

_TOKEN = re.compile(r"\.?[^\W_](?:[\w+&]|[-–.’'/](?=[^\W_]))*|\n|[^\w\s]")
_MONEY = re.compile(rf"(?:{BEFORE})\s?\d|\d(?:[\d.,]*\d)?\s?(?:{AFTER}|%|per\s?cent)", re.IGNORECASE)
_LABEL_ENDS: Final = frozenset(":(|=→—–-")
_POSSESSIVE = re.compile(r"[’']s?$")
LONGEST: Final = 5
LOOK_BACK: Final = 7  # Words from "price" to "for its dedicated servers".


class Slot(IntEnum):
    """Where a name stands; the higher, the surer that it is what is paid for."""

    BEHIND = 1
    OBJECT = 2
    SUBJECT = 3
    LINE = 4
    OF = 5
    HEAD = 6
    NAMED = 7
    LABEL = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A name of what may be paid for, its place in the text, and the slot that told it."""

    start: int
    end: int
    name: str
    slot: Slot

    @property
    def is_common(self) -> bool:
        """Return True for a name without a capital behind its first letter."""
        return not any(letter.isupper() for letter in self.name[1:])


@dataclass(frozen=True, slots=True)
class _Word:
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


def things_in(text: str, own: Iterable[str] = ()) -> list[Thing]:
    """Return the names that stand where what is paid for stands, in order; ``own`` names of the rival are no part."""
    words = _words(text, tuple(own))
    found: list[Thing] = []
    place = 0
    while place < len(words):
        end = _run_end(words, place)
        if end > place:
            thing = _thing(text, words, place, end)
            found += [thing] if thing else []
        place = max(end, place + 1)
    return found


def _words(text: str, own: tuple[str, ...]) -> list[_Word]:
    taken = [match.span() for match in _MONEY.finditer(text)]
    names = "|".join(re.escape(name) for name in sorted(own, key=len, reverse=True) if name.strip())
    rival = _spans(rf"(?<!\w)(?:{names})(?:['’]s)?(?!\w)", text) if names else []
    found: list[_Word] = []
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
            and (_can_name(said, low, begins=begins) or (low in TIMES and following in TIMED))
        )
        found.append(_Word(said, low, start, end, is_part, is_money, is_own))
        begins = said in _SENTENCE_ENDS
    return found


def _with_next(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Yield each token with the one behind it in small letters."""
    matches = list(_TOKEN.finditer(text))
    yield from zip(matches, [*(match.group().lower() for match in matches[1:]), ""], strict=True)


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


def _run_end(words: Sequence[_Word], place: int) -> int:
    """Return where the words end that can be one name; a number only within one, or with a measure."""
    end = place
    while end < len(words) and words[end].is_part:
        if words[end].is_number and end == place:
            behind = words[end + 1].low if end + 1 < len(words) else ""
            if behind not in MEASURES:
                return place
        if end > place and words[end - 1].is_possessive:
            return end
        end += 1
    return end


def _thing(text: str, words: Sequence[_Word], start: int, end: int) -> Thing | None:
    """Return the name of a run of words if it stands where what is paid for stands."""
    while start < end and words[start].said in QUALIFIERS:
        start += 1
    if end - start > 1 and _is_verb(words, start):
        start += 1
    slot = _slot(words, start, end) if start < end else None
    if slot is None:
        return None
    start = _without_lead(words, start, end)
    end = _without_tail(words, start, end)
    run = words[start:end]
    if len(run) > LONGEST or run[-1].is_possessive or not _is_named(run):
        return None
    name = " ".join(text[run[0].start : run[-1].end].split())
    return Thing(start=run[0].start, end=run[-1].end, name=name, slot=slot)


def _is_kind(words: Sequence[_Word], start: int, end: int) -> bool:
    """Return True for the "seats" of "Team seats" and the "add-on" of "Archive add-on"."""
    name, kind = words[end - 2], words[end - 1].low
    if kind in KIND_NOUNS and end - start == 2 and name.low in TIER_NAMES and name.is_capital:
        return True
    if kind in KIND_NOUNS and words[end - 2].low in KIND_NOUNS and words[start].low in TIER_NAMES:
        return True
    return kind in ALWAYS_KINDS and name.is_capital and name.low not in COMMON_KINDS


def _is_verb(words: Sequence[_Word], start: int) -> bool:
    """Return True for the "publishes" of "Obelisk publishes enterprise price"."""
    before = words[start - 1] if start else _END
    return (
        before.is_own
        and not before.is_possessive
        and words[start].said.islower()
        and words[start].said.endswith("s")
    )


def _is_named(run: Sequence[_Word]) -> bool:
    """Return True unless words tell no more than "the price", who pays, or what was done."""
    last = run[-1]
    if (
        all(word.said in GENERIC or word.said in QUALIFIERS or word.said in _PLACES for word in run)
        or last.said in PAYERS
    ):
        return False
    return len(run) > 1 or not (
        last.is_number or (last.said.islower() and last.said.endswith("ed") and "-" not in last.said)
    )


def _is_generic(word: _Word) -> bool:
    name = word.low if "-" in word.said else word.said
    return (
        word.low in {"old", "new", "now", "before", "after", "today"}
        or name in GENERIC
        or name in QUALIFIERS
        or name in _PLACES
    )


def _without_lead(words: Sequence[_Word], start: int, end: int) -> int:
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


def _without_tail(words: Sequence[_Word], start: int, end: int) -> int:
    """Return where a name ends: before "list", in a sentence before common words behind capitals ("H3 sedan")."""
    while end - start > 1 and (words[end - 1].low in TAILS or _is_kind(words, start, end)):
        end -= 1
    begins = start == 0 or words[start - 1].said in _SENTENCE_ENDS
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


def _slot(words: Sequence[_Word], start: int, end: int) -> Slot | None:
    """Return where a run of words stands; None if what is paid for does not stand there."""
    before = _before(words, start)
    low = words[before].low if before >= 0 else "\n"
    end = _behind_rival(words, end)
    behind = words[end] if end < len(words) else _END
    is_first = low in _SENTENCE_ENDS or low in _BULLETS
    if low in PLAN_NOUNS and before == start - 1 and words[start].is_capital:
        return Slot.NAMED
    if _is_head(words, end):
        is_apposed = end + 1 < len(words) and words[end + 1].is_part and words[end + 1].is_capital
        return None if is_apposed and words[start].said.islower() else Slot.HEAD
    is_labelled = _is_label(words, end)
    if is_labelled and (is_first or low in {",", "and"}):
        return Slot.LABEL
    if behind.said == "\n" and is_first and words[start].is_capital:
        return Slot.LINE
    if low in {"of", "for", "on"} and _tells_price(words, before):
        is_meant = low == "of" or words[start].is_capital or words[start - 1].low in _ITS
        return Slot.OF if is_meant else Slot.SUBJECT
    if (
        behind.low in IS_PRICED
        or is_labelled
        or _is_priced_next(words, end, {"at", "for", "of"})
        or _is_priced_aside(words, end)
    ):
        return Slot.SUBJECT
    if low in RAISES or (before == start - 1 and before >= 0 and words[before].is_money):
        return Slot.OBJECT
    return Slot.BEHIND if low == "for" and _follows_money(words, before) else None


def _is_label(words: Sequence[_Word], end: int) -> bool:
    """Return True if a sum stands behind a name, with a mark between them or none."""
    if end < len(words) and words[end].said in _LABEL_ENDS | {","}:
        end += 1
        while end < len(words) and words[end].low in {"from", "now", "only", "was", "new", "old", "just"}:
            end += 1
    behind = words[end + 1].low if end + 1 < len(words) else ""
    is_percent = words[end].is_number and behind in {"%", "per", "percent"} if end < len(words) else False
    return end < len(words) and words[end].is_money and not is_percent


def _behind_rival(words: Sequence[_Word], end: int) -> int:
    """Return where a text goes on behind the rival's name: "delivery with Parcelo will cost"."""
    if (
        end + 1 >= len(words)
        or words[end].low not in {"with", "at", "from", "on", "by"}
        or not words[end + 1].is_own
    ):
        return end
    end += 1
    while end < len(words) and words[end].is_own:
        end += 1
    return end


def _is_head(words: Sequence[_Word], end: int) -> bool:
    """Return True if "plan" or "price" stands behind a name; the "costs" of "storage costs $5" is a verb."""
    if end >= len(words):
        return False
    if words[end].low not in {"costs", "cost", "prices"}:
        return words[end].low in PLAN_NOUNS or words[end].low in PRICE_NOUNS
    behind = words[end + 1] if end + 1 < len(words) else _END
    return not (behind.is_money or behind.low in {"only", "just", "now", "from"})


def _is_priced_next(words: Sequence[_Word], end: int, by: Collection[str]) -> bool:
    """Return True for "for $30" behind a name."""
    return end + 1 < len(words) and words[end].low in by and words[end + 1].is_money


def _is_priced_aside(words: Sequence[_Word], end: int) -> bool:
    """Return True for ", at $30" behind a name."""
    aside = words[end : end + 3]
    return (
        len(aside) == 3
        and aside[0].said == ","
        and aside[1].low in {"at", "for", "from", "now", "only", "just"}
        and aside[2].is_money
    )


def _before(words: Sequence[_Word], start: int) -> int:
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


def _tells_price(words: Sequence[_Word], place: int) -> bool:
    """Return True if a price or its change is named shortly before."""
    for word in reversed(words[max(0, place - LOOK_BACK) : place]):
        if word.said in _SENTENCE_ENDS:
            return False
        if word.low in PRICE_NOUNS or word.low in CHANGE_NOUNS:
            return True
    return False


def _follows_money(words: Sequence[_Word], place: int) -> bool:
    return any(word.is_money for word in words[max(0, place - LOOK_BACK) : place])


_SENTENCE_ENDS: Final = frozenset(".!?;\n")
_BULLETS: Final = frozenset("•·–—-*/|:✱")
_SURELY_NAMES: Final = frozenset(["plus", "team", "teams", "pro", "max"])
_ITS: Final = frozenset(["its", "our", "the", "their", "all", "every"])
_PLACES: Final = frozenset(["UK", "US", "EU", "USA", "Europe", "Germany", "Japan", "India", "Canada"])
_END: Final = _Word("\n", "\n", 0, 0, is_part=False, is_money=False, is_own=False)
