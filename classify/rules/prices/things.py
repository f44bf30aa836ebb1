"""What is paid for in a text, by the words around it: "storage pricing", "price of managed Postgres".

A name may be of common words as well as of capitals, so its place in the sentence tells it: before "plan" or "price",
behind "price of", before a verb of prices, as the object of one, or as a label before an amount.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Final

from classify.rules.prices.thing_around import before_name, follows_money, is_counted, tells_price
from classify.rules.prices.thing_names import is_named, is_verb, without_lead, without_tail
from classify.rules.prices.thing_text import END, SENTENCE_ENDS, Word, run_end, words_of
from classify.rules.prices.thing_words import (
    ASKS,
    BULLETS,
    FEES,
    IS_PRICED,
    ITS,
    MEETS,
    NEVER_THINGS,
    PLAN_NOUNS,
    PRICE_NOUNS,
    PUTS,
    QUALIFIERS,
    RAISES,
    RISES,
    WITHIN,
)

_LABEL_ENDS: Final = frozenset(":(|=→—–-")
LONGEST: Final = 5
READ_TWICE: Final = 4  # Texts: rules and form read the same one, one after the other.


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


def things_in(text: str, own: Iterable[str] = ()) -> list[Thing]:
    """Return the names that stand where what is paid for stands, in order; ``own`` names of the rival are no part."""
    return list(_things(text, tuple(own)))


@lru_cache(maxsize=READ_TWICE)
def _things(text: str, own: tuple[str, ...]) -> tuple[Thing, ...]:
    words = words_of(text, own)
    found: list[Thing] = []
    place = 0
    while place < len(words):
        end = run_end(words, place)
        if end > place:
            thing = _thing(text, words, place, end)
            found += [thing] if thing else []
        place = max(end, place + 1)
    return tuple(found)


def _thing(text: str, words: Sequence[Word], start: int, end: int) -> Thing | None:
    """Return the name of a run of words if it stands where what is paid for stands."""
    while start < end and words[start].said in QUALIFIERS:
        start += 1
    if end - start > 1 and is_verb(words, start):
        start += 1
    slot = _slot(words, start, end) if start < end else None
    if slot is None:
        return None
    start = without_lead(words, start, end)
    end = without_tail(words, start, end)
    run = words[start:end]
    begin = _begin_of(words, start) if slot in {Slot.SUBJECT, Slot.LABEL} else start
    if len(run) > LONGEST or run[-1].is_possessive or (begin == start and not is_named(run)):
        return None
    first, last = words[begin].start, run[-1].end
    return Thing(start=first, end=last, name=" ".join(text[first:last].split()), slot=slot)


def _begin_of(words: Sequence[Word], start: int) -> int:
    """Return where a name begins that holds a preposition: "Parking at Terminal 2", at the beginning of a sentence."""
    at = start - 1
    while at >= 0 and (words[at].is_own or words[at].low in {"the", "our", "your", "a", "an"}):
        at -= 1
    if at > 0 and (words[at - 1].low, words[at].low) == ("up", "to"):
        at -= 1
    begin = at
    while begin > 0 and words[begin - 1].is_part:
        begin -= 1
    is_name = words[at].low == "with" and words[begin].is_capital and words[start].is_capital
    is_first = (
        is_name or begin == 0 or words[begin - 1].low in SENTENCE_ENDS or words[begin - 1].low in BULLETS
    )
    if (
        at < 1
        or (words[at].low == "for" and words[at + 1].is_own)
        or (words[at].low not in WITHIN and words[at].low != "up")
        or begin == at
        or not is_first
        or not is_named(words[begin:at])
        or words[at - 1].low in FEES
    ):
        return start
    return begin


def _slot(words: Sequence[Word], start: int, end: int) -> Slot | None:
    """Return where a run of words stands; None if what is paid for does not stand there."""
    before = before_name(words, start)
    low = words[before].low if before >= 0 else "\n"
    end = _behind_rival(words, end)
    behind = words[end] if end < len(words) else END
    is_first = low in SENTENCE_ENDS or low in BULLETS
    if _is_tariff(words, start, end) or (
        low in PLAN_NOUNS and before == start - 1 and words[start].is_capital
    ):
        return Slot.NAMED
    if _is_head(words, end):
        is_apposed = end + 1 < len(words) and words[end + 1].is_part and words[end + 1].is_capital
        return None if is_apposed and words[start].said.islower() else Slot.HEAD
    if start and words[start - 1].is_own and words[start].is_capital and behind.low in RISES:
        return Slot.OF
    is_labelled = _is_label(words, end) and not (behind.said == "," and is_counted(words, start))
    if is_labelled and (is_first or low in {",", "and"}):
        return Slot.LABEL
    if behind.said == "\n" and is_first and words[start].is_capital:
        return Slot.LINE
    if low in {"of", "for", "on"} and tells_price(words, before):
        is_beside = before == start - 1 and before > 0 and words[before - 1].low in FEES | PRICE_NOUNS
        is_meant = is_beside or low == "of" or words[start].is_capital or words[start - 1].low in ITS
        return Slot.OF if is_meant else Slot.SUBJECT
    if (
        behind.low in IS_PRICED
        or is_labelled
        or _is_priced_next(words, end, {"at", "for", "of"})
        or _is_priced_aside(words, end)
    ):
        return Slot.SUBJECT
    is_off = words[start].is_capital and low == "off" and before == start - 1
    if is_off or _is_asked_for(words, before, end):
        return Slot.OF
    if _meets_change(words, end) or _is_gapped(words, before, end):
        return Slot.SUBJECT
    if _is_made_free(words, before, end):
        return Slot.HEAD
    if low in {"up", "down"} and before > 0 and words[before - 1].low in PUTS:
        return Slot.OBJECT
    if low in RAISES or (before == start - 1 and before >= 0 and words[before].is_money):
        return Slot.OBJECT
    return Slot.BEHIND if low == "for" and follows_money(words, before) else None


def _is_tariff(words: Sequence[Word], start: int, end: int) -> bool:
    """Return True for "tariff Fuse 16A", whose first word names the kind as "plan" does."""
    return (
        end - start > 1 and words[start].said in {"tariff", "tariffs", "fare"} and words[start + 1].is_capital
    )


def _is_made_free(words: Sequence[Word], before: int, end: int) -> bool:
    """Return True for "makes instant payouts free"."""
    behind = words[end].low if end < len(words) else ""
    return behind == "free" and before >= 0 and words[before].low in {"makes", "made", "make", "making"}


def _is_asked_for(words: Sequence[Word], before: int, end: int) -> bool:
    """Return True for "For its scooters Zonda asks €0.25"."""
    if before < 0 or words[before].low != "for":
        return False
    while end < len(words) and words[end].is_own:
        end += 1
    asks = words[end].low if end < len(words) and words[end - 1].is_own else ""
    return asks in ASKS and end + 1 < len(words) and words[end + 1].is_money


def _meets_change(words: Sequence[Word], end: int) -> bool:
    """Return True for "broadband customers face"."""
    return end < len(words) and words[end].low in MEETS and words[end - 1].low in NEVER_THINGS


def _is_gapped(words: Sequence[Word], before: int, end: int) -> bool:
    """Return True for the second of "domains rise by 12 percent, mailboxes by 18 percent"."""
    low = words[before].low if before >= 0 else ""
    return low in {",", "and"} and _is_priced_next(words, end, {"by"})


def _is_label(words: Sequence[Word], end: int) -> bool:
    """Return True if a sum stands behind a name, with a mark between them or none."""
    if end < len(words) and words[end].said in _LABEL_ENDS | {","}:
        end += 1
        while end < len(words) and words[end].low in {"from", "now", "only", "was", "new", "old", "just"}:
            end += 1
    behind = words[end + 1].low if end + 1 < len(words) else ""
    is_percent = words[end].is_number and behind in {"%", "per", "percent"} if end < len(words) else False
    return end < len(words) and words[end].is_money and not is_percent


def _behind_rival(words: Sequence[Word], end: int) -> int:
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


def _is_head(words: Sequence[Word], end: int) -> bool:
    """Return True if "plan" or "price" stands behind a name; the "costs" of "storage costs $5" is a verb."""
    if end >= len(words):
        return False
    if words[end].low not in {"costs", "cost", "prices"}:
        return words[end].low in PLAN_NOUNS or words[end].low in PRICE_NOUNS
    behind = words[end + 1] if end + 1 < len(words) else END
    return not (behind.is_money or behind.low in {"only", "just", "now", "from"})


def _is_priced_next(words: Sequence[Word], end: int, by: Collection[str]) -> bool:
    """Return True for "for $30" behind a name."""
    return end + 1 < len(words) and words[end].low in by and words[end + 1].is_money


def _is_priced_aside(words: Sequence[Word], end: int) -> bool:
    """Return True for ", at $30" behind a name."""
    aside = words[end : end + 3]
    return (
        len(aside) == 3
        and aside[0].said == ","
        and aside[1].low in {"at", "for", "from", "now", "only", "just"}
        and aside[2].is_money
    )
