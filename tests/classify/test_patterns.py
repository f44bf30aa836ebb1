"""Patterns count: a burst is more than the weeks before let expect, a market move takes three rivals."""
# ruff: noqa: E501

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


def signal(number, category, days_ago, *, rival="northbeam", held=False, text="h", **facts):
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
            headline=text,
            text=text,
            why="w",
            facts=facts,
            review=True,
            held=held,
        ),
        first_seen_at=at,
        last_seen_at=at,
    )


LONG_AGO = signal(99, Category.MEDIA, 120)


def openings(*titles):
    return [{"title": title, "place": "", "team": "", "action": "added"} for title in titles]


def test_many_openings_of_one_department_after_quiet_weeks_are_a_burst():
    wave = signal(1, Category.HIRING, 5, openings=openings(*["Account Executive"] * 6, "Data Engineer"))
    old = signal(2, Category.HIRING, 60, openings=openings("Sales Manager"))
    (burst,) = find_patterns([wave, old, LONG_AGO], MARKETS, NOW)
    assert burst.code is PatternCode.HIRING_BURST
    assert burst.headline == "Northbeam advertised 6 sales roles in four weeks"
    assert burst.because == "because the twelve weeks before had 1, which makes 0.3 in four weeks"
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
    assert move.because == "because Northbeam (+20 %), Lumo (+5 %) and Veri (+8 %) did, in 3 signals"
    cut = signal(3, Category.PRICING, 1, rival="veri", prices=[{"percent": -8.0}])
    assert find_patterns([*moves[:2], cut], MARKETS, NOW) == []


def test_what_is_usual_is_reckoned_from_the_weeks_that_are_known():
    wave = [signal(n, Category.LAUNCH, n) for n in range(1, 9)]
    early = signal(20, Category.LAUNCH, 28 + 7 * 8)
    (burst,) = find_patterns([*wave, early], MARKETS, NOW)
    assert burst.because == "because the eight weeks before had 1, which makes 0.5 in four weeks"
    young = signal(20, Category.LAUNCH, 28 + 7 * 3)
    assert find_patterns([*wave, young], MARKETS, NOW) == []


def test_quiet_weeks_are_said_to_be_quiet():
    wave = signal(1, Category.HIRING, 5, openings=openings(*["Gardener"] * 6))
    (burst,) = find_patterns([wave, LONG_AGO], MARKETS, NOW)
    assert burst.headline == "Northbeam advertised 6 roles in no single department in four weeks"
    assert burst.because == "because the twelve weeks before had none"


def test_a_title_without_department_counts_for_the_team_that_the_ad_names():
    roles = [{"title": f"Wizard {n}", "place": "", "team": "Sales", "action": "added"} for n in range(6)]
    (burst,) = find_patterns([signal(1, Category.HIRING, 5, openings=roles), LONG_AGO], MARKETS, NOW)
    assert burst.headline == "Northbeam advertised 6 sales roles in four weeks"


def test_launches_of_one_area_are_told_by_their_area_once():
    wave = [signal(n, Category.LAUNCH, n, text="Meet our new AI assistant for invoices") for n in range(1, 7)]
    (burst,) = find_patterns([*wave, LONG_AGO], MARKETS, NOW)
    assert burst.code is PatternCode.AREA
    assert burst.headline == "Northbeam showed 6 launches and updates about AI in four weeks"
    assert burst.signal_ids == (1, 2, 3, 4, 5, 6)


def gone(name, role):
    return [{"name": name, "role": role, "action": "departed"}]


def test_leaders_who_leave_in_a_row_are_counted_once_each():
    left = [
        signal(1, Category.LEADERSHIP, 80, people=gone("Mara Quill", "CRO")),
        signal(2, Category.LEADERSHIP, 40, people=gone("Lev Arden", "CTO")),
        signal(3, Category.LEADERSHIP, 39, people=gone("Lev Arden", "CTO")),
        signal(4, Category.LEADERSHIP, 20, people=gone("Jo Farrell", "Office Assistant")),
    ]
    assert find_patterns(left, MARKETS, NOW) == []
    last = signal(5, Category.LEADERSHIP, 3, people=gone("Ada Holt", "VP Product"))
    (row,) = find_patterns([*left, last], MARKETS, NOW)
    assert row.headline == "3 leading people left Northbeam within sixteen weeks"
    assert row.because == "because Mara Quill (CRO), Lev Arden (CTO) and Ada Holt (VP Product) did"
    assert row.signal_ids == (1, 2, 5)


