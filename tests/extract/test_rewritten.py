"""The same said in another notation is no news; what is news beside it keeps its name, its plan and its currency."""

from __future__ import annotations

import pytest

from extract.compare import compare_documents
from extract.read import read_pair
from store.kinds import FactAction, FactKind
from store.records import Difference

_NEWS = "<h1>News</h1><ul><li>{} We open in Lyon</li><li>{} New hall</li></ul>"
_TABLE = "<h1>Price list</h1><h2>{}</h2><table><tr><th>Item</th><th>Price</th></tr>{}</table>"
_KILNS = "<tr><td>Kiln small</td><td>{}</td></tr><tr><td>Kiln big</td><td>{}</td></tr>"
_EVENT = "<article class='ev'><time>{}</time><h3>{}</h3><p>{}</p></article>"
_EVENTS = (
    ("6 October 2026", "Milling basics", "Online"),
    ("3 December 2026", "Gluten without fear", "Bologna"),
    ("14 January 2027", "Dough days", "Lyon"),
)
_JOBS = ("Backend Engineer, Leeds", "Sales Manager, Paris", "Data Analyst, Berlin", "Support Engineer, Oslo")


def _page(title: str, body: str) -> str:
    return f"<!doctype html><html><head><title>{title}</title></head><body><main>{body}</main></body></html>"


def _compare(before: str, after: str, ending: str = "html") -> Difference:
    return compare_documents(*read_pair(before.encode(), after.encode(), url=f"page.{ending}"))


def _told(difference: Difference) -> list[tuple[FactKind, FactAction, str]]:
    return [(fact.kind, fact.action, fact.name) for fact in difference.facts]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("2026年10月1日", "2026年9月1日"), ("2026.10.01", "2026.09.01")),
        (("1 Oct 2026", "23 Nov 2026"), ("01/10/2026", "23/11/2026")),
        (("October 1, 2026", "March 13, 2026"), ("10/01/2026", "03/13/2026")),
        (("1. Oktober 2026", "3. März 2026"), ("01.10.2026", "03.03.2026")),
        (("Thursday, October 1, 2026", "Friday, March 13, 2026"), ("Oct 1, 2026", "13 Mar 2026")),
    ],
)
def test_a_day_in_another_notation_is_no_change(before: tuple[str, str], after: tuple[str, str]) -> None:
    assert not _compare(_page("News", _NEWS.format(*before)), _page("News", _NEWS.format(*after))).changed


def test_another_day_in_another_notation_is_a_change() -> None:
    one, other = (
        _page("News", _NEWS.format(day, "3 March 2026")) for day in ("1 October 2026", "05/10/2026")
    )
    assert _compare(one, other).changed


def test_a_currency_that_moves_from_the_heading_to_the_amounts_is_no_change() -> None:
    one = _page("Price list", _TABLE.format("Prices in GBP", _KILNS.format("1,480.00", "2,980.00")))
    other = _page("Price list", _TABLE.format("Prices", _KILNS.format("£1480", "£2980")))
    assert not _compare(one, other).changed


def test_leading_dots_are_columns_and_a_raised_price_among_them_is_told_alone() -> None:
    dots = "PRICE LIST\n\nSmall kiln ........ 1,480.00 GBP\nGlaze ............. 12.50 GBP\n"
    columns = "PRICE LIST\n\nSmall kiln      GBP 1,480.00\nGlaze           GBP 12.50\n"
    assert not _compare(dots, columns, "txt").changed
    raised = _compare(dots, dots.replace("1,480", "1,580"), "txt")
    assert raised.added == ("Small kiln ........ 1,580.00 GBP",)
    assert _told(raised) == [(FactKind.PRICE, FactAction.CHANGED, "Small kiln")]


@pytest.mark.parametrize(
    ("before", "after", "ending"),
    [
        (
            '{"generated": "2026-10-01", "plans": [{"name": "Team", "price": 25.0, "currency": "USD"}]}',
            '{"plans": [{"currency": "USD", "price": 25, "name": "Team"}], "updated": 1762000000}',
            "json",
        ),
        (
            "updated: 2026-10-01\nplans:\n  - name: Team\n    price: 25.0\n    currency: USD\n",
            "plans:\n- {currency: USD, price: 25, name: Team}\nrevision: r12\n",
            "yaml",
        ),
        (
            'updated = 2026-10-01\n[plans.team]\nname = "Team"\nprice = 25.0\n',
            'updated = 2026-11-01\n[plans.team]\nprice  = 25\nname   = "Team"\n',
            "toml",
        ),
    ],
)
def test_a_data_file_written_anew_says_the_same(before: str, after: str, ending: str) -> None:
    assert not _compare(before, after, ending).changed


