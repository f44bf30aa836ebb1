"""Two documents of one source to the difference that a reader would call one.

Equal blocks go first, then re-wrapped text, then each rule of noise takes what it explains, with its name. What is left
is reported: whole block texts and the facts they hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extract.align import align, pair_up
from extract.capture import failed_side
from extract.clauses import without_number
from extract.cosmetic import is_cosmetic
from extract.days import last_day_in
from extract.document import CompareOptions, Document
from extract.fact_changes import TELLING, compare_facts
from extract.margin_changes import margin_changes, mark_changes
from extract.normalise import has_noise, noise_reasons, normalise, normalise_words
from extract.rolling import still_there
from extract.talk import opens_a_list, rotating
from extract.zones import RELATED
from store.kinds import FactAction, FactKind, PageType
from store.records import Block, Difference, Fact, FactChange, Suppressed

REDESIGN_BLOCKS = 0.3  # share of blocks that must have changed
REDESIGN_FACTS = 3  # facts that must have stayed, in other words
ROTATES = "varies by request"
SEEN = "seen before"
DATE_ALONE = "last updated"
OPENING_LINE = "opening line"
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


@dataclass
class _Work:
    """What is still to be explained, and what has been."""

    added: list[Block] = field(default_factory=list)
    removed: list[Block] = field(default_factory=list)
    suppressed: list[Suppressed] = field(default_factory=list)
    dates_added: list[Block] = field(default_factory=list)
    dates_removed: list[Block] = field(default_factory=list)

    def drop(self, reason: str, before: Block | None = None, after: Block | None = None) -> None:
        """Take blocks out, for a named reason."""
        if before is not None:
            self.removed = [block for block in self.removed if block is not before]
        if after is not None:
            self.added = [block for block in self.added if block is not after]
        self.suppressed.append(
            Suppressed(reason=reason, before=before.text if before else "", after=after.text if after else "")
        )


#: Facts of which a card may tell the name in one block and the rest in another.
_TOLD_APART = frozenset({FactKind.PERSON, FactKind.OPENING, FactKind.EVENT})


def compare_documents(
    before: Document,
    after: Document,
    options: CompareOptions = CompareOptions(),  # noqa: B008
) -> Difference:
    """Return what is new, gone or different between two captures of one page, and what was noise and why."""
    page_type = after.page_type if after.page_type is not PageType.GENERIC else before.page_type
    if side := failed_side(before, after):
        return _failed(page_type, before, after, side)
    alignment = align(before.blocks, after.blocks)
    work = _Work(added=list(alignment.added), removed=list(alignment.removed))
    dated = _equal(work, alignment.equal)
    work.suppressed += [Suppressed(reason="re-wrapped", after=block.text) for block in alignment.rewrapped]
    if alignment.moved:
        work.suppressed.append(Suppressed(reason="reordered list"))
    _known(work, options, (*before.facts, *after.facts))
    _by_turns(work, options, before, after)
    _quiet(work)
    _over(work, before, options)
    _edits(work, before, after, page_type)
    _openings(work, page_type)
    if page_type is PageType.POLICY and (work.added or work.removed):
        _date_the_policy(work, dated)
    facts = _redesign(work, list(_facts(work, before, after)), before, after, page_type)
    work.suppressed += margin_changes(before, after)
    if not (work.added or work.removed or facts):
        work.suppressed += mark_changes(before, after, quiet=not work.suppressed)
    return Difference(
        page_type=page_type,
        added=_texts(work.added),
        removed=_texts(work.removed),
        facts=tuple(facts) if work.added or work.removed else (),
        suppressed=tuple(dict.fromkeys(work.suppressed)),
    )


def _failed(page_type: PageType, before: Document, after: Document, side: str) -> Difference:
    failed = before if side == "before" else after
    text = " ".join(block.text for block in failed.blocks)[:300]
    reason = "half page" if not failed.complete and len(failed.blocks) > 5 else "failed capture"
    sides = {side: text}
    return Difference(page_type=page_type, suppressed=(Suppressed(reason=reason, **sides),))


def _known(work: _Work, options: CompareOptions, facts: Sequence[Fact]) -> None:
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


def _by_turns(work: _Work, options: CompareOptions, before: Document, after: Document) -> None:
    """Take talk in places that are known to show it by turns, whatever it says this time."""
    for block in rotating(work.added, options.volatile, after):
        work.drop(RELATED, after=block)
    for block in rotating(work.removed, options.volatile, before):
        work.drop(RELATED, before=block)


def _openings(work: _Work, page_type: PageType) -> None:
    """Take the talk between the title of a list and the list."""
    for block in [block for block in work.added if opens_a_list(block, page_type)]:
        work.drop(OPENING_LINE, after=block)
    for block in [block for block in work.removed if opens_a_list(block, page_type)]:
        work.drop(OPENING_LINE, before=block)


def _instead(block: Block, others: Sequence[Block], lasting: set[str]) -> Block | None:
    """Return the block of the other side that stands in the same place, unless it holds a fact."""
    same = (other for other in others if other.path == block.path and other.kind is block.kind)
    return next((other for other in same if other.text not in lasting), None)


def _over(work: _Work, before: Document, options: CompareOptions) -> None:
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


def _equal(work: _Work, pairs: Sequence[tuple[Block, Block]]) -> list[tuple[Block, Block]]:
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


def _date_the_policy(work: _Work, dated: Sequence[tuple[Block, Block]]) -> None:
    """Report the new date of a policy that changed; by itself the date is noise."""
    work.removed += [left for left, _ in dated] + work.dates_removed
    work.added += [right for _, right in dated] + work.dates_added
    work.suppressed = [item for item in work.suppressed if item.reason != DATE_ALONE]


def _quiet(work: _Work) -> None:
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


def _edits(work: _Work, before: Document, after: Document, page_type: PageType) -> None:
    """Take pairs that differ in spelling alone, and what left a list without leaving the page."""
    for block in still_there(work.removed, work.added, before, after):
        work.drop("paging", before=block)
    pairing = pair_up(work.removed, work.added)
    for left, right in pairing.pairs:
        if page_type is PageType.POLICY and without_number(left.text) == without_number(right.text):
            work.drop("renumbered", before=left, after=right)
        elif is_cosmetic(left.text, right.text):
            reason = (
                "whitespace" if normalise_words(left.text) == normalise_words(right.text) else "cosmetic edit"
            )
            work.drop(reason, before=left, after=right)


def _facts(work: _Work, before: Document, after: Document) -> Iterator[FactChange]:
    """Yield the fact changes whose words are among what is reported."""
    gone, come = {block.text for block in work.removed}, {block.text for block in work.added}
    for change, old, new in compare_facts(before.facts, after.facts):
        shown_before, shown_after = (
            old is not None and _holds(gone, old, new),
            new is not None and _holds(come, new, old),
        )
        if change.action is FactAction.CHANGED and old is not None and new is not None:
            gone_too = None if shown_before else _swapped(old, new, before, after)
            come_too = None if shown_after else _swapped(new, old, after, before)
            work.removed += [gone_too] if gone_too else []
            work.added += [come_too] if come_too else []
            if shown_before or shown_after or gone_too or come_too:
                yield change
        elif shown_before or shown_after:
            yield change


def _holds(texts: set[str], fact: Fact, other: Fact | None = None) -> bool:
    """Return whether a fact is among some texts: its quote, a line of its clause, or the value that the other lacks."""
    if fact.quote in texts:
        return True
    if fact.kind is FactKind.CLAUSE and not texts.isdisjoint(fact.attributes.get("text", "").split("\n")):
        return True
    if other is None or fact.kind not in _TOLD_APART:
        return False
    values = (fact.attributes.get(key, "") for key in TELLING[fact.kind])
    known = set(other.attributes.values())
    return any(value and value not in known and any(value in text for text in texts) for value in values)


def _swapped(fact: Fact, version: Fact, own: Document, other: Document) -> Block | None:
    """Return the block of a price that changed although its text, with another plan, stands on both sides."""
    if fact.kind is not FactKind.PRICE or normalise(fact.quote, counts=True) == normalise(
        version.quote, counts=True
    ):
        return None
    return _still_shown(fact, own, other)


def _still_shown(fact: Fact, own: Document, other: Document) -> Block | None:
    """Return the block of a fact if the other side shows the same text too."""
    block = next((block for block in own.blocks if block.text == fact.quote), None)
    return block if block is not None and any(block.key == b.key for b in other.blocks) else None


def _redesign(
    work: _Work, facts: list[FactChange], before: Document, after: Document, page_type: PageType
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
    for block in [block for block in work.removed if block.text not in news]:
        work.drop("redesign", before=block)
    for block in [block for block in work.added if block.text not in news]:
        work.drop("redesign", after=block)
    return telling


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


def _texts(blocks: Sequence[Block]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(block.text for block in blocks))
