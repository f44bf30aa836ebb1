"""What is paid for is named by its place in the sentence, in capitals or not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classify.rules.prices.amounts import amounts_in
from classify.rules.prices.mentions import MENTION, period_of
from classify.rules.prices.thing_beside import moves_of, things_beside
from classify.rules.prices.thing_names import says_nothing
from classify.rules.prices.things import things_in

OWN = ("Lumo",)


def named(text: str) -> dict[str, str]:
    """Return what each amount is paid for, by how the amount is written."""
    amounts = amounts_in(text)
    found = things_beside(text, amounts, moves_of(amounts, {}), OWN)
    return {text[amounts[place].start : amounts[place].end]: thing.name for place, thing in found.items()}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Lumo lowers storage pricing to $5", ["storage"]),
        ("Lumo drops price of managed Postgres to $50", ["managed Postgres"]),
        ("Lumo raises monthly pass price to $34", ["monthly pass"]),
        ("Lumo bumps its 2TB plan to $11", ["2TB"]),
        ("Price increases of 10 percent for its dedicated servers", ["dedicated servers"]),
        ("the price of its mobile plan Smart 10GB rises to NOK 369", ["Smart 10GB"]),
        ("Lumo All Access membership costs $15", ["All Access membership"]),
        ("Lumo lowers the price of the H3 sedan to $41,900", ["H3 sedan"]),
        ("Residential delivery now costs $5.40", ["Residential delivery"]),
        ("Lumo Shipping Plus: $59", ["Shipping Plus"]),
    ],
)
def test_thing_is_named_where_its_place_tells_it(text: str, names: list[str]):
    assert [thing.name for thing in things_in(text, OWN)] == names


@pytest.mark.parametrize(
    "text",
    [
        "Lumo raises its prices by 5%",
        "The subscription now costs $9",
        "Customers will pay $9",
        "Our fees rise by 4%",
        "The monthly price rises to $9",
        "UK prices rise by 4%",
    ],
)
def test_words_that_say_no_more_than_the_price_are_no_thing(text: str):
    assert things_in(text, OWN) == []


def test_names_on_their_own_lines_belong_to_the_sums_below():
    text = "Starter\n$19/mo\nFor individuals\n\nGrowth\nUp to ten people\n$49/mo\n\nScale\n$129/mo"
    assert named(text) == {"$19": "Starter", "$49": "Growth", "$129": "Scale"}


def test_name_behind_a_sum_belongs_to_it():
    assert named("Lumo adds a $20 Solo plan and a $200-a-month Max plan") == {"$20": "Solo", "$200": "Max"}


def test_second_price_of_one_thing_keeps_its_name():
    assert named("Home plan: $12 a month or $96 a year") == {"$12": "Home", "$96": "Home"}


@given(st.text(alphabet="Aab $€5.,:;%()\n–'’-plnofrtheis", max_size=120))
def test_all_names_stand_in_the_text(text: str):
    flat = " ".join(text.split())
    assert all(thing.name in flat for thing in things_in(text, OWN))


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("$2 per million input tokens, down", "million input tokens"),
        ("$0.005 per SMS segment sent", "sms segment"),
        ("$0.10 per GB-month", "gb-month"),
        ("$1.50 per 1,000 monitored events", "1,000 monitored events"),
        ("€690 a tonne", "tonne"),
        ("$9 per user per month", "month"),
        ("$9 per user", None),
    ],
)
def test_measure_that_a_price_is_for(text: str, period: str | None):
    found = MENTION.search(text)
    assert found is not None
    assert period_of(found) == period


@pytest.mark.parametrize(
    ("name", "is_nothing"),
    [("entry", True), ("usage-based billing", True), ("Entry", False), ("entry ticket", False)],
)
def test_word_that_only_tells_which_price_is_meant_names_nothing(name: str, is_nothing: bool):
    assert says_nothing(name) is is_nothing