def test_a_price_in_a_map_of_currencies_keeps_its_product_and_its_currency() -> None:
    file = "".join(
        f"  - name: {name}\n    prices:\n      USD: {price}\n"
        for name, price in (("Small kiln", 1480), ("Big kiln", 2980))
    )
    file = f"products:\n{file}"
    told = _compare(file, file.replace("USD: 1480", "USD: 1480\n      GBP: 1180"), "yaml")
    assert told.added == ("Small kiln GBP 1180, USD 1480",)
    assert [(fact.name, fact.after) for fact in told.facts] == [
        ("Small kiln", {"amount": "1180", "currency": "GBP"})
    ]


def test_a_plan_that_is_named_by_its_key_keeps_that_name() -> None:
    file = (
        '{"plans": {"solo": {"prices": {"USD": 12, "EUR": 11}}, "team": {"prices": {"USD": 40, "EUR": 37}}}}'
    )
    told = _compare(file, file.replace("40", "44"), "json")
    assert _told(told) == [(FactKind.PRICE, FactAction.CHANGED, "team")]


def test_an_event_that_is_over_leaves_without_a_word_and_lends_its_day_to_none() -> None:
    cards = [_EVENT.format(*event) for event in _EVENTS]
    sides = [_page("Events", "<h1>Upcoming events</h1>" + "".join(shown)) for shown in (cards, cards[1:])]
    told = _compare(*sides)
    assert not told.changed
    assert "event over" in {item.reason for item in told.suppressed}


def test_an_event_that_leaves_before_others_that_stay_was_called_off() -> None:
    cards = [_EVENT.format(*event) for event in _EVENTS]
    sides = [_page("Events", "<h1>Upcoming events</h1>" + "".join(shown)) for shown in (cards, cards[:2])]
    assert _told(_compare(*sides)) == [(FactKind.EVENT, FactAction.REMOVED, "Dough days")]


@pytest.mark.parametrize("pager", ["Page 1 of {}", "Page 1 sur {}", "Seite 1 von {}", "Strona 1 z {}"])
def test_a_job_that_moves_to_the_next_page_is_not_closed(pager: str) -> None:
    def listed(jobs: tuple[str, ...], pages: int) -> str:
        items = "".join(
            f"<li><a href='/j/{n}'>{job.split(', ')[0]}</a> <span>{job.split(', ')[1]}</span></li>"
            for n, job in enumerate(jobs)
        )
        return _page("Careers", f"<h1>Open positions</h1><ul>{items}</ul><p>{pager.format(pages)}</p>")

    told = _compare(listed(_JOBS, 7), listed(("Security Engineer, Lyon", *_JOBS[:3]), 8))
    assert _told(told) == [(FactKind.OPENING, FactAction.ADDED, "Security Engineer")]
    assert not told.removed


@pytest.mark.parametrize("tags", ["b span", "span small", "strong em"])
def test_what_styles_part_is_two_texts(tags: str) -> None:
    first, second = tags.split()
    people = [("Ana Vidal", "Port of Vigo"), ("Jo Marsh", "Felix Dock"), ("Beatriz Coelho", "Sines Terminal")]
    cards = [
        f"<div class='c'><{first}>{name}</{first}><{second}>{firm}</{second}></div>" for name, firm in people
    ]
    sides = [
        _page("Speakers", f"<h1>Speakers</h1><div>{''.join(shown)}</div>") for shown in (cards[:2], cards)
    ]
    assert _compare(*sides).added == ("Beatriz Coelho Sines Terminal",)


def test_a_seal_is_no_customer() -> None:
    def shown(names: tuple[str, ...]) -> str:
        seals = "".join(f"<img src='/i/{name[:3]}.svg' alt='{name}'>" for name in names)
        return _page("Acme", f"<h1>Ship faster</h1><div class='trust-badges'>{seals}</div>")

    names = ("ISO 27001", "SOC 2 Type II", "GDPR ready")
    assert not _compare(shown(names), shown((*names, "HIPAA"))).facts


def test_a_case_study_is_of_the_client_in_its_field() -> None:
    def listed(cases: tuple[tuple[str, str], ...]) -> str:
        cards = "".join(
            f"<div class='case'><h3>{title}</h3><p><strong>Client:</strong> {client}</p></div>"
            for title, client in cases
        )
        return _page("Case studies", f"<h1>Case studies</h1>{cards}")

    known = (("Cutting water loss in half", "Dunmore Clinic"), ("A brewery without leaks", "Tideway Brewing"))
    told = _compare(listed(known), listed((("A hospital saves warmth", "Ravensgate Hospital"), *known)))
    assert _told(told) == [(FactKind.CUSTOMER, FactAction.ADDED, "Ravensgate Hospital")]


