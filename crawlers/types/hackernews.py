"""Hacker News stories that name the rival, by the public search API."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from config.catalogue import Parameter, SourceTypeSpec
from crawlers.adapter import Adapter, Media, RequestSpec, base_url, parameter
from crawlers.json_node import Node, join_json, read_json
from crawlers.paging import by_number, pages_of
from crawlers.plain import plain_text
from store.kinds import Category
from store.records import Entry

if TYPE_CHECKING:
    from store.sources import Source

WHAT = "a Hacker News search"
PAGE_SIZE = 50


def address(source: Source, key: str | None) -> RequestSpec:
    """Return the request for the newest stories. Raises: SourceSettingsError without ``query``."""
    query = urlencode(
        {
            "query": f'"{parameter(source, "query")}"',
            "tags": "story",
            "hitsPerPage": PAGE_SIZE,
            "typoTolerance": "false",
            "advancedSyntax": "true",
        }
    )
    return RequestSpec(url=f"{base_url(source, 'https://hn.algolia.com')}/api/v1/search_by_date?{query}")


def read(body: bytes, url: str, content_type: str | None, options: Mapping[str, Any]) -> tuple[Entry, ...]:
    """Return one entry per story. Raises: SourceError."""
    pages = pages_of(read_json(body, WHAT), WHAT)
    return tuple(_story(hit) for page in pages for hit in page["hits"].need_list(WHAT) if hit["objectID"])


def _story(hit: Node) -> Entry:
    number = hit["objectID"].text()
    return Entry(
        id=number,
        title=hit["title"].text() or hit["story_title"].text(),
        url=hit["url"].text() or f"https://news.ycombinator.com/item?id={number}",
        text=plain_text(hit["story_text"].text()),
        published=hit["created_at_i"].moment() or hit["created_at"].moment(),
        category_hint=Category.MEDIA,
    )


HACKERNEWS = Adapter(
    spec=SourceTypeSpec(
        name="hackernews",
        about="Hacker News stories that name a word or phrase",
        default_every=timedelta(hours=2),
        url_required=False,
        parameters=(Parameter(name="query", about="word or phrase", required=True, example="Northbeam"),),
        url_patterns=(
            re.compile(r"^https?://hn\.algolia\.com/\?(?:[^#]*&)?q(?:uery)?=(?P<query>[^&#]+)", re.I),
        ),
    ),
    media=Media.JSON,
    address_of=address,
    read=read,
    follow=by_number(WHAT, PAGE_SIZE, "hits", first=0),
    combine=join_json,
    newest_first=True,
    robots=False,
)
