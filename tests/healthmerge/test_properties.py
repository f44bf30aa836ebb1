"""What holds for every account, whatever is known of it: over the whole default configuration and every tier."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.load import default_health
from config.settings import LinkingSettings
from healthmerge.activity import activity_index, activity_shares
from healthmerge.costs import costs_of
from healthmerge.figures import STALE, account_figures
from healthmerge.score import RANKS, merge, score_parts
from store.accounts import Account
from store.exposures import Exposure
from store.kinds import Band, Category

NOW = datetime(2026, 11, 16, 6, 0, tzinfo=UTC)
TODAY = NOW.date()
LINKING = LinkingSettings()
HEALTH = default_health()
NAMES = sorted(metric.name for part in HEALTH.parts for metric in part.metrics)
PEERS = {"contract_value": [float(n) for n in range(0, 100, 10)]}

values = st.dictionaries(st.sampled_from(NAMES), st.floats(-150, 400), max_size=len(NAMES))
indices = st.floats(0, 100)
tiers = st.sampled_from(["strategic", "growth", "maintenance"])
ages = st.frozensets(st.sampled_from(NAMES))
bands = st.sampled_from([None, *RANKS])


def _exposure(score: float, age: float, rival: str, category: Category) -> Exposure:
    return Exposure(
        account_id=1,
        signal_id=1,
        score=score,
        reasons=(),
        observed_at=NOW - timedelta(days=age),
        rival_key=rival,
        rival_name=rival,
        category=category,
        headline="news",
    )


exposures = st.lists(
    st.builds(
        _exposure, st.floats(0, 1), st.floats(0, 120), st.sampled_from("abc"), st.sampled_from(list(Category))
    ),
    max_size=8,
)


@given(values, indices, tiers, ages, bands, st.booleans())
def test_every_score_stays_in_range_and_rivals_within_their_cap(
    known, index, tier, stale, previous, blind
) -> None:
    config = HEALTH.for_tier(tier)
    merged = merge(
        config,
        known,
        index,
        blind=blind,
        previous=previous,
        previous_without=previous,
        stale=stale,
        peers=PEERS,
    )
    assert 0 <= merged.coverage <= 1
    if merged.score is None or merged.without is None:
        assert merged.band is Band.GREY
        return
    assert 0 <= merged.score <= merged.without + 1e-9 <= 100 + 1e-9
    if merged.band is not Band.GREY:
        steps = RANKS.index(merged.band_without) - RANKS.index(merged.band)
        assert 0 <= steps <= config.competitors.max_bands


@given(values, tiers, ages, bands)
def test_without_competitors_both_scores_are_exactly_the_same(known, tier, stale, previous) -> None:
    none = activity_index([], NOW, LINKING)
    merged = merge(
        HEALTH.for_tier(tier),
        known,
        none,
        previous=previous,
        previous_without=previous,
        stale=stale,
        peers=PEERS,
    )
    assert (merged.score, merged.band) == (merged.without, merged.band_without)


@given(values, indices, tiers, ages, st.sampled_from(NAMES))
def test_a_metric_that_stops_coming_never_improves_a_score(known, index, tier, stale, silent) -> None:
    config = HEALTH.for_tier(tier)
    fresh = score_parts(config, known, index, stale=stale - {silent}, peers=PEERS)
    old = score_parts(config, known, index, stale=stale | {silent}, peers=PEERS)
    assert old.coverage <= fresh.coverage
    if fresh.score is not None:
        assert old.score is not None
        assert old.score <= fresh.score + 1e-9


@given(
    st.dictionaries(st.sampled_from(NAMES), st.floats(-150, 400), min_size=1, max_size=6), st.integers(0, 500)
)
def test_time_without_news_never_improves_a_score(known, days) -> None:
    account = Account(id=1, key="a", name="A", renewal=TODAY + timedelta(days=40))
    history = {name: [(TODAY, value)] for name, value in known.items() if name != "days_to_renewal"}

    def score(on: date) -> float | None:
        figures = account_figures(account, history, HEALTH, on)
        return score_parts(HEALTH, figures.values, 0.0, stale=figures.stale, peers=PEERS).score

    before, after = score(TODAY), score(TODAY + timedelta(days=days))
    if before is not None:
        assert after is not None
        assert after <= before + 1e-9


@given(values, indices, tiers, ages)
def test_the_costs_add_up_to_what_the_score_lacks(known, index, tier, stale) -> None:
    merged = merge(HEALTH.for_tier(tier), known, index, stale=stale, peers=PEERS)
    parts = [part.to_json() for part in merged.parts]
    costs = costs_of(parts, merged.score, merged.without)
    if merged.score is not None:
        # Stored points are rounded to two digits and weights to four.
        assert sum(cost.points for cost in costs) == pytest.approx(100 - merged.score, abs=0.1)


@given(exposures)
def test_the_shares_of_an_index_make_one(some) -> None:
    shares = activity_shares(some, NOW, LINKING)
    assert set(shares) == {"rivals", "categories"}
    for group in shares.values():
        assert not group or sum(group.values()) == pytest.approx(1, abs=0.001)
        assert list(group.values()) == sorted(group.values(), reverse=True)
    assert bool(shares["rivals"]) is bool(activity_index(some, NOW, LINKING) > 1e-6) or not shares["rivals"]


@given(exposures, st.randoms())
def test_the_order_of_exposures_moves_no_share(some, random) -> None:
    shuffled = list(some)
    random.shuffle(shuffled)
    for name, group in activity_shares(some, NOW, LINKING).items():
        assert activity_shares(shuffled, NOW, LINKING)[name] == pytest.approx(group, abs=1e-4)


def test_old_praise_counts_no_more_than_what_is_known_today() -> None:
    known = {"nps": 60.0, "csat": 60.0, "adoption": 30.0}
    old = score_parts(HEALTH, known, None, stale=frozenset({"nps"}))
    [engagement] = [part for part in old.parts if part.name == "engagement"]
    assert engagement.score == 0
    blame = score_parts(HEALTH, {**known, "nps": -20.0, "csat": 95.0}, None, stale=frozenset({"nps"}))
    [engagement] = [part for part in blame.parts if part.name == "engagement"]
    [nps] = [metric for metric in engagement.metrics if metric.name == "nps"]
    assert nps.normalised == 0
    assert timedelta(days=180) == STALE
