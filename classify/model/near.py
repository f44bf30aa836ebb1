"""What the training texts near a text are about: a kernel density of each category over their embeddings.

A linear layer asks which side of a plane a text lies on; this asks whether its like has been seen, and as what. Far
from all training texts it says nothing for any category, so the unfamiliar is told with less confidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

# The kernel: exp((cosine - NEAR) / REACH). Weighed on files that neither encoder nor head had read (docs/quality.md).
NEAR = 0.5
REACH = 0.03
FAINT = 0.05  # What every category has from the start, so that one text at a distance proves nothing.
STEPS = 7  # A number of an embedding is kept as one of fifteen steps, two to a byte.
WIDEST = 3.1  # Deviations that the steps span: cosine of a kept row to its own 0.992.
BATCH = 256

Rows = NDArray[np.float32]


@dataclass(frozen=True)
class Known:
    """The training texts: ``codes`` (n, half the embeddings' width) as `pack` made them, ``labels`` (n,)."""

    codes: NDArray[np.uint8]
    labels: NDArray[np.uint8]
    categories: int

    @cached_property
    def rows(self) -> Rows:
        """The embeddings, to about a digit and a half: float32, rows of length 1."""
        return unpack(self.codes)

    @property
    def width(self) -> int:
        """How many numbers an embedding has."""
        return 2 * int(self.codes.shape[1])

    def evidence(self, embeddings: Rows) -> Rows:
        """Return the logarithm of each category's share in what lies near: float32, shape (n, categories)."""
        owners = np.zeros((len(self.labels), self.categories), dtype=np.float32)
        owners[np.arange(len(self.labels)), self.labels] = 1.0
        found = [
            self._density(embeddings[at : at + BATCH], owners) for at in range(0, len(embeddings), BATCH)
        ]
        return np.concatenate([np.zeros((0, self.categories), dtype=np.float32), *found])

    def _density(self, embeddings: Rows, owners: Rows) -> Rows:
        cosines = np.minimum(embeddings @ self.rows.T, 1.0)
        near = np.exp((cosines - np.float32(NEAR)) / np.float32(REACH))
        density = near @ owners + np.float32(FAINT)
        return np.asarray(np.log(density / density.sum(axis=1, keepdims=True)), dtype=np.float32)


def pack(rows: Rows) -> NDArray[np.uint8]:
    """Return rows of length 1 and even width as codes, half a byte for each number."""
    step = WIDEST / STEPS / np.sqrt(rows.shape[1])
    codes = (np.clip(np.round(rows / step), -STEPS, STEPS) + STEPS).astype(np.uint8)
    return np.asarray(codes[:, 0::2] | (codes[:, 1::2] << 4), dtype=np.uint8)


def unpack(codes: NDArray[np.uint8]) -> Rows:
    """Return what is left of the rows that `pack` was given, at length 1."""
    rows = np.empty((codes.shape[0], 2 * codes.shape[1]), dtype=np.float32)
    rows[:, 0::2] = codes & 15
    rows[:, 1::2] = codes >> 4
    rows -= STEPS
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-6), dtype=np.float32)
