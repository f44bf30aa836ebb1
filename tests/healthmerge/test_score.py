from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.health import BandConfig, CompetitorExposureConfig, HealthConfig, MetricConfig, PartConfig
from config.settings import LinkingSettings
from healthmerge.activity import activity_index, blind_shares, is_blind
from healthmerge.churn import churn_risk
from healthmerge.points import normalise
from healthmerge.score import RANKS, band_of, merge, score_parts
from store.exposures import Exposure
from store.kinds import Band, Category, FetchState
from store.sources import Source, Turn

NOW = datetime(2026, 11, 16, 6, 0, tzinfo=UTC)
LINKING = LinkingSettings()
NAMES = ("a", "b", "c", "d")


def _config(max_bands: int = 1, weight: float = 0.4) -> HealthConfig:
    def metric(name: str, share: float) -> MetricConfig:
        return MetricConfig(name=name, label=name, worst=0, best=100, weight=share)

    return HealthConfig(
        parts=(
            PartConfig(name="financial", weight=60, metrics=(metric("a", 3), metric("b", 1))),
            PartConfig(name="risk", weight=40, metrics=(metric("c", 2), metric("d", 2))),
        ),
        competitors=CompetitorExposureConfig(max_bands=max_bands, weight=weight),
    )


def _exposure(score: float, age_days: float = 0.0, signal: int = 1, counts: bool = True) -> Exposure:
    return Exposure(
        account_id=1,
        signal_id=signal,
        score=score,
        reasons=(),
        observed_at=NOW - timedelta(days=age_days),
        rival_key="r",
        rival_name="R",
        category=Category.LAUNCH,
        headline="R launches",
        counts=counts,
    )


values = st.dictionaries(st.sampled_from(NAMES), st.floats(-50, 150), max_size=4)
indices = st.floats(0, 100)
bands = st.sampled_from([None, *RANKS])
exposures = st.lists(st.builds(_exposure, st.floats(0, 1), st.floats(0, 120)), max_size=8)


@given(values, indices, st.integers(0, 2), bands, st.booleans())
def test_scores_stay_in_range_and_competitors_within_their_cap(known, index, cap, previous, blind) -> None:
    merged = merge(_config(cap), known, index, blind=blind, previous=previous, previous_without=previous)
    if merged.score is None or merged.without is None:
        assert not known
        return
    assert 0 <= merged.score <= merged.without + 1e-9 <= 100 + 1e-9
    assert 0 <= merged.coverage <= 1
    if merged.band is not Band.GREY:
        assert 0 <= RANKS.index(merged.band_without) - RANKS.index(merged.band) <= cap


@given(values, bands)
def test_no_competitors_give_exactly_the_score_without_them(known, previous) -> None:
    merged = merge(_config(), known, 0.0, previous=previous, previous_without=previous)
    assert merged.score == merged.without
    assert merged.band is merged.band_without


@given(values, indices, st.sampled_from(NAMES))
def test_a_missing_metric_scores_as_if_it_were_not_asked_for(known, index, missing) -> None:
    known = {name: value for name, value in known.items() if name != missing}
    asked = score_parts(_config(), known, index)
    config = _config()
    parts = tuple(
        part.model_copy(update={"metrics": tuple(m for m in part.metrics if m.name != missing)})
        for part in config.parts
    )
    unasked = score_parts(config.model_copy(update={"parts": parts}), known, index)
    assert asked.score == pytest.approx(unasked.score)


@given(values, indices, st.sampled_from(NAMES))
def test_a_missing_metric_never_scores_above_the_same_metric_at_its_best(known, index, missing) -> None:
    without = score_parts(_config(), {n: v for n, v in known.items() if n != missing}, index)
    at_best = score_parts(_config(), {**known, missing: 100.0}, index)
    if without.score is not None and (set(known) - {missing}):
        part = 0 if missing in "ab" else 1
        if without.parts[part].score is not None:
            assert at_best.score is not None
            assert without.score <= at_best.score + 1e-9
    assert without.coverage <= at_best.coverage


@given(values, indices)
def test_not_seeing_the_rivals_never_improves_a_score(known, index) -> None:
    seen, blind = merge(_config(), known, index), merge(_config(), known, index, blind=True)
    if seen.score is not None:
        assert blind.score is not None
        assert blind.score <= seen.score + 1e-9
        assert blind.coverage <= seen.coverage


@given(values, indices, indices)
def test_more_competitor_activity_never_improves_a_score(known, one, other) -> None:
    calm, busy = sorted((one, other))
    first, second = merge(_config(), known, calm), merge(_config(), known, busy)
    if first.score is not None and second.score is not None:
        assert second.score <= first.score + 1e-9


