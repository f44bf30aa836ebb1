"""What the head sees of a text: its embedding, its words, pieces of its words, its cues, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from classify.model.cues import CUES, cue_values
from classify.model.embed import Embeddings
from classify.model.lexicon import Lexicon, make_lexicon, piece_counts, word_counts

# Lengths of the blocks, weighed on writing styles left out of training.
EMBEDDING_SCALE = 1.0
WORD_SCALE = 2.0
PIECE_SCALE = 2.0
CUE_SCALE = 0.6
CHARACTERS = 1_000
RARE_WORD = 3  # What stands in fewer training texts is a name more often than a word.
RARE_PIECE = 5
LEAD = (
    120  # The headline and no more: what a press release is about stands there, its background further down.
)

Matrix = NDArray[np.float32]


@dataclass(frozen=True)
class Vocabulary:
    """The words and pieces of words of the training texts."""

    words: Lexicon
    pieces: Lexicon

    @property
    def features(self) -> int:
        """Return how many features stand beside the embedding."""
        return len(self.words.ids) + len(self.pieces.ids) + 2 * len(CUES)


def make_vocabulary(texts: Sequence[str]) -> Vocabulary:
    """Return the vocabulary of these texts without what is rare in them."""
    return Vocabulary(
        words=make_lexicon(texts, word_counts, RARE_WORD),
        pieces=make_lexicon(texts, piece_counts, RARE_PIECE),
    )


def feature_rows(texts: Sequence[str], embeddings: Embeddings, vocabulary: Vocabulary) -> csr_matrix:
    """Return what the head reads, embedding first: float32, shape (n, embedding width + vocabulary.features)."""
    words = [vocabulary.words.vector(word_counts(text), WORD_SCALE) for text in texts]
    pieces = [vocabulary.pieces.vector(piece_counts(text), PIECE_SCALE) for text in texts]
    cues = [_cues(text) for text in texts]
    blocks = [
        csr_matrix(embeddings * np.float32(EMBEDDING_SCALE)),
        _sparse(words, len(vocabulary.words.ids)),
        _sparse(pieces, len(vocabulary.pieces.ids)),
        csr_matrix(np.asarray(cues, dtype=np.float32).reshape(len(texts), 2 * len(CUES)) * CUE_SCALE),
    ]
    return hstack(blocks, format="csr", dtype=np.float32)


def embeddings_of(features: csr_matrix, width: int) -> Embeddings:
    """Return the embeddings that `feature_rows` was given."""
    return np.asarray(features[:, :width].toarray() / np.float32(EMBEDDING_SCALE), dtype=np.float32)


def _cues(text: str) -> list[float]:
    whole = cue_values(text[:CHARACTERS])
    return (cue_values(text[:LEAD]) if len(text) > LEAD else whole) + whole


def _sparse(rows: Sequence[tuple[list[int], list[float]]], width: int) -> csr_matrix:
    starts = np.cumsum([0, *(len(places) for places, _ in rows)])
    places = [place for row, _ in rows for place in row]
    values = [value for _, row in rows for value in row]
    return csr_matrix((np.asarray(values, dtype=np.float32), places, starts), shape=(len(rows), width))
