"""Research: papers at Crossref by affiliation or words, preprints at arXiv."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from config.catalogue import Parameter, SourceTypeSpec
from crawlers.adapter import Adapter, Media, RequestSpec, base_url, parameter
from crawlers.errors import SourceError
from crawlers.json_node import Node
from crawlers.plain import plain_text
from crawlers.types.feed import read_feed
from crawlers.types.json_lists import JsonList, json_list_adapter
from store.kinds import Category
from store.records import Entry

if TYPE_CHECKING:
    from store.sources import Source

ARXIV = "an answer of arXiv"
_VERSION = re.compile(r"v\d{1,3}$")


def _work(item: Node, root: Node) -> Entry | None:
    doi = item["DOI"].text().lower()
    if not doi:
        return None
    return Entry(
        id=doi,
        title=plain_text(item["title"][0].text(), 300),
        url=f"https://doi.org/{quote(doi, safe='/().;:_-')}",
        text=plain_text(item["abstract"].text()),
        published=_day(item["published"]["date-parts"][0]) or item["created"]["date-time"].moment(),
        attributes={"publisher": item["publisher"].text()},
        category_hint=Category.MEDIA,
    )


def _day(parts: Node) -> Any:
    """Return the day of a date in parts; what is left out is the first."""
    numbers = [
        part.value for part in parts if isinstance(part.value, int) and not isinstance(part.value, bool)
    ]
    year, month, day = [*numbers, 1, 1][:3] if numbers else (0, 1, 1)
    return Node(f"{year:04d}-{month:02d}-{day:02d}").moment() if 1000 <= year <= 9999 else None


CROSSREF = json_list_adapter(
    JsonList(
        name="crossref",
        about="papers whose authors work at a company, from Crossref (the 100 newest)",
        root="https://api.crossref.org",
        path="/works",
        items=("message", "items"),
        item=_work,
        parameters=(
            Parameter(
                name="affiliation",
                about="the company's name as papers write it",
                required=True,
                pattern=r".{2,200}",
                example="Northbeam Identity",
            ),
        ),
        query=lambda values: {
            "query.affiliation": values["affiliation"],
            "sort": "created",
            "order": "desc",
            "rows": 100,
        },
        min_delay=timedelta(seconds=1),
    )
)


def arxiv_address(source: Source, key: str | None) -> RequestSpec:
    """Return the request for the newest preprints. Raises: SourceSettingsError without ``query``."""
    query = urlencode(
        {
            "search_query": f'all:"{parameter(source, "query")}"',
            "sortBy": "submittedDate",
            "sortOrder": "descending",
            "max_results": 100,
        }
    )
    return RequestSpec(url=f"{base_url(source, 'https://export.arxiv.org')}/api/query?{query}")


def read_arxiv(
    body: bytes, url: str, content_type: str | None, options: Mapping[str, Any]
) -> tuple[Entry, ...]:
    """Return one entry per preprint, whatever its version. Raises: SourceError, also for an error told as an entry."""
    entries = read_feed(body, url, content_type, options)
    errors = [entry for entry in entries if "/api/errors" in entry.id]
    if errors:
        raise SourceError(f"not {ARXIV}: the service says '{plain_text(errors[0].text, 200)}'")
    return tuple(
        replace(entry, id=_VERSION.sub("", entry.id), category_hint=Category.MEDIA) for entry in entries
    )


ARXIV_SEARCH = Adapter(
    spec=SourceTypeSpec(
        name="arxiv",
        about="preprints at arXiv that name a phrase (the 100 newest)",
        default_every=timedelta(days=1),
        url_required=False,
        parameters=(Parameter(name="query", about="word or phrase", required=True, example="Northbeam"),),
        url_patterns=(re.compile(r"^https?://arxiv\.org/search/\?(?:[^#]*&)?query=(?P<query>[^&#]+)", re.I),),
    ),
    media=Media.FEED,
    address_of=arxiv_address,
    read=read_arxiv,
    robots=False,
    min_delay=timedelta(seconds=3),  # One request in three seconds is allowed.
)


def research_adapters() -> tuple[Adapter, ...]:
    """Return the adapters of this module."""
    return (CROSSREF, ARXIV_SEARCH)
