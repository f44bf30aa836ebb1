"""What churn risk and expansion share: weighted inputs → a likelihood, with what drives it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp

from store.records import JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """An intercept, and one weight for each named input."""

    intercept: float
    inputs: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Likelihood:
    """A likelihood in [0, 1] and its drivers: label and what each adds to the logistic sum, the strongest first."""

    value: float
    drivers: tuple[tuple[str, float], ...]

    def drivers_json(self) -> list[JsonObject]:
        """Return the drivers as stored and printed."""
        return [{"name": label, "adds": round(term, 3)} for label, term in self.drivers]


def sigmoid(z: float) -> float:
    """Return 1 / (1 + e^-z) in [0, 1], for any z."""
    if z >= 0:
        return 1.0 / (1.0 + exp(-z))
    power = exp(z)
    return power / (1.0 + power)


def likelihood(weights: Weights, inputs: Mapping[str, float], labels: Mapping[str, str]) -> Likelihood:
    """Return the likelihood of inputs in [0, 1] by name; an input without a weight adds nothing."""
    terms = {name: weights.inputs.get(name, 0.0) * amount for name, amount in inputs.items()}
    drivers = sorted(
        ((labels[name], term) for name, term in terms.items() if term > 0),
        key=lambda item: (-item[1], item[0]),
    )
    return Likelihood(value=sigmoid(weights.intercept + sum(terms.values())), drivers=tuple(drivers))
