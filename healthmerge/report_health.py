"""Health in the JSON of an account: score, parts, costs, moves, outlook, history, and who overrode it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from healthmerge.costs import costs_of
from healthmerge.score import COMPETITORS
from store.exposures import Proof
from store.health import Health
from store.overrides import Override
from store.records import JsonObject

COMPETITORS_LABEL = "Competitor Activity Index"

Labels = Mapping[str, tuple[str, str]]


def metric_labels(content: JsonObject) -> Labels:
    """Return label and unit of each metric by name, as the configuration said that made the row."""
    labels = {
        metric["name"]: (metric["label"], metric.get("unit", ""))
        for part in content.get("parts", ())
        for metric in part["metrics"]
    }
    return {**labels, COMPETITORS: (COMPETITORS_LABEL, "")}


def band_limits(content: JsonObject, tier: str) -> JsonObject | None:
    """Return where the bands begin for a tier, as the configuration said that made the row; None if it is not kept."""
    profile = content.get("profiles", {}).get(tier, {})
    return profile.get("bands") or content.get("bands")


def history_point(row: Health) -> JsonObject:
    """Return one point of an account's history, with the version of health.yaml that made it."""
    return {
        "as_of": row.as_of.isoformat(),
        "score": row.score,
        "band": row.band.value,
        "score_without_competitors": row.score_without_competitors,
        "computed_score": row.own_score,
        "competitor_activity_index": row.competitor_activity_index,
        "coverage": row.coverage,
        "version": row.version_id,
    }


def index_of(health: Health | None) -> float | None:
    """Return the Competitor Activity Index; None while it is unknown."""
    return health.competitor_activity_index if health else None


def health_json(health: Health | None) -> JsonObject:
    """Return the health of an account in a list."""
    return {
        "score": health.score if health else None,
        "band": health.band.value if health else "grey",
        "trend_4w": health.trend_4w if health else None,
        "coverage": health.coverage if health else 0.0,
        "score_without_competitors": health.score_without_competitors if health else None,
        "overridden": bool(health and health.override_id),
    }


def whole_health_json(
    health: Health | None, labels: Labels, proofs: Mapping[int, Sequence[Proof]], override: Override | None
) -> JsonObject:
    """Return the health of one account with parts, costs, moves, and who overrode it."""
    return {
        **health_json(health),
        "band_without_competitors": health.band_without_competitors.value if health else "grey",
        "computed": {"score": health.own_score, "band": health.own_band.value} if health else None,
        "override": override_json(override) if override else None,
        "trend_13w": health.trend_13w if health else None,
        "as_of": health.as_of.isoformat() if health else None,
        "version": health.version_id if health else None,
        "green_again": health.green_again.isoformat() if health and health.green_again else None,
        "costs": _costs_json(health, labels),
        "parts": [_part_json(part, labels) for part in health.parts] if health else [],
        "moves": [_move_json(move, proofs) for move in health.moves] if health else [],
    }


def _costs_json(health: Health | None, labels: Labels) -> list[JsonObject]:
    if health is None:
        return []
    return [
        {
            "name": cost.name,
            "label": labels.get(cost.name, (cost.name, ""))[0],
            "part": cost.part,
            "points": round(cost.points, 2),
        }
        for cost in costs_of(health.parts, health.own_score, health.score_without_competitors)
    ]


def _part_json(part: JsonObject, labels: Labels) -> JsonObject:
    metrics = [
        {
            **metric,
            "label": labels.get(metric["name"], (metric["name"], ""))[0],
            "unit": labels.get(metric["name"], ("", ""))[1],
        }
        for metric in part["metrics"]
    ]
    return {**part, "metrics": metrics}


def _move_json(move: JsonObject, proofs: Mapping[int, Sequence[Proof]]) -> JsonObject:
    first = next(iter(proofs.get(move.get("signal") or 0, ())), None)
    return {**move, "url": first.url if first else None, "change": first.change_id if first else None}


def override_json(override: Override, now: datetime | None = None) -> JsonObject:
    """Return a person's word over a health; with ``now``, also whether it holds and how it ended."""
    shown: JsonObject = {
        "band": override.band.value,
        "score": override.score,
        "reason": override.reason,
        "author": override.author,
        "created_at": override.created_at.isoformat(),
        "expires_at": override.expires_at.isoformat(),
        "last_day": override.last_day.isoformat(),
    }
    if now is None:
        return shown
    ended = override.ended_at.isoformat() if override.ended_at else None
    return {**shown, "in_force": override.holds(now), "ended_at": ended, "ended_by": override.ended_by}


def outlook_json(health: Health | None, name: str) -> JsonObject | None:
    """Return the outlook of that name, ``churn`` or ``expansion``, with what drives it."""
    value = None if health is None else (health.churn_risk if name == "churn" else health.expansion)
    if health is None or value is None:
        return None
    return {"risk" if name == "churn" else "likelihood": value, "drivers": health.drivers.get(name, [])}
