"""Why did it move? The difference between two health rows, told metric by metric."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from config.health import HealthConfig, MetricConfig
from healthmerge.score import COMPETITORS, Merged
from store.exposures import Exposure
from store.health import Health
from store.records import JsonObject

SMALLEST = 0.05  # points; less would be shown as 0.0
SHOWN = 6


def moves_since(
    config: HealthConfig, before: Health | None, now: Merged, fresh: Sequence[tuple[float, Exposure]]
) -> tuple[JsonObject, ...]:
    """Return what moved the score since the row before, the strongest first.

    One move: ``name`` of the metric, ``points`` it gave or took, ``because`` a sentence, ``signal`` the id of the
    strongest new signal behind it, if any. ``fresh`` are exposures since then with what is left of them today.
    """
    if now.score is None:
        return ()
    moves = [_competitor_move(before, now, fresh), *_metric_moves(config, before, now)]
    told = [move for move in moves if move is not None and abs(float(move["points"])) >= SMALLEST]
    told.sort(key=lambda move: (-abs(float(move["points"])), str(move["name"])))
    return tuple(told[:SHOWN])


def _competitor_move(
    before: Health | None, now: Merged, fresh: Sequence[tuple[float, Exposure]]
) -> JsonObject | None:
    if now.score is None or now.without is None:
        return None
    points = (now.score - now.without) - _effect(before)
    strongest = max(fresh, key=lambda item: (item[0], -item[1].signal_id), default=None)
    if points < 0 and strongest is not None:
        because = f"because of {strongest[1].rival_name}: {strongest[1].headline}"
        if len(fresh) > 1:
            because += f" (and {len(fresh) - 1} more)"
        return _move(COMPETITORS, points, because, strongest[1].signal_id)
    because = (
        "because earlier competitor moves fade or were taken back" if points > 0 else "because of competitors"
    )
    return _move(COMPETITORS, points, because)


def _effect(before: Health | None) -> float:
    if before is None or before.score is None or before.score_without_competitors is None:
        return 0.0
    return before.score - before.score_without_competitors


def _metric_moves(config: HealthConfig, before: Health | None, now: Merged) -> list[JsonObject]:
    if before is None or before.score is None:
        return []
    old = _contributions(before.parts)
    new = _contributions([part.to_json() for part in now.parts])
    metrics = {metric.name: metric for part in config.parts for metric in part.metrics}
    return [
        _move(
            name,
            new.get(name, (0.0, None))[0] - old.get(name, (0.0, None))[0],
            _because(metrics, name, old, new),
        )
        for name in sorted({*old, *new} - {COMPETITORS})
        if old.get(name) != new.get(name) and (old.get(name, (0, None))[1] != new.get(name, (0, None))[1])
    ]


def _contributions(parts: Sequence[JsonObject]) -> dict[str, tuple[float, float | None]]:
    """Return metric name → (points it gives to the score, raw value), for the account's own known metrics."""
    own = {part["name"]: [m for m in part["metrics"] if m["name"] != COMPETITORS] for part in parts}
    known = {
        name: sum(m["weight"] for m in metrics if m["normalised"] is not None)
        for name, metrics in own.items()
    }
    all_own = {name: sum(m["weight"] for m in metrics) for name, metrics in own.items()}
    whole = sum(part["weight"] for part in parts if part["score"] is not None) or 1.0
    return {
        metric["name"]: (
            part["weight"]
            / whole
            * all_own[part["name"]]
            * metric["weight"]
            / known[part["name"]]
            * metric["normalised"],
            metric["value"],
        )
        for part in parts
        for metric in own[part["name"]]
        if metric["normalised"] is not None and known[part["name"]]
    }


def _because(
    metrics: Mapping[str, MetricConfig],
    name: str,
    old: Mapping[str, tuple[float, float | None]],
    new: Mapping[str, tuple[float, float | None]],
) -> str:
    metric = metrics.get(name)
    label = metric.label if metric else name
    unit = f" {metric.unit}" if metric and metric.unit else ""
    if name not in old:
        return f"because {label} is now known: {_number(new[name][1])}{unit}"
    if name not in new:
        return f"because {label} is no longer known"
    return f"because {label} went from {_number(old[name][1])} to {_number(new[name][1])}{unit}"


def _number(value: float | None) -> str:
    return "unknown" if value is None else f"{value:g}"


def _move(name: str, points: float, because: str, signal: int | None = None) -> JsonObject:
    return {"name": name, "points": round(points, 2), "because": because, "signal": signal}
