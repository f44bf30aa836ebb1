"""Lever job sites: the documented postings API, page by page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from config.catalogue import Parameter, SourceTypeSpec
from crawlers.adapter import Adapter, Media, RequestSpec, base_url, parameter, path_parameter
from crawlers.json_node import Node, read_json
from crawlers.paging import by_offset, join_lists
from crawlers.plain import plain_text
from crawlers.types.openings import EVERY, SLUG, joined, opening
from store.records import Entry

if TYPE_CHECKING:
    from store.sources import Source

WHAT = "a Lever job site"
PAGE_SIZE = 100
ROOTS = {"global": "https://api.lever.co", "eu": "https://api.eu.lever.co"}


def address(source: Source, key: str | None) -> RequestSpec:
    """Return the request for a site's postings. Raises: SourceSettingsError without ``site``."""
    root = base_url(source, ROOTS.get(parameter(source, "region", "global"), ROOTS["global"]))
    return RequestSpec(
        url=f"{root}/v0/postings/{path_parameter(source, 'site')}?mode=json&limit={PAGE_SIZE}&skip=0"
    )


def read(body: bytes, url: str, content_type: str | None, options: Mapping[str, Any]) -> tuple[Entry, ...]:
    """Return one opening per posting. Raises: SourceError."""
    return tuple(_opening(item) for item in read_json(body, WHAT).need_list(WHAT) if item["id"])


def _opening(item: Node) -> Entry:
    about = item["categories"]
    return opening(
        id=item["id"].text(),
        title=item["text"].text(),
        url=item["hostedUrl"].text(),
        place=joined(about["location"].text(), *(place.text() for place in about["allLocations"])),
        team=joined(about["department"].text(), about["team"].text()),
        text=plain_text(item["descriptionPlain"].text() or item["description"].text()),
        published=item["createdAt"].moment(),
    )


LEVER = Adapter(
    spec=SourceTypeSpec(
        name="lever",
        about="open positions on a Lever job site",
        default_every=EVERY,
        url_required=False,
        parameters=(
            Parameter(
                name="site",
                about="the site's name, as in jobs.lever.co/NAME",
                required=True,
                pattern=SLUG,
                example="northbeam",
            ),
            Parameter(name="region", about="global or eu", pattern="global|eu", example="eu"),
        ),
        url_patterns=(
            re.compile(r"^https?://jobs\.(?P<region>eu)\.lever\.co/(?P<site>[A-Za-z0-9_.-]+)", re.I),
            re.compile(r"^https?://jobs\.lever\.co/(?P<site>[A-Za-z0-9_.-]+)", re.I),
            re.compile(
                r"^https?://api\.(?:(?P<region>eu)\.)?lever\.co/v0/postings/(?P<site>[A-Za-z0-9_.-]+)", re.I
            ),
        ),
    ),
    media=Media.JSON,
    address_of=address,
    read=read,
    follow=by_offset(WHAT, PAGE_SIZE, name="skip"),
    combine=join_lists,
    robots=False,
)
