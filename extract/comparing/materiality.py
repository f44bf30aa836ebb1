"""Materiality: is what is left of a difference, when it bears no fact, something a page of its type exists to say?

No rule names all the noise of pages. What is left is judged line by line by a small learned score of its words, form
and place, and kept as ``beside the matter`` where that is sure, nothing guards the line, and no fact changed.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import numpy as np

from extract.comparing.align import pair_up
from extract.comparing.material_features import Features, differing, edit_features, line_features, names_in
from extract.comparing.material_words import AMOUNT, MATTER, NUMBERS, PASSING, TERM, TURNING
from extract.comparing.work import Work
from extract.document import Document
from store.kinds import BlockKind, FactKind, PageType
from store.records import Block, FactChange, Suppressed

BESIDE = "beside the matter"
WEIGHTS = Path(__file__).parents[1] / "artefacts" / "materiality.npz"
#: From which score a page with nothing else to say stays silent; a type of page that is left out takes `USUAL`.
USUAL = 0.5
SILENT_FROM: Mapping[PageType, float] = MappingProxyType(
    {PageType.POLICY: 1.0, PageType.PRICING: 0.6, PageType.STATUS: 0.6}
)
#: From which score a line is left out beside lines that are told.
SURE = 0.7
#: So far below the limit may a line lie whose neighbours lie above it.
LENIENT = 0.2
LINES = 40  # changed lines; a page that changed more says more than little things
SIBLINGS = 2  # unchanged lines of one kind below one heading make a list
_LISTED = frozenset(
    {BlockKind.ITEM, BlockKind.CARD, BlockKind.ROW, BlockKind.LOGO, BlockKind.HEADING, BlockKind.STATE}
)
_FRONT = frozenset({"tagline", "hero"})


@dataclass(frozen=True, slots=True)
class Turn:
    """A line that came, went, or became another: ``before`` or ``after`` is None."""

    before: Block | None
    after: Block | None

    @property
    def block(self) -> Block:
        """Return the living side, else the other."""
        block = self.after or self.before
        assert block is not None
        return block


def take_beside(
    work: Work,
    facts: Sequence[FactChange],
    before: Document,
    after: Document,
    page_type: PageType,
    silent_from: float | None,
) -> list[FactChange]:
    """Take the lines that are beside the matter; return the facts that are still told.

    ``silent_from``: the score from which a page stays silent, None for the one of its type.
    """
    limit = SILENT_FROM.get(page_type, USUAL) if silent_from is None else silent_from
    few = 0 < len(work.added) + len(work.removed) <= LINES
    if limit >= 1 or not few or any(not _is_slight(fact, page_type) for fact in facts):
        return list(facts)
    scored = [
        (turn, 0.0 if is_guarded(turn, before, after, page_type) else score(turn, page_type))
        for turn in turns_of(work.removed, work.added)
    ]
    silent = is_silent([value for _, value in scored], limit)
    for turn, value in scored:
        if silent or value >= max(limit, SURE):
            _drop(work, turn)
    told = {block.text for block in (*work.removed, *work.added)}
    return [fact for fact in facts if not fact.quote or fact.quote in told] if told else []


def is_silent(scores: Sequence[float], limit: float) -> bool:
    """Return whether all changed lines of a page are beside the matter: together, and none far from it by itself.

    What changes beside noise is more often noise than what changes alone.
    """
    return min(scores) >= limit - LENIENT and sum(scores) / len(scores) >= limit


def turns_of(removed: Sequence[Block], added: Sequence[Block]) -> Iterator[Turn]:
    """Yield the edits, then what is only gone, then what is only new."""
    pairs = pair_up(removed, added).pairs
    left, right = {id(one) for one, _ in pairs}, {id(other) for _, other in pairs}
    yield from (Turn(one, other) for one, other in pairs)
    yield from (Turn(block, None) for block in removed if id(block) not in left)
    yield from (Turn(None, block) for block in added if id(block) not in right)


def score(turn: Turn, page_type: PageType) -> float:
    """Return how sure it is that a line is beside the matter, in [0, 1]."""
    block = turn.block
    if turn.before is not None and turn.after is not None:
        texts = turn.before.text, turn.after.text
        # An edit and its undoing weigh the same.
        return min(
            _weights().edit(edit_features(*sides, block.kind, page_type)) for sides in (texts, texts[::-1])
        )
    return _weights().line(line_features(block.text, block.kind, page_type))


def is_guarded(turn: Turn, before: Document, after: Document, page_type: PageType) -> bool:
    """Return whether a line is told whatever its score: by its words, its figures, or as one of a list that stays."""
    texts = [block.text for block in (turn.before, turn.after) if block is not None]
    if page_type is PageType.POLICY or any(map(_bears, texts)):
        return True
    if len(texts) > 1 and (texts[0] == texts[1] or _turns(texts[0], texts[1])):
        return True
    return _is_first_heading(turn, before, after) or _is_listed(turn, before, after)


def _is_slight(fact: FactChange, page_type: PageType) -> bool:
    """Return whether a fact tells no more than its line: a wording of the front, a feature of no plan."""
    return fact.kind is FactKind.FEATURE and (fact.name in _FRONT or page_type is not PageType.PRICING)


def _bears(text: str) -> bool:
    return bool(MATTER.search(text) or (TERM.search(text) and not PASSING.search(text)))


def _turns(before: str, after: str) -> bool:
    """Return whether an edit changed a number, a refusal, an amount, or one name into another."""
    gone, come, _ = differing(before, after)
    left, right = set(names_in(before)), set(names_in(after))
    if left - right and right - left:
        return True
    if any(word in TURNING or word in NUMBERS for word in (*gone, *come)):
        return True
    figures = any(word[0].isdigit() for word in (*gone, *come))
    said = f"{before} {after}"
    return figures and bool(AMOUNT.search(said)) and not PASSING.search(said)


def _is_first_heading(turn: Turn, before: Document, after: Document) -> bool:
    firsts = (
        next((block.text for block in side.blocks if block.kind is BlockKind.HEADING), None)
        for side in (before, after)
    )
    own = (block.text if block is not None else None for block in (turn.before, turn.after))
    return any(text is not None and text == first for text, first in zip(own, firsts, strict=True))


def _is_listed(turn: Turn, before: Document, after: Document) -> bool:
    """Return whether a line is one of a list of which others stay: what is in such a list is what the page lists."""
    sides = ((turn.before, before, after), (turn.after, after, before))
    return any(_stands_in_list(block, own, other) for block, own, other in sides if block is not None)


def _stands_in_list(block: Block, own: Document, other: Document) -> bool:
    if block.kind not in _LISTED:
        return False
    staying = {one.key for one in other.blocks}
    here = (one for one in own.blocks if one.kind is block.kind and one.path == block.path)
    return sum(one.key in staying and one.text != block.text for one in here) >= SIBLINGS


def _drop(work: Work, turn: Turn) -> None:
    for block, side in ((turn.before, work.removed), (turn.after, work.added)):
        if block is not None:
            side[:] = [one for one in side if one is not block]
    work.suppressed.append(
        Suppressed(
            reason=BESIDE,
            before=turn.before.text if turn.before else "",
            after=turn.after.text if turn.after else "",
        )
    )


@dataclass(frozen=True)
class _Weights:
    """A linear layer for lines and one for edits: dense weights, then those of the words, then the constant."""

    lines: list[float]
    edits: list[float]

    def line(self, features: Features) -> float:
        return _logistic(self.lines, features)

    def edit(self, features: Features) -> float:
        return _logistic(self.edits, features)


def _logistic(weights: Sequence[float], features: Features) -> float:
    start = len(features.dense)
    said = sum(weight * value for weight, value in zip(weights, features.dense, strict=False))
    said += sum(weights[start + place] * value for place, value in features.words.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, said + weights[-1]))))


@cache
def _weights() -> _Weights:
    with np.load(WEIGHTS) as stored:
        return _Weights(*(stored[name].astype(np.float64).tolist() for name in ("lines", "edits")))
