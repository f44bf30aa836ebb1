"""Redesigns: most of a page is new and says the same facts."""

from __future__ import annotations

from collections.abc import Sequence

from extract.comparing.work import Work
from extract.document import Document
from extract.values.normalise import normalise_words
from store.kinds import FactKind, PageType
from store.records import Fact, FactChange, Suppressed

REDESIGN = "redesign"
REDESIGN_BLOCKS = 0.3  # share of blocks that must have changed
REDESIGN_FACTS = 3  # facts that must have stayed, in other words
#: Pages whose matter is their facts: there new words around the same facts are a redesign.
_FACT_PAGES = frozenset(
    {
        PageType.PRICING,
        PageType.TEAM,
        PageType.CUSTOMERS,
        PageType.PARTNERS,
        PageType.INTEGRATIONS,
        PageType.CAREERS,
    }
)


def take_redesign(
    work: Work, facts: list[FactChange], before: Document, after: Document, page_type: PageType
) -> list[FactChange]:
    """Take what no changed fact is quoted from, if most blocks changed around the same facts; return the facts left."""
    changed = len(work.added) + len(work.removed)
    enough = changed >= REDESIGN_BLOCKS * (len(before.blocks) + len(after.blocks))
    if page_type not in _FACT_PAGES or not enough or not _recast(before.facts, after.facts):
        return facts
    telling = [fact for fact in facts if fact.kind is not FactKind.FEATURE]
    if telling and page_type is PageType.PRICING:
        return facts  # What a new plan holds is news too, and no fact of its own quotes it.
    identities = {(fact.kind, normalise_words(fact.name)) for fact in telling}
    news = {f.quote for f in (*before.facts, *after.facts) if (f.kind, normalise_words(f.name)) in identities}
    _note(work, news)
    return telling


def was_redesigned(work: Work) -> bool:
    """Return whether a comparison has taken a redesign."""
    return any(item.reason == REDESIGN for item in work.suppressed)


def _note(work: Work, news: set[str]) -> None:
    """Take all blocks but the news; one note with their numbers stands for them."""
    gone = [block for block in work.removed if block.text not in news]
    come = [block for block in work.added if block.text not in news]
    work.removed = [block for block in work.removed if block.text in news]
    work.added = [block for block in work.added if block.text in news]
    if gone or come:
        note = Suppressed(reason=REDESIGN, before=f"{len(gone)} blocks", after=f"{len(come)} blocks")
        work.suppressed.append(note)


def _recast(before: Sequence[Fact], after: Sequence[Fact]) -> bool:
    """Return whether the same facts now stand in other words: cards became a table, a list became cards."""
    told: dict[tuple[FactKind, str], str] = {
        (f.kind, normalise_words(f.name)): normalise_words(f.quote)
        for f in before
        if f.kind is not FactKind.FEATURE
    }
    both = [
        (told[f.kind, normalise_words(f.name)], normalise_words(f.quote))
        for f in after
        if (f.kind, normalise_words(f.name)) in told
    ]
    other = [(old, new) for old, new in both if old != new]
    # A row that prices all plans is one place, however many facts it holds.
    places = max(len({old for old, _ in other}), len({new for _, new in other}))
    return places >= REDESIGN_FACTS and len(other) >= len(both) / 2
