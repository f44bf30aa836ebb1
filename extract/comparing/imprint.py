"""The line with the sign of copyright at the foot of a page: written anew, put up or taken down, it is no news."""

from __future__ import annotations

import re

from extract.comparing.work import Work
from extract.reading.zones import NAVIGATION
from extract.values.normalise import normalise_words
from store.records import Block

_SIGN = re.compile(r"©|\(c\)|&copy;|\bcopyright\b", re.I)
_YEARS = re.compile(r"\b(?:19|20)\d{2}\b")
_RIGHTS = re.compile(
    r"\b(?:all rights reserved|alle rechte vorbehalten|tous droits réservés|copyright|c)\b", re.I
)
PLACE = 6  # words that a street and a town have
#: Words by which a line says whose the firm is.
_OWNERS = frozenset({
    "a", "an", "by", "of", "company", "group", "part", "member", "subsidiary", "brand", "division", "unternehmen",
    "gruppe", "gehört", "société", "groupe", "du", "von", "empresa", "grupo", "de", "onderdeel", "van", "część",
    "grupy",
})  # fmt: skip
WORDS = 18  # longer lines with the sign are notices with a matter of their own


def take_imprints(work: Work) -> None:
    """Take lines of copyright that say the same in another order, and those that only one side has.

    Where both sides have one and the names differ, the firm may have another name or owner, which is news.
    """
    gone = [block for block in work.removed if _is_imprint(block)]
    come = [block for block in work.added if _is_imprint(block)]
    for left in gone:
        right = next((block for block in come if _says_the_same(left, block)), None)
        if right is not None:
            come.remove(right)
        if right is not None or not come:
            work.drop(NAVIGATION, before=left, after=right)
    if not [block for block in work.removed if _is_imprint(block)]:
        for right in come:
            work.drop(NAVIGATION, after=right)


def _is_imprint(block: Block) -> bool:
    return bool(_SIGN.search(block.text)) and len(block.text.split()) <= WORDS


def _says_the_same(left: Block, right: Block) -> bool:
    """Return whether two lines name the same firm, one of them perhaps with its place."""
    one, other = _said(left), _said(right)
    more = (one - other) | (other - one)
    return one == other or ((one < other or other < one) and len(more) <= PLACE and not more & _OWNERS)


def _said(block: Block) -> frozenset[str]:
    text = _YEARS.sub(" ", _RIGHTS.sub(" ", block.text)).replace("©", " ").replace(".", " ")
    return frozenset(normalise_words(text).split())
