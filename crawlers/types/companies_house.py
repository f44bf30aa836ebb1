"""Companies House: filings, officers and owners of a British company. One key for all."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

from config.catalogue import Parameter
from crawlers.adapter import Adapter
from crawlers.json_node import Node
from crawlers.paging import by_offset
from crawlers.types.json_lists import JsonList, json_list_adapter
from crawlers.types.openings import joined
from store.kinds import Category
from store.records import Entry

PAGE_SIZE = 100
SITE = "https://find-and-update.company-information.service.gov.uk"
_PAGE = r"^https?://find-and-update\.company-information\.service\.gov\.uk/company/(?P<company>[A-Z0-9]{8})"

#: Companies House category of a filing -> ours.
FILING_CATEGORIES = {
    "officers": Category.LEADERSHIP,
    "accounts": Category.FINANCE,
    "capital": Category.FINANCE,
    "mortgage": Category.FINANCE,
    "insolvency": Category.FINANCE,
    "change-of-name": Category.POSITIONING,
}


def _filing(item: Node, root: Node) -> Entry | None:
    number = item["transaction_id"].text()
    if not number:
        return None
    said = item["description"].text().replace("-", " ")
    names = item["description_values"]
    who = joined(names["officer_name"].text(), names["company_name"].text())
    return Entry(
        id=number,
        title=f"Companies House filing {item['type'].text()}: {said}" + (f" ({who})" if who else ""),
        text=f"{said}{f' ({who})' if who else ''}, {item['date'].text()}",
        published=item["date"].moment(),
        attributes={"form": item["type"].text(), "date": item["date"].text()},
        category_hint=FILING_CATEGORIES.get(item["category"].text()),
    )


def _officer(item: Node, root: Node) -> Entry | None:
    # Birth dates, nationalities and home addresses stand beside this; they are nobody's business and not read.
    name, role = _name(item["name"].text()), item["officer_role"].text().replace("-", " ")
    appointed, resigned = item["appointed_on"].text(), item["resigned_on"].text()
    if not name:
        return None
    came = f"{name} was appointed {role}" if not resigned else f"{name} resigned as {role}"
    page = item["links"]["officer"]["appointments"].text()
    return Entry(
        id=joined(page or name, role, appointed, f"resigned {resigned}" if resigned else ""),
        title=f"{came} on {resigned or appointed}",
        url=SITE + page if urlsplit(page).path.startswith("/officers/") else "",
        text=f"{came} on {resigned or appointed}.",
        published=Node(resigned or appointed).moment(),
        attributes={"name": name, "role": role, "date": resigned or appointed},
        category_hint=Category.LEADERSHIP,
    )


def _owner(item: Node, root: Node) -> Entry | None:
    name, ceased = item["name"].text(), item["ceased_on"].text()
    if not name:
        return None
    control = joined(*(one.text().replace("-", " ") for one in item["natures_of_control"]))
    since = ceased or item["notified_on"].text()
    said = f"{name} no longer controls the company" if ceased else f"{name} controls the company: {control}"
    return Entry(
        id=joined(item["links"]["self"].text() or name, control, f"ceased {ceased}" if ceased else ""),
        title=said,
        text=f"{said}, since {since}.",
        published=Node(since).moment(),
        attributes={"name": name, "date": since},
        category_hint=Category.ACQUISITION,
    )


def _name(written: str) -> str:
    """Return ``SURNAME, First Second`` as people say it."""
    family, comma, given = written.partition(",")
    return f"{given.strip()} {family.strip().title()}" if comma else written


def _basic(key: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{key}:".encode()).decode()}


def _service(
    name: str, about: str, last: str, item: Callable[[Node, Node], Entry | None], urls: tuple[str, ...]
) -> Adapter:
    return json_list_adapter(
        JsonList(
            name=name,
            about=about,
            root="https://api.company-information.service.gov.uk",
            path=f"/company/{{company}}/{last}",
            items=("items",),
            item=item,
            parameters=(
                Parameter(
                    name="company",
                    about="the company's number",
                    required=True,
                    pattern=r"[A-Z0-9]{8}",
                    example="01234567",
                ),
            ),
            query=lambda values: {"items_per_page": PAGE_SIZE},
            follow=by_offset(f"an answer of {name}", PAGE_SIZE, "items", name="start_index"),
            newest_first=last == "filing-history",
            urls=urls,
            min_delay=timedelta(milliseconds=500),  # 600 requests in five minutes are allowed.
            authorise=_basic,
            key_variable="RIVALWATCH_COMPANIES_HOUSE_KEY",
            key_required=True,
        )
    )


def companies_house_adapters() -> tuple[Adapter, ...]:
    """Return the adapters, those with the longer address first."""
    return (
        _service(
            "companies-house-officers",
            "directors and officers of a British company, who came and who left (needs a free key)",
            "officers",
            _officer,
            (_PAGE + r"/officers",),
        ),
        _service(
            "companies-house-owners",
            "persons and companies with significant control of a British company (needs a free key)",
            "persons-with-significant-control",
            _owner,
            (_PAGE + r"/persons-with-significant-control",),
        ),
        _service(
            "companies-house",
            "filings of a British company (needs a free key)",
            "filing-history",
            _filing,
            (_PAGE,),
        ),
    )
