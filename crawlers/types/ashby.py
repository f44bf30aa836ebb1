"""Ashby job boards: the whole board in one answer of the documented job posting API."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from config.catalogue import Parameter, SourceTypeSpec
from crawlers.adapter import Adapter, Media, RequestSpec, base_url, path_parameter
from crawlers.json_node import Node, read_json
from crawlers.plain import plain_text
from crawlers.types.openings import EVERY, joined, opening
from store.records import Entry

if TYPE_CHECKING:
    from store.sources import Source

WHAT = "an Ashby job board"


def address(source: Source, key: str | None) -> RequestSpec:
    """Return the request for a board. Raises: SourceSettingsError without ``board``."""
    root = base_url(source, "https://api.ashbyhq.com")
    return RequestSpec(url=f"{root}/posting-api/job-board/{path_parameter(source, 'board')}")


def read(body: bytes, url: str, content_type: str | None, options: Mapping[str, Any]) -> tuple[Entry, ...]:
    """Return one opening per listed job. Raises: SourceError."""
    jobs = read_json(body, WHAT)["jobs"].need_list(WHAT)
    return tuple(_opening(item) for item in jobs if item["id"] and item["isListed"].value is not False)


def _opening(item: Node) -> Entry:
    return opening(
        id=item["id"].text(),
        title=item["title"].text(),
        url=item["jobUrl"].text(),
        place=joined(
            item["location"].text(), *(place["location"].text() for place in item["secondaryLocations"])
        ),
        team=joined(item["department"].text(), item["team"].text()),
        text=plain_text(item["descriptionPlain"].text() or item["descriptionHtml"].text()),
        published=item["publishedAt"].moment(),
    )


ASHBY = Adapter(
    spec=SourceTypeSpec(
        name="ashby",
        about="open positions on an Ashby job board",
        default_every=EVERY,
        url_required=False,
        parameters=(
            Parameter(
                name="board",
                about="the board's name, as in jobs.ashbyhq.com/NAME",
                required=True,
                example="northbeam",
            ),
        ),
        url_patterns=(
            re.compile(r"^https?://api\.ashbyhq\.com/posting-api/job-board/(?P<board>[^/?#]+)", re.I),
            re.compile(r"^https?://jobs\.ashbyhq\.com/(?P<board>[^/?#]+)", re.I),
        ),
    ),
    media=Media.JSON,
    address_of=address,
    read=read,
    robots=False,
)
