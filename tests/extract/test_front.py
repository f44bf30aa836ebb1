"""What a start page calls for, and what its main menu leads to."""

from __future__ import annotations

import pytest

from extract.compare import compare_documents
from extract.document import ReadOptions
from extract.read import read_document
from store.kinds import FactAction, FactKind, PageType
from store.records import Difference

MENU = ("Product", "Solutions", "Customers", "Resources")


def page(call: str = "Start free trial", menu: tuple[str, ...] = MENU, target: str = "/go") -> str:
    entries = "".join(f'<li><a href="/{entry.lower()}">{entry}</a></li>' for entry in menu)
    return (
        f"<html><body><header><nav><ul>{entries}</ul></nav></header><main><section><h1>Ship parcels faster</h1>"
        f'<p>Labels, carriers and returns in one place.</p><a class="btn" href="{target}">{call}</a></section>'
        "<h2>Trusted by shops</h2><p>Every parcel counts.</p></main></body></html>"
    )


def difference(before: str, after: str, page_type: PageType = PageType.HOME) -> Difference:
    left, right = (
        read_document(
            html.encode(),
            url="https://northbeam.example/",
            content_type="text/html",
            page_type=page_type,
            options=ReadOptions(article=False),
        )
        for html in (before, after)
    )
    return compare_documents(left, right)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Start free trial", "Talk to sales"),
        ("Get started for free", "Book a demo"),
        ("Kostenlos testen", "Demo anfragen"),
        ("Join the waitlist", "Sign up free"),
    ],
)
def test_another_offer_below_the_headline_is_told_with_both_sides(before: str, after: str) -> None:
    found = difference(page(before), page(after))
    assert (found.removed, found.added) == ((before,), (after,))
    (fact,) = found.facts
    assert (fact.kind, fact.action) == (FactKind.CALL, FactAction.CHANGED)
    assert ((fact.before or {})["text"], (fact.after or {})["text"]) == (before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Start free trial", "Start your free trial"),
        ("Get started for free", "Try it free"),
        ("Book a demo", "Talk to sales"),
        ("Talk to an expert", "Speak with an expert"),
    ],
)
def test_other_words_for_the_same_offer_are_noise(before: str, after: str) -> None:
    assert not difference(page(before), page(after)).changed


def test_another_target_of_the_same_call_is_noise() -> None:
    assert not difference(page(), page(target="/go?variant=b")).changed


@pytest.mark.parametrize(
    "entry", ["Pricing", "Enterprise", "AI Agents", "Marketplace", "For startups", "Preise"]
)
def test_a_telling_entry_that_comes_into_the_main_menu_is_told(entry: str) -> None:
    found = difference(page(), page(menu=(*MENU, entry)))
    assert found.added == (entry,)
    assert [(fact.kind, fact.action) for fact in found.facts] == [(FactKind.NAVIGATION, FactAction.ADDED)]


def test_a_telling_entry_that_leaves_is_told_as_gone() -> None:
    found = difference(page(menu=(*MENU, "Pricing")), page())
    assert found.removed == ("Pricing",)
    assert [fact.action for fact in found.facts] == [FactAction.REMOVED]


@pytest.mark.parametrize("entry", ["Blog", "About us", "Webinars", "Contact", "Help"])
def test_the_usual_rest_of_a_menu_is_noise(entry: str) -> None:
    assert not difference(page(), page(menu=(*MENU, entry))).changed


def test_a_subject_under_another_name_is_noise() -> None:
    before, after = page(menu=(*MENU, "Pricing")), page(menu=(*MENU, "Plans & Pricing"))
    assert not difference(before, after).changed


def test_only_the_start_page_tells_its_menu() -> None:
    assert not difference(page(), page(menu=(*MENU, "Enterprise")), PageType.PRICING).changed
