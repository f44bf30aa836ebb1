"""Several plans told in one breath, plans that ended with their old price, and a noun that is said again."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classify.rules.prices.find import find_prices
from classify.rules.prices.free import free_plans
from classify.rules.prices.gone import with_gone_plans
from classify.rules.prices.several import told_for_each
from classify.rules.prices.thing_again import said_whole
from classify.signals import Price, PriceMove

OWN = ("Lumo",)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Lumo Air and Lumo Ground rates will increase by an average of 5.4 percent", ["Air", "Ground"]),
        ("Enterprise and Government rise by 7% at renewal", ["Enterprise", "Government"]),
        ("Prices of Team and Business will increase by 12%", ["Team", "Business"]),
        ("We are raising Starter and Growth by 10%", ["Starter", "Growth"]),
        ("Air, Ground and Ocean rates increase by 6.9%", ["Air", "Ground", "Ocean"]),
        ("20% off Studio and Agency", ["Studio", "Agency"]),
        ("From 2 February Express and Economy rates go up by 4%", ["Express", "Economy"]),
        ("Team rises by 12%", ["Team"]),
    ],
)
def test_percent_of_several_plans_is_told_of_each(text: str, names: list[str]):
    moves = [PriceMove(plan=names[-1], stated_percent=Decimal(5))]
    assert [move.plan for move in told_for_each(moves, text, OWN)] == names


@pytest.mark.parametrize(
    ("text", "plan"),
    [
        ("Basic, Team and Business become one plan at $15 a month.", ""),
        ("We are merging Basic and Business into a single plan for $15.", ""),
        ("Basic and Business are on sale. Business costs $15 a month.", "Business"),
    ],
)
def test_plans_that_become_one_give_it_no_name(text: str, plan: str):
    moves = [PriceMove(plan="Business", after=Price(amount=Decimal(15), currency="USD"))]
    assert [move.plan for move in told_for_each(moves, text, OWN)] == [plan]


@pytest.mark.parametrize(
    ("text", "plan", "amount"),
    [
        (
            "Why we killed our Enterprise tier\n\nNobody liked it. It started at $900 a month.",
            "Enterprise",
            900,
        ),
        ("Goodbye, Agency. The plan was $300 a month and nobody bought it.", "Agency", 300),
        ("Lumo discontinues its Premier tier, which started at $200 a year.", "Premier", 200),
    ],
)
def test_plan_that_ended_keeps_its_old_price_and_has_no_new_one(text: str, plan: str, amount: int):
    moves = with_gone_plans(find_prices(text, OWN), text, OWN)
    assert [(move.plan, move.before and move.before.amount, move.after) for move in moves] == [
        (plan, Decimal(amount), None)
    ]


def test_price_of_a_plan_that_goes_on_is_not_taken_for_the_ended_ones():
    text = "We retired our Enterprise plan. It cost $900 a month. Business is $149 a month."
    old, new = (Price(amount=Decimal(n), currency="USD", period="month") for n in (900, 149))
    moves = with_gone_plans([PriceMove(plan="Business", before=old, after=new)], text, OWN)
    assert [(move.plan, move.before, move.after) for move in moves] == [
        ("Enterprise", old, None),
        ("Business", None, new),
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Lumo Reader is free.", ["Reader"]),
        ("From today Lumo Reader is free for everyone.", ["Reader"]),
        ("Lumo Reader is free for 14 days.", []),
        ("Lumo Reader is free of bugs.", []),
        ("There's a free plan again! Up to 500 subscribers.", ["free"]),
    ],
)
def test_product_that_is_free_is_told_without_a_sum(text: str, names: list[str]):
    assert [move.plan for move in free_plans(text, OWN)] == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Lumo sells its imaging module. The module is ", "imaging module"),
        ("There is a new early-bird module. The module costs ", "early-bird module"),
        ("Every practice needs a module. The module costs ", "module"),
        ("Our module costs ", "module"),
    ],
)
def test_noun_said_again_stands_for_the_whole_name(text: str, name: str):
    assert said_whole(text + "$120", "module", len(text)) == name


@given(st.text(alphabet="Basic and Pro, $12.5% rise by one plan\n", max_size=80))
def test_any_text_is_read_without_losing_the_moves_it_has(text: str):
    moves = (PriceMove(plan="Pro", after=Price(amount=Decimal(7), currency="GBP")),)
    assert told_for_each(moves, text, OWN)[0].after == moves[0].after
    assert with_gone_plans(moves, text, OWN)[-1].after == moves[0].after


def ended(text: str) -> list[tuple[str, int]]:
    moves = with_gone_plans([], text, OWN)
    return [(move.plan, int(move.before.amount or 0)) for move in moves if move.before and move.after is None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lumo is scrapping its $15-a-month Basic tier in May.", [("Basic", 15)]),
        ("Lumo has shelved the $5-a-month Kids app. A new one follows.", [("Kids app", 5)]),
        ("Basic ($12) and Duo ($39) close to new signups.", [("Basic", 12), ("Duo", 39)]),
        ("Explorer, our entry tier, is leaving the lineup; it was $99 a month.", [("Explorer", 99)]),
        ("* Solo goes away on 30 April (it was $5/month)", [("Solo", 5)]),
        ("Our cheapest plan, Lumo Micro, is no more. It cost €4 a month.", [("Micro", 4)]),
        ("The Family plan will be withdrawn on 1 June; it cost $18 a month.", [("Family", 18)]),
        ("Goodbye, Team ($40 a month).", [("Team", 40)]),
        ("Removes the $1 tip jar because nobody tipped.", [("tip jar", 1)]),
        ("Lumo drops its $35 Basic plan to $25 a month.", []),
        ("Lumo drops Basic ($35 to $25 a month).", []),
        ("Lumo scraps its $35 amendment fee.", []),
    ],
)
def test_plan_that_ends_is_told_with_the_price_beside_it(text: str, expected: list[tuple[str, int]]):
    assert ended(text) == expected


def test_plan_that_ends_takes_the_only_price_that_is_read_of_it():
    price = Price(amount=Decimal(3), currency="USD", period="month")
    (told,) = with_gone_plans(
        [PriceMove(plan="Export", after=price)], "We retire Export in June. $3 each.", OWN
    )
    assert (told.before, told.after) == (price, None)


def test_ended_plan_stands_where_the_text_names_it_and_takes_the_time_of_its_siblings():
    text = "One plan: Whole, $29 a month. Basic ($12) closes on 1 May."
    whole = PriceMove(plan="Whole", after=Price(amount=Decimal(29), currency="USD", period="month"))
    told = with_gone_plans([whole], text, OWN)
    assert [move.plan for move in told] == ["Whole", "Basic"]
    assert told[1].before is not None
    assert told[1].before.period == "month"
