"""A transformer whose weights are in memory, as the first module of a sentence model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from sentence_transformers.base.modules import InputModule
from torch import nn

from classify.errors import ModelError


class Words(InputModule):
    """Turns texts into a vector for each of their pieces; sentence-transformers itself reads models from files only."""

    def __init__(self, transformer: nn.Module, tokenizer: Any, most_pieces: int) -> None:
        """Take over a transformer and its tokeniser; what is longer than ``most_pieces`` is cut."""
        super().__init__()  # type: ignore[no-untyped-call]
        self.model = transformer
        self.tokenizer = tokenizer
        self._in_pieces = tokenizer
        self.max_seq_length = most_pieces

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **_: Any
    ) -> dict[str, torch.Tensor | Any]:
        """Return piece numbers and mask of the texts, padded to the longest."""
        texts = [f"{prompt or ''}{text}" for text in inputs]
        found = self._in_pieces(
            texts, padding=True, truncation=True, max_length=self.max_seq_length, return_tensors="pt"
        )
        return dict(found)

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Return the features with ``token_embeddings``, shape (texts, pieces, width)."""
        read = self.model(input_ids=features["input_ids"], attention_mask=features["attention_mask"])
        return {**features, "token_embeddings": read.last_hidden_state}

    def save(self, *_: Any, **__: Any) -> None:
        """Refuse: the weights belong to the package they came from. Raises: ModelError."""
        raise ModelError("a published model is not saved again: it stands in its package")
