"""Tables in another arrangement: columns that changed places, rows that became columns."""

from __future__ import annotations

from collections import Counter

from extract.comparing.work import Work
from extract.document import Document
from extract.facts.fact_changes import compare_facts
from extract.values.normalise import normalise
from store.kinds import BlockKind
from store.records import Block

ROWS = 2  # that a table has besides its head
REARRANGED = "reordered list"


def take_rearranged(work: Work, before: Document, after: Document) -> None:
    """Take the rows of tables that hold the same cells in another order, if their facts are the same."""
    gone = [block for block in work.removed if block.kind is BlockKind.ROW]
    come = [block for block in work.added if block.kind is BlockKind.ROW]
    if len(gone) <= ROWS or len(come) <= ROWS:
        return
    if _words(gone) == _words(come) and (
        _is_permuted(gone, come) or _states_the_same(gone, come, before, after)
    ):
        for block in gone:
            work.drop(REARRANGED, before=block)
        for block in come:
            work.drop(REARRANGED, after=block)


def _words(blocks: list[Block]) -> Counter[str]:
    return Counter(word for block in blocks for word in normalise(block.text).split())


def _is_permuted(gone: list[Block], come: list[Block]) -> bool:
    """Return whether every row, the head among them, has its own counterpart with the same words and beginning."""
    if len(gone) != len(come):
        return False
    pairs = list(zip(gone, come, strict=True))
    heads = not any(map(str.isdigit, gone[0].text)) and normalise(gone[0].text) != normalise(come[0].text)
    return heads and all(
        _words([left]) == _words([right])
        and normalise(left.text).split()[:1] == normalise(right.text).split()[:1]
        for left, right in pairs
    )


def _states_the_same(gone: list[Block], come: list[Block], before: Document, after: Document) -> bool:
    """Return whether facts were read from these rows on both sides, and none of them differs."""
    old, new = {block.text for block in gone}, {block.text for block in come}
    left = [fact for fact in before.facts if fact.quote in old]
    right = [fact for fact in after.facts if fact.quote in new]
    return len(left) > 1 and len(left) == len(right) and not list(compare_facts(left, right))
