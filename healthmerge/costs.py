"""Where the missing points are: what each metric, and competitors, take from a full score of 100."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from healthmerge.score import COMPETITORS
from store.records import JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """The points that a metric takes from the score; ``part`` is where it belongs."""

    name: str
    part: str
    points: float


def costs_of(parts: Sequence[JsonObject], score: float | None, without: float | None) -> tuple[Cost, ...]:
    """Return what takes points, the most first; all together they make 100 - score.

    A metric takes its share of the score times what it lacks to 100 points. Competitors take the difference between
    the scores without and with them, so that cap and unknown activity are told as they count.
    """
    if score is None or without is None:
        return ()
    weights = {part["name"]: _weight(part) for part in parts}
    whole = sum(weights.values())
    own = [
        Cost(
            name=metric["name"],
            part=part["name"],
            points=weights[part["name"]] / whole * share * (100.0 - metric["normalised"]),
        )
        for part in parts
        for metric, share in _shares(part)
    ]
    rivals = Cost(name=COMPETITORS, part="risk", points=without - score)
    return tuple(sorted((c for c in [*own, rivals] if c.points > 0), key=lambda c: (-c.points, c.name)))


def _weight(part: JsonObject) -> float:
    """Return what the part weighs in the score without competitors, which are always known there."""
    if _known(part):
        return float(part["weight"])
    return float(part["weight"]) * _rivals_share(part)


def _shares(part: JsonObject) -> list[tuple[JsonObject, float]]:
    known = _known(part)
    total = sum(metric["weight"] for metric in known)
    return [(metric, (1.0 - _rivals_share(part)) * metric["weight"] / total) for metric in known]


def _known(part: JsonObject) -> list[JsonObject]:
    return [m for m in part["metrics"] if m["normalised"] is not None and m["name"] != COMPETITORS]


def _rivals_share(part: JsonObject) -> float:
    return next((float(m["weight"]) for m in part["metrics"] if m["name"] == COMPETITORS), 0.0)
