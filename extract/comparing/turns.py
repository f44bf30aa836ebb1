"""What a page shows by turns, or for a time: taken out of a comparison by what is known of its source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from extract.comparing.talk import opens_a_list, rotating
from extract.comparing.work import Work
from extract.document import CompareOptions, Document
from extract.reading.zones import RELATED
from extract.values.days import is_day, last_day_in, same_days
from store.kinds import BlockKind, FactKind, PageType
from store.records import Block, Fact

ROTATES = "varies by request"
SEEN = "seen before"
OPENING_LINE = "opening line"
#: What is said of an event that one can still see: ``Recorded in April``, ``Watch``, ``Aufzeichnung ansehen``.
_RECORDED = re.compile(
    r"\b(?:recorded (?:in|on|at|live)|(?:watch|see|view|get) (?:the |it )?(?:recording|replay|again|back|on[- ]demand|"
    r"video|now)|recording(?: available)?|watch(?=\W*$)|replay|(?:now |available )on[- ]demand|slides and recording|"
    r"aufzeichnung|aufgezeichnet|mediathek|enregistré|revoir|regarder|en replay|grabación|grabado|registrazione|"
    r"registrato|opname|terugkijken|inspelning|nagranie|gravação)\b",
    re.I,
)
CARD_LINES = 6  # below the name of a card that leaves with it


def take_known(work: Work, options: CompareOptions, facts: Sequence[Fact]) -> None:
    """Take blocks that the source is known to show by turns, each with what stood in its place."""
    lasting = {fact.quote for fact in facts if fact.kind is not FactKind.FEATURE}
    for reason, keys in (
        ("reverted", options.returned),
        (ROTATES, options.volatile),
        (SEEN, options.seen_before),
    ):
        for block in [block for block in work.added if block.key in keys]:
            work.drop(reason, before=_instead(block, work.removed, lasting), after=block)
        if reason != SEEN:
            for block in [block for block in work.removed if block.key in keys]:
                work.drop(reason, before=block, after=_instead(block, work.added, lasting))


def take_turns(work: Work, options: CompareOptions, before: Document, after: Document) -> None:
    """Take talk in places that are known to show it by turns, whatever it says this time."""
    for block in rotating(work.added, options.volatile, after):
        work.drop(RELATED, after=block)
    for block in rotating(work.removed, options.volatile, before):
        work.drop(RELATED, before=block)


def take_openings(work: Work, page_type: PageType) -> None:
    """Take the talk between the title of a list and the list."""
    for block in [block for block in work.added if opens_a_list(block, page_type)]:
        work.drop(OPENING_LINE, after=block)
    for block in [block for block in work.removed if opens_a_list(block, page_type)]:
        work.drop(OPENING_LINE, before=block)


def _instead(block: Block, others: Sequence[Block], lasting: set[str]) -> Block | None:
    """Return the block of the other side that stands in the same place, unless it holds a fact."""
    same = (other for other in others if other.path == block.path and other.kind is block.kind)
    return next((other for other in same if other.text not in lasting), None)


def take_over(work: Work, before: Document, after: Document, options: CompareOptions) -> None:
    """Take events that left the page after their day, each with the lines of its card.

    Where the day of the capture is not known, those are taken that were before all events that stay.
    """
    _take_recorded(work, before, after, options.on)
    staying = {fact.name.casefold() for fact in after.facts if fact.kind is FactKind.EVENT}
    held = [fact for fact in before.facts if fact.kind is FactKind.EVENT]
    days = {fact.quote: _day_of(fact) for fact in held if fact.name.casefold() not in staying}
    limit = options.on or _first_day([fact for fact in held if fact.name.casefold() in staying])
    quotes = frozenset(fact.quote for fact in held)
    for block in list(work.removed):
        day = days.get(block.text)
        if day is not None and limit is not None and day < limit:
            for line in card_lines(block, before.blocks, work.removed, quotes):
                work.drop("event over", before=line)


def _take_recorded(work: Work, before: Document, after: Document, on: date | None) -> None:
    """Take events that stand as recordings now: their day has passed, and nothing else was said."""
    for fact in before.facts if work.added and work.removed else ():
        day = _day_of(fact) if fact.kind is FactKind.EVENT else None
        if day is None or (on is not None and day >= on):
            continue
        gone, come = _lines_on(fact.name, work.removed), _lines_on(fact.name, work.added)
        shown = [block for block in before.blocks if _names(fact.name, block)]
        recorded = any(_is_recorded(block.text, day) for block in come)
        if recorded and not any(_is_recorded(block.text, day) for block in shown):
            for line in gone:
                work.drop("event over", before=line)
            for line in come:
                work.drop("event over", after=line)


def _is_recorded(text: str, day: date) -> bool:
    said = last_day_in(same_days(text))
    return bool(_RECORDED.search(text)) and (said is None or said <= day)


def _lines_on(name: str, blocks: Sequence[Block]) -> list[Block]:
    return [block for block in blocks if _names(name, block)]


def _names(name: str, block: Block) -> bool:
    """Return whether a block names an event or stands below the heading that does."""
    return name.casefold() in block.text.casefold() or bool(block.path and block.path[-1] == name)


def card_lines(
    block: Block, own: Sequence[Block], gone: Sequence[Block], names: frozenset[str]
) -> Iterator[Block]:
    """Yield a block that names something, with the lines that went with it: a date above, what stands below."""
    yield block
    gone_ids = {id(other) for other in gone}
    place = next((number for number, other in enumerate(own) if other is block), None)
    if place is None:
        return
    above = own[place - 1] if place else None
    if above is not None and id(above) in gone_ids and above.text not in names and is_day(above.text):
        yield above
    for number, other in enumerate(own[place + 1 : place + 1 + CARD_LINES], place + 1):
        if id(other) not in gone_ids or other.text in names or other.kind is BlockKind.HEADING:
            return
        following = own[number + 1].text if number + 1 < len(own) else ""
        # A date right above the next name is that one's.
        if is_day(other.text) and number > place + 1 and following in names:
            return
        yield other


def _first_day(events: Sequence[Fact]) -> date | None:
    """Return the day of the first of some events."""
    found = map(_day_of, events)
    return min((day for day in found if day is not None), default=None)


def _day_of(fact: Fact) -> date | None:
    return last_day_in(same_days(fact.attributes.get("date", ""))) or last_day_in(same_days(fact.quote))
