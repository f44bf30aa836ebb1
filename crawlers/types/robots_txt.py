"""robots.txt as a source: a path that becomes forbidden often is a product that is not announced yet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from config.catalogue import SourceTypeSpec
from crawlers.adapter import Adapter, Media, RequestSpec, own_url
from crawlers.errors import SourceError
from store.records import Entry

if TYPE_CHECKING:
    from store.sources import Source

RULES = {"allow": "allows", "disallow": "forbids", "sitemap": "names the sitemap"}


def address(source: Source, key: str | None) -> RequestSpec:
    """Return the request for the robots.txt of the source's host. Raises: SourceSettingsError without url."""
    return RequestSpec(url=urljoin(own_url(source, key).url, "/robots.txt"))


def read(body: bytes, url: str, content_type: str | None, options: Mapping[str, Any]) -> tuple[Entry, ...]:
    """Return one entry per rule and path, whatever robots it is for. Raises: SourceError for a web page."""
    text = body.decode("utf-8-sig", "replace")
    if re.match(r"\s*<(?:!doctype|html|\?xml)", text, re.I):
        raise SourceError("not a robots.txt: the answer is a web page")
    return tuple(_rules(text))


def _rules(text: str) -> Iterator[Entry]:
    for line in text.splitlines():
        name, _, value = line.partition("#")[0].partition(":")
        rule, path = name.strip().lower(), value.strip()
        if rule in RULES and path:
            sentence = f"robots.txt {RULES[rule]} {path}"
            yield Entry(id=f"{rule} {path}", title=sentence, text=sentence)


ROBOTS = Adapter(
    spec=SourceTypeSpec(
        name="robots",
        about="the rules of a site's robots.txt",
        default_every=timedelta(days=1),
        url_patterns=(re.compile(r"/robots\.txt(?:[?#]|$)", re.I),),
    ),
    media=Media.TEXT,
    address_of=address,
    read=read,
    robots=False,
)
