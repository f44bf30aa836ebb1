"""What the head sees of a text: its embedding, its words, its cues, side by side."""

from __future__ import annotations

import itertools
import re
import zlib
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from classify.cues import CUES, cue_values
from classify.embed import DIMENSIONS, Embeddings

BUCKETS = 8_192
WORD_SCALE = (
    2.0  # Weight of the word block against the embedding block; 1.0 costs 2 points on unseen publishers.
)
CUE_SCALE = 0.6  # 0.3 costs 3 points of accuracy on unseen publishers, 1.5 costs 2.
CHARACTERS = 1_000
RARE = 3  # A word in fewer training texts than this is a name more often than a word.
LEAD = (
    120  # The headline and no more: what a press release is about stands there, its background further down.
)
FEATURES = DIMENSIONS + BUCKETS + 2 * len(CUES)

TOKEN = re.compile(r"[a-z]+(?:['’][a-z]+)?|\d+(?:[.,]\d+)*|[$€£%?!#@]")
Matrix = NDArray[np.float32]


def tokens(text: str) -> list[str]:
    """Return lower-case words; every number is the token ``0``, so that no amount is learned by heart."""
    return ["0" if token[0].isdigit() else token for token in TOKEN.findall(text[:CHARACTERS].lower())]


def word_counts(text: str) -> dict[int, float]:
    """Return how often each bucket's words and word pairs occur."""
    words = tokens(text)
    terms = words + [f"{one} {two}" for one, two in itertools.pairwise(words)]
    counts = Counter(zlib.crc32(term.encode()) % BUCKETS for term in terms)
    return {bucket: 1.0 + float(np.log(count)) for bucket, count in counts.items()}


def inverse_frequencies(texts: Sequence[str]) -> Matrix:
    """Return the weight of each bucket, shape (BUCKETS,); 0 for buckets seen in fewer than `RARE` texts."""
    seen: Counter[int] = Counter()
    for text in texts:
        seen.update(word_counts(text).keys())
    weights = np.zeros(BUCKETS, dtype=np.float32)
    for bucket, count in seen.items():
        if count >= RARE:
            weights[bucket] = np.log((1 + len(texts)) / (1 + count)) + 1.0
    return weights


def feature_rows(texts: Sequence[str], embeddings: Embeddings, weights: Matrix) -> Matrix:
    """Return what the head reads: float32, shape (n, FEATURES)."""
    rows = np.zeros((len(texts), FEATURES), dtype=np.float32)
    rows[:, :DIMENSIONS] = embeddings
    for index, text in enumerate(texts):
        rows[index, DIMENSIONS : DIMENSIONS + BUCKETS] = _word_row(text, weights)
        rows[index, DIMENSIONS + BUCKETS :] = cue_values(text[:LEAD]) + cue_values(text[:CHARACTERS])
    rows[:, DIMENSIONS + BUCKETS :] *= CUE_SCALE
    return rows


def _word_row(text: str, weights: Matrix) -> Matrix:
    row = np.zeros(BUCKETS, dtype=np.float32)
    for bucket, count in word_counts(text).items():
        row[bucket] = count * weights[bucket]
    length = float(np.linalg.norm(row))
    return row * np.float32(WORD_SCALE / length) if length else row
