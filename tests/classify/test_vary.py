"""Varied training texts still say what their label says."""

from __future__ import annotations

import random

import pytest

from classify.rows import LabelledRow
from classify.training.vary import Varier, make_varier
from store.kinds import Category

TEXT = "Wexcombe names Tilda Orr as CFO. She joins from Marlow Freight. Wexcombe employs 40 people."


def row(text: str, label: Category) -> LabelledRow:
    return LabelledRow(text=text, labels=(label,), origin="rows.jsonl")


@pytest.fixture
def varier() -> Varier:
    dull = row("We use cookies to remember your choices", Category.NONE)
    london = [row(f"Office number {number} in London opens", Category.EXPANSION) for number in range(9)]
    return make_varier([row(TEXT, Category.LEADERSHIP), dull, *london])


def test_words_of_meaning_are_no_names(varier: Varier):
    assert {"Wexcombe", "Tilda", "Orr", "Marlow", "Freight"} <= varier.name_words
    assert not {"CFO", "London"} & varier.name_words


def test_the_same_chance_gives_the_same_forms(varier: Varier):
    one, other = random.Random(7), random.Random(7)
    assert [varier.vary(TEXT, one) for _ in range(20)] == [varier.vary(TEXT, other) for _ in range(20)]


def test_forms_differ_and_keep_words_that_are_no_names(varier: Varier):
    chance = random.Random(1)
    forms = {varier.vary("Wexcombe names Tilda Orr as CFO in London", chance) for _ in range(60)}
    assert len(forms) > 5
    assert all(" as CFO in London" in form for form in forms)


def test_an_exchanged_name_is_exchanged_alike_everywhere():
    varier = Varier(names=("Brightwell",), dull=(), name_words=frozenset({"Wexcombe"}))
    chance = random.Random(0)
    forms = {varier.vary("Wexcombe sells. Wexcombe buys.", chance) for _ in range(80)}
    assert "Brightwell sells. Brightwell buys." in forms
    assert not any("Wexcombe" in form and "Brightwell" in form for form in forms)


@pytest.mark.parametrize("text", ["", " ", "42", "ALL CAPITALS HERE", "x" * 5_000])
def test_odd_texts_are_varied(varier: Varier, text: str):
    chance = random.Random(3)
    assert all(isinstance(varier.vary(text, chance), str) for _ in range(50))
