"""Captures of another page, tables in another arrangement, archives, stages and doubled encodings."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from extract.compare import compare_documents
from extract.document import Document, ReadOptions
from extract.read import read_document
from extract.values.mojibake import put_right
from store.kinds import FactAction, FactKind, PageType
from store.records import Difference

PRICES = "".join(
    f"<div class='p'><h3>{name}</h3><p>${price} / month</p></div>"
    for name, price in (("Basic", 19), ("Team", 49))
)
ROWS = (("Basic", "$10 / month", "5"), ("Team", "$20 / month", "20"), ("Yard", "$40 / month", "80"))


def read(
    main: str, title: str = "Pricing", *, page_type: PageType | None = None, language: str = "en"
) -> Document:
    body = (
        f"<html lang='{language}'><head><title>{title} | Heron</title></head><body><main><h1>{title}</h1>{main}</main>"
        "<footer><p>© 2026 Heron Ltd</p></footer></body></html>"
    )
    return read_document(body.encode(), url="", page_type=page_type, options=ReadOptions(article=False))


def compare(before: Document, after: Document) -> Difference:
    return compare_documents(before, after)


@pytest.mark.parametrize(
    ("title", "main"),
    [
        ("Sign in", "<p>Your session has ended.</p><p>Forgot your password?</p>"),
        ("Choose your country", "<ul><li>Norway</li><li>France</li></ul>"),
        ("Pricing", "<div class='spinner'><span>Loading plans…</span></div>"),
        ("Pricing", "<div><h3>{{ plan.name }}</h3><p>{{ plan.price }}</p></div>"),
    ],
)
def test_page_that_stands_in_for_another_is_a_failed_capture(title: str, main: str) -> None:
    for sides in ((read(PRICES), read(main, title)), (read(main, title), read(PRICES))):
        difference = compare(*sides)
        assert not difference.changed
        assert "failed capture" in {item.reason for item in difference.suppressed}


def test_page_in_another_language_is_no_news() -> None:
    swedish = read(
        "<p>Kassan som håller hela julhandeln.</p><p>För butiker med många kassor.</p>",
        "Kassa",
        language="sv",
    )
    english = read("<p>The till that survives December.</p><p>For shops with many tills.</p>", "Till")
    difference = compare(swedish, english)
    assert not difference.changed
    assert {item.reason for item in difference.suppressed} == {"other language"}


def table(rows: tuple[tuple[str, ...], ...]) -> str:
    lines = ["".join(f"<td>{cell}</td>" for cell in row) for row in rows]
    return (
        "<table>"
        + "".join(f"<tr>{line}</tr>" for line in lines).replace("td>", "th>", 2 * len(rows[0]))
        + "</table>"
    )


def test_columns_in_another_order_and_a_table_turned_over_are_no_news() -> None:
    rows = (("Plan", "Price", "Users"), *ROWS)
    swapped = tuple((one, three, two) for one, two, three in rows)
    turned = tuple(zip(*rows, strict=True))
    for other in (swapped, turned):
        difference = compare(read(table(rows)), read(table(other)))
        assert not difference.changed, (difference.added, difference.removed)


def test_values_that_changed_places_between_plans_are_news() -> None:
    other = (("Basic", "$20 / month", "5"), ("Team", "$10 / month", "20"), ROWS[2])
    head = ("Plan", "Price", "Users")
    difference = compare(read(table((head, *ROWS))), read(table((head, *other))))
    assert {fact.name for fact in difference.facts if fact.kind is FactKind.PRICE} == {"Basic", "Team"}


def news(dates: list[str]) -> str:
    return "".join(f"<article><h3>Story of {day}</h3><p>{day}</p></article>" for day in dates)


def test_longer_archive_is_no_news_and_a_new_story_is() -> None:
    days = ["3 March 2026", "9 January 2026", "2 December 2025"]
    before = read(news(days), "News", page_type=PageType.NEWS)
    longer = read(news([*days, "8 November 2025", "1 October 2025"]), "News", page_type=PageType.NEWS)
    newer = read(news(["4 April 2026", *days]), "News", page_type=PageType.NEWS)
    assert not compare(before, longer).changed
    assert not compare(longer, before).changed
    (fact,) = compare(before, newer).facts
    assert (fact.kind, fact.action) == (FactKind.ENTRY, FactAction.ADDED)


def test_card_that_moved_into_another_stage_is_told() -> None:
    plan = "<h3>Planned</h3><ul>{}</ul><h3>Shipped</h3><ul><li>Audit log</li>{}</ul>"
    item = "<li><b>Single sign-on</b><p>With your own directory.</p></li>"
    other = "<li>Night view</li>"
    difference = compare(
        read(plan.format(other + item, ""), "Roadmap"), read(plan.format(other, item), "Roadmap")
    )
    assert difference.changed
    assert any("Single sign-on" in text for text in difference.added)


def cards(extra: str) -> str:
    names = ("Crane Engineer", "Sales Manager", "Night Planner", "Data Analyst")
    return "".join(f"<div class='c'><h3>{name}</h3><p>Leeds</p>{extra}</div>" for name in names)


@pytest.mark.parametrize(
    "extra", ["<a href='/a'>Apply here</a>", "<p>Full bio</p>", "<small>Company</small>"]
)
def test_same_words_on_many_cards_are_no_news(extra: str) -> None:
    assert not compare(read(cards(""), "Crew"), read(cards(extra), "Crew")).changed


@pytest.mark.parametrize("extra", ["<p>20 % off</p>", "<p>Sold out</p>", "<p>$5 more</p>"])
def test_telling_words_on_many_cards_are_news(extra: str) -> None:
    assert compare(read(cards(""), "Crew"), read(cards(extra), "Crew")).changed


@given(
    words=st.lists(
        st.sampled_from(["größer", "œuvre", "señor", "Århus", "naïve", "façade", "łódź", "für", "çà"]),
        min_size=6,
    )
)
def test_text_that_was_encoded_twice_is_put_right(words: list[str]) -> None:
    text = " ".join(words)
    try:
        twice = text.encode().decode("cp1252")
    except UnicodeDecodeError:
        assume(False)
        return
    assert put_right(text) == text
    assert put_right(twice) == text


@given(text=st.text(max_size=200))
def test_putting_right_twice_changes_nothing_more(text: str) -> None:
    assert put_right(put_right(text)) == put_right(text)


def test_event_that_is_called_off_is_gone_although_it_is_shown() -> None:
    event = "<article><h3>{}</h3><p>{}</p><p>Hull</p>{}</article>"
    others = event.format("Yard Expo", "4 May 2027", "")
    before = read(
        event.format("Port Forum", "12 March 2027", "") + others, "Events", page_type=PageType.EVENTS
    )
    after = read(
        event.format("Port Forum", "12 March 2027", "<p>Cancelled</p>") + others,
        "Events",
        page_type=PageType.EVENTS,
    )
    (fact,) = compare(before, after).facts
    assert (fact.name, fact.action) == ("Port Forum", FactAction.REMOVED)
