"""Churn risk: a documented logistic combination, with what drives it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp

#: Weights of the logistic sum. They are a stated judgement, not a fit: with INTERCEPT alone a perfect account far from
#: its renewal has a risk of about 2 %, a middling one (health 50, index 50) about 22 %, a poor one near renewal 75 %.
INTERCEPT = -4.0
WEIGHTS = {"health": 4.0, "competitors": 1.5, "renewal": 1.5, "stakeholders": 0.8, "usage": 1.0}
LABELS = {
    "health": "health without competitors",
    "competitors": "competitor activity",
    "renewal": "renewal near while health is poor",
    "stakeholders": "stakeholders lost",
    "usage": "usage falling",
}
RENEWAL_HORIZON = 180.0  # days


@dataclass(frozen=True, slots=True, kw_only=True)
class ChurnRisk:
    """The risk in [0, 1] and its drivers: label and what each adds to the logistic sum, the strongest first."""

    risk: float
    drivers: tuple[tuple[str, float], ...]


def churn_risk(without: float, index: float, values: Mapping[str, float]) -> ChurnRisk:
    """Return the churn risk of an account from its health without competitors, its index and its raw metrics."""
    lack = (100.0 - without) / 100.0
    days = values.get("days_to_renewal")
    nearness = 0.0 if days is None or days < 0 else max(0.0, 1.0 - days / RENEWAL_HORIZON)
    inputs = {
        "health": lack,
        "competitors": index / 100.0,
        "renewal": nearness * lack,
        "stakeholders": min(1.0, max(0.0, values.get("stakeholder_loss", 0.0)) / 2.0),
        "usage": min(1.0, max(0.0, -values.get("active_users_change", 0.0)) / 50.0),
    }
    terms = {name: WEIGHTS[name] * amount for name, amount in inputs.items()}
    drivers = sorted(
        ((LABELS[name], term) for name, term in terms.items() if term > 0), key=lambda item: -item[1]
    )
    return ChurnRisk(risk=1.0 / (1.0 + exp(-(INTERCEPT + sum(terms.values())))), drivers=tuple(drivers))
