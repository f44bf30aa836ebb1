"""What a text says once for all its prices: a time, whose dollars; and the signs that stand before a sum."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classify.rules.prices.amounts import amounts_in
from classify.rules.prices.currency_said import with_said_currency
from classify.rules.prices.links import links_of
from classify.rules.prices.pieces import pieces_of
from classify.rules.prices.plans import plans_beside
from classify.rules.prices.shared import periods_of
from classify.signals import Price, PriceMove


def periods(text: str) -> list[tuple[str, str | None]]:
    amounts = amounts_in(text)
    pieces = pieces_of(text, amounts)
    plans = {place: plan.name for place, plan in plans_beside(text, pieces).items()}
    found = periods_of(text, pieces, links_of(text, pieces), plans)
    return [(text[piece.amount.start : piece.amount.end], found.get(piece.place)) for piece in pieces]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Solo is €12 a month now. Duo is €20.", "month"),
        ("Solo rises to €12 a year (was €10). Duo rises to €20 (was €17).", "year"),
        ("Basic costs $9 per user per month from May. Business costs $19.", "month"),
        ("Core goes from $8 to $10 a week. Extra goes from $12 to $15.", "week"),
        ("Rack 10 was £50 an hour; as of Friday it's £55. Rack 20 climbs by £5 to £95.", "hour"),
        ("Until May, Go was £8 a month. Roam is now £14, up from £12.", "month"),
    ],
)
def test_time_said_for_one_plan_is_meant_for_the_next(text: str, period: str):
    assert {said for _, said in periods(text)[-2:]} == {period}


@pytest.mark.parametrize(
    "text",
    [
        "Standard costs $30 a year. Set-up is $99.",
        "Home is $45 a month. The Home router is $80.",
        "Yearling is $12 a month. Tickets at the door: $25.",
        "Team is $9 a month. Lifetime is $199 once.",
        "Basic costs $5 a month. Free costs $0.",
        "Core is $8 a month and Extra $80 a year. Max is $100.",
    ],
)
def test_what_is_paid_once_or_is_free_takes_no_time_from_its_siblings(text: str):
    assert periods(text)[-1][1] is None


@pytest.mark.parametrize(
    ("text", "sign", "currency"),
    [
        ("Prices in Australian dollars: Basic $9 a month.", "USD", "AUD"),
        ("Home is $49 a month. All prices are in New Zealand dollars and include GST.", "USD", "NZD"),
        ("Studio goes to $35 per month (all prices CAD).", "USD", "CAD"),
        ("Roster is $6.50 per employee (SGD, ex GST).", "USD", "SGD"),
        ("Desktop 450 kr. Web 650 kr. All in Danish kroner.", "SEK", "DKK"),
        ("Basic 35 kr, Stor 59 kr. Prices in NOK.", "SEK", "NOK"),
        ("Pro costs US$19 a month, about 26 Canadian dollars.", "USD", "USD"),
        ("Pro costs $19 a month, or 26 CAD.", "USD", "USD"),
        ("Pro costs €19 a month; pay in Canadian dollars if you like.", "EUR", "EUR"),
        ("In Canadian dollars it is $26, in Australian dollars $29.", "USD", "USD"),
    ],
)
def test_text_says_once_whose_dollars_it_means(text: str, sign: str, currency: str):
    move = PriceMove(plan="", after=Price(amount=Decimal(9), currency=sign))
    told = with_said_currency([move], text)[0].after
    assert told is not None
    assert told.currency == currency


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("Basic rises to R1,150 a month", 1150, "ZAR"),
        ("the bundle costs R69", 69, "ZAR"),
        ("Desktop kr 450", 450, "SEK"),
        ("Pluss kr 59 per måned, NOK", 59, "NOK"),
    ],
)
def test_rand_and_crowns_stand_before_their_sum(text: str, amount: int, currency: str) -> None:
    prices = [each.price for each in amounts_in(text) if each.price]
    assert [(str(price.amount), price.currency) for price in prices] == [(str(amount), currency)]


def test_name_that_begins_with_r_is_no_sum():
    assert amounts_in("The R2 model and the r90 preset") == []


def test_cents_are_told_by_their_letter():
    (cents, _) = amounts_in("The day rider falls 50c to $5.50")
    assert cents.is_coin
    assert cents.price == Price(amount=Decimal("0.5"))


@given(st.text(max_size=120), st.sampled_from(["USD", "SEK", "EUR", None]))
def test_amounts_are_never_changed_by_whose_they_are(text: str, currency: str | None):
    move = PriceMove(plan="Pro", after=Price(amount=Decimal(9), currency=currency, period="month"))
    (told,) = with_said_currency([move], text)
    assert told.after is not None
    assert (told.plan, told.after.amount, told.after.period) == ("Pro", Decimal(9), "month")