@pytest.mark.parametrize(
    ("category", "texts", "said"),
    [
        (Category.FINANCE, ["raises $20 million", "closes a $65 million Series C", "raises €9 million"], "raised money"),
        (Category.HIRING, ["lays off 12 percent of staff", "cuts 60 jobs", "lets 40 people go"], "cut jobs"),
        (Category.EXPANSION, ["opens an office in Dublin", "enters Brazil", "opens an office in Rome"], "expanded"),
        (Category.EXPANSION, ["closes its office in Lyon", "exits Brazil", "closes its office in Rome"], "closed places or left markets"),
        (Category.ACQUISITION, ["acquires Pelican", "buys Lark", "completes its acquisition of Finch"], "bought companies"),
    ],
)  # fmt: skip
def test_rivals_who_do_alike_are_a_market_move(category, texts, said):
    made = [
        signal(n, category, n, rival=rival, text=f"{rival.title()} {text}")
        for n, (rival, text) in enumerate(zip(MARKETS, texts, strict=True), 1)
    ]
    (move,) = find_patterns(made, MARKETS, NOW)
    assert move.headline == f"3 rivals in identity verification {said} within four weeks"
    assert move.because == "because Northbeam, Lumo and Veri did, in 3 signals"


@pytest.mark.parametrize(
    ("category", "text"),
    [
        (Category.FINANCE, "reports third quarter results"),
        (Category.ACQUISITION, "calls off its purchase of Pelican"),
        (Category.EXPANSION, "moves its headquarters to Leeds"),
    ],
)
def test_what_all_companies_do_in_the_same_weeks_or_do_not_do_at_all_is_no_move(category, text):
    made = [
        signal(n, category, n, rival=rival, text=f"{rival.title()} {text}")
        for n, rival in enumerate(MARKETS, 1)
    ]
    assert find_patterns(made, MARKETS, NOW) == []


def test_rivals_whose_chief_executives_come_or_go_are_a_market_move_and_a_technology_chief_is_none():
    roles = ("CEO", "Chief Executive Officer", "Co-founder and CTO")
    made = [
        signal(n, Category.LEADERSHIP, n, rival=rival, people=gone("Ada Holt", role))
        for n, (rival, role) in enumerate(zip(MARKETS, roles, strict=True), 1)
    ]
    assert find_patterns(made, MARKETS, NOW) == []
    third = signal(4, Category.LEADERSHIP, 4, rival="veri", people=gone("Ada Holt", "CEO"))
    (move,) = find_patterns([*made, third], MARKETS, NOW)
    assert (
        move.headline == "3 rivals in identity verification changed their chief executive within four weeks"
    )
    assert move.signal_ids == (1, 2, 4)


def test_prices_that_go_both_ways_are_no_move():
    both = [
        signal(n, Category.PRICING, n, rival=rival, prices=[{"percent": 20.0}, {"percent": -5.0}])
        for n, rival in enumerate(MARKETS, 1)
    ]
    assert find_patterns(both, MARKETS, NOW) == []


def test_signals_that_are_held_do_not_count_those_that_are_only_asked_about_do():
    wave = signal(1, Category.HIRING, 5, held=True, openings=openings(*["Account Executive"] * 9))
    assert find_patterns([wave], MARKETS, NOW) == []
    asked = signal(1, Category.HIRING, 5, openings=openings(*["Account Executive"] * 9))
    assert [pattern.count for pattern in find_patterns([asked, LONG_AGO], MARKETS, NOW)] == [9]


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


def test_people_of_whom_not_all_is_known_are_not_counted():
    half_known = [{"name": "Mara Quill"}, {"name": "Lev Arden", "role": "CTO", "action": ""}]
    told = [signal(n, Category.LEADERSHIP, n, people=half_known) for n in range(1, 5)]
    assert find_patterns(told, MARKETS, NOW) == []
