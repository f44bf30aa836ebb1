"""Teamtailor career sites, also on a company's own domain: their JSON feed with a schema.org posting per job."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from config.catalogue import SourceTypeSpec
from crawlers.adapter import Adapter, Media, RequestSpec, base_url
from crawlers.errors import SourceSettingsError
from crawlers.json_node import Node, read_json
from crawlers.plain import plain_text
from crawlers.types.openings import EVERY, joined, opening
from store.records import Entry

if TYPE_CHECKING:
    from store.sources import Source

WHAT = "a Teamtailor career site"


def address(source: Source, key: str | None) -> RequestSpec:
    """Return the request for a site's jobs. Raises: SourceSettingsError without url."""
    root = base_url(source, source.url)
    if not root:
        raise SourceSettingsError(source.key, "has no url")
    return RequestSpec(url=urljoin(root + "/", "/jobs.json"))


def read(body: bytes, url: str, content_type: str | None, options: Mapping[str, Any]) -> tuple[Entry, ...]:
    """Return one opening per job. Raises: SourceError."""
    return tuple(_opening(item) for item in read_json(body, WHAT)["items"].need_list(WHAT) if item["id"])


def _opening(item: Node) -> Entry:
    places = [place["address"] for place in item["_jobposting"]["jobLocation"]]
    return opening(
        id=item["id"].text(),
        title=item["title"].text(),
        url=item["url"].text(),
        place=joined(
            *(place["addressLocality"].text() or place["addressCountry"].text() for place in places)
        ),
        text=plain_text(item["content_html"].text() or item["_jobposting"]["description"].text()),
        published=item["date_published"].moment(),
    )


TEAMTAILOR = Adapter(
    spec=SourceTypeSpec(
        name="teamtailor",
        about="open positions on a Teamtailor career site",
        default_every=EVERY,
        url_patterns=(re.compile(r"^https?://[A-Za-z0-9-]+\.teamtailor\.com(?:/|$)", re.I),),
    ),
    media=Media.JSON,
    address_of=address,
    read=read,
)
