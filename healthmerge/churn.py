"""Churn risk: a documented logistic combination, with what drives it."""

from __future__ import annotations

from collections.abc import Mapping

from healthmerge.logistic import Likelihood, Weights, likelihood

#: A stated judgement, not a fit: with the intercept alone a perfect account far from its renewal has a risk of about
#: 2 %, a middling one (health 50, index 50) about 22 %, a poor one near renewal 75 %. A fit from outcomes replaces it.
STATED = Weights(
    intercept=-4.0,
    inputs={"health": 4.0, "competitors": 1.5, "renewal": 1.5, "stakeholders": 0.8, "usage": 1.0},
)
LABELS = {
    "health": "health without competitors",
    "competitors": "competitor activity",
    "renewal": "renewal near while health is poor",
    "stakeholders": "stakeholders lost",
    "usage": "usage falling",
}
RENEWAL_HORIZON = 180.0  # days


def churn_inputs(without: float, index: float, values: Mapping[str, float]) -> dict[str, float]:
    """Return the inputs in [0, 1]: from health without competitors, the index, and raw metrics."""
    lack = (100.0 - without) / 100.0
    days = values.get("days_to_renewal")
    nearness = 0.0 if days is None or days < 0 else max(0.0, 1.0 - days / RENEWAL_HORIZON)
    return {
        "health": lack,
        "competitors": index / 100.0,
        "renewal": nearness * lack,
        "stakeholders": min(1.0, max(0.0, values.get("stakeholder_loss", 0.0)) / 2.0),
        "usage": min(1.0, max(0.0, -values.get("active_users_change", 0.0)) / 50.0),
    }


def churn_risk(
    without: float, index: float, values: Mapping[str, float], weights: Weights = STATED
) -> Likelihood:
    """Return the churn risk of an account, by the stated weights or fitted ones."""
    return likelihood(weights, churn_inputs(without, index, values), LABELS)
