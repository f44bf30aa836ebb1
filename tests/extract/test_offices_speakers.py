"""Facts of places: offices with their addresses; and who speaks, and where one stands, at events."""

from __future__ import annotations

import pytest

from extract.compare import compare_documents
from extract.document import Document, ReadOptions
from extract.facts.speakers import speakers_in
from extract.read import read_document
from extract.values.addresses import is_address, town_in
from store.kinds import FactAction, FactKind, PageType
from store.records import Fact, FactChange

OSLO = ("Oslo", "Storgata 12, 0184 Oslo")
CARDS = "<div class='o'><h3>{}</h3><p>{}</p></div><div class='o'><h3>Porto</h3><p>Rua do Ouro 5</p></div>"
FORMS = (
    CARDS,
    "<ul><li><b>{}</b><span>{}</span></li><li><b>Porto</b><span>Rua do Ouro 5</span></li></ul>",
    "<table><tr><th>Office</th><th>Address</th></tr><tr><td>{}</td><td>{}</td></tr></table>",
    "<p>{}: {}</p>",
    "<h2>{} office</h2><address>{}</address>",
)


def read(main: str, title: str = "Contact", page_type: PageType = PageType.GENERIC) -> Document:
    body = f"<html><head><title>{title} | Heron</title></head><body><main><h1>{title}</h1>{main}</main></body></html>"
    return read_document(body.encode(), url="", page_type=page_type, options=ReadOptions(article=False))


def told(before: str, after: str, title: str, page_type: PageType) -> tuple[FactChange, ...]:
    return compare_documents(read(before, title, page_type), read(after, title, page_type)).facts


def offices(main: str, title: str = "Contact") -> list[Fact]:
    return [fact for fact in read(main, title).facts if fact.kind is FactKind.OFFICE]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("title", ["Contact", "Our offices", "Standorte"])
def test_office_is_a_town_with_its_address(form: str, title: str) -> None:
    found = {fact.name: fact.attributes["address"] for fact in offices(form.format(*OSLO), title)}
    assert found["Oslo"] == OSLO[1]


@pytest.mark.parametrize("form", FORMS)
def test_office_that_moved_within_its_town_is_one_change(form: str) -> None:
    (change,) = told(
        form.format(*OSLO), form.format("Oslo", "Havnegata 3, 0150 Oslo"), "Contact", PageType.GENERIC
    )
    assert (change.kind, change.action, change.name) == (FactKind.OFFICE, FactAction.CHANGED, "Oslo")
    assert (change.before or {})["address"] == OSLO[1]
    assert (change.after or {})["address"] == "Havnegata 3, 0150 Oslo"


def test_office_that_came_and_one_that_went_are_told() -> None:
    one = "<div class='o'><h3>{}</h3><p>{}</p></div>"
    oslo, porto = one.format(*OSLO), one.format("Porto", "Rua do Ouro 5, 4150-552 Porto")
    ghent = one.format("Ghent", "Veldstraat 9, 9000 Gent")
    found = told(oslo + porto, oslo + ghent, "Our offices", PageType.GENERIC)
    assert {(change.action.value, change.name) for change in found} == {
        ("added", "Ghent"),
        ("removed", "Porto"),
    }


@pytest.mark.parametrize(
    "main",
    [
        "<p>Write to us, we answer within 24 hours.</p>",
        "<p>© 2026 Heron, Oslo</p>",
        "<h2>Oslo</h2><p>Ask for Ingrid.</p>",
        "<h2>Summit 2026</h2><p>We met 4,000 people.</p>",
    ],
)
def test_contact_page_without_an_address_has_no_office(main: str) -> None:
    assert offices(main) == []


@pytest.mark.parametrize(
    ("line", "town"),
    [
        ("Torstraße 12, 10119 Berlin", "Berlin"),
        ("71 Robinson Road, Singapore 068895", "Singapore"),
        ("410 King Street West, Toronto ON M5V 1K1", "Toronto"),
        ("12 rue de la Paix, 75002 Paris", "Paris"),
        ("8 Quay Street, Leeds LS1 4AB", "Leeds"),
    ],
)
def test_address_names_its_town(line: str, town: str) -> None:
    assert is_address(line)
    assert town_in(line) == town


@pytest.mark.parametrize("line", ["4,000 customers", "Since 2004", "Call +47 22 00 00 00", "© 2026 Heron AS"])
def test_other_figures_are_no_address(line: str) -> None:
    assert not is_address(line)


@pytest.mark.parametrize(
    "lines",
    [
        ("Speakers: Mira Solberg, Tom Ode",),
        ("Speakers", "Tom Ode and Mira Solberg"),
        ("With Tom Ode and Mira Solberg",),
        ("Referenten: Tom Ode und Mira Solberg",),
        ("Intervenants : Mira Solberg et Tom Ode",),
    ],
)
def test_speakers_are_named_behind_their_label(lines: tuple[str, ...]) -> None:
    assert speakers_in(lines) == "Mira Solberg, Tom Ode"


@pytest.mark.parametrize(
    "line", ["With dinner and drinks", "With Live Demos of the new release", "Speakers to be announced"]
)
def test_other_lines_name_no_speaker(line: str) -> None:
    assert speakers_in((line,)) == ""


EVENT = (
    "<article class='e'><h3>Dock Summit</h3><p>14 May 2027</p><p>Cardiff</p>"
    "<p>Booth {}</p><p>Speakers: {}</p></article>"
)
OTHER = "<article class='e'><h3>Quay Forum</h3><p>2 June 2027</p><p>Leeds</p></article>"


@pytest.mark.parametrize(
    ("before", "after", "attribute"),
    [
        (("B12", "Tom Ode"), ("B12", "Tom Ode, Mira Solberg"), "speakers"),
        (("B12", "Tom Ode"), ("C7", "Tom Ode"), "booth"),
    ],
)
def test_speaker_and_booth_are_facts_of_their_event(
    before: tuple[str, str], after: tuple[str, str], attribute: str
) -> None:
    (change,) = told(EVENT.format(*before) + OTHER, EVENT.format(*after) + OTHER, "Events", PageType.EVENTS)
    assert (change.kind, change.action, change.name) == (FactKind.EVENT, FactAction.CHANGED, "Dock Summit")
    sides = change.before or {}, change.after or {}
    assert {key for key in sides[1] if sides[0].get(key) != sides[1][key]} == {attribute}


def test_section_of_speakers_belongs_to_the_event_of_the_page() -> None:
    page = "<p>14 May 2027, Cardiff</p><h2>Speakers</h2><ul>{}</ul>"
    people = [
        f"<li><b>{name}</b><i>{firm}</i></li>"
        for name, firm in (("Tom Ode", "Tema Works"), ("Mira Solberg", "Heron"))
    ]
    (change,) = told(
        page.format(people[0]), page.format("".join(people)), "Dock Summit 2027", PageType.EVENTS
    )
    assert (change.after or {})["speakers"] == "Mira Solberg, Tom Ode"
    assert not told(
        page.format("".join(people)), page.format("".join(people[::-1])), "Dock Summit 2027", PageType.EVENTS
    )
