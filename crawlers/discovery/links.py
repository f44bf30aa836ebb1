"""The links of a page: where they lead, what they say, and what the head declares. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urldefrag

from lxml import etree

from crawlers.page_signs import read_signs
from crawlers.plain import one_line, web_address

MAX_LINKS = 3_000
TEXT_LIMIT = 80
FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"}
)
_SITEMAP = re.compile(r"^\s*sitemap\s*:\s*(\S{1,2000})", re.I | re.M)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One link: absolute address without fragment, and its words on one line."""

    url: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLinks:
    """What one page points to. ``embedded`` are scripts and frames, such as a job board within a careers page.

    ``wordpress`` is true if the head names the site's WordPress API.
    """

    feeds: tuple[Link, ...] = ()
    links: tuple[Link, ...] = ()
    embedded: tuple[Link, ...] = ()
    wordpress: bool = False

    @property
    def all(self) -> tuple[Link, ...]:
        """Links and embedded parts."""
        return (*self.links, *self.embedded)


def read_links(body: bytes, url: str, content_type: str | None = None) -> PageLinks:
    """Return the links of a page, each address once; none for what is no page. Never raises."""
    tree = read_signs(body, content_type).tree
    if tree is None:
        return PageLinks()
    feeds = (_link(e, "href", url, e.get("title") or "") for e in tree.iter("link") if _is_feed(e))
    links = (_link(e, "href", url, "".join(e.itertext())) for e in tree.iter("a"))
    embedded = (_link(e, "src", url, "") for e in tree.iter("iframe", "script"))
    api = any("api.w.org" in (e.get("rel") or "") for e in tree.iter("link"))
    return PageLinks(
        feeds=_distinct(feeds), links=_distinct(links), embedded=_distinct(embedded), wordpress=api
    )


def _is_feed(element: etree._Element) -> bool:
    kind = (element.get("type") or "").partition(";")[0].strip().lower()
    return "alternate" in (element.get("rel") or "").lower().split() and kind in FEED_TYPES


def _link(element: etree._Element, attribute: str, base: str, text: str) -> Link | None:
    address = web_address(element.get(attribute) or "", base)
    return Link(url=urldefrag(address)[0], text=one_line(text, TEXT_LIMIT)) if address else None


def _distinct(links: Iterator[Link | None]) -> tuple[Link, ...]:
    found: dict[str, Link] = {}
    for link in links:
        if link is not None and (link.url not in found or not found[link.url].text):
            found[link.url] = link
        if len(found) >= MAX_LINKS:
            break
    return tuple(found.values())


def sitemaps_of(robots: bytes, url: str) -> tuple[str, ...]:
    """Return the sitemaps that a robots.txt names."""
    found = (web_address(line, url) for line in _SITEMAP.findall(robots[:500_000].decode("utf-8", "replace")))
    return tuple(dict.fromkeys(address for address in found if address))
