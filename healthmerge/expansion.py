"""Expansion likelihood: will the account buy more? A documented logistic combination, with what drives it."""

from __future__ import annotations

from collections.abc import Mapping

from healthmerge.logistic import Likelihood, Weights, likelihood

#: A stated judgement: with nothing in its favour 3 %, with half of everything 20 %, with all of it about 84 %.
STATED = Weights(
    intercept=-3.4,
    inputs={"health": 1.3, "room": 1.3, "use": 1.0, "readiness": 0.9, "satisfaction": 0.6},
)
LABELS = {
    "health": "health above yellow",
    "room": "further revenue in reach",
    "use": "licences nearly used up",
    "readiness": "readiness to expand",
    "satisfaction": "satisfaction",
}
LEAST_KNOWN = 2  # of the four metrics; with fewer the number would only repeat the health score


def expansion_likelihood(score: float, values: Mapping[str, float]) -> Likelihood | None:
    """Return the likelihood from the score and raw metrics; None if fewer than two of its metrics are known.

    What is not known adds nothing, so that a gap never makes an account look ready.
    """
    known = {
        "room": _between(values.get("arr_potential"), 0.0, 40.0),
        "use": _between(values.get("adoption"), 60.0, 95.0),
        "readiness": _between(values.get("expansion_readiness"), 0.0, 80.0),
        "satisfaction": _between(values.get("nps"), 0.0, 60.0),
    }
    inputs = {name: amount for name, amount in known.items() if amount is not None}
    if len(inputs) < LEAST_KNOWN:
        return None
    return likelihood(STATED, {"health": max(0.0, (score - 50.0) / 50.0), **inputs}, LABELS)


def _between(value: float | None, low: float, high: float) -> float | None:
    return None if value is None else min(1.0, max(0.0, (value - low) / (high - low)))
