"""Numbers that count by themselves: votes beside the items of a list, shares of uptime, days without an incident."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.comparing.align import pair_up
from extract.comparing.work import Work
from store.kinds import BlockKind, PageType
from store.records import Block

COUNTER = "counter"
QUIET_DAY = "quiet day"
#: Services that count calls give each visitor another number.
NUMBER = "telephone number"
_TELEPHONE = re.compile(
    r"(?<![\w.,$€£])(?:\+\d{1,3}[\s./-]?)?(?:\(?\d{1,5}\)?[\s./-]){1,4}\d{2,}(?![\w%€$£])"
)
DIGITS = 9  # fewer are a date or a code
#: Items of a page beside which nothing but a bare number moved, from which the numbers are tallies; a band of figures
#: about the firm has three or four.
CROWD = 5
_TALLY = re.compile(r"\W?\d[\d,.]*[kKmM]?\W?")
_SHARE = re.compile(r"\b\d{1,3}(?:[.,]\d+)?\s?%|\d+(?:[.,]\d+)?\s?ms\b")
#: A day of a status page on which nothing happened.
_NOTHING = re.compile(
    r"\bno (?:incidents?|downtime|outages?|issues?|events?)\b(?: (?:were )?(?:reported|recorded))?|"
    r"\bkeine (?:vorfälle|störungen)\b|\baucun incident\b|\bsin incidentes\b|\binga incidenter\b",
    re.I,
)
_QUIET_WORDS = 12


def take_tallies(work: Work, page_type: PageType) -> None:
    """Take the numbers that count by themselves."""
    if page_type is PageType.STATUS:
        _take_quiet_days(work)
    pairs = [
        (left, right)
        for left, right in pair_up(work.removed, work.added).pairs
        if left.kind is right.kind and left.kind is not BlockKind.ROW
    ]
    if page_type is not PageType.POLICY:
        pairs = _take_numbers(work, pairs)
    if page_type is PageType.STATUS:
        _drop(work, [(a, b) for a, b in pairs if _SHARE.sub("", a.text) == _SHARE.sub("", b.text)])
    if page_type is PageType.PRICING:
        return
    counted = [(left, right) for left, right in pairs if _is_counted(left.text, right.text)]
    if len(counted) >= CROWD:
        _drop(work, counted)


def _take_numbers(work: Work, pairs: Sequence[tuple[Block, Block]]) -> list[tuple[Block, Block]]:
    """Take the pairs that differ in a telephone number alone; return the rest."""
    left = []
    for before, after in pairs:
        if _without_numbers(before.text) == _without_numbers(after.text) != before.text:
            work.drop(NUMBER, before=before, after=after)
        else:
            left.append((before, after))
    return left


def _without_numbers(text: str) -> str:
    return _TELEPHONE.sub(
        lambda match: "" if sum(map(str.isdigit, match.group())) >= DIGITS else match.group(), text
    )


def _take_quiet_days(work: Work) -> None:
    for block in list(work.removed):
        if _is_quiet(block):
            work.drop(QUIET_DAY, before=block)
    for block in list(work.added):
        if _is_quiet(block):
            work.drop(QUIET_DAY, after=block)


def _is_quiet(block: Block) -> bool:
    return bool(_NOTHING.search(block.text)) and len(block.text.split()) <= _QUIET_WORDS


def _drop(work: Work, pairs: Sequence[tuple[Block, Block]]) -> None:
    for left, right in pairs:
        work.drop(COUNTER, before=left, after=right)


def _is_counted(before: str, after: str) -> bool:
    """Return whether two texts differ in nothing but a bare number at their end or their beginning."""
    left, right = before.split(), after.split()
    if left == right or len(left) != len(right) or re.search(r"[$€£%]", before + after):
        return False
    other = [number for number, (one, two) in enumerate(zip(left, right, strict=True)) if one != two]
    bare = all(_TALLY.fullmatch(words[other[0]]) for words in (left, right))
    return len(other) == 1 and other[0] in (0, len(left) - 1) and bare
