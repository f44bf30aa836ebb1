"""Quality of the categories on labelled rows: accuracy, macro-F1, per label, and what nobody would be asked about."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from pathlib import Path

from classify.classifier import Classifier
from classify.errors import TrainingDataError
from classify.rows import LabelledRow, read_rows
from classify.text_input import TextInput
from store.kinds import Category
from store.records import JsonObject

BATCH = 256
SUREST = 0.75  # The share of rows that the classifier should be right about nearly always.
WANTED = 0.95  # And how nearly.
LEAST = 0.005  # What a category is believed that is too improbable to be told.


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelScore:
    """How well one category is told: precision, recall and F1 in [0, 1], and how many rows bear it."""

    precision: float
    recall: float
    f1: float
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalsReport:
    """The figures of labelled rows. ``covered_accuracy`` is None when nothing reaches the threshold.

    ``surest_accuracy`` is that of the surest three quarters; ``wanted_share`` the largest share of surest rows that are
    right in 95 of 100, and ``wanted_from`` the confidence that parts them off: what ``review_below`` would have to be.
    ``log_loss`` is the mean surprise at the true categories: lower is better, 0 is certain and right.
    """

    rows: int
    accuracy: float
    macro_f1: float
    labels: dict[Category, LabelScore]
    coverage: float
    covered_accuracy: float | None
    calibration_error: float
    log_loss: float
    surest_accuracy: float
    wanted_share: float
    wanted_from: float

    def to_json(self) -> JsonObject:
        """Return the figures, rounded to four decimals."""
        return {
            "rows": self.rows,
            "accuracy": round(self.accuracy, 4),
            "macro_f1": round(self.macro_f1, 4),
            "coverage": round(self.coverage, 4),
            "covered_accuracy": None if self.covered_accuracy is None else round(self.covered_accuracy, 4),
            "calibration_error": round(self.calibration_error, 4),
            "log_loss": round(self.log_loss, 4),
            "surest_accuracy": round(self.surest_accuracy, 4),
            "wanted_share": round(self.wanted_share, 4),
            "wanted_from": round(self.wanted_from, 4),
            "labels": {
                label.value: {
                    "precision": round(score.precision, 4),
                    "recall": round(score.recall, 4),
                    "f1": round(score.f1, 4),
                    "rows": score.rows,
                }
                for label, score in self.labels.items()
            },
        }

    def to_text(self) -> str:
        """Return the figures as lines for people."""
        covered = "unknown" if self.covered_accuracy is None else f"{self.covered_accuracy:.3f}"
        lines = [
            f"rows {self.rows}   accuracy {self.accuracy:.3f}   macro-F1 {self.macro_f1:.3f}",
            f"coverage {self.coverage:.3f}   accuracy on covered {covered}"
            f"   calibration error {self.calibration_error:.3f}",
            f"accuracy on the surest {SUREST:.0%} {self.surest_accuracy:.3f}"
            f"   {WANTED:.2f} on {self.wanted_share:.3f} of the rows (review_below: {self.wanted_from:.2f})",
            f"{'label':<12} {'precision':>9} {'recall':>7} {'F1':>6} {'rows':>5}",
        ]
        for label, score in self.labels.items():
            lines.append(
                f"{label.value:<12} {score.precision:>9.2f} {score.recall:>7.2f} {score.f1:>6.2f} {score.rows:>5}"
            )
        return "\n".join(lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    truth: Category
    said: Category
    confidence: float
    believed: float
    review: bool

    @property
    def right(self) -> bool:
        return self.truth is self.said


def evaluate_signals(path: Path, classifier: Classifier) -> SignalsReport:
    """Classify the rows of ``path`` (``text``, ``label``, ``title``?) and compare. Raises: TrainingDataError."""
    rows = read_rows(path)
    if not rows:
        raise TrainingDataError(str(path), 1, 'no row; write one JSON object a line with "text" and "label"')
    return evaluate_rows(rows, classifier)


def evaluate_rows(rows: Sequence[LabelledRow], classifier: Classifier) -> SignalsReport:
    """Classify the rows and compare."""
    return report(list(_outcomes(rows, classifier)))


def _outcomes(rows: Sequence[LabelledRow], classifier: Classifier) -> Iterable[_Outcome]:
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        signals = classifier.classify([TextInput(text=row.text) for row in batch])
        for row, signal in zip(batch, signals, strict=True):
            yield _Outcome(
                truth=row.label,
                said=signal.category,
                confidence=signal.confidence,
                believed=signal.categories.get(row.label, LEAST),
                review=signal.review,
            )


def report(outcomes: Sequence[_Outcome]) -> SignalsReport:
    """Return the figures; those of an empty file are all 0."""
    covered = [outcome for outcome in outcomes if not outcome.review]
    surest, wanted = _surest(outcomes), _wanted(outcomes)
    labels = {label: _score(label, outcomes) for label in Category if any(o.truth is label for o in outcomes)}
    return SignalsReport(
        rows=len(outcomes),
        accuracy=_share(outcomes),
        macro_f1=sum(score.f1 for score in labels.values()) / len(labels) if labels else 0.0,
        labels=labels,
        coverage=len(covered) / len(outcomes) if outcomes else 0.0,
        covered_accuracy=_share(covered) if covered else None,
        calibration_error=_calibration_error(outcomes),
        log_loss=-sum(math.log(max(o.believed, LEAST)) for o in outcomes) / max(1, len(outcomes)),
        surest_accuracy=_share(surest),
        wanted_share=len(wanted) / max(1, len(outcomes)),
        wanted_from=wanted[-1].confidence if wanted else 1.0,
    )


def _by_confidence(outcomes: Sequence[_Outcome]) -> list[_Outcome]:
    return sorted(outcomes, key=lambda outcome: -outcome.confidence)


def _surest(outcomes: Sequence[_Outcome]) -> list[_Outcome]:
    return _by_confidence(outcomes)[: math.ceil(SUREST * len(outcomes))]


def _wanted(outcomes: Sequence[_Outcome]) -> list[_Outcome]:
    """Return the most rows, the surest first, of which `WANTED` are right."""
    ordered = _by_confidence(outcomes)
    rights = list(accumulate(outcome.right for outcome in ordered))
    enough = [many for many, right in enumerate(rights, 1) if right >= WANTED * many]
    return ordered[: enough[-1]] if enough else []


def _share(outcomes: Sequence[_Outcome]) -> float:
    return sum(outcome.right for outcome in outcomes) / len(outcomes) if outcomes else 0.0


def _score(label: Category, outcomes: Sequence[_Outcome]) -> LabelScore:
    hits = sum(o.right for o in outcomes if o.truth is label)
    said = sum(o.said is label for o in outcomes)
    rows = sum(o.truth is label for o in outcomes)
    precision = hits / said if said else 0.0
    recall = hits / rows if rows else 0.0
    total = precision + recall
    return LabelScore(
        precision=precision, recall=recall, f1=2 * precision * recall / total if total else 0.0, rows=rows
    )


def _calibration_error(outcomes: Sequence[_Outcome]) -> float:
    """Return the mean gap between confidence and accuracy over ten bins. Source: Naeini et al. 2015."""
    gaps = 0.0
    for low in range(10):
        bin_ = [o for o in outcomes if min(int(o.confidence * 10), 9) == low]
        if bin_:
            gaps += abs(sum(o.right for o in bin_) - sum(o.confidence for o in bin_))
    return gaps / len(outcomes) if outcomes else 0.0
