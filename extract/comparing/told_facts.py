"""Which changed facts a comparison tells: those whose words are among what is reported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.comparing.work import Work
from extract.document import Document
from extract.facts.fact_changes import TELLING, compare_facts
from extract.values.normalise import normalise
from store.kinds import FactAction, FactKind
from store.records import Block, Fact, FactChange

#: Facts of which a card may tell the name in one block and the rest in another.
_TOLD_APART = frozenset({
    FactKind.PERSON, FactKind.OPENING, FactKind.EVENT, FactKind.ENTRY, FactKind.OFFICE,
})  # fmt: skip
ROLE_REACH = 3  # blocks below a name among which its role stands
#: Attributes that list several lines or names.
_LISTED = frozenset({"address", "speakers"})


def told_facts(work: Work, before: Document, after: Document) -> Iterator[FactChange]:
    """Yield the fact changes whose words are among what is reported."""
    gone, come = {block.text for block in work.removed}, {block.text for block in work.added}
    for change, old, new in compare_facts(before.facts, after.facts):
        if change.kind is FactKind.PERSON and old is not None and new is not None:
            work.removed += _role_lines(old, before, after, work.removed)
            work.added += _role_lines(new, after, before, work.added)
            gone, come = {block.text for block in work.removed}, {block.text for block in work.added}
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
    return any(
        _holds_value(texts, fact.attributes.get(key, ""), other, parted=key in _LISTED)
        for key in TELLING[fact.kind]
    )


def _holds_value(texts: set[str], value: str, other: Fact, *, parted: bool) -> bool:
    """Return whether a value that the other side lacks is among some texts; of a list, one part is enough."""
    known = ", ".join(other.attributes.values())
    values = value.split(", ") if parted else [value] if value not in other.attributes.values() else []
    return any(
        part and not (parted and part in known) and any(part in text for text in texts) for part in values
    )


def _swapped(fact: Fact, version: Fact, own: Document, other: Document) -> Block | None:
    """Return the block of a price that changed although its text, with another plan, stands on both sides."""
    if fact.kind is not FactKind.PRICE or normalise(fact.quote, counts=True) == normalise(
        version.quote, counts=True
    ):
        return None
    return _still_shown(fact, own, other)


def _role_lines(fact: Fact, own: Document, other: Document, known: Sequence[Block]) -> list[Block]:
    """Return the line of a person's role that changed although another person has that role on the other side."""
    role = fact.attributes.get("role", "")
    place = next((n for n, block in enumerate(own.blocks) if block.text == fact.quote), None)
    if place is None or not role or role in fact.quote:
        return []
    lines = [block for block in own.blocks[place + 1 : place + 1 + ROLE_REACH] if block.text == role]
    shown = any(block.text == role for block in other.blocks)
    return [block for block in lines[:1] if shown and all(block is not one for one in known)]


def _still_shown(fact: Fact, own: Document, other: Document) -> Block | None:
    """Return the block of a fact if the other side shows the same text too."""
    block = next((block for block in own.blocks if block.text == fact.quote), None)
    return block if block is not None and any(block.key == b.key for b in other.blocks) else None
