"""Who is bought, where a text tells it in an unusual order, of itself, or takes it back."""

from __future__ import annotations

import pytest

from classify.facts_joined import join_acquired
from classify.rules.companies import find_acquired, on_one_line
from classify.tagger.types import Tagged

OWN = ("Northbeam",)


@pytest.mark.parametrize(
    "text",
    [
        "We've been acquired! Northbeam is joining Falken.",
        "Northbeam was bought last week by Falken Group.",
        "As of Monday Northbeam belongs to Falken Group.",
        "Northbeam will merge into the Falken Trust in May.",
        "Northbeam passed into the hands of Falken.",
        "Northbeam is now owned by Falken Group.",
        "I have sold the company. Northbeam goes on as it is.",
    ],
)
def test_a_company_that_tells_of_its_own_sale_is_what_is_bought(text: str) -> None:
    assert find_acquired(text, OWN) == "Northbeam"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Northbeam sells its radio arm, Larkwave, to Falken for £3m.", "Larkwave"),
        ("Northbeam disposes of its marine business, Saltmark, to Falken.", "Saltmark"),
        ("Northbeam to sell its Tidy Desk unit to Falken", "Tidy Desk"),
        ("Quillon Desk, the survey tool we bought in June, gets a new editor.", "Quillon Desk"),
        ("The bakery next door, Crumb & Co, is now ours.", "Crumb & Co"),
        ("We acquired a company! Say hello to Tallyho.", "Tallyho"),
        ("Harbour Mutual members agreed to come under the wing of Northbeam.", "Harbour Mutual"),
        ("Talks between Northbeam and Pellworm Media about a takeover go on.", "Pellworm Media"),
        ("Northbeam plans a takeover of Easton Hosting. Nothing is signed.", "Easton Hosting"),
    ],
)
def test_a_purchase_is_read_in_whatever_order_it_is_told(text: str, name: str) -> None:
    assert find_acquired(text, OWN) == name


@pytest.mark.parametrize(
    "text",
    [
        "After its bid ran out, Northbeam said it will not bid again for Pellworm.",
        "The watchdog blocked Northbeam's purchase of Pellworm last night.",
        "Both boards have torn up the agreement: Northbeam was to acquire Pellworm.",
        "Two firms asked to buy Northbeam. We said no to both.",
        "Northbeam is not for sale, whatever Falken offers for Northbeam.",
        "Northbeam has dropped plans to acquire Pellworm.",
    ],
)
def test_a_purchase_that_will_not_be_done_buys_nobody(text: str) -> None:
    assert find_acquired(text, OWN) is None


@pytest.mark.parametrize(
    "text",
    [
        "The acquisition is official: Northbeam has acquired Pellworm.",
        "Northbeam buys Pellworm; a court overturned the order that blocked the deal.",
    ],
)
def test_a_purchase_that_is_done_after_all_stands(text: str) -> None:
    assert find_acquired(text, OWN) == "Pellworm"


def test_a_name_ends_with_its_line() -> None:
    text = "Northbeam buys Pellworm\nLEEDS – Northbeam said so on Monday."
    assert on_one_line("Pellworm LEEDS", text) == "Pellworm"
    assert on_one_line("Pellworm Media", text) == "Pellworm Media"


def test_the_rules_word_on_a_sale_of_oneself_stands() -> None:
    tagged = Tagged(text="Northbeam now belongs to Falken.")
    assert join_acquired("Northbeam", tagged, own=OWN) == "Northbeam"
