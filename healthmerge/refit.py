"""Weights of the churn risk fitted from what became of accounts, when there is enough of it and it foresees better."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import log

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from healthmerge.churn import STATED, churn_inputs
from healthmerge.logistic import Weights, sigmoid
from healthmerge.score import COMPETITORS
from store.kinds import OutcomeKind
from store.outcomes import ChurnFit, Foreseen, foreseen_outcomes, keep_fit
from store.records import JsonObject

Vector = NDArray[np.float64]

#: Six numbers are fitted; ten cases a number, and ten of the rarer kind, are the least that says anything.
LEAST_OUTCOMES, LEAST_OF_EACH = 60, 10
#: How strongly the fit is held to the stated weights, in log loss for each squared unit of distance.
PRIOR = 2.0
FOLDS = 5
STEPS, RATE = 4_000, 0.05
SMALLEST = 1e-9  # keeps the logarithm of a certain error finite


@dataclass(frozen=True, slots=True, kw_only=True)
class Refit:
    """What a refit found. ``weights`` is None when there is too little to fit; ``adopted``: the fit is in force now."""

    outcomes: int
    churned: int
    weights: Weights | None
    loss_stated: float | None
    loss_fitted: float | None
    adopted: bool
    words: str

    def to_json(self) -> JsonObject:
        """Return the result for ``--json``."""
        weights = None if self.weights is None else _weights_json(self.weights)
        return {
            "outcomes": self.outcomes,
            "churned": self.churned,
            "weights": weights,
            "log_loss_stated": self.loss_stated,
            "log_loss_fitted": self.loss_fitted,
            "adopted": self.adopted,
            "words": self.words,
        }


def refit(session: Session, now: datetime, who: str, *, adopt: bool = True) -> Refit:
    """Fit from the recorded outcomes; with ``adopt``, weights that foresee better than the stated ones are in force."""
    result = fit_outcomes(foreseen_outcomes(session))
    if result.weights is None or not result.adopted:
        return result
    if adopt:
        quality = {key: value for key, value in result.to_json().items() if key != "weights"}
        weights = _weights_json(result.weights)
        keep_fit(session, ChurnFit(weights=weights, quality=quality, fitted_at=now, who=who))
        return result
    return Refit(
        outcomes=result.outcomes,
        churned=result.churned,
        weights=result.weights,
        loss_stated=result.loss_stated,
        loss_fitted=result.loss_fitted,
        adopted=False,
        words=f"{result.words}; nothing was written",
    )


def fit_outcomes(foreseen: Sequence[Foreseen]) -> Refit:
    """Return what the outcomes say. ``adopted`` means that the fit foresees unseen outcomes better. Pure."""
    lost = [item.outcome.kind is OutcomeKind.CHURNED for item in foreseen]
    churned = sum(lost)
    rarer = min(churned, len(lost) - churned)
    if len(lost) < LEAST_OUTCOMES or rarer < LEAST_OF_EACH:
        words = (
            f"{len(lost)} outcomes with health of two months before, {churned} of them churned; a fit needs "
            f"{LEAST_OUTCOMES}, with {LEAST_OF_EACH} churned and {LEAST_OF_EACH} kept. The stated weights stay"
        )
        return Refit(
            outcomes=len(lost),
            churned=churned,
            weights=None,
            loss_stated=None,
            loss_fitted=None,
            adopted=False,
            words=words,
        )
    names = sorted(STATED.inputs)
    inputs = np.array([[_inputs(item).get(name, 0.0) for name in names] for item in foreseen])
    target = np.array(lost, dtype=np.float64)
    fitted, stated = _held_out_loss(inputs, target, names), _loss(STATED, inputs, target, names)
    weights = _fit(inputs, target, names)
    better = fitted < stated
    verdict = "the fit is in force" if better else "the stated weights foresee better and stay"
    return Refit(
        outcomes=len(lost),
        churned=churned,
        weights=weights,
        loss_stated=round(stated, 4),
        loss_fitted=round(fitted, 4),
        adopted=better,
        words=f"log loss {fitted:.3f} on outcomes held out, {stated:.3f} with the stated weights: {verdict}",
    )


def _inputs(item: Foreseen) -> Mapping[str, float]:
    values = {
        metric["name"]: float(metric["value"])
        for part in item.parts
        for metric in part["metrics"]
        if metric["value"] is not None and metric["name"] != COMPETITORS
    }
    return churn_inputs(item.without, item.index, values)


def _held_out_loss(inputs: Vector, target: Vector, names: Sequence[str]) -> float:
    """Return the mean log loss over folds, each foreseen by weights that were fitted without it."""
    fold = np.arange(len(target)) % FOLDS
    losses = [
        _loss(_fit(inputs[fold != n], target[fold != n], names), inputs[fold == n], target[fold == n], names)
        for n in range(FOLDS)
    ]
    return sum(losses) / FOLDS


def _fit(inputs: Vector, target: Vector, names: Sequence[str]) -> Weights:
    """Return weights that make the outcomes likely, held to the stated ones; no driver may lower the risk."""
    stated = np.array([STATED.intercept, *(STATED.inputs[name] for name in names)])
    rows = np.hstack([np.ones((len(target), 1)), inputs])
    weights = stated.copy()
    for _ in range(STEPS):
        risk = 1.0 / (1.0 + np.exp(-np.clip(rows @ weights, -30.0, 30.0)))
        slope = (rows.T @ (risk - target) + PRIOR * (weights - stated)) / len(target)
        weights = weights - RATE * slope
        weights[1:] = np.maximum(weights[1:], 0.0)
    inputs_of = {name: round(float(weight), 4) for name, weight in zip(names, weights[1:], strict=True)}
    return Weights(intercept=round(float(weights[0]), 4), inputs=inputs_of)


def _loss(weights: Weights, inputs: Vector, target: Vector, names: Sequence[str]) -> float:
    total = 0.0
    for row, lost in zip(inputs, target, strict=True):
        z = weights.intercept + sum(
            weights.inputs[name] * float(amount) for name, amount in zip(names, row, strict=True)
        )
        risk = sigmoid(z)
        total -= log(max(SMALLEST, risk if lost else 1.0 - risk))
    return total / len(target)


def _weights_json(weights: Weights) -> JsonObject:
    return {"intercept": weights.intercept, **weights.inputs}
