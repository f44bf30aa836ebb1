"""SEC EDGAR: filings of one company from data.sec.gov, 8-K items as readable titles with a category."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from config.catalogue import Parameter, SourceTypeSpec
from crawlers.adapter import Adapter, Media, RequestSpec, base_url, listed, parameter, parameters
from crawlers.errors import SourceError, SourceSettingsError
from crawlers.json_node import Node, read_json
from store.kinds import Category
from store.records import Entry

if TYPE_CHECKING:
    from store.sources import Source

WHAT = "the filings of a company at the SEC"
DEFAULT_FORMS = ("8-K", "10-K", "10-Q", "6-K", "20-F", "S-1", "F-1", "D", "425", "SC TO-T", "SC 13D")

#: 8-K item -> what it says, and which category that is (None: the text must tell).
ITEMS: Mapping[str, tuple[str, Category | None]] = {
    "1.01": ("entry into a material agreement", None),
    "1.02": ("end of a material agreement", None),
    "1.03": ("bankruptcy or receivership", Category.FINANCE),
    "1.05": ("material cybersecurity incident", Category.REGULATORY),
    "2.01": ("completed acquisition or disposal", Category.ACQUISITION),
    "2.02": ("results of operations", Category.FINANCE),
    "2.03": ("new financial obligation", Category.FINANCE),
    "2.04": ("accelerated financial obligation", Category.FINANCE),
    "2.05": ("costs of exit or layoffs", Category.HIRING),
    "2.06": ("material impairment", Category.FINANCE),
    "3.01": ("notice of delisting", Category.FINANCE),
    "3.02": ("unregistered sale of shares", Category.FINANCE),
    "3.03": ("changed rights of shareholders", Category.FINANCE),
    "4.01": ("change of auditor", Category.FINANCE),
    "4.02": ("earlier statements no longer reliable", Category.FINANCE),
    "5.01": ("change in control", Category.ACQUISITION),
    "5.02": ("departure or appointment of directors or officers", Category.LEADERSHIP),
    "5.03": ("changed articles or fiscal year", None),
    "5.07": ("vote of shareholders", None),
    "7.01": ("statement to investors", None),
    "8.01": ("other event", None),
}
#: Form -> what it is, and its category.
FORMS: Mapping[str, tuple[str, Category | None]] = {
    "10-K": ("annual report", Category.FINANCE),
    "10-Q": ("quarterly report", Category.FINANCE),
    "20-F": ("annual report", Category.FINANCE),
    "6-K": ("report of a foreign issuer", None),
    "S-1": ("registration of shares", Category.FINANCE),
    "F-1": ("registration of shares", Category.FINANCE),
    "D": ("private funding round", Category.FINANCE),
    "425": ("merger communication", Category.ACQUISITION),
    "SC TO-T": ("tender offer", Category.ACQUISITION),
    "SC 13D": ("stake above 5 %", Category.FINANCE),
}
#: Which item gives the filing its category when it has several: the rarer and graver first.
GRAVITY = ("1.03", "5.01", "2.01", "1.05", "5.02", "2.05", "4.02", "2.02", "3.01", "2.06", "1.01")


def address(source: Source, key: str | None) -> RequestSpec:
    """Return the request for a company's submissions. Raises: SourceSettingsError for a CIK that is no number."""
    cik = parameter(source, "cik").upper().removeprefix("CIK").lstrip("0")
    if not cik.isascii() or not cik.isdigit() or len(cik) > 10:
        raise SourceSettingsError(source.key, "'cik' is no number of at most 10 digits")
    return RequestSpec(url=f"{base_url(source, 'https://data.sec.gov')}/submissions/CIK{cik:0>10}.json")


def read(body: bytes, url: str, content_type: str | None, options: Mapping[str, Any]) -> tuple[Entry, ...]:
    """Return one entry per filing of the wanted forms, amendments included. Raises: SourceError."""
    root = read_json(body, WHAT)
    recent = root["filings"]["recent"]
    numbers = recent["accessionNumber"].need_list(WHAT)
    if not isinstance(recent["form"].value, list):
        raise SourceError(f"not {WHAT}: the forms are missing")
    wanted = {form.upper() for form in listed(parameters(options).get("forms"))} or set(DEFAULT_FORMS)
    rows = (
        _filing(root, recent, index)
        for index in range(len(numbers.value))
        if recent["form"][index].text().upper().removesuffix("/A") in wanted
    )
    return tuple(row for row in rows if row.id)


def _filing(root: Node, recent: Node, index: int) -> Entry:
    number = recent["accessionNumber"][index].text()
    form = recent["form"][index].text()
    items = [item for item in recent["items"][index].text().split(",") if item.strip() in ITEMS]
    company = root["name"].text()
    says, category = _meaning(form.upper().removesuffix("/A"), items)
    document = recent["primaryDocument"][index].text()
    return Entry(
        id=number,
        title=f"{company} filed {form}: {says}" if says else f"{company} filed {form}",
        url=f"https://www.sec.gov/Archives/edgar/data/{root['cik'].text().lstrip('0')}"
        f"/{number.replace('-', '')}/{document}",
        text=f"{company} filed form {form} with the SEC" + (f": {says}." if says else "."),
        published=recent["acceptanceDateTime"][index].moment() or recent["filingDate"][index].moment(),
        attributes={"form": form, "items": ", ".join(items), "date": recent["filingDate"][index].text()},
        category_hint=category,
    )


def _meaning(form: str, items: list[str]) -> tuple[str, Category | None]:
    if form != "8-K":
        return FORMS.get(form, ("", None))
    found = [item.strip() for item in items]
    leading = next((item for item in GRAVITY if item in found), found[0] if found else "")
    return "; ".join(ITEMS[item][0] for item in found), ITEMS.get(leading, ("", None))[1]


EDGAR = Adapter(
    spec=SourceTypeSpec(
        name="edgar",
        about="filings of a listed company at the US SEC (needs crawl.contact)",
        default_every=timedelta(hours=1),
        url_required=False,
        parameters=(
            Parameter(
                name="cik",
                about="the company's CIK",
                required=True,
                pattern=r"(?:CIK)?\d{1,10}",
                example="0001318605",
            ),
            Parameter(name="forms", about="forms to report", many=True, example="[8-K, 10-Q]"),
        ),
        url_patterns=(
            re.compile(r"^https?://data\.sec\.gov/submissions/CIK(?P<cik>\d{1,10})\.json", re.I),
            re.compile(
                r"^https?://www\.sec\.gov/(?:cgi-bin/browse-edgar|edgar/browse/)\?(?:[^#]*&)?CIK=(?P<cik>\d{1,10})",
                re.I,
            ),
        ),
        aliases=("sec",),
    ),
    media=Media.JSON,
    address_of=address,
    read=read,
    robots=False,
    min_delay=timedelta(milliseconds=150),  # The SEC allows 10 requests a second over all machines.
)
