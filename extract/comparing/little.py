"""Little differences: noise inside a text, text that is noise alone, spelling, items moved to another page."""

from __future__ import annotations

from collections.abc import Sequence

from extract.comparing.align import pair_up
from extract.comparing.cosmetic import is_cosmetic
from extract.comparing.rolling import older_entries, on_next_page, still_there
from extract.comparing.turns import card_lines
from extract.comparing.work import Work
from extract.document import Document
from extract.facts.clauses import without_number
from extract.reading.marks import PICTURE
from extract.values.normalise import has_noise, noise_reasons, normalise, normalise_words
from store.kinds import BlockKind, FactKind, PageType
from store.records import Block, Suppressed

PAGING = "paging"
DATE_ALONE = "last updated"
COPY = "shown again"
COPY_WORDS = 5  # shorter lines say the same under several headings and mean each of them
#: What one line may say of several names: the price of two plans, the place of two jobs.
_HELD_APART = frozenset({FactKind.PRICE, FactKind.FEATURE, FactKind.OPENING, FactKind.CLAUSE})


def name_noise(work: Work, pairs: Sequence[tuple[Block, Block]]) -> list[tuple[Block, Block]]:
    """Name the noise between blocks that say the same; return those that bear a new date of revision."""
    dated = []
    for left, right in pairs:
        reasons = noise_reasons(left.text, right.text) if left.text != right.text else ()
        if DATE_ALONE in reasons:
            dated.append((left, right))
        work.suppressed += [
            Suppressed(reason=reason, before=left.text, after=right.text) for reason in reasons
        ]
    return dated


def date_policy(work: Work, dated: Sequence[tuple[Block, Block]]) -> None:
    """Report the new date of a policy that changed; by itself the date is noise."""
    work.removed += [left for left, _ in dated] + work.dates_removed
    work.added += [right for _, right in dated] + work.dates_added
    work.suppressed = [item for item in work.suppressed if item.reason != DATE_ALONE]


def take_bare_noise(work: Work) -> None:
    """Take blocks that are nothing but noise: a relative date, a token, a counter."""
    for block in list(work.added):
        if (reason := has_noise(block.text)) and _is_bare(block.text):
            work.drop(reason, after=block)
            work.dates_added += [block] if reason == DATE_ALONE else []
    for block in list(work.removed):
        if (reason := has_noise(block.text)) and _is_bare(block.text):
            work.drop(reason, before=block)
            work.dates_removed += [block] if reason == DATE_ALONE else []


def _is_bare(text: str) -> bool:
    words = [word for word in normalise(text).split() if not word.startswith("<")]
    return len(words) <= 1


def _take_archive(work: Work, before: Document, after: Document) -> None:
    """Take the entries by which a list of news shows more or less of its archive."""
    if not (work.removed or work.added):
        return
    old, new = older_entries(after, before), older_entries(before, after)
    names = frozenset(fact.quote for fact in (*before.facts, *after.facts))
    for block in [block for block in work.removed if block.text in old]:
        for line in list(card_lines(block, before.blocks, work.removed, names)):
            work.drop(PAGING, before=line)
    for block in [block for block in work.added if block.text in new]:
        for line in list(card_lines(block, after.blocks, work.added, names)):
            work.drop(PAGING, after=line)


def _take_paged(work: Work, before: Document, after: Document) -> None:
    if not (work.removed or work.added):
        return
    left, right = on_next_page(before, after), on_next_page(after, before)
    names = frozenset(fact.quote for fact in (*before.facts, *after.facts))
    for block in [block for block in work.removed if block.text in left]:
        for line in list(card_lines(block, before.blocks, work.removed, names)):
            work.drop(PAGING, before=line)
    for block in [block for block in work.added if block.text in right]:
        for line in list(card_lines(block, after.blocks, work.added, names)):
            work.drop(PAGING, after=line)


def take_copies(work: Work, before: Document, after: Document) -> None:
    """Take further copies of what the other side shows too: the slides of a carousel, the logos of a moving band."""
    for own, other, blocks in ((before, after, work.removed), (after, before, work.added)):
        known = {block.key for block in other.blocks}
        stated = {fact.quote for fact in own.facts if fact.kind in _HELD_APART}
        for block in list(blocks):
            said = block.kind in (BlockKind.LOGO, BlockKind.HEADING)
            long = said or len(block.text.split()) >= COPY_WORDS
            copied = long and block.key in known and block.text not in stated
            if copied or (block.kind is BlockKind.LOGO and _is_hung(block.text, own, other)):
                work.drop(COPY, *((block, None) if own is before else (None, block)))


def _is_hung(name: str, own: Document, other: Document) -> bool:
    """Return whether the other side shows the same pictures of a name, although they are too few there for a wall."""
    pictures = own.marks.get(PICTURE, ()), other.marks.get(PICTURE, ())
    return 0 < pictures[0].count(name) <= pictures[1].count(name)


def take_edits(work: Work, before: Document, after: Document, page_type: PageType) -> None:
    """Take pairs that differ in spelling alone, and what left a list without leaving the page."""
    names = frozenset(fact.quote for fact in before.facts)
    for block in list(still_there(work.removed, work.added, before, after)):
        lines = card_lines(block, before.blocks, work.removed, names) if block.text in names else [block]
        for line in list(lines):
            work.drop(PAGING, before=line)
    _take_paged(work, before, after)
    _take_archive(work, before, after)
    pairing = pair_up(work.removed, work.added)
    for left, right in pairing.pairs:
        if page_type is PageType.POLICY and without_number(left.text) == without_number(right.text):
            work.drop("renumbered", before=left, after=right)
        elif is_cosmetic(left.text, right.text):
            reason = (
                "whitespace" if normalise_words(left.text) == normalise_words(right.text) else "cosmetic edit"
            )
            work.drop(reason, before=left, after=right)
