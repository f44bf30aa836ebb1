"""Sentence embeddings by models from installed packages, one of them adapted to news of companies."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from classify.model.adapter import load_adapter, merge, packaged_digest
from classify.model.published import BGE, MINILM, load_folder, load_published, share_tokens, transformer_of

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from torch import nn

BUILTIN = "builtin"  # bge-small-en-v1.5 with the adapter.
PLAIN = "plain"  # all-MiniLM-L6-v2: what a text speaks of, whatever its category.
DIMENSIONS = 384
BATCH = (
    32  # Small batches of like length beat large ones: 262 against 216 short texts/s at 128 with six layers.
)
CHARACTERS = 1_000  # About 200 tokens; what a text is about stands in its first sentences.
SPACE = re.compile(r"\s+")
_TURN = Lock()  # A tokeniser that two threads use at once raises.
NAMED_BY = 12  # Characters of the adapter's digest in an encoder's name.
_PUBLISHED = {BUILTIN: BGE, PLAIN: MINILM}

Embeddings = NDArray[np.float32]


class Encoder(Protocol):
    """Turns texts into rows of length 1. ``name`` tells whose; rows under different names say nothing together."""

    name: str

    def encode(self, texts: Sequence[str]) -> Embeddings:
        """Return one row per text: float32, shape (n, width), rows of length 1."""


class SentenceEncoder:
    """The sentence model, in memory once for all encoders of a process; threads take turns at it."""

    def __init__(self, model: str = BUILTIN, threads: int = 0) -> None:
        """Load the model; ``threads`` 0 leaves torch's own choice. Raises: ModelError."""
        self.name = encoder_name(model)
        self._model, self._half, self._centre = _ready_model(model)
        if threads:
            _set_threads(threads)

    def encode(self, texts: Sequence[str]) -> Embeddings:
        """Return one row per text: float32, shape (n, width), rows of length 1. Source: Reimers & Gurevych 2019."""
        if not texts:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        short = [SPACE.sub(" ", text)[:CHARACTERS] for text in texts]
        distinct = sorted(set(short), key=len)
        import torch

        with _TURN, torch.autocast("cpu", dtype=torch.bfloat16, enabled=self._half):
            rows = self._model.encode(
                distinct,
                batch_size=BATCH,
                normalize_embeddings=True,
                show_progress_bar=False,
                convert_to_numpy=True,
            )
        place = {text: index for index, text in enumerate(distinct)}
        own = self._centred(np.asarray(rows, dtype=np.float32)) * _signs(self.name, rows.shape[1])
        return own[[place[text] for text in short]]

    def _centred(self, rows: Embeddings) -> Embeddings:
        if not self._centre.size:
            return rows
        apart = rows - self._centre
        return np.asarray(apart / np.linalg.norm(apart, axis=1, keepdims=True), dtype=np.float32)


def encoder_name(model: str) -> str:
    """Return the name of the encoder that ``model`` of the settings means; it changes with the adapter.

    Raises: ModelError.
    """
    return f"{BUILTIN}+{packaged_digest()[:NAMED_BY]}" if model == BUILTIN else model


@cache
def _ready_model(model: str) -> tuple[SentenceTransformer, bool, Embeddings]:
    """Return the model with its adapter, whether it calculates in bfloat16, and what is taken off each embedding."""
    loaded, centre = load_model(model), np.zeros(0, dtype=np.float32)
    if model == BUILTIN:
        adapter = load_adapter()
        share_tokens(transformer_of(loaded), BGE)
        merge(transformer_of(loaded), adapter)
        centre = adapter.centre.astype(np.float32)
    return loaded, _make_half(loaded), centre


def load_model(model: str) -> SentenceTransformer:
    """Return the model that a setting names, as it was published, anew at each call. Raises: ModelError."""
    if model in _PUBLISHED:
        return load_published(_PUBLISHED[model])
    return load_folder(model)


def _set_threads(threads: int) -> None:
    import torch

    torch.set_num_threads(threads)


def _signs(name: str, width: int) -> Embeddings:
    """Return the signs by which an encoder of this name turns its rows: likeness between its own rows stays as it was.

    Rows of different encoders must not be compared, and stored ones outlive an encoder: turned each in its own way,
    they are as unlike as strangers (cosine 0.0, deviation 0.07).
    """
    bits = np.frombuffer(hashlib.shake_256(name.encode()).digest(width // 8 + 1), dtype=np.uint8)
    return np.unpackbits(bits)[:width].astype(np.float32) * 2.0 - 1.0


def _make_half(model: nn.Module) -> bool:
    """Store the linear layers as bfloat16 where the processor calculates with it; return whether it does.

    That takes 0.43 of the time and moves no embedding further than a cosine of 0.9999.
    """
    import torch

    if not torch.cpu.get_capabilities().get("avx512_bf16", False):
        return False
    for module in model.modules():
        if isinstance(module, torch.nn.Linear):
            module.to(torch.bfloat16)
    return True


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
    return float(np.clip(np.dot(one, other), -1.0, 1.0))