def test_a_country_above_a_distributor_is_no_partner() -> None:
    known = "<dt>Denmark</dt><dd>Maritim ApS, tel +45 555 013</dd><dt>Italy</dt><dd>Vela Srl, tel +39 555 015</dd>"
    new = "<dt>Portugal</dt><dd>Instrumar Lda, tel +351 21 555 014</dd>"
    sides = [
        _page("Distributors", f"<h1>Our distributors</h1><dl>{shown}</dl>") for shown in (known, known + new)
    ]
    assert _told(_compare(*sides)) == [(FactKind.PARTNER, FactAction.ADDED, "Instrumar Lda")]


def test_a_limit_in_the_documentation_is_of_its_plan() -> None:
    table = (
        "<table><tr><th>Resource</th><th>Free</th><th>Scale</th></tr>"
        "<tr><td>Storage</td><td>1 GB</td><td>250 GB</td></tr></table>"
    )
    sides = [
        _page("Limits", f"<h1>Limits</h1>{shown}") for shown in (table, table.replace("250 GB", "500 GB"))
    ]
    (fact,) = _compare(*sides).facts
    assert (fact.name, fact.before, fact.after) == (
        "Storage",
        {"plan": "Scale", "text": "250 GB"},
        {"plan": "Scale", "text": "500 GB"},
    )


def test_a_caption_says_for_how_long_a_price_is() -> None:
    table = (
        "<h1>Tarifs</h1><table><caption>Location, prix HT par jour</caption><tr><th>Matériel</th><th>Prix</th></tr>"
        "<tr><td>Mini-pelle</td><td>120 €</td></tr><tr><td>Nacelle</td><td>180 €</td></tr></table>"
    )
    (fact,) = _compare(_page("Tarifs", table), _page("Tarifs", table.replace("120", "135"))).facts
    assert fact.after == {"amount": "135", "currency": "EUR", "period": "day"}


def test_a_clause_of_plain_text_is_told_by_its_heading() -> None:
    text = (
        "TERMS OF SERVICE\n\nEffective 1 May 2026\n\n1. Payment\nInvoices are due within 30 days.\n\n"
        "2. Law\nThe law of England applies to these terms.\n"
    )
    told = _compare(text, text.replace("30 days", "14 days"), "txt")
    assert _told(told) == [(FactKind.CLAUSE, FactAction.CHANGED, "Payment")]


def test_an_event_that_microdata_marks_has_its_own_name() -> None:
    event = (
        "<div itemscope itemtype='https://schema.org/Event'><span itemprop='name'>Breakbulk Europe</span>"
        "<time itemprop='startDate' datetime='2026-12-03'>3 December 2026</time>"
        "<span itemprop='location'>Rotterdam</span></div>"
    )
    sides = [
        _page("Events", f"<h1>Events</h1><section><h2>Meet us</h2>{shown}</section>") for shown in ("", event)
    ]
    assert _told(_compare(*sides)) == [(FactKind.EVENT, FactAction.ADDED, "Breakbulk Europe")]


def test_a_person_on_a_page_of_contacts_has_the_role_below_the_name() -> None:
    def listed(people: tuple[tuple[str, str], ...]) -> str:
        lines = "".join(
            f"<p><strong>{name}</strong><br>{role}<br>+44 20 555 011</p>" for name, role in people
        )
        return _page("Contact us", f"<h1>Contact</h1>{lines}")

    known = (("Ana Vidal", "Export Manager"),)
    told = _compare(
        listed((*known, ("Jo Marsh", "Sales Director"))), listed((*known, ("Lars Ek", "Sales Director")))
    )
    assert sorted(_told(told)) == [
        (FactKind.PERSON, FactAction.ADDED, "Lars Ek"),
        (FactKind.PERSON, FactAction.REMOVED, "Jo Marsh"),
    ]


def test_a_third_logo_does_not_make_news_of_the_two_beside_it() -> None:
    def shown(names: tuple[str, ...]) -> str:
        pictures = "".join(f"<img src='/i/{number}.svg' alt='{name}'>" for number, name in enumerate(names))
        return _page("Acme", f"<h1>Ship faster</h1><div>{pictures}</div>")

    assert _compare(shown(("Novatec", "Orbitfield")), shown(("Novatec", "Orbitfield", "Kestrel"))).added == (
        "Kestrel",
    )
