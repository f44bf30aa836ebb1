"""What a company may change on a page, one thing at a time, in the markup of many hands; and the fact it must yield."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from store.kinds import FactAction, FactKind, PageType

Row = tuple[str, ...]
Markup = Callable[[Sequence[Row]], str]


@dataclass(frozen=True, kw_only=True)
class News:
    """One change: the rows of a section before and after it, and the fact that it is."""

    page_type: PageType
    title: str
    before: tuple[Row, ...]
    after: tuple[Row, ...]
    kind: FactKind
    action: FactAction
    name: str
    values: Mapping[str, tuple[str | None, str | None]] = field(default_factory=dict)


def _headed(rows: Sequence[Row]) -> str:
    return "".join(
        f'<div class="card"><h3>{row[0]}</h3>{"".join(f"<p>{cell}</p>" for cell in row[1:])}</div>'
        for row in rows
    )


def _divs(rows: Sequence[Row]) -> str:
    return "".join(
        f'<div class="box">{"".join(f"<div class=b{n}>{cell}</div>" for n, cell in enumerate(row))}</div>'
        for row in rows
    )


def _items(rows: Sequence[Row]) -> str:
    return f"<ul class='list'>{''.join(f'<li>{_in_lines(row)}</li>' for row in rows)}</ul>"


def _in_lines(row: Row) -> str:
    return "<br>".join((f"<strong>{row[0]}</strong>", *(f"<span>{cell}</span>" for cell in row[1:])))


def _articles(rows: Sequence[Row]) -> str:
    return "".join(
        f'<article class="rounded-xl p-6"><header><h4 class="text-lg">{row[0]}</h4></header>'
        f'<div class="mt-4">{"".join(f"<p>{cell}</p>" for cell in row[1:])}</div></article>'
        for row in rows
    )


#: The same rows as four hands would mark them up.
MARKUPS: Mapping[str, Markup] = {"headed": _headed, "divs": _divs, "items": _items, "articles": _articles}

_PLANS: tuple[Row, ...] = (
    ("Kestrel Solo", "$19 per month", "3 seats"),
    ("Kestrel Crew", "$49 per month", "10 seats"),
    ("Kestrel Fleet", "$99 per month", "40 seats"),
)
_PEOPLE: tuple[Row, ...] = (
    ("Ngozi Okonjo", "Chief Executive Officer"),
    ("Sören Lindqvist", "Head of Engineering"),
    ("María García Pérez", "Finance Director"),
)
_JOBS: tuple[Row, ...] = (
    ('<a href="/careers/data-engineer">Data Engineer</a>', "Lisbon, Portugal"),
    ('<a href="/careers/sales-director-dach">Sales Director, DACH</a>', "Munich, Germany"),
    ('<a href="/careers/legal-counsel">Legal Counsel</a>', "Remote"),
)
_NAMES: tuple[Row, ...] = (
    ("Brackwater Bank", "Checks every account within a minute."),
    ("Fennel Books", "Knows its readers by now."),
    ("Ostrava Cloud", "Moved in over a weekend."),
)
_EVENTS: tuple[Row, ...] = (
    ("Identity Summit", "12 May 2026", "Lisbon"),
    ("Harbour Tech Forum", "9 September 2026", "Hamburg"),
    ("Payments Congress", "3 November 2026", "Madrid"),
)
_STORIES: tuple[Row, ...] = (
    ('<a href="/news/opens-in-oslo">Kestrel opens an office in Oslo</a>', "5 May 2026"),
    ('<a href="/news/buys-tally">Kestrel buys Tally Software</a>', "2 April 2026"),
)
_CLAUSES: tuple[Row, ...] = (
    ("Payment", "Invoices are due within 30 days of their date and are sent by e-mail."),
    ("Liability", "Our liability is limited to the fees of the twelve months before the event."),
    ("Governing law", "These terms are governed by the law of Ireland and heard by its courts."),
)


def _changed(rows: tuple[Row, ...], number: int, cell: int, text: str) -> tuple[Row, ...]:
    row = (*rows[number][:cell], text, *rows[number][cell + 1 :])
    return (*rows[:number], row, *rows[number + 1 :])


def _with(rows: tuple[Row, ...], *row: str) -> tuple[Row, ...]:
    return (rows[0], row, *rows[1:])


def _price(
    after: tuple[Row, ...], action: FactAction, name: str, **values: tuple[str | None, str | None]
) -> News:
    return News(
        page_type=PageType.PRICING, title="Pricing", before=_PLANS, after=after,
        kind=FactKind.PRICE, action=action, name=name, values=values,
    )  # fmt: skip


def _person(
    after: tuple[Row, ...], action: FactAction, name: str, before: str | None, now: str | None
) -> News:
    return News(
        page_type=PageType.TEAM, title="Our team", before=_PEOPLE, after=after,
        kind=FactKind.PERSON, action=action, name=name, values={"role": (before, now)},
    )  # fmt: skip


def _job(after: tuple[Row, ...], action: FactAction, name: str, before: str | None, now: str | None) -> News:
    return News(
        page_type=PageType.CAREERS, title="Open positions", before=_JOBS, after=after,
        kind=FactKind.OPENING, action=action, name=name, values={"place": (before, now)},
    )  # fmt: skip


def _name(page_type: PageType, kind: FactKind, after: tuple[Row, ...], action: FactAction, name: str) -> News:
    return News(
        page_type=page_type, title=page_type.value.title(), before=_NAMES, after=after,
        kind=kind, action=action, name=name,
    )  # fmt: skip


def _event(
    after: tuple[Row, ...], action: FactAction, name: str, **values: tuple[str | None, str | None]
) -> News:
    return News(
        page_type=PageType.EVENTS, title="Events", before=_EVENTS, after=after,
        kind=FactKind.EVENT, action=action, name=name, values=values,
    )  # fmt: skip


def _clause(after: tuple[Row, ...], action: FactAction, name: str) -> News:
    return News(
        page_type=PageType.POLICY, title="Terms of service", before=_CLAUSES, after=after,
        kind=FactKind.CLAUSE, action=action, name=name,
    )  # fmt: skip


A, R, C = FactAction.ADDED, FactAction.REMOVED, FactAction.CHANGED
NEWS: Mapping[str, News] = {
    "price raised": _price(_changed(_PLANS, 1, 1, "$59 per month"), C, "Kestrel Crew", amount=("49", "59")),
    "price cut": _price(_changed(_PLANS, 2, 1, "$79 per month"), C, "Kestrel Fleet", amount=("99", "79")),
    "price in another currency": _price(
        _changed(_PLANS, 1, 1, "€49 per month"), C, "Kestrel Crew", currency=("USD", "EUR")
    ),
    "price for another period": _price(
        _changed(_PLANS, 2, 1, "$99 per week"), C, "Kestrel Fleet", period=("month", "week")
    ),
    "price for each seat": _price(
        _changed(_PLANS, 1, 1, "$49 per seat per month"), C, "Kestrel Crew", unit=(None, "seat")
    ),
    "price on request": _price(
        _changed(_PLANS, 2, 1, "Contact sales"), C, "Kestrel Fleet", note=(None, "contact")
    ),
    "plan added": _price(
        _with(_PLANS, "Kestrel Wing", "$29 per month", "5 seats"), A, "Kestrel Wing", amount=(None, "29")
    ),
    "plan removed": _price(_PLANS[:2], R, "Kestrel Fleet", amount=("99", None)),
    "person joined": _person(
        _with(_PEOPLE, "Aiko Tanaka", "Chief Product Officer"),
        A,
        "Aiko Tanaka",
        None,
        "Chief Product Officer",
    ),
    "person left": _person(_PEOPLE[:2], R, "María García Pérez", "Finance Director", None),
    "role changed": _person(
        _changed(_PEOPLE, 1, 1, "Chief Technology Officer"),
        C,
        "Sören Lindqvist",
        "Head of Engineering",
        "Chief Technology Officer",
    ),
    "job offered": _job(
        _with(_JOBS, '<a href="/careers/country-manager">Country Manager, Kenya</a>', "Nairobi, Kenya"),
        A,
        "Country Manager, Kenya",
        None,
        "Nairobi, Kenya",
    ),
    "job closed": _job(_JOBS[:2], R, "Legal Counsel", "Remote", None),
    "job moved": _job(
        _changed(_JOBS, 0, 1, "Porto, Portugal"), C, "Data Engineer", "Lisbon, Portugal", "Porto, Portugal"
    ),
    "customer won": _name(
        PageType.CUSTOMERS,
        FactKind.CUSTOMER,
        _with(_NAMES, "Skerry Rail", "Sends its tickets with us."),
        A,
        "Skerry Rail",
    ),
    "customer lost": _name(PageType.CUSTOMERS, FactKind.CUSTOMER, _NAMES[:2], R, "Ostrava Cloud"),
    "partner added": _name(
        PageType.PARTNERS,
        FactKind.PARTNER,
        _with(_NAMES, "Larch Payments", "Pays out in thirty countries."),
        A,
        "Larch Payments",
    ),
    "integration removed": _name(PageType.INTEGRATIONS, FactKind.PARTNER, _NAMES[1:], R, "Brackwater Bank"),
    "event announced": _event(
        _with(_EVENTS, "Rail Freight Congress", "1 July 2026", "Rotterdam"),
        A,
        "Rail Freight Congress",
        date=(None, "1 July 2026"),
    ),
    "event moved": _event(
        _changed(_EVENTS, 1, 1, "16 September 2026"),
        C,
        "Harbour Tech Forum",
        date=("9 September 2026", "16 September 2026"),
    ),
    "event elsewhere": _event(
        _changed(_EVENTS, 2, 2, "Barcelona"), C, "Payments Congress", place=("Madrid", "Barcelona")
    ),
    "event called off": _event(_EVENTS[:2], R, "Payments Congress"),
    "story published": News(
        page_type=PageType.NEWS,
        title="News",
        before=_STORIES,
        after=(
            ('<a href="/news/raises-forty-million">Kestrel raises forty million euros</a>', "19 May 2026"),
            *_STORIES,
        ),
        kind=FactKind.ENTRY,
        action=A,
        name="Kestrel raises forty million euros",
        values={"date": (None, "19 May 2026")},
    ),
    "clause changed": _clause(
        _changed(_CLAUSES, 0, 1, "Invoices are due within 14 days of their date and are sent by e-mail."),
        C,
        "Payment",
    ),
    "clause added": _clause(
        _with(_CLAUSES, "Audit", "We may audit your use of the service once in every year."), A, "Audit"
    ),
    "clause removed": _clause(_CLAUSES[:2], R, "Governing law"),
}
