"""SmartRecruiters job boards: pages of 100 postings, joined into one snapshot. Recruiters' names are not read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit, urlunsplit

from config.catalogue import Parameter, SourceTypeSpec
from crawlers.adapter import Adapter, Media, RequestSpec, base_url, path_parameter
from crawlers.errors import SourceError
from crawlers.json_node import Node, join_json, read_json
from crawlers.types.openings import EVERY, SLUG, joined, opening
from store.records import Entry

if TYPE_CHECKING:
    from store.sources import Source

WHAT = "a SmartRecruiters job board"
PAGE_SIZE = 100  # The service gives no more, whatever is asked.


def address(source: Source, key: str | None) -> RequestSpec:
    """Return the request for a company's postings. Raises: SourceSettingsError without ``company``."""
    root = base_url(source, "https://api.smartrecruiters.com")
    return RequestSpec(
        url=f"{root}/v1/companies/{path_parameter(source, 'company')}/postings?limit={PAGE_SIZE}&offset=0"
    )


def follow(body: bytes, url: str) -> tuple[str, ...]:
    """Return the address of the next page, if there is one."""
    page = read_json(body, WHAT)
    total, count = page["totalFound"].value, len(list(page["content"]))
    parts = urlsplit(url)
    offset = parse_qs(parts.query).get("offset", ["0"])[0]
    if not isinstance(total, int) or not offset.isascii() or not offset.isdigit() or not count:
        return ()
    following = int(offset) + count
    query = urlencode({"limit": PAGE_SIZE, "offset": following})
    return (urlunsplit(parts._replace(query=query)),) if following < total else ()


def read(body: bytes, url: str, content_type: str | None, options: Mapping[str, Any]) -> tuple[Entry, ...]:
    """Return one opening per posting of all joined pages. Raises: SourceError."""
    root = read_json(body, WHAT)
    pages = list(root) if isinstance(root.value, list) else [root]
    if not pages:
        raise SourceError(f"not {WHAT}: no page in it")
    return tuple(_opening(item) for page in pages for item in page["content"].need_list(WHAT) if item["id"])


def _opening(item: Node) -> Entry:
    company, number = item["company"]["identifier"].text(), item["id"].text()
    place = item["location"]
    return opening(
        id=number,
        title=item["name"].text(),
        url=f"https://jobs.smartrecruiters.com/{quote(company, safe='')}/{quote(number, safe='')}",
        place=place["fullLocation"].text() or joined(place["city"].text(), place["country"].text().upper()),
        team=joined(item["department"]["label"].text(), item["function"]["label"].text()),
        published=item["releasedDate"].moment(),
    )


SMARTRECRUITERS = Adapter(
    spec=SourceTypeSpec(
        name="smartrecruiters",
        about="open positions on a SmartRecruiters job board",
        default_every=EVERY,
        url_required=False,
        parameters=(
            Parameter(
                name="company",
                about="the company's identifier, as in careers.smartrecruiters.com/IDENTIFIER",
                required=True,
                pattern=SLUG,
                example="Northbeam",
            ),
        ),
        url_patterns=(
            re.compile(r"^https?://api\.smartrecruiters\.com/v1/companies/(?P<company>[\w.-]+)", re.I),
            re.compile(r"^https?://(?:careers|jobs)\.smartrecruiters\.com/(?P<company>[\w.-]+)", re.I),
        ),
    ),
    media=Media.JSON,
    address_of=address,
    read=read,
    follow=follow,
    combine=join_json,
    robots=False,
)
