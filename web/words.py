"""Before and after, side by side: which texts belong together, and which words differ."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

ALIKE = 45.0  # rapidfuzz ratio, 0-100: below it two texts are shown as one gone and one new
TEXT_LIMIT = 4_000
ROW_LIMIT = 120
_TOKEN = re.compile(r"\s+|\S+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words; ``differs`` if the other side, where there is one, does not have it."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """A text before and after; an empty side means that there was none."""

    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


def pair_texts(removed: Sequence[str], added: Sequence[str]) -> list[Pair]:
    """Return the texts side by side: like with like, then what has no counterpart, in the order of the page."""
    left = [text[:TEXT_LIMIT] for text in removed[:ROW_LIMIT]]
    right = [text[:TEXT_LIMIT] for text in added[:ROW_LIMIT]]
    partner = _partners(left, right)
    pairs = [
        _compare(text, right[partner[index]]) if index in partner else Pair(_whole(text), ())
        for index, text in enumerate(left)
    ]
    taken = set(partner.values())
    return pairs + [Pair((), _whole(text)) for index, text in enumerate(right) if index not in taken]


def _partners(left: Sequence[str], right: Sequence[str]) -> dict[int, int]:
    scored = [
        (score, i, j)
        for i, before in enumerate(left)
        for j, after in enumerate(right)
        if (score := fuzz.ratio(before, after, score_cutoff=ALIKE)) >= ALIKE
    ]
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(scored, key=lambda item: (-item[0], item[1], item[2])):
        if i not in found and j not in taken:
            found[i] = j
            taken.add(j)
    return found


def _compare(before: str, after: str) -> Pair:
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    left: list[Piece] = []
    right: list[Piece] = []
    for step in Indel.opcodes(old, new):
        gone, come = (
            "".join(old[step.src_start : step.src_end]),
            "".join(new[step.dest_start : step.dest_end]),
        )
        if gone:
            left.append(Piece(gone, step.tag != "equal"))
        if come:
            right.append(Piece(come, step.tag != "equal"))
    return Pair(tuple(left), tuple(right))


def _whole(text: str) -> tuple[Piece, ...]:
    return (Piece(text, False),)
