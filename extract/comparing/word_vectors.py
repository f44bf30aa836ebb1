"""What words mean, as rows of a small table: pieces of words with 64 numbers each, drawn from all-MiniLM-L6-v2.

Each piece was read by that model (Apache 2.0) alone, its row shortened to the 64 directions that differ most and
weighed down where a piece is frequent, after the manner of static embeddings (Tulkens and van Dongen, 2024).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

TABLE = Path(__file__).parents[1] / "artefacts" / "word_vectors.npz"
WIDTH = 64


@dataclass(frozen=True)
class _Table:
    places: dict[str, int]
    rows: NDArray[np.int8]
    steps: NDArray[np.float32]


def meaning_of(words: Sequence[str]) -> NDArray[np.float32]:
    """Return the mean row of some words without accents and capitals, of length 1; zeros if none is known."""
    places = [place for word in words if word[0].isalpha() for place in _pieces(word)]
    if not places:
        return np.zeros(WIDTH, dtype=np.float32)
    table = _table()
    mean: NDArray[np.float32] = table.rows[places].astype(np.float32).mean(axis=0) * table.steps
    length = np.float32(np.linalg.norm(mean))
    return np.divide(mean, length or np.float32(1), dtype=np.float32)


@lru_cache(maxsize=8_192)
def _pieces(word: str) -> tuple[int, ...]:
    """Return the places of the longest known pieces that make up a word, none if some part is unknown."""
    places, found, start = _table().places, list[int](), 0
    while start < len(word):
        mark = "##" if start else ""
        end = next((end for end in range(len(word), start, -1) if mark + word[start:end] in places), None)
        if end is None:
            return ()
        found.append(places[mark + word[start:end]])
        start = end
    return tuple(found)


@cache
def _table() -> _Table:
    with np.load(TABLE) as stored:
        pieces = stored["pieces"].tobytes().decode("utf-8").split("\n")
        return _Table({piece: place for place, piece in enumerate(pieces)}, stored["rows"], stored["steps"])
