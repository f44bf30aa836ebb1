"""What a page shows by turns, or for a time: taken out of a comparison by what is known of its source."""

from __future__ import annotations

from collections.abc import Sequence

from extract.days import last_day_in
from extract.document import CompareOptions, Document
from extract.talk import opens_a_list, rotating
from extract.work import Work
from extract.zones import RELATED
from store.kinds import FactKind, PageType
from store.records import Block, Fact

ROTATES = "varies by request"
SEEN = "seen before"
OPENING_LINE = "opening line"


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


def take_over(work: Work, before: Document, options: CompareOptions) -> None:
    """Take events that left the page after their day."""
    if options.on is None:
        return
    days = {
        f.quote: last_day_in(f.attributes.get("date", "")) for f in before.facts if f.kind is FactKind.EVENT
    }
    for block in list(work.removed):
        day = days.get(block.text) or (last_day_in(block.text) if block.text in days else None)
        if day is not None and day < options.on:
            work.drop("event over", before=block)
