"""A headline can be sent on as it stands: it tells who did what, whatever stands above the text."""
# ruff: noqa: E501

from __future__ import annotations

from decimal import Decimal

import pytest

from classify.rules.amounts import write_amount
from classify.rules.titles import clean_title, names_nobody, says_little
from classify.signals import Actor, Person, Price, PriceMove, SignalFacts
from classify.story_headline import story_headline
from store.kinds import Category

ACTOR = Actor(name="Northbeam")


def price(plan: str, after: int, before: int | None = None) -> PriceMove:
    old = None if before is None else Price(amount=Decimal(before), currency="GBP", period="month")
    return PriceMove(
        plan=plan, before=old, after=Price(amount=Decimal(after), currency="GBP", period="month")
    )


@pytest.mark.parametrize(
    ("title", "text", "said"),
    [
        ("v5.0.0", "Dropped support for Node 18. Renamed an option.", "Northbeam: v5.0.0: Dropped support for Node 18"),
        ("Release 2026.11", "Export of timesheets to CSV.", "Northbeam: Release 2026.11: Export of timesheets to CSV"),
        ("October product update", "Bulk invite and Slack alerts are here.", "Northbeam: Bulk invite and Slack alerts are here"),
        ("Our offices", "Northbeam Mexico now sells from Avenida Insurgentes.", "Northbeam Mexico now sells from Avenida Insurgentes"),
        (None, "Our offices\nNew: Gantry Mexico, Avenida Insurgentes", "Northbeam: New Gantry Mexico, Avenida Insurgentes"),
        ("NORTHBEAM OPENS AN OFFICE IN THE EU FOR ITS SDK", "Text.", "Northbeam Opens an Office in the EU for its SDK"),
        ("IMPORTANT: NEW API", "Text.", "Northbeam: IMPORTANT: NEW API"),
        ("Product update", "It is here.", "Northbeam: Product update"),
    ],
)  # fmt: skip
def test_a_title_that_tells_nothing_gives_way_to_what_the_text_says_first(
    title: str | None, text: str, said: str
) -> None:
    assert story_headline(Category.LAUNCH, SignalFacts(), title, text, ACTOR) == said


def test_prices_that_moved_are_told_where_the_title_only_says_that_they_change() -> None:
    facts = SignalFacts(prices=(price("Professional", 28, 24), price("Enterprise", 45, 39)))
    text = "From 1 February Northbeam Professional costs £28 instead of £24, Enterprise £45 instead of £39."
    said = story_headline(Category.PRICING, facts, "Changes to Northbeam pricing", text, ACTOR)
    assert said == "Northbeam raised Professional from £24 to £28 a month (+17 %) and changed 1 more price"


def test_a_table_of_prices_is_told_by_its_plans() -> None:
    facts = SignalFacts(prices=(price("Starter", 0), price("Plus", 12), price("Pro", 19)))
    text = "Starter\n£0\nfor up to 3 vehicles\nPlus\n£12 a month\nPro\n£19 a month"
    said = story_headline(Category.PRICING, facts, None, text, ACTOR)
    assert said == "Northbeam: Starter free, Plus £12 a month, Pro £19 a month"
    single = SignalFacts(prices=(price("Hobby", 9),))
    card = "For hobby projects\nHobby\n£9 a month\nAdd to basket"
    assert story_headline(Category.PRICING, single, None, card, ACTOR) == "Northbeam: Hobby £9 a month"


def test_a_line_of_the_price_page_that_says_little_gives_way_to_the_one_with_the_price() -> None:
    facts = SignalFacts(prices=(price("Fleet 50", 1150),))
    text = "Prices shown exclude VAT. New: Fleet 50 – £1,150 per month for up to 50 trucks."
    said = story_headline(Category.PRICING, facts, None, text, ACTOR)
    assert said == "Northbeam: New Fleet 50 – £1,150 per month for up to 50 trucks"


def test_leaders_are_named_where_the_title_names_nobody() -> None:
    people = (
        Person(name="Robert Osei", role="CFO", action="departed"),
        Person(name="Helen Marchetti", role="interim CFO"),
    )
    said = story_headline(
        Category.LEADERSHIP, SignalFacts(people=people), "Northbeam announces CFO transition", "Robert Osei, CFO, will leave.", ACTOR
    )  # fmt: skip
    assert said == "Northbeam appointed Helen Marchetti as interim CFO; Robert Osei leaves as CFO"


@pytest.mark.parametrize(
    ("title", "nobody"),
    [
        ("Stavewright strengthens leadership team with two appointments", True),
        ("Northgate Dental Systems announces CFO transition", True),
        ("Lumo announces executive leadership changes", True),
        ("Lumo announces Mara Quill as CFO", False),
        ("Lumo expands to Spain", False),
        ("Lumo expands board", True),
    ],
)
def test_a_title_about_leaders_names_somebody_or_nobody(title: str, nobody: bool) -> None:
    assert names_nobody(title) is nobody


def test_what_tells_something_does_not_say_little() -> None:
    for title in ("Changes to our API limits", "New prices for Pro from May", "Product update: Slack alerts"):
        assert not says_little(title)
    assert clean_title("ISO 27001 AND SOC 2") == "ISO 27001 and SOC 2"
    assert clean_title("SOC 2 TYPE II") == "SOC 2 Type II"


@pytest.mark.parametrize(
    ("amount", "written"),
    [("0.0075", "$0.0075"), ("0.021", "$0.021"), ("49.5", "$49.50"), ("1200", "$1,200")],
)
def test_a_fraction_of_a_cent_is_not_rounded_away(amount: str, written: str) -> None:
    assert write_amount(Decimal(amount), "USD") == written
