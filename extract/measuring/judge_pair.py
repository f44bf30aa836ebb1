"""One difference held against the key of its page pair."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from extract.comparing.align import pair_up
from extract.document import Document
from extract.measuring.answer_key import counts_for, expected_facts, meets
from extract.measuring.pairs_report import PairResult
from extract.values.normalise import normalise_words
from store.records import Difference

_GLUE = re.compile(r"[\s|*_`]+")


def judge(
    name: str, before: Document, after: Document, difference: Difference, key: dict[str, Any]
) -> PairResult:
    """Hold a difference against its key."""
    said = {"added": _glued(" ".join(difference.added)), "removed": _glued(" ".join(difference.removed))}
    wanted = [(side, text) for side in ("added", "removed") for text in key.get(side, ())]
    missing = tuple(f"{side}: {text}" for side, text in wanted if _glued(text) not in said[side])
    facts = expected_facts(key.get("facts") or {})
    names = [fact.name for fact in facts]
    lines = [("added", text) for text in difference.added] + [
        ("removed", text) for text in difference.removed
    ]
    other = {"added": _page(before), "removed": _page(after)}
    return PairResult(
        id=name,
        noise=bool(key["noise"]),
        origin=str(key.get("origin", "real")),
        changed=difference.changed,
        expected=len(wanted),
        found=len(wanted) - len(missing),
        missing=missing,
        lines=len(lines),
        named_lines=sum(_is_named(text, [t for s, t in wanted if s == side] + names) for side, text in lines),
        near_lines=_near_lines(before, after, difference, key, names),
        true_lines=sum(normalise_words(text) not in other[side] for side, text in lines),
        facts={
            group: (
                sum(fact.group == group for fact in facts),
                sum(
                    any(meets(said_fact, fact) for said_fact in difference.facts)
                    for fact in facts
                    if fact.group == group
                ),
                sum(counts_for(said_fact, group) for said_fact in difference.facts),
            )
            for group in {fact.group for fact in facts}
        },
    )


def _near_lines(
    before: Document, after: Document, difference: Difference, key: dict[str, Any], names: Sequence[str]
) -> int:
    """Return how many reported lines belong to a change that the key names by an excerpt.

    The lines of one card or of one new section stand in one run of the page; the two sides of an edit are a pair.
    """
    removed = _near(before, difference.removed, [*key.get("removed", ()), *names])
    added = _near(after, difference.added, [*key.get("added", ()), *names])
    gone = [block for block in before.blocks if block.text in difference.removed]
    come = [block for block in after.blocks if block.text in difference.added]
    for left, right in pair_up(gone, come).pairs:
        if left.text in removed or right.text in added:
            removed, added = removed | {left.text}, added | {right.text}
    return len(removed) + len(added)


def _near(document: Document, lines: Sequence[str], wanted: Sequence[str]) -> frozenset[str]:
    reported = set(lines)
    near = {text for text in reported if _is_named(text, wanted)}
    for shown, run in groupby(document.blocks, key=lambda block: block.text in reported):
        texts = [block.text for block in run] if shown else []
        if not near.isdisjoint(texts):
            near.update(texts)
    return frozenset(near)


def _page(document: Document) -> frozenset[str]:
    return frozenset(normalise_words(block.text) for block in document.blocks)


def _is_named(line: str, wanted: Sequence[str]) -> bool:
    glued = _glued(line)
    return any(_glued(text) in glued or glued in _glued(text) for text in wanted)


def _glued(text: str) -> str:
    return _GLUE.sub("", text).casefold()
