"""Why did it move? The difference between two health rows, told cause by cause; the causes add up to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from config.health import HealthConfig, MetricConfig
from healthmerge.figures import Figures
from healthmerge.points import Peers
from healthmerge.score import COMPETITORS, Merged, score_parts
from store.exposures import Exposure
from store.health import Health
from store.records import JsonObject

SMALLEST = 0.05  # points; less would be shown as 0.0
SHOWN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnover:
    """What may have moved a score since the row before. ``fresh``: new exposures with what is left of them today."""

    config: HealthConfig
    before: Health | None
    now: Merged
    figures: Figures
    peers: Peers
    fresh: Sequence[tuple[float, Exposure]]
    version: int | None = None


def moves_since(turnover: Turnover) -> tuple[JsonObject, ...]:
    """Return what moved the score since the row before, the strongest first.

    One move: ``name`` of the metric, ``points`` it gave or took, ``because`` a sentence, ``signal`` the id of the
    strongest new signal behind it, if any. Weaker moves than the first ones are told as one, ``others``.
    """
    if turnover.now.score is None:
        return ()
    moves = [_competitor_move(turnover), *_own_moves(turnover)]
    told = [move for move in moves if move is not None and abs(float(move["points"])) >= SMALLEST]
    told.sort(key=lambda move: (-abs(float(move["points"])), str(move["name"])))
    return (*told[:SHOWN], *_rest(told[SHOWN:]))


def _rest(moves: Sequence[JsonObject]) -> list[JsonObject]:
    if len(moves) < 2:
        return list(moves)
    points = sum(float(move["points"]) for move in moves)
    return [_move("others", points, f"because of {len(moves)} smaller causes")]


def _competitor_move(turnover: Turnover) -> JsonObject | None:
    now, fresh = turnover.now, turnover.fresh
    if now.score is None or now.without is None:
        return None
    points = (now.score - now.without) - _effect(turnover.before)
    strongest = max(fresh, key=lambda item: (item[0], -item[1].signal_id), default=None)
    if points < 0 and strongest is not None:
        rival = strongest[1].rival_name
        because = f"because of {rival}: {strongest[1].headline.removeprefix(f'{rival}: ')}"
        if len(fresh) > 1:
            because += f" (and {len(fresh) - 1} more)"
        return _move(COMPETITORS, points, because, strongest[1].signal_id)
    because = (
        "because earlier competitor moves fade or were taken back" if points > 0 else "because of competitors"
    )
    return _move(COMPETITORS, points, because)


def _effect(before: Health | None) -> float:
    if before is None or before.own_score is None or before.score_without_competitors is None:
        return 0.0
    return before.own_score - before.score_without_competitors


def _own_moves(turnover: Turnover) -> Iterator[JsonObject]:
    """Yield the moves of the account's own metrics, each worked out by changing one value after the other."""
    before, now = turnover.before, turnover.now
    if before is None or before.score_without_competitors is None or now.without is None:
        return
    old = _values(before.parts)
    new = _values([part.to_json() for part in now.parts])
    values = dict(old)
    reached = before.score_without_competitors
    if (score := _without(turnover, values)) is not None:
        name, because = _before_any_value(turnover)
        yield _move(name, score - reached, because)
        reached = score
    metrics = {metric.name: metric for part in turnover.config.parts for metric in part.metrics}
    for name in sorted(name for name in {*old, *new} if old.get(name) != new.get(name)):
        values.pop(name, None)
        if name in new:
            values[name] = new[name]
        score = _without(turnover, values)
        if score is not None:
            yield _move(name, score - reached, _because(metrics, name, old, new))
            reached = score


def _without(turnover: Turnover, values: Mapping[str, float]) -> float | None:
    stale = turnover.figures.stale
    return score_parts(turnover.config, values, 0.0, stale=stale, peers=turnover.peers).score


def _before_any_value(turnover: Turnover) -> tuple[str, str]:
    """Return name and reason of what moved the score although no value changed."""
    before = turnover.before
    if before is not None and before.version_id is not None and before.version_id != turnover.version:
        return (
            "configuration",
            f"because health.yaml changed (version {before.version_id} to {turnover.version})",
        )
    if turnover.figures.stale:
        return "age", "because figures have grown old and no newer ones came"
    return "peers", "because the accounts it is compared with moved"


def _values(parts: Sequence[JsonObject]) -> dict[str, float]:
    return {
        metric["name"]: metric["value"]
        for part in parts
        for metric in part["metrics"]
        if metric["value"] is not None and metric["name"] != COMPETITORS
    }


def _because(
    metrics: Mapping[str, MetricConfig], name: str, old: Mapping[str, float], new: Mapping[str, float]
) -> str:
    metric = metrics.get(name)
    label = _inside(metric.label if metric else name)
    unit = f" {metric.unit}" if metric and metric.unit else ""
    if name not in old:
        return f"because {label} is now known: {new[name]:.4g}{unit}"
    if name not in new:
        return f"because {label} is no longer known"
    return f"because {label} went from {old[name]:.4g} to {new[name]:.4g}{unit}"


def _inside(label: str) -> str:
    """Return a label as it stands inside a sentence: *Days to the renewal* small, *Net Promoter Score* not."""
    first, _, rest = label.partition(" ")
    named = first.isupper() or any(word[:1].isupper() for word in rest.split())
    return label if named else label[:1].lower() + label[1:]


def _move(name: str, points: float, because: str, signal: int | None = None) -> JsonObject:
    return {"name": name, "points": round(points, 2), "because": because, "signal": signal}
