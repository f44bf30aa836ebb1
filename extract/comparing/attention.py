"""What of a difference its source asks for: additions alone, order too, and nothing below the page type's threshold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from rapidfuzz.distance import LCSseq

from extract.document import Attention, CompareOptions, Threshold
from store.kinds import FactAction, FactKind
from store.records import Block, Difference, FactChange, Suppressed

REMOVAL = "removal"
BELOW_THRESHOLD = "below threshold"
ORDER = "reordered list"


def attend(
    difference: Difference, before: Sequence[Block], after: Sequence[Block], options: CompareOptions
) -> Difference:
    """Return the part of a difference that is asked for; the rest is kept with its reason."""
    if options.attention is Attention.ORDER:
        difference = _with_order(difference, before, after)
    elif options.attention is Attention.ADDITIONS:
        difference = _additions(difference)
    return _above(difference, options.threshold)


def _with_order(difference: Difference, before: Sequence[Block], after: Sequence[Block]) -> Difference:
    """Report what stands on both sides and changed its place among the rest, as gone and come."""
    left, right = {block.key for block in before}, {block.key for block in after}
    here = [block for block in before if block.key in right]
    there = [block for block in after if block.key in left]
    stayed: set[int] = set()
    for piece in LCSseq.opcodes([b.key for b in here], [b.key for b in there]):
        if piece.tag == "equal":
            stayed.update(range(piece.dest_start, piece.dest_end))
    moved = tuple(dict.fromkeys(block.text for number, block in enumerate(there) if number not in stayed))
    if not moved:
        return difference
    return replace(
        difference,
        added=_joined(difference.added, moved),
        removed=_joined(difference.removed, moved),
        suppressed=tuple(item for item in difference.suppressed if item.reason != ORDER),
    )


def _joined(one: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def _additions(difference: Difference) -> Difference:
    """Leave out what is only gone; what a changed fact was before stays beside what it is now."""
    facts = tuple(fact for fact in difference.facts if fact.action is not FactAction.REMOVED)
    items = tuple(Suppressed(reason=REMOVAL, before=text) for text in difference.removed)
    return replace(
        difference,
        removed=(),
        facts=facts if difference.added else (),
        suppressed=(*difference.suppressed, *items),
    )


def _above(difference: Difference, threshold: Threshold) -> Difference:
    difference = _without_small_steps(difference, threshold.price_step)
    told = [fact for fact in difference.facts if fact.kind is not FactKind.FEATURE]
    words = sum(len(text.split()) for text in (*difference.added, *difference.removed))
    if told or not difference.changed or not (threshold.facts_only or words < threshold.words):
        return difference
    items = _suppressed(difference.removed, difference.added)
    return replace(difference, added=(), removed=(), facts=(), suppressed=(*difference.suppressed, *items))


def _without_small_steps(difference: Difference, least: float) -> Difference:
    """Leave out prices that changed by less than a share, and the lines that tell nothing else."""
    small = [fact for fact in difference.facts if 0 <= _step(fact) < least]
    if not small:
        return difference
    kept = tuple(fact for fact in difference.facts if fact not in small)
    lines = {fact.quote for fact in small} - {fact.quote for fact in kept}
    amounts = {(fact.before or {}).get("amount", "") for fact in small if fact.quote in lines}
    gone = tuple(t for t in difference.removed if any(amount and amount in t for amount in amounts))
    come = tuple(text for text in difference.added if text in lines)
    return replace(
        difference,
        added=tuple(text for text in difference.added if text not in come),
        removed=tuple(text for text in difference.removed if text not in gone),
        facts=kept,
        suppressed=(*difference.suppressed, *_suppressed(gone, come)),
    )


def _step(fact: FactChange) -> float:
    """Return by which share of itself a price changed; -1 for all other facts."""
    if fact.kind is not FactKind.PRICE or fact.action is not FactAction.CHANGED:
        return -1
    before, after = fact.before or {}, fact.after or {}
    try:
        old, new = float(before["amount"]), float(after["amount"])
    except (KeyError, ValueError):
        return -1
    same = all(before.get(key) == after.get(key) for key in ("currency", "period", "unit", "billing"))
    return abs(new - old) / old if old and same else -1


def _suppressed(gone: Iterable[str], come: Iterable[str]) -> tuple[Suppressed, ...]:
    return (
        *(Suppressed(reason=BELOW_THRESHOLD, before=text) for text in gone),
        *(Suppressed(reason=BELOW_THRESHOLD, after=text) for text in come),
    )
