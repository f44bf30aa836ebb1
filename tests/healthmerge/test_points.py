"""Rules: a line, steps, a rank among peers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from config.health import HealthConfig, MetricConfig, PartConfig, PointsStepConfig, ProfileConfig
from config.load import default_health
from healthmerge.points import PEERS_LEAST, make_peers, normalise


def _steps(*pairs: tuple[float, float]) -> MetricConfig:
    steps = tuple(PointsStepConfig(at_least=at, points=points) for at, points in pairs)
    return MetricConfig(name="m", label="M", weight=1, rule="steps", steps=steps)


@pytest.mark.parametrize(
    ("value", "points"), [(-3, 100), (0, 100), (4.9, 100), (5, 60), (14, 60), (15, 25), (99, 0)]
)
def test_steps_hold_from_their_limit_to_the_next(value, points) -> None:
    assert normalise(_steps((0, 100), (5, 60), (15, 25), (30, 0)), value) == points


def test_a_rank_is_the_share_of_peers_below_and_equals_share_a_place() -> None:
    metric = MetricConfig(name="m", label="M", weight=1, rule="percentile")
    peers = [10.0, 20.0, 20.0, 30.0, 40.0]
    assert [normalise(metric, value, peers) for value in (10, 20, 40)] == [10, 40, 90]
    fewer_is_better = metric.model_copy(update={"better": "lower"})
    assert normalise(fewer_is_better, 10, peers) == 90


def test_too_few_peers_rank_nobody() -> None:
    metric = MetricConfig(name="m", label="M", weight=1, rule="percentile")
    assert normalise(metric, 1, [1.0] * (PEERS_LEAST - 1)) is None
    assert normalise(metric, 1, [1.0] * PEERS_LEAST) == 50


@given(
    st.lists(st.floats(-1e6, 1e6), min_size=PEERS_LEAST, max_size=30), st.floats(-1e6, 1e6), st.floats(0, 1e6)
)
def test_a_rank_is_in_range_and_never_falls_with_the_value(values, value, more) -> None:
    metric = MetricConfig(name="m", label="M", weight=1, rule="percentile")
    peers = sorted(values)
    low, high = normalise(metric, value, peers), normalise(metric, value + more, peers)
    assert low is not None
    assert high is not None
    assert 0 <= low <= high <= 100


def test_peers_are_those_who_report() -> None:
    metric = MetricConfig(name="m", label="M", weight=1, rule="percentile")
    config = HealthConfig(parts=(PartConfig(name="risk", weight=100, metrics=(metric,)),))
    assert make_peers(config, [{"m": 3.0}, {"other": 1.0}, {"m": 1.0}]) == {"m": [1.0, 3.0]}


@pytest.mark.parametrize(
    "wrong",
    [
        {"rule": "linear", "worst": 3},
        {"rule": "steps"},
        {"rule": "steps", "steps": [{"at_least": 5, "points": 1}, {"at_least": 2, "points": 3}]},
        {"rule": "rank"},
    ],
)
def test_a_rule_that_lacks_its_numbers_is_refused(wrong) -> None:
    with pytest.raises(ValidationError):
        MetricConfig.model_validate({"name": "m", "label": "M", "weight": 1, **wrong})


def test_a_profile_changes_what_it_names_for_its_tier_alone() -> None:
    health = default_health()
    strategic, growth = health.for_tier("strategic"), health.for_tier("growth")
    assert growth is health
    assert {part.name: part.weight for part in strategic.parts} == {
        "financial": 28,
        "engagement": 24,
        "relationship": 28,
        "risk": 20,
    }
    [meetings] = [m for part in strategic.parts for m in part.metrics if m.name == "exec_meetings"]
    assert (meetings.weight, meetings.worst, meetings.best) == (2, 0, 3)
    assert health.model_copy(update={"profiles": {}}).for_tier("strategic").parts == health.parts
    assert ProfileConfig().parts == {}


def test_the_default_weights_stand_as_40_30_30_beside_risk() -> None:
    weights = {part.name: part.weight for part in default_health().parts}
    others = 100 - weights["risk"]
    assert {name: weight / others for name, weight in weights.items() if name != "risk"} == {
        "financial": 0.4,
        "engagement": 0.3,
        "relationship": 0.3,
    }
