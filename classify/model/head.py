"""The trained head: a linear layer over the features, the texts it knows, a temperature that makes confidence true."""

from __future__ import annotations

import json
import logging
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from classify.errors import ModelError, OutdatedHeadError
from classify.model.cues import CUES
from classify.model.embed import encoder_name
from classify.model.features import Vocabulary, embeddings_of
from classify.model.lexicon import Lexicon
from classify.model.near import Known
from store.kinds import Category

log = logging.getLogger(__name__)

ARTEFACTS = Path(__file__).parents[1] / "artefacts"
WEIGHTS_FILE = "head.npz"
CARD_FILE = "head.json"
OWN_FOLDER = "classifier"  # In the data folder of an installation.
FORMAT = 3
NEAR_WEIGHT = (
    0.65  # What nearness to known texts counts beside the linear layer; fitted as the temperature was.
)

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Weights of the logistic layer: ``coefficients`` (14, features), ``intercepts`` (14,), and the ``known`` texts.

    ``temperature`` divides the scores before the softmax; ``data_digest`` names the rows it was trained on, ``model``
    the encoder whose embeddings it reads.
    """

    categories: tuple[Category, ...]
    coefficients: Matrix
    intercepts: Matrix
    vocabulary: Vocabulary
    known: Known
    temperature: float
    data_digest: str
    rows: int
    model: str

    def scores(self, features: csr_matrix) -> Matrix:
        """Return calibrated log-odds, float32, shape (n, categories)."""
        raw = features @ self.coefficients.T + self.intercepts
        raw = raw + NEAR_WEIGHT * self.known.evidence(embeddings_of(features, self.known.width))
        return np.asarray(raw / self.temperature, dtype=np.float32)


def probabilities(scores: Matrix) -> Matrix:
    """Return the softmax of each row: float32 in [0, 1], rows summing to 1."""
    shifted = scores - scores.max(axis=1, keepdims=True)
    powers = np.exp(shifted)
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float32)


def save_head(head: Head, folder: Path = ARTEFACTS) -> None:
    """Write the head as numbers and JSON; nothing in it is executable. Who loads it meanwhile gets whole files."""
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f"new-{WEIGHTS_FILE}"
    np.savez_compressed(
        fresh,
        coefficients=head.coefficients.astype(np.float16),
        intercepts=head.intercepts,
        word_ids=head.vocabulary.words.ids,
        word_weights=head.vocabulary.words.weights.astype(np.float16),
        piece_ids=head.vocabulary.pieces.ids,
        piece_weights=head.vocabulary.pieces.weights.astype(np.float16),
        known_codes=head.known.codes,
        known_labels=head.known.labels,
    )
    card = {
        "format": FORMAT,
        "categories": [category.value for category in head.categories],
        "cues": [name for name, _ in CUES],
        "temperature": round(head.temperature, 4),
        "data_digest": head.data_digest,
        "rows": head.rows,
        "model": head.model,
    }
    fresh.replace(folder / WEIGHTS_FILE)
    fresh = folder / f"new-{CARD_FILE}"
    fresh.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    fresh.replace(folder / CARD_FILE)


def load_head(folder: Path = ARTEFACTS) -> Head:
    """Return the head that `save_head` wrote.

    Raises: OutdatedHeadError if it is of another version, ModelError if it is missing or damaged.
    """
    try:
        card = json.loads((folder / CARD_FILE).read_text(encoding="utf-8"))
        with np.load(folder / WEIGHTS_FILE, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        return _checked(card, arrays, folder)
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise ModelError(
            f"cannot read the trained head in {folder}: {error}; run 'rivalwatch train'"
        ) from error


def _checked(card: dict[str, Any], arrays: dict[str, NDArray[Any]], folder: Path) -> Head:
    categories = [category.value for category in Category]
    fits = card["format"] == FORMAT and card["cues"] == [name for name, _ in CUES]
    if not fits or card["categories"] != categories:
        raise OutdatedHeadError(
            f"the trained head in {folder} is of another version of Rivalwatch; run 'rivalwatch train'"
        )
    vocabulary = Vocabulary(
        words=Lexicon(arrays["word_ids"], arrays["word_weights"].astype(np.float32)),
        pieces=Lexicon(arrays["piece_ids"], arrays["piece_weights"].astype(np.float32)),
    )
    coefficients = arrays["coefficients"].astype(np.float32)
    if coefficients.shape[0] != len(categories) or coefficients.shape[1] <= vocabulary.features:
        raise ValueError("the arrays do not fit each other")
    known = Known(arrays["known_codes"], arrays["known_labels"], len(categories))
    if len(known.codes) != len(known.labels) or known.labels.max(initial=0) >= len(categories):
        raise ValueError("the known texts do not fit their categories")
    return Head(
        categories=tuple(Category),
        coefficients=coefficients,
        intercepts=arrays["intercepts"].astype(np.float32),
        vocabulary=vocabulary,
        known=known,
        temperature=float(card["temperature"]),
        data_digest=str(card["data_digest"]),
        rows=int(card["rows"]),
        model=str(card["model"]),
    )


def own_folder(data_folder: Path) -> Path:
    """Return where an installation keeps the head it trained itself."""
    return data_folder / OWN_FOLDER


def find_head(model: str, own: Path | None = None) -> Head:
    """Return the head trained for ``model``: the installation's in ``own`` before the packaged one.

    Raises: ModelError if there is none for this model, or it cannot be read.
    """
    encoder = encoder_name(model)
    if own is not None and (own / CARD_FILE).is_file():
        try:
            head = load_head(own)
        except OutdatedHeadError as error:
            log.warning("own head left aside", extra={"reason": str(error)})
        else:
            if head.model == encoder:
                return head
            log.warning("own head left aside", extra={"reason": f"it is for {head.model!r}, not {encoder!r}"})
    head = load_head()
    if head.model != encoder:
        raise ModelError(
            f"no head is trained for the sentence model {model!r} (the packaged one is for {head.model!r});"
            " run 'rivalwatch train'"
        )
    return head
