"""Impact weighs what lasts, who says so and how large it is; each driver is named."""
# ruff: noqa: E501

from __future__ import annotations

from decimal import Decimal

import pytest

from classify.impact import measure_impact
from classify.signals import Price, PriceMove, SignalFacts
from store.kinds import Category

OFF = SignalFacts(prices=(PriceMove(stated_percent=Decimal(-40)),))


@pytest.mark.parametrize(
    ("category", "facts", "text", "driver"),
    [
        (Category.PRICING, OFF, "Black Friday: 40% off all annual plans until Monday", "a discount of 40 % (+0.05)"),
        (Category.PRICING, OFF, "We cut all list prices by 40 percent", "price moved by 40 % (+0.25)"),
        (Category.HIRING, SignalFacts(), "We let go of 40 colleagues today", "layoffs (+0.20)"),
        (Category.LAUNCH, SignalFacts(), "We are retiring the classic app in May", "end of a product or service (+0.20)"),
        (Category.LAUNCH, SignalFacts(), "The v1 API will be switched off", "end of a product or service (+0.20)"),
        (Category.HIRING, SignalFacts(), "Loomcraft to cut 14% of workforce", "layoffs (+0.20)"),
        (Category.FINANCE, SignalFacts(), "Aurum to Report Third Quarter Results on November 5", "figures are only announced (-0.25)"),
        (Category.LAUNCH, SignalFacts(), "1.14.3. fix: handle null tenant ids", "one mended fault (-0.30)"),
        (Category.ACQUISITION, SignalFacts(), "Corvane in talks to buy Liftwell, report says", "only talk so far (-0.10)"),
        (Category.LEADERSHIP, SignalFacts(), "Item 5.02 Departure of Directors", "stated in a filing (+0.05)"),
    ],
)  # fmt: skip
def test_what_is_small_passing_or_only_said_is_a_driver(
    category: Category, facts: SignalFacts, text: str, driver: str
) -> None:
    assert driver in measure_impact(category, facts, text).drivers


@pytest.mark.parametrize(
    ("category", "text"),
    [
        (Category.HIRING, "Bitterroot to hire 220 people in Knoxville"),
        (Category.HIRING, "We are looking for a sales lead"),
        (Category.FINANCE, "Aurum reports third quarter results: revenue up 11 percent"),
        (Category.LAUNCH, "Fixed-price migrations are here"),
        (Category.ACQUISITION, "Corvane buys Liftwell"),
    ],
)
def test_plain_news_has_the_weight_of_its_category_alone(category: Category, text: str) -> None:
    assert len(measure_impact(category, SignalFacts(), text).drivers) == 1


def test_a_price_that_was_moved_is_no_discount_whatever_else_is_said() -> None:
    moved = PriceMove(plan="Pro", before=Price(amount=Decimal(49)), after=Price(amount=Decimal(59)))
    found = measure_impact(Category.PRICING, SignalFacts(prices=(moved,)), "no discount on Pro any more")
    assert "price moved by 20.4 % (+0.25)" in found.drivers
