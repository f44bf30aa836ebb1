"""Stems: what is left of a word when its ending is taken off, and which words say nothing by themselves."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from linking.patterns import words

#: What a word loses before it is looked for in another form: traces, tracing, traced → trac.
ENDING = re.compile(
    r"(?:isations?|izations?|ations?|ments?|ings?|ions?|ers?|ors?|ies|ied|ed|es|ly|e|s|y|al|ance|ence)$"
)
SHORTEST_STEM = 4
WORD = re.compile(r"[^\W\d_]{3,}")


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return the stem of a folded word; a stem shorter than four letters leaves the word as it is."""
    short = ENDING.sub("", word)
    return short if len(short) >= SHORTEST_STEM else word


def stems_of(folded: str) -> frozenset[str]:
    """Return the stems of the telling words of a folded text."""
    return frozenset(stem(word) for word in WORD.findall(folded) if word not in vague_words())


@cache
def vague_words() -> frozenset[str]:
    """Return the words that say nothing of what is done; beside another word they would match anything."""
    return frozenset(word for text in words("stems", "vague").values() for word in text.split())
