"""Training: labelled rows → head, in some seconds where the packaged rows were read before, else in a minute.

``python -m classify.training.train`` makes the packaged head; ``rivalwatch train`` makes one of an installation's own.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold

from classify.errors import ModelError
from classify.model.embed import BUILTIN, Encoder, SentenceEncoder, encoder_name
from classify.model.features import feature_rows, make_vocabulary
from classify.model.head import ARTEFACTS, NEAR_WEIGHT, Head, load_head, probabilities, save_head
from classify.model.near import Known, pack, unpack
from classify.rows import DATA, LESSON, LabelledRow, rows_digest, training_rows
from store.kinds import Category

log = logging.getLogger(__name__)

STRENGTH = 2.0  # Inverse regularisation; 1 to 3 lie within a point of each other on unseen publishers.
SECOND_WEIGHT = 0.3  # What a second label counts beside the primary one.
LESSON_WEIGHT = (
    3  # One installation gives few lessons; at 1 a repeated mistake takes about ten of them to go.
)
# The packaged encoder has read the packaged rows, so folds of them say nothing true about new texts: 1.60 was the best
# temperature on files that neither the encoder nor the head had read, and a tenth more is better on 332 real texts of
# 241 publishers (docs/quality.md).
READ_TEMPERATURE = 1.75
FOLDS = 4
LEFT_OUT = 2  # Folds left out in turn; the others would add half a minute and tell the same to a hundredth.
TEMPERATURES = np.geomspace(0.4, 4.0, 60)
ITERATIONS = 300
TOLERANCE = 1e-3

Codes = NDArray[np.uint8]
Matrix = NDArray[np.float32]
Labels = NDArray[np.int64]


def train(encoder: Encoder, lessons: Sequence[LabelledRow] = (), data: Path = DATA) -> Head:
    """Return the head for all rows of ``data`` and the ``lessons`` of people. Raises: TrainingDataError."""
    rows = training_rows(data)
    if not rows and not lessons:
        raise ModelError(f"no training rows in {data}")
    known = _read_before(rows, encoder.name)
    if known is None:
        known = pack(encoder.encode([row.text for row in rows]))
    if lessons:
        known = np.concatenate([known, pack(encoder.encode([row.text for row in lessons]))])
    return fit_head([*rows, *lessons], known, encoder.name)


def _read_before(rows: Sequence[LabelledRow], encoder: str) -> Codes | None:
    """Return the packed embeddings of these rows from the packaged head if it knows just them: a minute saved."""
    try:
        head = load_head(ARTEFACTS)
    except ModelError:
        return None
    return head.known.codes if (head.model, head.data_digest) == (encoder, rows_digest(rows)) else None


def fit_head(rows: Sequence[LabelledRow], codes: Codes, encoder: str) -> Head:
    """Return the head for these rows with their packed embeddings.

    It is fitted to the embeddings as they are kept, so a later training from the kept ones gives the same head.
    """
    texts = [row.text for row in rows]
    vocabulary = make_vocabulary(texts)
    features = feature_rows(texts, unpack(codes), vocabulary)
    model = _fit(features, rows)
    read = encoder == encoder_name(BUILTIN)
    return Head(
        categories=tuple(Category),
        coefficients=np.asarray(model.coef_, dtype=np.float32),
        intercepts=np.asarray(model.intercept_, dtype=np.float32),
        vocabulary=vocabulary,
        known=_known(codes, rows),
        temperature=READ_TEMPERATURE if read else _temperature(features, codes, rows),
        data_digest=rows_digest(rows),
        rows=len(rows),
        model=encoder,
    )


def _known(codes: Codes, rows: Sequence[LabelledRow]) -> Known:
    counted = [
        place for place, row in enumerate(rows) for _ in range(LESSON_WEIGHT if row.origin == LESSON else 1)
    ]
    order = list(Category)
    labels = np.asarray([order.index(rows[place].label) for place in counted], dtype=np.uint8)
    return Known(codes[counted], labels, len(order))


def _fit(features: csr_matrix, rows: Sequence[LabelledRow]) -> LogisticRegression:
    index = {category: number for number, category in enumerate(Category)}
    places = list(range(len(rows)))
    labels = [index[row.label] for row in rows]
    weights = [float(LESSON_WEIGHT) if row.origin == LESSON else 1.0 for row in rows]
    for place, row in enumerate(rows):
        for second in row.labels[1:]:
            places.append(place)
            labels.append(index[second])
            weights.append(SECOND_WEIGHT)
    if len(set(labels)) < len(index):
        raise ModelError("the training rows lack a category; every one needs examples")
    balanced = np.asarray(weights) * _balance(labels)
    model = LogisticRegression(C=STRENGTH, max_iter=ITERATIONS, tol=TOLERANCE)
    return model.fit(features[places], labels, sample_weight=balanced)


def _balance(labels: Sequence[int]) -> NDArray[np.float64]:
    """Return a weight per row that makes all categories weigh the same: how many rows were written says nothing."""
    counts = np.bincount(labels)
    return np.asarray(len(labels) / (len(counts) * counts[labels]))


def _temperature(features: csr_matrix, codes: Codes, rows: Sequence[LabelledRow]) -> float:
    """Return the temperature with the least log loss on files left out of the fit. Source: Guo et al. 2017."""
    labels = np.asarray([list(Category).index(row.label) for row in rows], dtype=np.int64)
    scores, truths = [], []
    for seen, held in folds(rows, labels)[:LEFT_OUT]:
        own = [rows[place] for place in seen]
        model = _fit(features[seen], own)
        linear = features[held] @ model.coef_.T.astype(np.float32) + model.intercept_
        scores.append(linear + NEAR_WEIGHT * _known(codes[seen], own).evidence(unpack(codes[held])))
        truths.append(labels[held])
    told, true = np.concatenate(scores).astype(np.float32), np.concatenate(truths)
    losses = [_log_loss(told / np.float32(temperature), true) for temperature in TEMPERATURES]
    return float(TEMPERATURES[int(np.argmin(losses))])


def folds(rows: Sequence[LabelledRow], labels: Labels) -> list[tuple[Labels, Labels]]:
    """Return the places of rows seen and left out, `FOLDS` times, whole files at a time.

    Each file has its own way of writing; a head is as sure of another publisher as it is of a file it never saw.
    """
    origins = [row.origin for row in rows]
    if len(set(origins)) < FOLDS:
        parted = StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(labels, labels)
    else:
        parted = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=0).split(labels, labels, origins)
    return [tuple(pair) for pair in parted]


def _log_loss(scores: Matrix, labels: Labels) -> float:
    chosen = probabilities(scores)[np.arange(len(labels)), labels]
    return float(-np.log(np.clip(chosen, 1e-7, 1.0)).mean())


def main() -> None:
    """Train the packaged head on the packaged rows and say what came out."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    head = train(SentenceEncoder())
    save_head(head, ARTEFACTS)
    log.info("head trained on %d rows, temperature %.2f", head.rows, head.temperature)


if __name__ == "__main__":
    main()
