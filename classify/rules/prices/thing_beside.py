"""Whose price an amount is, where what is paid for is named in its sentence or on a line above it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from classify.rules.prices.amounts import Amount
from classify.rules.prices.periods import tail_of
from classify.rules.prices.thing_again import said_whole
from classify.rules.prices.thing_words import FEES, IS_PRICED, KIND_NOUNS, PLAN_NOUNS, PRICE_NOUNS
from classify.rules.prices.things import Slot, Thing, things_in

#: Between two prices of one thing: "from $13.99 to $15.99 per month and from $149.90 to $159.90 per year".
_GOES_ON = re.compile(
    r"[\s,;()/–—-]*(?:(?:and|or|per|a|an|each|from|to|is|for|at|in|if|when|billed|paid|pay|you|monthly|annually|yearly|month|year|mo|yr|user|seat|now|up|down|save)[\s,;()/]*)*",
    re.IGNORECASE,
)
#: A sentence that goes on about what the one before named.
_ITS_PRICE = re.compile(
    r"\s*(?:it|they|that|this|the\s+(?:new\s+)?price|the\s+(?:cost|fee)|you(?:['’]ll|\s+will)?\s+pay|price|from|as\s+of|starting|(?:it\s+)?(?:now\s+)?costs?|now|new|was|before|instead)\b|\s*$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?]\s+(?=[^\sa-z])|\n")
#: A line of a card of prices that praises or lists, and is no name.
_SLOGAN = re.compile(
    r"(?:for|up\s+to|everything|all|unlimited|best|perfect|ideal|most|get|start|try|buy|choose|includes?|billed|per|from|with|no|our|your|contact|per\s+month|learn|priced?|pricing|plans?|prices?|save|popular|recommended|new|what|change\w*|\d+\s+\w+)\b|[^\w]*$",
    re.IGNORECASE,
)
#: Between a price and the plan it stands before.
_ATTRIBUTE = re.compile(r"(?:[\s-]*(?:/|an?|per)[\s-]*\w+)?[\s-]+", re.IGNORECASE)
_WORD = re.compile(r"[^\W_][\w’'-]*")
#: From a name on to its price nothing else is said.
_LEADS: Final = (
    IS_PRICED | KIND_NOUNS | PLAN_NOUNS | PRICE_NOUNS | {"by", "for", "of", "about", "around", "a", "an"}
)
LONGEST_LINE: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingBeside:
    """What an amount is paid for, with where it was named; ``is_near`` if it stands in the same clause."""

    name: str
    slot: Slot
    is_common: bool
    is_near: bool = True
    is_led: bool = False  # Nothing but words of prices stands between it and its price.


def things_beside(
    text: str,
    amounts: Sequence[Amount],
    moves: Sequence[Sequence[int]],
    own: Iterable[str] = (),
    company: Collection[str] = (),
) -> dict[int, ThingBeside]:
    """Return what the amounts are paid for, by their places; ``moves`` hold the places of one move each.

    The words of ``company`` belong to the rival's name and name nothing that is paid for.
    """
    things = [thing for thing in things_in(text, own) if thing.name not in company]
    found: dict[int, ThingBeside] = {}
    told = sorted(place for move in moves for place in move)
    for move in moves:
        first, end = amounts[move[0]].start, max(amounts[place].end for place in move)
        before = [place for place in told if place < move[0]]
        after = tail_of(text, amounts[before[-1]].end) if before else 0
        limit = min(
            (amounts[place].start for place in told if amounts[place].start >= end), default=len(text)
        )
        beside = (
            _right_behind(text, things, end)
            or _line_above(text, after, first, things)
            or _ahead(text, things, after, first)
            or _within(text, things, [amounts[place] for place in move])
            or _behind(text, things, end, limit)
            or _going_on(text, things, after, first, found.get(before[-1]) if before else None)
        )
        if beside is not None:
            beside = replace(beside, name=said_whole(text, beside.name, first))
            found |= dict.fromkeys(move, beside)
    return found


def _of(thing: Thing, *, is_near: bool = True) -> ThingBeside:
    return ThingBeside(name=thing.name, slot=thing.slot, is_common=thing.is_common, is_near=is_near)


def _ahead(text: str, things: Sequence[Thing], after: int, first: int) -> ThingBeside | None:
    """Return the thing named before an amount in its sentence, rather one whose place is sure and that stands near."""
    begin = max([after, *(m.end() for m in _SENTENCE.finditer(text, after, first))])
    named = [
        thing
        for thing in things
        if begin <= thing.start and thing.end <= first and thing.slot is not Slot.LINE
    ]
    sure = [thing for thing in named if thing.slot >= Slot.OF]
    near = [thing for thing in named if _LEADS.issuperset(_WORD.findall(text[thing.end : first].lower()))]
    told = [thing for thing in sure if thing.slot is Slot.NAMED]
    if told and all(_is_charge(thing) for thing in near):
        near = []
    chosen = near or sure or named
    return replace(_of(chosen[-1]), is_led=bool(near)) if chosen else None


def _is_charge(thing: Thing) -> bool:
    """Return True for a "fixed charge", which is of the tariff that is named before it."""
    return thing.is_common and thing.name.split()[-1] in FEES | PRICE_NOUNS


def _right_behind(text: str, things: Sequence[Thing], end: int) -> ThingBeside | None:
    """Return the thing of "a $20 Plus plan" and of "a $200-a-month Max plan"."""
    named = next((thing for thing in things if thing.start >= end), None)
    if named is None or named.slot not in {Slot.HEAD, Slot.OBJECT, Slot.BEHIND}:
        return None
    return _of(named) if _ATTRIBUTE.fullmatch(text, end, named.start) else None


def _behind(text: str, things: Sequence[Thing], end: int, limit: int) -> ThingBeside | None:
    """Return the thing of "10 percent for its dedicated servers" and of "a $20 Plus plan"."""
    found = _SENTENCE.search(text, end)
    limit = min(limit, found.start() if found else len(text))
    named = [
        thing
        for thing in things
        if end <= thing.start < limit and thing.slot in {Slot.BEHIND, Slot.OF, Slot.OBJECT, Slot.HEAD}
    ]
    if not named or not re.fullmatch(
        r"(?:[\s-]*[\w/-]+){0,6}?\s+(?:(?:for|of|on|off)\s+)?(?:(?:the|its|our|all|a|an|new)\s+)*",
        text[end : named[0].start],
    ):
        return None
    return _of(named[0])


def _within(text: str, things: Sequence[Thing], move: Sequence[Amount]) -> ThingBeside | None:
    """Return the thing between two amounts of one move: "€15 a month for its All Access membership, up from €13"."""
    return _behind(text, things, move[0].end, move[-1].start) if len(move) > 1 else None


def _line_above(text: str, after: int, first: int, things: Sequence[Thing]) -> ThingBeside | None:
    """Return the name that stands on a line of its own above an amount that begins its line."""
    start = text.rfind("\n", 0, first) + 1
    if start == 0 or not re.fullmatch(
        r"\W*(?:from|starting\s+at|only|now|just)?\W*", text[start:first], re.IGNORECASE
    ):
        return None
    opens = text.find("\n", after, start) if after else 0
    lines = text[opens:start].split("\n") if opens >= 0 else []
    blocks = [block for block in "\n".join(lines).split("\n\n") if block.strip()]
    if not blocks:
        return None
    each = [[line for line in block.split("\n") if line.strip() and not _is_slogan(line)] for block in blocks]
    named = next((lines for lines in reversed(each) if lines), None)
    if named is None:
        return None
    line = named[0] if len(blocks) > 1 or not after else named[-1]
    held = [thing for thing in things if thing.name in line and opens <= thing.start < start]
    return ThingBeside(name=held[0].name, slot=Slot.LINE, is_common=held[0].is_common) if held else None


def _is_slogan(line: str) -> bool:
    line = line.strip()
    return len(line.split()) > LONGEST_LINE or line[-1:] in ".!?:" or _SLOGAN.match(line) is not None


def _going_on(
    text: str, things: Sequence[Thing], after: int, first: int, last: ThingBeside | None
) -> ThingBeside | None:
    """Return what the price before was of, or the only thing that the sentence before names."""
    between = text[after:first]
    if last is not None and _GOES_ON.fullmatch(between):
        return last
    ends = list(_SENTENCE.finditer(text, 0, first))
    if not ends or not _ITS_PRICE.match(text, ends[-1].end(), first):
        return None
    begin = ends[-2].end() if len(ends) > 1 else 0
    said = [thing for thing in things if begin <= thing.start < ends[-1].start()]
    named = {thing.name: thing for thing in said if thing.slot >= Slot.OF}
    if (
        not named
        and len(said) == 1
        and said[0].slot is Slot.SUBJECT
        and not text[begin : said[0].start].strip()
    ):
        return _of(said[0], is_near=False)
    if len(named) != 1:
        return None
    return _of(next(iter(named.values())), is_near=False)


def moves_of(amounts: Sequence[Amount], pairs: Mapping[int, int]) -> list[list[int]]:
    """Return the places of amounts in order, those that ``pairs`` link together; bare numbers alone are left out."""
    root: dict[int, int] = {}
    for one, other in pairs.items():
        low, high = sorted((root.get(one, one), root.get(other, other)))
        root[high] = root[one] = root[other] = low
    found: dict[int, list[int]] = {}
    for place, amount in enumerate(amounts):
        if place in root or not amount.is_bare:
            found.setdefault(root.get(place, place), []).append(place)
    return sorted(found.values())
