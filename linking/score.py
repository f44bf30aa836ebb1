"""From reasons to one number: how far a signal threatens an account, in [0, 1]."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

#: Renewal urgency: days to the renewal, at most, and the factor. Further away or unknown counts 1.
URGENCY = ((30, 1.30), (60, 1.20), (90, 1.10))


def combined(weights: Iterable[float]) -> float:
    """Return 1 - Π(1 - weight): independent reasons add up without passing 1, and one more never lowers it."""
    rest = 1.0
    for weight in sorted(weights):
        rest *= 1.0 - min(1.0, max(0.0, weight))
    return 1.0 - rest


def urgency(renewal: date | None, on: date) -> float:
    """Return the factor for the nearness of a renewal on a day; a renewal in the past counts 1."""
    if renewal is None:
        return 1.0
    days = (renewal - on).days
    return next((factor for limit, factor in URGENCY if 0 <= days <= limit), 1.0)


def exposure(weights: Iterable[float], impact: float, factor: float) -> float:
    """Return the exposure in [0, 1]: combined reasons × impact × renewal urgency, cut at 1."""
    return min(1.0, max(0.0, combined(weights) * min(1.0, max(0.0, impact)) * max(0.0, factor)))
