"""Lists that roll and lists in pages: what leaves the visible part has not gone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from extract.document import Document
from extract.facts.name_pieces import clean_name
from extract.values.days import last_day_in, same_days
from extract.values.money import find_money
from extract.values.normalise import normalise
from store.kinds import BlockKind, FactKind, PageType
from store.records import Block, Fact

_PAGED = re.compile(
    r"\b\d+\s*[-–]\s*\d+\s*(?:of|/|von|sur|de|di|van|av|af|z)\s*\d+\b|"
    r"\b(?:page|seite|sida|side|página|pagina|strona|sivu)\s+\d+\b|^\W*1\s+2\s+3\b|"
    r"^\W*(?:next|older|(?:load|show) more|weiter|suivant|siguiente|nästa)(?: page| posts| jobs| results)?\W*$",
    re.I,
)
_PAGE_WORDS = ("page", "seite", "sida", "side", "página", "pagina", "strona", "sivu")
#: How many pages a list has: ``Page 1 of 7``.
_PAGES = re.compile(
    rf"\b(?:{'|'.join(_PAGE_WORDS)})\s+(?P<page>\d+)\s*"
    r"(?:of|/|out of|von|sur|de|di|van|av|af|z)\s*(?P<pages>\d+)\b",
    re.I,
)
#: Which items of how many are shown: ``1-20 of 63``.
_SPAN = re.compile(
    r"\b\d+\s*[-–]\s*(?P<last>\d+)\s*(?:of|/|von|sur|de|di|van|av|af|z)\s*(?P<all>\d+)\b", re.I
)
#: The way to what follows.
_FOLLOWS = re.compile(
    r"^\W*(?:next(?: page)?|older(?: posts| entries| news)?|(?:load|show) more(?: posts| jobs| results)?|weiter|"
    r"nächste(?: seite)?|ältere (?:beiträge|meldungen)|mehr (?:laden|anzeigen)|suivant|page suivante|voir plus|"
    r"siguiente|volgende|nästa|successivo|seguinte|dalej)\W*$",
    re.I,
)
#: Facts that stand in lists of several pages.
_LISTED = (FactKind.OPENING, FactKind.CUSTOMER, FactKind.PARTNER, FactKind.EVENT, FactKind.ENTRY)
ARCHIVE = 3  # dated entries, the newest first, that make a list one
COMPARISONS = 2_000_000  # of a removed block with one that stayed; larger differences are taken as they are
NAME_PART = 0.8  # share of a removed block's words that must still stand in one block


def still_there(
    removed: Sequence[Block], added: Sequence[Block], before: Document, after: Document
) -> Iterator[Block]:
    """Yield removed blocks that are still on the page in another list, or rolled off the end of a news list."""
    if not removed:
        return
    new = {id(block) for block in added}
    # A line that is new itself may be the other version of the one that went.
    kept = [
        (set(normalise(block.text).split()), normalise(block.text))
        for block in after.blocks
        if id(block) not in new
    ]
    rolled = _rolled_off(removed, before, after)
    if len(removed) * len(kept) > COMPARISONS:
        kept = []
    for block in removed:
        if block in rolled or _stands_elsewhere(block, kept):
            yield block


def on_next_page(before: Document, after: Document) -> frozenset[str]:
    """Return the texts that ended a page of a longer list and gave way to as many or more that came before them.

    With the two documents exchanged: the texts that moved up from the next page because others had gone.
    """
    pushed = frozenset(text for kind in _LISTED for text in _pushed_off(kind, before, after))
    return pushed if pushed and _is_paged(before) and _is_paged(after) else frozenset()


def grew_by_pages(before: Document, after: Document) -> bool:
    """Return whether the same page of a list stands among more pages than before: its end may have moved on."""
    left, right = _pages(before), _pages(after)
    return left is not None and right is not None and left[0] == right[0] and left[1] < right[1]


def _pages(document: Document) -> tuple[int, int] | None:
    texts = (*(block.text for block in document.blocks), *(aside.text for aside in document.asides))
    whole = "\n".join(texts).casefold()
    if not any(word in whole for word in _PAGE_WORDS):
        return None
    match = next((match for text in texts if (match := _PAGES.search(text))), None)
    return (int(match.group("page")), int(match.group("pages"))) if match else None


def older_entries(before: Document, after: Document) -> frozenset[str]:
    """Return the texts that stand behind the end of a list of news as it was, and are older than all of it.

    A page that lists more of its archive says nothing new. With the two exchanged: the texts that no longer fit.
    """
    # What is linked without a day, as a folder of pictures, is no entry of the archive.
    new = [fact for fact in _listed(FactKind.ENTRY, after) if _day_of(fact) is not None]
    names = {fact.name for fact in _listed(FactKind.ENTRY, before)}
    kept = [number for number, fact in enumerate(new) if fact.name in names]
    days = [day for number in kept if (day := _day_of(new[number])) is not None]
    if len(days) < ARCHIVE or days != sorted(days, reverse=True):
        return frozenset()
    tail = [(fact, _day_of(fact)) for fact in new[kept[-1] + 1 :]]
    return frozenset(fact.quote for fact, day in tail if day is not None and day <= days[-1])


def _day_of(fact: Fact) -> date | None:
    return last_day_in(same_days(fact.attributes.get("date", "")))


def _is_paged(document: Document) -> bool:
    texts = [block.text for block in document.blocks] + [aside.text for aside in document.asides]
    return any(_PAGED.search(text) for text in texts)


def _goes_on(document: Document) -> bool:
    """Return whether a document is the first page of a list and says that more pages follow."""
    if pages := _pages(document):
        return pages[0] < pages[1]
    texts = (*(block.text for block in document.blocks), *(aside.text for aside in document.asides))
    if match := next((match for text in texts if (match := _SPAN.search(text))), None):
        return int(match.group("last")) < int(match.group("all"))
    return any(_FOLLOWS.search(text) for text in texts)


def _listed(kind: FactKind, document: Document) -> list[Fact]:
    return [fact for fact in document.facts if fact.kind is kind]


def _pushed_off(kind: FactKind, before: Document, after: Document) -> Iterator[str]:
    old, new = _listed(kind, before), _listed(kind, after)
    if kind is FactKind.ENTRY and sum("date" in fact.attributes for fact in old) >= ARCHIVE:
        old, new = ([fact for fact in side if "date" in fact.attributes] for side in (old, new))
    named_old, named_new = {fact.name for fact in old}, {fact.name for fact in new}
    kept_old = [index for index, fact in enumerate(old) if fact.name in named_new]
    kept_new = [index for index, fact in enumerate(new) if fact.name in named_old]
    if not kept_old or not kept_new:
        return
    tail = old[kept_old[-1] + 1 :]
    come = [fact for fact in new[: kept_new[-1]] if fact.name not in named_old]
    # Where a list goes on, what follows would have moved up: a page of it that only ended sooner got shorter. One
    # job or customer alone may be gone for good all the same.
    some = len(tail) > 1 or kind is FactKind.ENTRY
    shorter = some and len(kept_old) >= ARCHIVE and not come and tail and _goes_on(before) and _goes_on(after)
    moved_on = len(tail) <= len(come) or shorter or grew_by_pages(before, after)
    if moved_on and not new[kept_new[-1] + 1 :]:
        yield from (fact.quote for fact in tail)


def _stands_elsewhere(block: Block, kept: Sequence[tuple[set[str], str]]) -> bool:
    if block.kind not in (BlockKind.ROW, BlockKind.CARD, BlockKind.ITEM, BlockKind.LOGO):
        return False
    words = normalise(block.text).split()
    if block.kind is BlockKind.LOGO:
        name = normalise(clean_name(block.text))
        return bool(name) and any(text.startswith(name) for _, text in kept)
    if len(words) < 4 or next(find_money(block.text), None):
        return False
    figures = {word for word in words if any(character.isdigit() for character in word)}
    return any(
        text.startswith(words[0])
        and figures <= other
        and len(other & set(words)) >= NAME_PART * len(set(words))
        for other, text in kept
    )


def _rolled_off(removed: Sequence[Block], before: Document, after: Document) -> frozenset[Block]:
    """Return the entries at the end of a list of news that gave way to new ones at its top."""
    old = [fact for fact in before.facts if fact.kind is FactKind.ENTRY]
    new = [fact for fact in after.facts if fact.kind is FactKind.ENTRY]
    names_new, names_old = {fact.name for fact in new}, {fact.name for fact in old}
    come = [fact for fact in new if fact.name not in names_old]
    gone = [fact for fact in old if fact.name not in names_new]
    if not come or not gone or len(gone) > len(come) + 1:
        return frozenset()
    kept = [index for index, fact in enumerate(old) if fact.name in names_new]
    last_kept = max(kept, default=-1)
    # A changelog keeps its history, so there only its end may roll off; other lists show what is new.
    anywhere = after.page_type is not PageType.CHANGELOG
    quotes = {
        fact.quote for index, fact in enumerate(old) if fact in gone and (anywhere or index > last_kept)
    }
    return frozenset(block for block in removed if block.text in quotes)
