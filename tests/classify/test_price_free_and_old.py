"""What is free has no currency, and old prices told by what is paid today, by a percent, or by what was withdrawn."""

from __future__ import annotations

from decimal import Decimal

import pytest

from classify.facts import is_worth_tagging
from classify.rules.prices.amounts import amounts_in
from classify.rules.prices.free import with_bare_zeros, with_free_cards, without_free_siblings
from classify.rules.prices.gone import with_gone_plans
from classify.rules.prices.links import links_of
from classify.rules.prices.percents import stated_percent
from classify.rules.prices.pieces import pieces_of
from classify.rules.prices.reckoned import with_old_reckoned
from classify.signals import Price, PriceMove
from store.kinds import Category


def price(amount: str) -> Price:
    return Price(amount=Decimal(amount), currency="USD", period="month")


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("Seed: free. Root: $9 a month.", None),
        ("Seed costs nothing, Root $9 a month.", None),
        ("Seed: $0. Root: $9 a month.", "USD"),
    ],
)
def test_free_thing_has_a_currency_only_with_a_figure(text: str, currency: str | None) -> None:
    moves = with_bare_zeros([PriceMove(plan="Seed", after=price("0"))], text)
    assert [move.after and move.after.currency for move in moves] == [currency]


@pytest.mark.parametrize(
    "text",
    [
        "Lumo drops its free plan. Solo costs $9 a month.",
        "We are retiring the free tier; Solo is $9 a month.",
    ],
)
def test_free_plan_that_ends_is_no_old_price_of_another(text: str) -> None:
    moves = without_free_siblings([PriceMove(plan="Solo", before=price("0"), after=price("9"))], text)
    assert [move.before for move in moves] == [None]


@pytest.mark.parametrize(
    ("text", "plans"),
    [
        ("Hobby – free, 500 calls a day\nStudio – $20/mo, 9,000 calls", ["Hobby", "Studio"]),
        ("Hobby: free forever\nStudio: $20/mo, 9,000 calls", ["Hobby", "Studio"]),
        ("Maps API\nHobby – free, 500 calls\nStudio – $20/mo", ["Hobby", "Studio"]),
        ("Delivery: free\nStudio: $20/mo, 9,000 calls", ["Studio"]),
        ("Hobby – free trial for a week\nStudio – $20/mo", ["Studio"]),
    ],
)
def test_free_card_stands_among_its_siblings(text: str, plans: list[str]) -> None:
    moves = with_free_cards([PriceMove(plan="Studio", after=price("20"))], text)
    assert [move.plan for move in moves] == plans


@pytest.mark.parametrize("text", ["An ad-free stream at $4 a month", "Toll-free numbers at $4 a month"])
def test_what_is_free_of_something_is_not_free(text: str) -> None:
    assert [amount.price and amount.price.amount for amount in amounts_in(text)] == [Decimal(4)]


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("Storage prices come down by 15 percent", -15),
        ("Storage goes down 15%", -15),
        ("Storage goes up 15%", 15),
    ],
)
def test_what_comes_down_by_a_percent_falls(text: str, percent: int) -> None:
    assert stated_percent(text) == percent


@pytest.mark.parametrize(
    "text",
    [
        "The pass will be $30 a month from May. Members pay $25 today.",
        "The pass is $30 a month from May. Regulars pay $25 until now.",
        "The pass costs $30 a month (25 until now).",
        "Lumo asks $30 a year for the pass, 25 so far, and more for guests.",
        "The pass costs $30 a year, after $25 until last week.",
        "The pass is $30 a month. That's double what we ask today, $25.",
        "The pass goes to $30 from $25, a year after it was raised.",
    ],
)
def test_old_price_is_told_by_what_is_paid_until_then(text: str) -> None:
    amounts = amounts_in(text)
    links = links_of(text, pieces_of(text, amounts))
    told = [[text[amounts[at].start : amounts[at].end] for at in (link.new, link.other)] for link in links]
    assert [[part.lstrip("$") for part in each] for each in told] == [["30", "25"]]


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("The price of Family, $20 a month, goes up by 10%.", "22.00"),
        ("Family costs $20 a month today and will rise by 10 percent.", "22.00"),
        ("Family, now $20 a month, goes up by 10% to $22.", "20"),
    ],
)
def test_price_that_moves_on_by_a_percent_is_the_old_one(text: str, after: str) -> None:
    move = PriceMove(plan="Family", after=price("20"), stated_percent=Decimal(10))
    assert [move.after and f"{move.after.amount}" for move in with_old_reckoned([move], text)] == [after]


def test_plan_that_has_been_withdrawn_keeps_its_old_price_alone() -> None:
    text = "Care+ is now $6 a month. Care has been withdrawn; it was $3 a month."
    moves = with_gone_plans([PriceMove(plan="Care+", after=price("6"))], text, ())
    assert [(move.plan, move.after is None) for move in moves if move.before] == [("Care", True)]


@pytest.mark.parametrize("text", ["Boards now R69 an hour", "Seats now kr 35", "Now ten dollars"])
def test_sums_that_only_prices_are_written_in_are_worth_reading(text: str) -> None:
    assert is_worth_tagging(text, [Category.PRICING])
