"""Prices of somebody else in a text that compares: "Alternatives to Chartmote", "Tavistock vs. Brainery"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from classify.rules.prices.pieces import Piece
from classify.rules.words import UPPER

_NAME: Final = rf"[{UPPER}][\w&.-]*\w(?:[ ][{UPPER}][\w&-]+)?"
#: How a text names whom it compares with.
_COMPARES: Final = (
    rf"\b(?i:(?:best\s+|top\s+|cheaper\s+|free\s+|\d+\s+)*alternatives?\s+(?:to|for))\s+(?P<a>{_NAME})",
    rf"(?P<b>{_NAME})\s+(?i:alternatives?|competitors?|pricing\s+explained|review)\b",
    rf"(?P<c>{_NAME})\s+(?i:vs\.?|versus|or|compared\s+(?:to|with))\s+(?P<d>{_NAME})",
    rf"\b(?i:switch(?:ing)?|mov(?:e|ing)|migrat(?:e|ing)|com(?:e|ing))\s+(?i:(?:over\s+)?(?:here\s+)?from)\s+(?P<e>{_NAME})",
    rf"\b(?i:cheaper|better|simpler)\s+(?:than\s+)?(?P<f>{_NAME})",
    rf"\b(?i:leav(?:e|es|ing)|tired\s+of|fed\s+up\s+with|instead\s+of\s+using|how\s+much\s+(?:does|is)|what\s+(?:does|is))\s+(?P<g>{_NAME})",
    rf"\b(?i:how\s+(?:we|\w+)\s+compares?\s+(?:to|with))\s+(?P<h>{_NAME})",
)
_PATTERNS: Final = tuple(re.compile(pattern) for pattern in _COMPARES)
_TITLE: Final = 140  # Letters: a comparison says at its beginning that it is one.
_ENDS: Final = re.compile(r"(?<=[.!?])\s+(?=[^\sa-z])|\n")


def others_prices(text: str, pieces: Sequence[Piece], own: Iterable[str]) -> set[int]:
    """Return the places of amounts in sentences that name whom a text compares the rival with, and not the rival."""
    own, named = tuple(name for name in own if name), _compared(text)
    if not own or not named:
        return set()
    mine = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in own), re.IGNORECASE)
    others = {name for name in named if not mine.search(name)}
    if not others:
        return set()
    theirs = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in others))
    return {piece.place for piece in pieces if _is_theirs(text, piece, theirs, mine)}


def _compared(text: str) -> set[str]:
    return {
        name
        for pattern in _PATTERNS
        for match in pattern.finditer(text[:_TITLE])
        for name in match.groups()
        if name
    }


def _is_theirs(text: str, piece: Piece, theirs: re.Pattern[str], mine: re.Pattern[str]) -> bool:
    """Return True if the name nearest before an amount, in its sentence, else before, is another's."""
    start = max((match.end() for match in _ENDS.finditer(text, 0, piece.amount.start)), default=0)
    for said in (text[start : piece.amount.start], text[: piece.amount.start]):
        last = max((match.start() for match in theirs.finditer(said)), default=-1)
        own = max((match.start() for match in mine.finditer(said)), default=-1)
        if last >= 0 or own >= 0:
            return last > own
    return False
