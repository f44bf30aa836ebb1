"""Personio career sites: all positions in one XML answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from lxml import etree

from config.catalogue import Parameter, SourceTypeSpec
from crawlers.adapter import Adapter, Media, RequestSpec, base_url, parameter
from crawlers.errors import SourceError, SourceSettingsError
from crawlers.plain import moment, plain_text
from crawlers.types.openings import EVERY, joined, opening
from crawlers.xml_reading import child_text, local_name, read_xml
from store.records import Entry

if TYPE_CHECKING:
    from store.sources import Source

WHAT = "a Personio career site"
HOST_LABEL = r"[A-Za-z0-9-]+"


def address(source: Source, key: str | None) -> RequestSpec:
    """Return the request for a company's positions. Raises: SourceSettingsError without a usable ``company``."""
    company = parameter(source, "company")
    if not re.fullmatch(HOST_LABEL, company):
        raise SourceSettingsError(
            source.key, f"'company' is {company!r}; write the name before .jobs.personio"
        )
    ending = parameter(source, "ending", "de")
    root = base_url(source, f"https://{company}.jobs.personio.{'com' if ending == 'com' else 'de'}")
    return RequestSpec(url=f"{root}/xml?language=en")


def read(body: bytes, url: str, content_type: str | None, options: Mapping[str, Any]) -> tuple[Entry, ...]:
    """Return one opening per position. Raises: SourceError."""
    root = read_xml(body, WHAT)
    if local_name(root) != "workzag-jobs":
        raise SourceError(f"not {WHAT}: the root is <{local_name(root)[:40]}>")
    return tuple(
        _opening(item, url) for item in root if local_name(item) == "position" and child_text(item, "id")
    )


def _opening(item: etree._Element, url: str) -> Entry:
    number = child_text(item, "id")
    return opening(
        id=number,
        title=child_text(item, "name"),
        url=urljoin(url, f"/job/{number}") if number.isascii() and number.isdigit() else "",
        place=child_text(item, "office"),
        team=joined(child_text(item, "department"), child_text(item, "recruitingCategory")),
        text=plain_text(child_text(item, "jobDescriptions")),
        published=moment(child_text(item, "createdAt")),
    )


PERSONIO = Adapter(
    spec=SourceTypeSpec(
        name="personio",
        about="open positions on a Personio career site",
        default_every=EVERY,
        url_required=False,
        parameters=(
            Parameter(
                name="company",
                about="the name before .jobs.personio",
                required=True,
                pattern=HOST_LABEL,
                example="northbeam",
            ),
            Parameter(
                name="ending", about="de or com, as in the site's address", pattern="de|com", example="com"
            ),
        ),
        url_patterns=(
            re.compile(r"^https?://(?P<company>[A-Za-z0-9-]+)\.jobs\.personio\.(?P<ending>de|com)", re.I),
        ),
    ),
    media=Media.XML,
    address_of=address,
    read=read,
)
