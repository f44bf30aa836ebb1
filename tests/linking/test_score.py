from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linking.decay import decayed
from linking.score import combined, exposure, urgency

NOW = datetime(2026, 11, 16, 6, 0, tzinfo=UTC)
weights = st.lists(st.floats(0, 1), max_size=7)


@given(weights, st.floats(0, 1), st.floats(1, 1.3))
def test_exposure_stays_in_range(some, impact, factor) -> None:
    assert 0 <= exposure(some, impact, factor) <= 1


@given(weights, st.floats(0, 1))
def test_one_more_reason_never_lowers_it(some, more) -> None:
    assert combined([*some, more]) >= combined(some) - 1e-12


@given(weights, st.randoms())
def test_the_order_of_reasons_does_not_matter(some, random) -> None:
    shuffled = list(some)
    random.shuffle(shuffled)
    assert combined(shuffled) == combined(some)


@given(st.floats(0, 1), st.floats(0, 400), st.floats(0, 400))
def test_an_exposure_only_fades(score, one, other) -> None:
    young, old = sorted((one, other))
    half_life = timedelta(days=30)
    first = decayed(score, NOW - timedelta(days=young), NOW, half_life)
    second = decayed(score, NOW - timedelta(days=old), NOW, half_life)
    assert 0 <= second <= first <= score


def test_after_one_half_life_half_is_left() -> None:
    assert decayed(0.6, NOW - timedelta(days=30), NOW, timedelta(days=30)) == pytest.approx(0.3)
    assert decayed(0.6, NOW + timedelta(days=1), NOW, timedelta(days=30)) == 0.6


@pytest.mark.parametrize(
    ("days", "factor"), [(0, 1.3), (30, 1.3), (31, 1.2), (60, 1.2), (90, 1.1), (91, 1.0), (-1, 1.0)]
)
def test_a_renewal_counts_more_the_nearer_it_is(days: int, factor: float) -> None:
    today = date(2026, 11, 16)
    assert urgency(today + timedelta(days=days), today) == factor
    assert urgency(None, today) == 1.0


def test_the_worked_example_of_the_documentation() -> None:
    assert combined([0.5, 0.45]) == pytest.approx(0.725)
    assert exposure([0.9, 0.6, 0.45], 0.55, 1.10) == pytest.approx(0.592, abs=0.001)
    assert exposure([0.45], 0.7, 1.0) == pytest.approx(0.315)
