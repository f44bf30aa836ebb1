"""How a raw value becomes 0-100 points: a line, steps, or a rank among peers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence

from config.health import HealthConfig, MetricConfig

#: Metric name → the values of the accounts that are compared, ascending.
Peers = Mapping[str, Sequence[float]]
NO_PEERS: Peers = {}
#: With fewer peers a rank says more about the others than about the account.
PEERS_LEAST = 5


def normalise(metric: MetricConfig, value: float, peers: Sequence[float] = ()) -> float | None:
    """Return a raw value as 0-100 points; None where a rank is asked for and there are too few peers."""
    if metric.rule == "percentile":
        return _rank(metric, value, peers)
    if metric.rule == "steps":
        return _step(metric, value)
    worst, best = metric.worst or 0.0, metric.best or 0.0
    if best == worst:
        return 100.0 if value >= best else 0.0
    points = 100.0 * (value - worst) / (best - worst)
    return min(100.0, max(0.0, points))


def _step(metric: MetricConfig, value: float) -> float:
    reached = [step.points for step in metric.steps if value >= step.at_least]
    return reached[-1] if reached else metric.steps[0].points


def _rank(metric: MetricConfig, value: float, peers: Sequence[float]) -> float | None:
    if len(peers) < PEERS_LEAST:
        return None
    # The middle of equals, so that a tier in which all have the same value stands at 50.
    points = 50.0 * (bisect_left(peers, value) + bisect_right(peers, value)) / len(peers)
    return points if metric.better == "higher" else 100.0 - points


def ranked_metrics(config: HealthConfig) -> tuple[str, ...]:
    """Return the metrics that are ranked among peers."""
    return tuple(m.name for part in config.parts for m in part.metrics if m.rule == "percentile")


def make_peers(config: HealthConfig, accounts: Iterable[Mapping[str, float]]) -> Peers:
    """Return the values of the accounts of one tier, ascending, for the metrics that are ranked."""
    names = ranked_metrics(config)
    if not names:
        return NO_PEERS
    values = list(accounts)
    return {name: sorted(item[name] for item in values if name in item) for name in names}
