"""Two requests for the same page differ, and never in a fact."""

from __future__ import annotations

import pytest

from demo.world.faults import fault_of
from demo.world.state import RIVAL_KEYS, rival_at
from tests.demo.looking import ask, expected_names, facts, shown

WEEK = 4
PAGES = [
    pytest.param(key, source, id=f"{key}/{source.name}")
    for key in RIVAL_KEYS
    for source in rival_at(key, WEEK).sources
    if source.path and fault_of(key, source.type, WEEK) is None
]
FACT_SOURCES = [
    (key, source)
    for key in RIVAL_KEYS
    for source in rival_at(key, WEEK).sources
    if fault_of(key, source.type, WEEK) is None and expected_names(rival_at(key, WEEK), source)
]


@pytest.mark.parametrize(("key", "source"), PAGES)
def test_every_page_differs_at_every_request(key, source) -> None:
    bodies = [ask(key, source.path, WEEK, counter).body for counter in range(4)]
    assert len(set(bodies)) == len(bodies)


@pytest.mark.parametrize(("key", "source"), FACT_SOURCES, ids=lambda part: getattr(part, "name", part))
def test_noise_never_touches_a_fact(key, source) -> None:
    rival = rival_at(key, WEEK)
    for counter in range(5):
        assert facts(rival, source, WEEK, counter) == expected_names(rival, source)


@pytest.mark.parametrize(
    ("key", "source"),
    [found for found in FACT_SOURCES if found[1].path],
    ids=lambda part: getattr(part, "name", part),
)
def test_a_page_has_more_than_markup_noise(key, source) -> None:
    texts = {shown(f"{key}/{source.name}", WEEK, counter) for counter in range(8)}
    assert len(texts) > 1


def test_the_same_request_gives_the_same_page() -> None:
    assert ask("corvane", "/", 2, 7).body == ask("corvane", "/", 2, 7).body


def test_the_variant_comes_and_goes_for_every_second_visitor() -> None:
    def headlines(week: int) -> list[bool]:
        return ["grown ups only, gently" in shown("veridune/home", week, counter) for counter in range(4)]

    assert headlines(2) == [False] * 4
    assert headlines(3) == [False, True, False, True]
    assert headlines(4) == [False] * 4
    assert headlines(5) == [False, True, False, True]


def test_hashed_class_names_change_with_the_build() -> None:
    first, later = (ask("fennmark", "/pricing", 2, counter).body.decode() for counter in (0, 9))
    assert "Price_root__" in first
    assert first.partition("Price_root__")[2][:6] != later.partition("Price_root__")[2][:6]
