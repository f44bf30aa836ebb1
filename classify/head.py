"""The trained head: one linear layer over the features, with a temperature that calibrates its confidence."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classify.cues import CUES
from classify.errors import ModelError
from classify.features import FEATURES
from store.kinds import Category

ARTEFACTS = Path(__file__).parent / "artefacts"
WEIGHTS_FILE = "head.npz"
CARD_FILE = "head.json"
FORMAT = 1

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Weights of the logistic layer: ``coefficients`` (14, FEATURES), ``intercepts`` (14,), ``words`` (BUCKETS,).

    ``temperature`` divides the scores before the softmax; ``data_digest`` names the rows it was trained on.
    """

    categories: tuple[Category, ...]
    coefficients: Matrix
    intercepts: Matrix
    words: Matrix
    temperature: float
    data_digest: str
    rows: int

    def scores(self, features: Matrix) -> Matrix:
        """Return calibrated log-odds, float32, shape (n, categories)."""
        raw = features @ self.coefficients.T + self.intercepts
        return np.asarray(raw / self.temperature, dtype=np.float32)


def probabilities(scores: Matrix) -> Matrix:
    """Return the softmax of each row: float32 in [0, 1], rows summing to 1."""
    shifted = scores - scores.max(axis=1, keepdims=True)
    powers = np.exp(shifted)
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float32)


def save_head(head: Head, folder: Path = ARTEFACTS) -> None:
    """Write the head as numbers and JSON; nothing in it is executable."""
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        folder / WEIGHTS_FILE,
        coefficients=head.coefficients.astype(np.float16),
        intercepts=head.intercepts,
        words=head.words.astype(np.float16),
    )
    card = {
        "format": FORMAT,
        "categories": [category.value for category in head.categories],
        "cues": [name for name, _ in CUES],
        "temperature": round(head.temperature, 4),
        "data_digest": head.data_digest,
        "rows": head.rows,
    }
    (folder / CARD_FILE).write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def load_head(folder: Path = ARTEFACTS) -> Head:
    """Return the head that `save_head` wrote. Raises: ModelError if it is missing, damaged or of another version."""
    try:
        card = json.loads((folder / CARD_FILE).read_text(encoding="utf-8"))
        with np.load(folder / WEIGHTS_FILE, allow_pickle=False) as arrays:
            weights = {
                name: arrays[name].astype(np.float32) for name in ("coefficients", "intercepts", "words")
            }
        return _checked(card, weights, folder)
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise ModelError(
            f"cannot read the trained head in {folder}: {error}; run 'python -m classify.train'"
        ) from error


def _checked(card: dict[str, Any], weights: dict[str, Matrix], folder: Path) -> Head:
    fits = card["format"] == FORMAT and card["cues"] == [name for name, _ in CUES]
    if not fits or weights["coefficients"].shape != (len(card["categories"]), FEATURES):
        raise ModelError(
            f"the trained head in {folder} is of another version; run 'python -m classify.train'"
        )
    return Head(
        categories=tuple(Category(name) for name in card["categories"]),
        temperature=float(card["temperature"]),
        data_digest=str(card["data_digest"]),
        rows=int(card["rows"]),
        **weights,
    )
