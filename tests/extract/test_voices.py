"""Quotes beside the matter are no news, their people no staff and their sentences no customers."""

from __future__ import annotations

import pytest

from extract.compare import compare_documents
from extract.read import read_pair
from extract.values.normalise import normalise
from store.records import Difference
from tests.extract.noise_operators import NOISE

PAGE = (
    "<html><head><title>Our team</title></head><body><main><h1>Our team</h1><div class='m'><h3>Ada Fell</h3><p>CEO</p>"
    "</div><div class='m'><h3>Bo Rask</h3><p>CTO</p></div></main></body></html>"
)
QUOTES = ("quote in a figure", "quotes in a slider", "quotes in cards")


def compared(before: str, after: str) -> Difference:
    return compare_documents(*read_pair(before.encode(), after.encode(), url="page.html"))


@pytest.mark.parametrize("kind", QUOTES)
def test_person_leaves_while_quotes_turn(kind: str) -> None:
    after = PAGE.replace("<div class='m'><h3>Bo Rask</h3><p>CTO</p></div>", "")
    difference = compared(NOISE[kind](PAGE, 0), NOISE[kind](after, 2))
    assert [fact.name for fact in difference.facts] == ["Bo Rask"]
    assert all("Bo Rask" in text or text == "CTO" for text in (*difference.added, *difference.removed))
    assert "rotating testimonial" in {item.reason for item in difference.suppressed}


def test_cards_of_people_with_a_sentence_are_no_quotes() -> None:
    cards = "<div class='m'><h3>Ada Fell</h3><p>CEO</p><p>She builds bridges.</p></div>"
    come = "<div class='m'><h3>Cy Holm</h3><p>CFO</p><p>He counts bridges.</p></div>"
    page = f"<html><body><main><h1>Our team</h1>{cards}{cards.replace('Ada', 'Eva')}</main></body></html>"
    assert "Cy Holm" in " ".join(compared(page, page.replace("</main>", f"{come}</main>")).added)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Up to 50 users", "Up to 60 users"),
        ("14 days free trial", "7 days free trial"),
        ("Payment within 30 days", "Payment within 14 days"),
        ("We are 38 people in Ghent", "We are 45 people in Ghent"),
        ("5,000 customers", "9,000 customers"),
        ("12 of 40 stores", "14 of 40 stores"),
        ("Opening at 09:00", "Opening at 10:00"),
    ],
)
def test_number_that_is_a_fact_stays(before: str, after: str) -> None:
    assert normalise(before) != normalise(after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("© 2026 Halyard Coatings. Gosport", "Halyard Coatings © 2027 | Gosport"),
        ("© 2026 Halyard Coatings. Gosport", "Copyright 2026 Halyard Coatings"),
    ],
)
def test_line_of_copyright_in_another_order_is_no_news(before: str, after: str) -> None:
    pages = [PAGE.replace("</main>", f"</main><footer><p>{line}</p></footer>") for line in (before, after)]
    assert not compared(*pages).changed


def test_another_owner_in_the_line_of_copyright_is_news() -> None:
    lines = ("© 2026 Halyard Coatings Ltd 2", "© 2026 Halyard Coatings Ltd 2, a Northbeam company")
    pages = [PAGE.replace("</main>", f"</main><footer><p>{line}</p></footer>") for line in lines]
    assert compared(*pages).changed


def test_editor_of_a_page_is_part_of_its_day_of_revision() -> None:
    before, after = "Last updated on Sep 9, 2026 by mira", "Last updated on Oct 28, 2026 by theo"
    assert normalise(before) == normalise(after)
