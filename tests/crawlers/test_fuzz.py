"""Damaged answers give entries or a named refusal, in bounded time; the long run is ``python -m bench.fuzz``."""

from __future__ import annotations

import random

import pytest

from bench.fuzz import BOUND, OPTIONS, fuzz, readable_by, seeds
from bench.mutate import MAX_INPUT, mutated
from crawlers.adapter import Adapter
from crawlers.plain import web_address
from crawlers.registry import adapters


def test_damaged_answers_of_all_types_are_read_or_refused() -> None:
    found = fuzz(1_500, seed=7)
    assert found.inputs == 1_500
    assert [f"{name}: {told}" for name, told, _ in found.faults] == []
    assert found.too_slow == [], f"more than {BOUND} s"
    assert found.entries > 300
    assert found.refused > 300


@pytest.mark.parametrize(
    "adapter", [one for one in adapters() if one.is_entries], ids=lambda one: one.spec.name
)
def test_every_type_has_an_answer_of_its_own_to_be_damaged(adapter: Adapter) -> None:
    assert len(readable_by(adapter, seeds())) < len(seeds()), f"none is readable by {adapter.spec.name}"
    assert set(OPTIONS) <= {one.spec.name for one in adapters()}


def test_damages_are_the_same_for_the_same_start_and_bounded() -> None:
    first = [mutated(b'{"a": [1, 2]}' * 50, b"<x/>", random.Random(5)) for _ in range(3)]
    assert first == [mutated(b'{"a": [1, 2]}' * 50, b"<x/>", random.Random(5)) for _ in range(3)]
    assert all(len(body) <= MAX_INPUT for body in first)


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("ht\ntp://a.example/x", "http://a.example/x"),
        ("http\x00://a.example/x", ""),
        ("http\x0b://a.example/x", ""),
        ("\u200bhttp://a.example/x", "http://a.example/x"),
        ("http\n://a.example/\tx y", "http://a.example/x y"),
    ],
)
def test_an_address_is_judged_as_it_will_be_shown(written: str, address: str) -> None:
    assert web_address(written) == address
