"""Cards with two prices each, what is counted in a plan, and percents and ranges that are no news of a price."""

from __future__ import annotations

import pytest

from classify.rules.prices.amounts import amounts_in
from classify.rules.prices.aside import ranges
from classify.rules.prices.cards import find_cards
from classify.rules.prices.mentions import MENTION, period_of
from classify.rules.prices.percents_beside import percents_beside
from classify.rules.prices.pieces import pieces_of
from classify.rules.prices.things import things_in

OWN = ("Lumo",)


def listed(text: str) -> list[tuple[str, str, str | None]]:
    """Return the cards of a text: name, price, period."""
    return [
        (move.plan, f"{move.after.amount:f}", move.after.period)
        for move in find_cards(text, OWN)
        if move.after and move.after.amount is not None
    ]


@pytest.mark.parametrize(
    ("text", "cards"),
    [
        (
            "Solo\n$5 per month\n$50 per year\n5 GB of mail\nUnlimited\n$9 per month\n$90 per year",
            [
                ("Solo", "5", "month"),
                ("Solo", "50", "year"),
                ("Unlimited", "9", "month"),
                ("Unlimited", "90", "year"),
            ],
        ),
        (
            "Archive for families\n€6 a month\nor €60 a year\n1 TB for five people",
            [("Archive for families", "6", "month"), ("Archive for families", "60", "year")],
        ),
        (
            "Sole trader\n£10 +VAT per month\nInvoices\nLimited company\n£24 +VAT per month",
            [("Sole trader", "10", "month"), ("Limited company", "24", "month")],
        ),
        (
            "Reception: $35 per month, per location\nBilling: $50 per month, per location",
            [("Reception", "35", "month"), ("Billing", "50", "month")],
        ),
    ],
)
def test_card_holds_a_price_by_the_month_and_one_by_the_year(
    text: str, cards: list[tuple[str, str, str | None]]
):
    assert listed(text) == cards


@pytest.mark.parametrize(
    "said",
    [
        "$80 per month per practice",
        "$80 a month for each gate",
        "£4 plus VAT per month",
        "£7+VAT/month",
        "€35 ex VAT per month",
        "€49 (excl VAT) a month",
    ],
)
def test_time_is_read_behind_a_tax_and_before_what_is_counted(said: str):
    found = MENTION.search(f"It costs {said}.")
    assert found is not None
    assert period_of(found) == "month"


@pytest.mark.parametrize(
    ("text", "is_beside"),
    [
        ("Lumo raises support by 8%, after an increase of 5% a year ago.", [False, True]),
        ("Hosting rises by 5% in May. In January hosting already went up by 3%.", [False, True]),
        ("Prices go up by 6%. They had already risen by 4% last year.", [False, True]),
        ("Save 15% with annual billing", [True]),
        ("Yearly (save 25%)", [True]),
        ("Volume discounts: 10% from 50 seats, 20% from 200 seats.", [True, True]),
        ("Lumo doubles the storage of all plans", [True]),
        ("Lumo will double its engineering team", [True]),
        ("Lumo doubles the price of storage", [False]),
        ("All yearly plans are 30% off until Friday", [False]),
        ("Prices rise by 5% from 1 July", [False]),
    ],
)
def test_percent_of_earlier_years_or_of_every_price_list_is_no_move(text: str, is_beside: list[bool]):
    amounts = amounts_in(text)
    percents = [place for place, amount in enumerate(amounts) if amount.percent is not None]
    found = percents_beside(text, amounts)
    assert [place in found for place in percents] == is_beside


@pytest.mark.parametrize(
    ("text", "is_range"),
    [
        ("Expect to pay between $15 and $40 per user.", True),
        ("Prices range from $30 to $150 a month.", True),
        ("Prices rise from $30 to $35 a month.", False),
    ],
)
def test_both_ends_of_a_range_stand_beside_the_matter(text: str, is_range: bool):
    found = ranges(pieces_of(text, amounts_in(text)))
    assert len(found) == (2 if is_range else 0)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("New plan: Mini. Ten checks, one status page, $4 a month.", []),
        ("New: Lumo for shops. One user, unlimited invoices, £6 a month.", []),
        ("Fees for card payments fall by 10%.", ["card payments"]),
        ("Rates for heavy freight will increase by 5%.", ["heavy freight"]),
    ],
)
def test_what_a_plan_holds_is_not_what_is_paid_for(text: str, names: list[str]):
    assert [thing.name for thing in things_in(text, OWN) if thing.slot >= 5] == names
