"""The words and pieces of words that the head knows, each with a weight; names stay out because they are rare."""

from __future__ import annotations

import itertools
import math
import re
import zlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

CHARACTERS = 1_000
PIECE_LENGTHS = (3, 4, 5)
STEM_LENGTH = 3
# Longest first, so that "acquires", "acquired", "acquiring" and "acquire" become one word.
ENDINGS = (
    "ations",
    "ation",
    "ments",
    "ings",
    "ment",
    "ing",
    "ies",
    "ied",
    "ers",
    "ed",
    "es",
    "er",
    "s",
    "e",
    "y",
)
TOKEN = re.compile(r"[a-z]+(?:['’][a-z]+)?|\d+(?:[.,]\d+)*|[$€£%?!#@:]")
CHUNK = re.compile(r"\S+")
DIGITS = re.compile(r"\d")

Matrix = NDArray[np.float32]
Numbers = NDArray[np.uint32]
Counts = Mapping[int, int]


@dataclass(frozen=True)
class Lexicon:
    """Known terms by the CRC-32 of their letters, uint32, with their inverse document frequencies, float32."""

    ids: Numbers
    weights: Matrix

    @cached_property
    def places(self) -> dict[int, int]:
        """Return where each term stands."""
        return {number: place for place, number in enumerate(self.ids.tolist())}

    @cached_property
    def _weights(self) -> list[float]:
        # A number taken out of an array costs more than the rest of the sum that it enters.
        return list(self.weights.tolist())

    def vector(self, counts: Counts, length: float) -> tuple[list[int], list[float]]:
        """Return places and weights of the known terms, scaled so that the vector has ``length``."""
        place_of, weights = self.places, self._weights
        known = [(place_of[term], count) for term, count in counts.items() if term in place_of]
        values = [_frequency(count) * weights[place] for place, count in known]
        whole = math.sqrt(sum(value * value for value in values)) or 1.0
        return [place for place, _ in known], [value * length / whole for value in values]


@cache
def _frequency(count: int) -> float:
    return 1.0 + float(np.log(count))


def make_lexicon(texts: Sequence[str], count: Callable[[str], Counts], rare: int) -> Lexicon:
    """Return the lexicon of the terms that stand in at least ``rare`` texts."""
    seen: Counter[int] = Counter()
    for text in texts:
        seen.update(count(text).keys())
    ids = np.asarray(sorted(term for term, number in seen.items() if number >= rare), dtype=np.uint32)
    found = np.asarray([seen[int(term)] for term in ids], dtype=np.float32)
    return Lexicon(ids, np.asarray(np.log((1 + len(texts)) / (1 + found)) + 1.0, dtype=np.float32))


def word_counts(text: str) -> Counts:
    """Return how often each stem and each pair of neighbouring stems occurs, by their CRC-32."""
    stems = [stem(token) for token in TOKEN.findall(text[:CHARACTERS].lower())]
    terms = stems + [f"{one} {two}" for one, two in itertools.pairwise(stems)]
    return Counter(zlib.crc32(term.encode()) for term in terms)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the word without its ending; every number is ``0``, so that no amount is learned by heart."""
    if word[0].isdigit():
        return "0"
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= STEM_LENGTH:
            return word[: -len(ending)]
    return word


def piece_counts(text: str) -> Counts:
    """Return how often each run of letters inside words occurs, by their CRC-32; digits count as one letter."""
    counts: Counter[int] = Counter()
    for chunk in CHUNK.findall(DIGITS.sub("0", text[:CHARACTERS].lower())):
        counts.update(_pieces(chunk))
    return counts


@lru_cache(maxsize=50_000)
def _pieces(chunk: str) -> tuple[int, ...]:
    padded = f" {chunk} "
    return tuple(
        zlib.crc32(padded[start : start + length].encode())
        for length in PIECE_LENGTHS
        for start in range(max(1, len(padded) - length + 1))
    )
