"""Workday career sites: the list that a site's own page asks for, 20 positions an answer.

The endpoint is not documented; the answer it was built from holds a made-up company. Where a tenant's robots.txt
forbids the path, or a session is asked for, the source is blocked, and stays so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from config.catalogue import Parameter, SourceTypeSpec
from crawlers.adapter import Adapter, Media, RequestSpec, base_url, parameter
from crawlers.errors import SourceSettingsError
from crawlers.json_node import Node, join_json, read_json
from crawlers.paging import by_post, json_body, pages_of, turn_post
from crawlers.types.openings import EVERY, opening
from store.records import Entry

if TYPE_CHECKING:
    from store.sources import Source

WHAT = "a Workday career site"
PAGE_SIZE = 20
_SITE = re.compile(
    r"(?:https?://)?(?P<host>(?P<tenant>[\w-]+)\.wd\d{1,3})(?:\.myworkdayjobs\.com(?:/[a-z]{2}-[A-Z]{2})?)?/(?P<name>[\w-]+)"
)


def address(source: Source, key: str | None) -> RequestSpec:
    """Return the request for a site's positions. Raises: SourceSettingsError for a site not ``tenant.wdN/name``."""
    site = parameter(source, "site")
    found = _SITE.fullmatch(site)
    if found is None:
        raise SourceSettingsError(source.key, f"'site' is {site[:60]!r}; write it as tenant.wd5/Careers")
    root = base_url(source, f"https://{found['host']}.myworkdayjobs.com")
    return RequestSpec(
        url=f"{root}/wday/cxs/{found['tenant']}/{found['name']}/jobs",
        headers={"Content-Type": "application/json", "Accept": "application/json"},
        method="POST",
        body=json_body({"limit": PAGE_SIZE, "offset": 0, "searchText": "", "appliedFacets": {}}),
    )


def read(body: bytes, url: str, content_type: str | None, options: Mapping[str, Any]) -> tuple[Entry, ...]:
    """Return one opening per position of all joined pages. Raises: SourceError."""
    pages = pages_of(read_json(body, WHAT), WHAT)
    home = _home(url)
    jobs = [item for page in pages for item in page["jobPostings"].need_list(WHAT)]
    return tuple(_opening(item, home) for item in jobs if item["externalPath"])


def _home(url: str) -> str:
    """Return the page of the site whose list is at ``url``, without closing slash."""
    parts = urlsplit(url)
    name = re.fullmatch(r"/wday/cxs/[^/]+/([^/]+)/jobs", parts.path)
    return f"{parts.scheme}://{parts.netloc}/{name[1]}" if name else ""


def _opening(item: Node, home: str) -> Entry:
    path = item["externalPath"].text()
    number = item["bulletFields"][0].text()
    # "Posted 3 Days Ago" is no date: it moves with every look.
    return opening(
        id=number or path,
        title=item["title"].text(),
        url=home + path if home and path.startswith("/") else "",
        place=item["locationsText"].text(),
    )


WORKDAY = Adapter(
    spec=SourceTypeSpec(
        name="workday",
        about="open positions on a Workday career site (at most 1,200 of them)",
        default_every=EVERY,
        url_required=False,
        parameters=(
            Parameter(
                name="site",
                about="tenant, number and name, as in TENANT.wd5.myworkdayjobs.com/NAME",
                required=True,
                pattern=_SITE.pattern,
                example="northbeam.wd5/Careers",
            ),
        ),
        url_patterns=(
            re.compile(
                r"^(?P<site>https?://[\w-]+\.wd\d{1,3}\.myworkdayjobs\.com/(?:[a-z]{2}-[A-Z]{2}/)?(?!wday/)[\w-]+)"
            ),
        ),
    ),
    media=Media.JSON,
    address_of=address,
    read=read,
    follow=by_post(WHAT, PAGE_SIZE, "jobPostings", name="offset", step=PAGE_SIZE, first=0),
    combine=join_json,
    turn=turn_post,
    min_delay=timedelta(seconds=2),
)