@given(exposures, st.builds(_exposure, st.floats(0, 1), st.floats(0, 120)))
def test_more_evidence_never_lowers_the_index(some, more) -> None:
    index = activity_index(some, NOW, LINKING)
    assert 0 <= index <= 100
    assert activity_index([*some, more], NOW, LINKING) >= index - 1e-9


@given(exposures, st.randoms())
def test_the_order_of_exposures_does_not_matter(some, random) -> None:
    shuffled = list(some)
    random.shuffle(shuffled)
    assert activity_index(shuffled, NOW, LINKING) == activity_index(some, NOW, LINKING)


def test_retracted_signals_count_zero() -> None:
    assert activity_index([_exposure(0.9, counts=False)], NOW, LINKING) == 0


@given(st.floats(-1e6, 1e6), st.floats(-100, 100), st.floats(-100, 100))
def test_points_stay_between_0_and_100(value, worst, best) -> None:
    metric = MetricConfig(name="m", label="m", worst=worst, best=best, weight=1)
    points = normalise(metric, value)
    assert points is not None
    assert 0 <= points <= 100


@pytest.mark.parametrize(
    ("score", "previous", "band"),
    [
        (76, None, Band.GREEN),
        (76, Band.YELLOW, Band.YELLOW),
        (78, Band.YELLOW, Band.GREEN),
        (73, Band.GREEN, Band.GREEN),
        (71, Band.GREEN, Band.YELLOW),
        (52, Band.RED, Band.RED),
        (90, Band.RED, Band.GREEN),
        (10, Band.GREEN, Band.RED),
        (76, Band.RED, Band.YELLOW),
    ],
)
def test_leaving_a_band_needs_three_points_more(score: float, previous: Band | None, band: Band) -> None:
    assert band_of(score, BandConfig(), previous) is band


def _source(key: str, state: FetchState | None, since_days: float) -> Source:
    return Source(
        id=1,
        key=key,
        rival_id=1,
        rival_key="r",
        type="page",
        url="",
        every=timedelta(hours=6),
        active=True,
        state=state,
        state_since=NOW - timedelta(days=since_days),
    )


def test_blindness_is_the_share_of_the_last_seven_days() -> None:
    turn = Turn(
        source_key="r/a",
        at=NOW - timedelta(days=3.5),
        before=FetchState.OK,
        after=FetchState.BLOCKED,
        reason=None,
    )
    sources = [
        _source("r/a", FetchState.BLOCKED, 3.5),
        _source("r/b", FetchState.OK, 30),
        _source("r/c", None, 0),
    ]
    shares = blind_shares(sources, [turn], NOW)
    assert shares == {"r": pytest.approx(0.25)}
    assert is_blind(["r"], shares, 0.25)
    assert not is_blind(["r"], shares, 0.3)
    assert not is_blind(["unknown"], shares, 0.1)


def test_churn_risk_rises_with_every_driver() -> None:
    calm = churn_risk(100, 0, {})
    assert calm.value == pytest.approx(0.018, abs=0.001)
    assert churn_risk(50, 50, {}).value == pytest.approx(0.2227, abs=0.001)
    worse = [churn_risk(60, 0, {}), churn_risk(100, 50, {}), churn_risk(100, 0, {"stakeholder_loss": 1})]
    assert all(risk.value > calm.value for risk in worse)
    assert churn_risk(60, 80, {}).drivers[0][0] == "health without competitors"


def test_the_worked_example_of_the_documentation() -> None:
    """The figures of docs/health.md, computed step by step and by the program."""
    left = [0.592 * 0.5, 0.315]
    index = 100 * (1 - sqrt((1 - left[0]) * (1 - left[1])))
    assert index == pytest.approx(30.56, abs=0.01)
    assert activity_index([_exposure(0.592, 30), _exposure(0.315, 0)], NOW, LINKING) == pytest.approx(index)

    known = {"a": 80.0, "c": 70.0}
    risk = 0.6 * 70 + 0.4 * (100 - index)
    risk_without = 0.6 * 70 + 0.4 * 100
    assert risk == pytest.approx(69.78, abs=0.01)
    assert risk_without == pytest.approx(82.0)
    merged = merge(_config(), known, index)
    assert merged.score == pytest.approx(0.6 * 80 + 0.4 * risk)
    assert merged.score == pytest.approx(75.91, abs=0.01)
    assert merged.without == pytest.approx(80.8, abs=0.01)
    assert merged.coverage == pytest.approx(0.6 * 0.75 + 0.4 * 0.7)
