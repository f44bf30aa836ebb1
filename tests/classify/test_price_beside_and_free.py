"""What stands beside a price (first prices, yearly ones, other vendors'), what is free without a sum, and measures."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classify.rules.prices.amounts import amounts_in
from classify.rules.prices.aside import asides
from classify.rules.prices.cards import find_cards
from classify.rules.prices.find import find_prices
from classify.rules.prices.free import free_plans, with_free_before
from classify.rules.prices.mentions import MENTION, price_of
from classify.rules.prices.others import others_prices
from classify.rules.prices.pieces import pieces_of


def said(text: str, places: set[int]) -> list[str]:
    amounts = amounts_in(text)
    return [text[amounts[place].start : amounts[place].end] for place in sorted(places)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("€29.90 a month for the first year and €39.90 after that", ["€29.90"]),
        ("First three months for $1, then $12 a month", ["$1"]),
        ("$1 for 3 months, then $9 a month", ["$1"]),
        ("$12 a month, or $10 if paid annually", ["$10"]),
        ("$12 billed monthly, $10 billed yearly", ["$10"]),
        ("$10/month billed annually, $12/month billed monthly", ["$10"]),
        ("$10 a month or $100 a year", []),
        ("Core costs $12 and Crew $10, billed annually", []),
        ("$9 for three months of storage", []),
    ],
)
def test_first_and_yearly_prices_stand_beside_the_regular_one(text: str, expected: list[str]) -> None:
    assert said(text, asides(text, pieces_of(text, amounts_in(text)))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Alternatives to Zentico: Zentico costs $45 a month. Lumo costs $9.", ["$45"]),
        ("Lumo vs. Zentico\nZentico Pro is $45 a month, Lumo Pro $9.", ["$45"]),
        ("Switching from Zentico? It charges $45 a month.", ["$45"]),
        ("Lumo Pro costs $9 a month.", []),
    ],
)
def test_prices_of_whom_a_text_compares_with_are_not_the_rivals(text: str, expected: list[str]) -> None:
    assert said(text, others_prices(text, pieces_of(text, amounts_in(text)), ("Lumo",))) == expected


@pytest.mark.parametrize(
    ("text", "plan", "begins"),
    [
        ("Lumo scraps its free plan", "free", False),
        ("Our free tier is going away on 1 May.", "free", False),
        ("We're saying goodbye to our Free plan.", "Free", False),
        ("Lite, the free version of our app, will be shut down in May.", "Lite", False),
        ("Lumo has introduced a free tier for small clinics.", "free", True),
        ("Say hello to Spark, our new forever-free plan.", "Spark", True),
        ("The free plan is back.", "free", True),
    ],
)
def test_free_plans_begin_and_end_without_a_sum(text: str, plan: str, *, begins: bool) -> None:
    (move,) = find_prices(text, ("Lumo",))
    assert (move.plan, move.after is not None, move.before is not None) == (plan, begins, not begins)
    price = move.after or move.before
    assert price is not None
    assert (price.amount, price.currency, price.period) == (Decimal(0), None, None)
    assert move.percent is None


@pytest.mark.parametrize(
    "text",
    [
        "The free plan stays as it is.",
        "Lumo will not drop its free plan.",
        "Lumo adds a free trial of 14 days.",
        "Lumo cuts the limit of its free plan to 3 users.",
        "Lumo cuts its free plan to 3 users.",
        "Start with our free plan. We do not offer a free plan for agencies.",
        "Lumo offers a free plan and two paid ones.",
    ],
)
def test_what_only_changes_in_a_free_plan_is_no_price(text: str) -> None:
    assert free_plans(text, ("Lumo",)) == ()


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("Notes, free during its beta, will cost $5 a month.", "0"),
        ("Backups cost $5 a month from May. They were free.", "0"),
        ("Notes cost $5 a month.", None),
        ("Notes cost $5 a month; the first two used to be free.", None),
    ],
)
def test_what_was_free_until_now_cost_nothing_before(text: str, before: str | None) -> None:
    (move,) = with_free_before(find_prices(text), text)
    assert (None if move.before is None else f"{move.before.amount:f}") == before


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("$0.01 per message segment, down from $0.02", "message segment"),
        ("$0.50 per payout from $1.00", "payout"),
        ("$22 user/month", "month"),
        ("$6.50 a bag, up from $6", "bag"),
        ("$0.40 per 1,000 tiles from May", "1,000 tiles"),
        ("$5 per user, billed yearly", None),
        ("$9 per clinician and month", "month"),
        ("$3 a third of what it was", None),
    ],
)
def test_price_is_for_any_measure_but_seats_and_people(text: str, period: str | None) -> None:
    found = MENTION.search(text)
    price = price_of(found) if found else None
    assert price is not None
    assert price.period == period


def test_pence_are_a_price_where_they_are_for_a_measure() -> None:
    found = [
        amount.price
        for amount in amounts_in("Power falls from 27.4p to 25.9p per kWh, by 1.5p")
        if amount.price
    ]
    assert [(f"{price.amount}", price.currency) for price in found[:2]] == [
        ("0.274", "GBP"),
        ("0.259", "GBP"),
    ]
    assert found[2].currency is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Solo: 10 monitors, $9\nCrew: 50 monitors, $19\nPrices are per month.",
            [("Solo", "9"), ("Crew", "19")],
        ),
        ("XS | 1 vCPU | 3,29 €\nS | 2 vCPU | 4,79 €", [("XS", "3.29"), ("S", "4.79")]),
        ("hobby box ...... $0\nreal box ...... $8", [("hobby box", "0"), ("real box", "8")]),
        ("Start\n$29 $19 /month\nGrow\n$79 $59 /month", [("Start", "19"), ("Grow", "59")]),
        (
            "PRO\n$16\nper editor / month\nbilled annually, or $20 month to month\nORG\n$45\nper editor / month",
            [("PRO", "20"), ("ORG", "45")],
        ),
        (
            "LAUNCH\nFind your first customers\n$15 user/month\nCLIMB\nBuild a repeatable process\n$39 user/month",
            [("LAUNCH", "15"), ("CLIMB", "39")],
        ),
    ],
)
def test_lists_of_prices_are_read_whatever_lies_between(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(move.plan, f"{move.after.amount:f}") for move in find_cards(text) if move.after] == expected


@given(st.text(alphabet="Lumo vs free plan $19/mo:—|. ,0p per\n", max_size=160))
def test_any_text_can_be_asked_what_stands_beside(text: str) -> None:
    amounts = amounts_in(text)
    pieces = pieces_of(text, amounts)
    assert asides(text, pieces) | others_prices(text, pieces, ("Lumo",)) <= set(range(len(amounts)))
    assert all(move.plan for move in free_plans(text, ("Lumo",)))
