"""The amounts of a text that can be prices, each with its period and the words that lead to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from classify.rules.prices.amounts import Amount
from classify.rules.prices.periods import tail_of
from classify.rules.words import DATES

_AND = re.compile(r"\s*(?:,?\s*(?:and|or|und|&|/|\bplus\b)|,)\s*$", re.IGNORECASE)
_NO_PRICE_BEHIND = re.compile(
    r"\s*(?:st|nd|rd|th)\b|[\s-]+(?!(?:a|an|per|to|and|or|until|till|instead|from|in|for|before|at|on|now|so|today|each|last|if|when|as|against|rather|while|plus)\b)[A-Za-z]|\.\d|:\d",
    re.IGNORECASE,
)
_NO_PRICE_BEFORE = re.compile(
    rf"(?:\b(?:{'|'.join(sorted(DATES))}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|version|v|no|nr|part|article|section|page|top|until|since|in|after|before|next|first|last)\.?\s*|[#@&+\w]-?)$",
    re.IGNORECASE,
)

_VERSION = re.compile(r"\b(?:for|of|with|in|called|named|model)\s+[A-Z][a-z]+\s$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """An amount in money with its place, the end of its period, and the words before it since the piece before."""

    place: int
    amount: Amount
    end: int
    lead: str


def pieces_of(text: str, amounts: Sequence[Amount]) -> list[Piece]:
    """Return the amounts that can be prices: no years, days and counts."""
    found: list[Piece] = []
    for place, amount in enumerate(amounts):
        if amount.price is None or (amount.is_bare and not amount.is_coin and not _is_priced(text, amount)):
            continue
        start = found[-1].end if found else 0
        end = tail_of(text, amount.end)
        found.append(Piece(place=place, amount=amount, end=end, lead=text[start : amount.start]))
    return found


def _is_priced(text: str, amount: Amount) -> bool:
    if not text[amount.start].isdigit():
        return True
    number = text[amount.start : amount.end]
    if re.fullmatch(r"(?:19|20)\d\d", number):
        return False
    if re.search(r"[A-Z]\w*\s$", text[: amount.start][-20:]) and re.match(r"\s*[:|–—(]", text[amount.end :]):
        return False  # "Fibre 150: £29".
    if _VERSION.search(text[: amount.start][-24:]) and re.match(r"\s*[,.]", text[amount.end :]):
        return False  # "for Heron 4, compared with".
    return not (
        _NO_PRICE_BEHIND.match(text, amount.end)
        or _NO_PRICE_BEFORE.search(text[max(0, amount.start - 12) : amount.start])
    )


def enumerated(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return the pieces in runs that only commas and "and" hold together."""
    blocks: list[list[Piece]] = []
    for piece in pieces:
        if blocks and _AND.fullmatch(bare(piece.lead)):
            blocks[-1].append(piece)
        else:
            blocks.append([piece])
    return blocks


def bare(lead: str) -> str:
    """Return the words between two amounts without what stands in brackets."""
    return re.sub(r"\([^()]*\)", "", lead)
