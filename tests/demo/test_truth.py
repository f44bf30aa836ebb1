"""Every true change is visible where the truth says, in its week and not before."""

from __future__ import annotations

import pytest

from demo.matching import holds_all
from demo.truth import Truth, truths
from demo.world.accounts import ACCOUNTS
from demo.world.faults import fault_of
from demo.world.state import LAST_WEEK, RIVAL_KEYS
from store.kinds import Category
from tests.demo.looking import shown

ALL = truths()
WEEKS = range(2, LAST_WEEK + 1)


def last_working_week(key: str, week: int) -> int:
    rival, _, source = key.partition("/")
    return next(earlier for earlier in range(week, 0, -1) if fault_of(rival, source, earlier) is None)


@pytest.mark.parametrize("truth", ALL, ids=lambda truth: truth.name)
def test_a_change_shows_on_its_sources_in_its_week_and_not_before(truth: Truth) -> None:
    assert truth.sources
    for key, wanted in truth.sources.items():
        if "edgar" in key:
            continue
        now, before = shown(key, truth.week), shown(key, last_working_week(key, truth.week - 1))
        there, was_there = holds_all(now, wanted), holds_all(before, wanted)
        assert (there, was_there) == ((False, True) if truth.gone else (True, False)), key


@pytest.mark.parametrize(
    "truth", [t for t in ALL if any("edgar" in k for k in t.sources)], ids=lambda t: t.name
)
def test_a_change_that_is_filed_adds_a_filing(truth: Truth) -> None:
    key = f"{truth.rival}/edgar"
    form = truth.sources[key][0].lower().replace("-", " ")
    assert shown(key, truth.week).count(f'"{form}"') > shown(key, truth.week - 1).count(f'"{form}"')


def test_a_departure_that_is_also_news_is_told_by_the_news() -> None:
    assert holds_all(shown("northbeam/feed", 2), ["Conor Halloran"])


@pytest.mark.parametrize("week", WEEKS)
def test_each_week_has_enough_to_report(week: int) -> None:
    expected = [truth for truth in truths(week) if truth.expected]
    assert 14 <= len(expected) <= 22
    assert any(len(truth.sources) >= 2 for truth in expected)
    assert any(truth.accounts for truth in expected)


def test_week_2_alone_shows_all_categories() -> None:
    assert {truth.category for truth in truths(2) if truth.expected} == set(Category) - {Category.NONE}


def test_truths_name_rivals_and_accounts_of_the_world() -> None:
    accounts = {record.key for record in ACCOUNTS}
    assert all(truth.rival in RIVAL_KEYS and accounts >= set(truth.accounts) for truth in ALL)


def test_a_story_is_seen_in_up_to_three_sources() -> None:
    appointed = next(truth for truth in truths(2) if "Priya Raman" in truth.what)
    assert set(appointed.sources) == {"northbeam/team", "northbeam/feed", "northbeam/edgar"}
