"""Facts as strangers' releases, posts and pages state them: dates, products, events, customers, places, who acts."""
# ruff: noqa: E501

from __future__ import annotations

import pytest

from classify.rules.actor import find_actor
from classify.rules.companies import find_customers
from classify.rules.events import find_date, find_event
from classify.rules.money import find_money
from classify.rules.openings import find_openings
from classify.rules.places import find_places
from classify.rules.products import find_product
from store.kinds import Category


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("We are retiring the classic app on 31 December. Please move on.", "31 December"),
        ("The plan ends 1 March.", "1 March"),
        (
            "On November 12, 2026, Daniel Hobbs notified Castlewood of his decision to resign, effective December 31, 2026.",
            "December 31, 2026",
        ),
        ("From 4 May the fee applies; the change was announced on 2 April", "4 May"),
    ],
)
def test_the_date_is_when_it_takes_effect_without_the_sentences_end(text: str, date: str) -> None:
    assert find_date(text) == date


@pytest.mark.parametrize(
    ("text", "product"),
    [
        (
            "Tillbright Launches Offline Handheld Checkout for Grocers. Tillbright today launched Tillbright Scan, a handheld checkout.",
            "Tillbright Scan",
        ),
        ("Tillbright Launches Offline Checkout for Grocers. It costs nothing.", "Offline Checkout"),
        ("Today we open-sourced our routing engine. Apache 2.0, on GitHub. Enjoy!", None),
        ("Release 2026.11. Added: export of timesheets.", None),
        ("Version 3.8.0", None),
        ("Halcyon Server 3.8.0 is out", "Halcyon Server 3.8.0"),
    ],
)
def test_a_product_is_a_name_not_a_headlines_description_nor_a_licence(
    text: str, product: str | None
) -> None:
    assert find_product(text) == product


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        ("Watch Benchline Connect 2026 on demand", "Benchline Connect 2026", None),
        ("Webinar: Preparing for the 2027 minimum wage changes\n14 January 2027", "Preparing for the 2027 minimum wage changes", None),
        ("Free webinar – Returns without tears. Register now", "Returns without tears", None),
        ("See you at RetailTech Nordics in Malmö next week?", "RetailTech Nordics", "Malmö"),
        ("Our CEO speaks at SaaSDay Dublin on Thursday", "SaaSDay Dublin", "Dublin"),
    ],
)  # fmt: skip
def test_an_event_is_named_without_what_is_done_there(text: str, name: str, place: str | None) -> None:
    event = find_event(text)
    assert event is not None
    assert (event.name, event.place) == (name, place)


@pytest.mark.parametrize(
    ("text", "customers"),
    [
        ("City of Albrook awards Paveline $4.2M street-inspection contract", ("City of Albrook",)),
        ("The Port of Odda has awarded Paveline a three-year contract.", ("Port of Odda",)),
        (
            "“Nurses spend 40 minutes less on paperwork.” – Carol Idowu, Chief Nurse, Penmarsh Hospitals",
            ("Penmarsh Hospitals",),
        ),
        ("Trusted by: Opteka, GreySpecs", ("Opteka", "GreySpecs")),
        ("Customer story: Visionland. Today its shops take bookings online.", ("Visionland",)),
        ("Thrilled to welcome @OptekaEyes to the Lensbook family!", ("OptekaEyes",)),
        ("Paveline wins an award for the best contract software", ()),
        ("“We did it.” – Carol Idowu, Chief Executive, Paveline", ()),
        ("Case study: How we cut road repairs", ()),
    ],
)
def test_customers_are_named_by_awards_quotes_lists_stories_and_welcomes(
    text: str, customers: tuple[str, ...]
) -> None:
    assert find_customers(text, ("Paveline", "Lensbook")) == customers


def test_a_greeting_names_a_place() -> None:
    assert find_places("Hola Madrid! Our new office opens its doors today") == ("Madrid",)


def test_who_is_let_go_is_no_opening() -> None:
    assert find_openings("We let go of 40 colleagues. If you're hiring designers, reach out.") == ()


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Corvane in talks to buy Liftwell, report says.", "Corvane"),
        ("Corvane is in advanced talks to buy Liftwell", "Corvane"),
        ("Liftwell to be acquired by Bellmoor Partners for $1.3 billion", "Bellmoor Partners"),
        ("Liftwell in talks to buy Corvane", None),
    ],
)
def test_who_is_in_talks_or_buys_acts(text: str, actor: str | None) -> None:
    assert find_actor(text, {Category.ACQUISITION}, ("Liftwell",)) == actor


def test_a_sum_is_written_without_a_point_that_says_nothing() -> None:
    money = find_money("Revenue increased to £84.2m")
    assert money is not None
    assert money.to_json()["amount"] == "84200000"
