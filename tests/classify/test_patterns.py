"""Patterns count: a burst is more than the weeks before let expect, a market move takes three rivals."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classify.patterns import PatternCode, find_patterns, poisson_tail
from classify.rules.departments import department
from store.kinds import Category
from store.signals import Meaning, Signal

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
MARKETS = {
    "northbeam": "identity-verification",
    "lumo": "identity-verification",
    "veri": "identity-verification",
}


def signal(number, category, days_ago, *, rival="northbeam", held=False, **facts):
    at = NOW - timedelta(days=days_ago)
    return Signal(
        id=number,
        rival_id=1,
        rival_key=rival,
        rival=rival.title(),
        story=f"s{number}",
        meaning=Meaning(
            category=category,
            confidence=0.9,
            impact=0.5,
            headline="h",
            why="w",
            facts=facts,
            review=True,
            held=held,
        ),
        first_seen_at=at,
        last_seen_at=at,
    )


def openings(*titles):
    return [{"title": title, "place": "", "team": "", "action": "added"} for title in titles]


def test_many_openings_of_one_department_after_quiet_weeks_are_a_burst():
    wave = signal(1, Category.HIRING, 5, openings=openings(*["Account Executive"] * 6, "Data Engineer"))
    old = signal(2, Category.HIRING, 60, openings=openings("Sales Manager"))
    (burst,) = find_patterns([wave, old], MARKETS, NOW)
    assert burst.code is PatternCode.HIRING_BURST
    assert burst.headline == "Northbeam advertised 6 sales roles in four weeks"
    assert burst.because == "because in the twelve weeks before there were 1, or 0.3 in four weeks"
    assert (burst.count, burst.signal_ids) == (6, (1,))


def test_a_rival_that_always_hires_shows_no_burst():
    waves = [
        signal(n, Category.HIRING, 7 * n, openings=openings(*["Account Executive"] * 2)) for n in range(1, 16)
    ]
    assert find_patterns(waves, MARKETS, NOW) == []


def test_three_rivals_of_a_market_that_raise_prices_are_a_market_move():
    moves = [
        signal(n, Category.PRICING, n, rival=rival, prices=[{"percent": percent}])
        for n, (rival, percent) in enumerate([("northbeam", 20.0), ("lumo", 5.0), ("veri", 8.0)], 1)
    ]
    (move,) = find_patterns(moves, MARKETS, NOW)
    assert move.headline == "3 rivals in identity verification raised prices within four weeks"
    assert move.because == "because Northbeam, Lumo and Veri did, in 3 signals"
    cut = signal(3, Category.PRICING, 1, rival="veri", prices=[{"percent": -8.0}])
    assert find_patterns([*moves[:2], cut], MARKETS, NOW) == []


def test_signals_that_are_held_do_not_count_those_that_are_only_asked_about_do():
    wave = signal(1, Category.HIRING, 5, held=True, openings=openings(*["Account Executive"] * 9))
    assert find_patterns([wave], MARKETS, NOW) == []
    asked = signal(1, Category.HIRING, 5, openings=openings(*["Account Executive"] * 9))
    assert [pattern.count for pattern in find_patterns([asked], MARKETS, NOW)] == [9]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Senior Account Executive, DACH", "sales"),
        ("Security Engineer", "security"),
        ("Machine Learning Engineer", "data and research"),
        ("Frontend Developer", "engineering"),
        ("Gardener", "other"),
    ],
)
def test_departments_by_title(title, expected):
    assert department(title) == expected


@given(st.integers(0, 60), st.floats(0.1, 40))
def test_the_tail_is_a_probability_that_falls_with_the_count(count, rate):
    assert 0 <= poisson_tail(count + 1, rate) <= poisson_tail(count, rate) + 1e-9 <= 1 + 2e-9
