"""Feeds: RSS 0.9x-2.0, RDF, Atom by feedparser; JSON Feed by our own reader (feedparser does not know it)."""

from __future__ import annotations

import calendar
import io
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from lxml import etree

from config.catalogue import SourceTypeSpec
from crawlers.adapter import Adapter, Media
from crawlers.charset import undeclared_as_utf8
from crawlers.errors import SourceError
from crawlers.following import FOLLOW
from crawlers.json_node import Node, read_json
from crawlers.plain import plain_text
from crawlers.xml_reading import unpacked
from store.records import Entry

WHAT = "a feed"
#: Items read of one feed. feedparser takes half a millisecond for each, and in 8 MB there is room for 300,000.
MOST_ITEMS = 3_000
_ITEM = re.compile(rb"<(item|entry)[\s>]", re.I)
_ENTITY = re.compile(rb"<!ENTITY[^>]*>", re.I)
# feedparser passes on whatever its three parsers raise on damaged input.
_PARSER_ERRORS = (
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    AssertionError,
    RecursionError,
    ArithmeticError,
    OSError,
    etree.LxmlError,
)


def read_feed(
    body: bytes, url: str, content_type: str | None, options: Mapping[str, Any]
) -> tuple[Entry, ...]:
    """Return the entries of any feed, as the feed orders them. Raises: SourceError if it is no feed."""
    data = undeclared_as_utf8(unpacked(body), content_type)
    head = data[:3].lstrip(b"\xef\xbb\xbf") + data[3:400]
    if head.lstrip()[:1] == b"{":
        return read_json_feed(data)
    parsed = _parse(_bounded(data), url, content_type)
    if not parsed.get("version") and not parsed.get("entries"):
        raise SourceError(f"not {WHAT}: {_instead(head)}")
    return tuple(_entry(item) for item in parsed["entries"] if isinstance(item, dict))


def _bounded(data: bytes) -> bytes:
    """Return the feed without entities of its own, which may unfold to any length, and without its last items."""
    plain = _ENTITY.sub(b"", data)
    last = next(islice(_ITEM.finditer(plain), MOST_ITEMS, None), None)
    if last is None:
        return plain
    close = b"</" + last[1] + b">"
    behind = plain.rfind(close)
    return plain[: last.start()] + (plain[behind + len(close) :] if behind > last.start() else b"")


def _parse(data: bytes, url: str, content_type: str | None) -> Mapping[str, Any]:
    import feedparser  # It loads an HTTP client and two parsers of its own.

    headers = {"content-location": url}
    if content_type:
        headers["content-type"] = content_type
    try:
        # A stream, never the bytes themselves: feedparser would open text that looks like an address or a path.
        found: Mapping[str, Any] = feedparser.parse(
            io.BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except _PARSER_ERRORS as error:
        raise SourceError(f"not {WHAT}: the parser gave up ({type(error).__name__})") from error
    return found


def _instead(head: bytes) -> str:
    if not head.strip():
        return "the answer is empty"
    return (
        "the answer is a web page"
        if re.search(rb"<(?:!doctype html|html|head|body)\b", head, re.I)
        else "no feed in it"
    )


def _entry(item: dict[str, Any]) -> Entry:
    link = _text(item.get("link"))
    return Entry(
        id=_text(item.get("id")) or link,
        title=plain_text(_text(item.get("title")), 300),
        url=link,
        text=plain_text(_longest(item)),
        published=_date(item),
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _longest(item: dict[str, Any]) -> str:
    content = item.get("content")
    parts = (
        [_text(part.get("value")) for part in content if isinstance(part, dict)]
        if isinstance(content, list)
        else []
    )
    return max([_text(item.get("summary")), *parts], key=len)


def _date(item: dict[str, Any]) -> datetime | None:
    # `updated` moves without news, so it only stands in where nothing else is given.
    for name in ("published_parsed", "created_parsed", "updated_parsed"):
        # feedparser's own get() stands `updated` in for a missing `published`, with a warning.
        value = dict.get(item, name)
        try:
            if value is not None:
                return datetime.fromtimestamp(calendar.timegm(value), UTC)
        except (ValueError, TypeError, OverflowError, OSError):
            continue
    return None


def read_json_feed(body: bytes) -> tuple[Entry, ...]:
    """Return the entries of a JSON Feed 1.0 or 1.1. Raises: SourceError."""
    root = read_json(body, WHAT)
    items = root["items"].need_list("a JSON feed")
    return tuple(_json_entry(item) for item in items)


def _json_entry(item: Node) -> Entry:
    url = item["url"].text() or item["external_url"].text()
    text = item["content_text"].text() or item["content_html"].text() or item["summary"].text()
    return Entry(
        id=item["id"].text() or url,
        title=plain_text(item["title"].text(), 300),
        url=url,
        text=plain_text(text),
        published=item["date_published"].moment() or item["date_modified"].moment(),
    )


FEED = Adapter(
    spec=SourceTypeSpec(
        name="feed",
        about="an RSS, Atom, RDF or JSON feed of a blog, newsroom, changelog or podcast",
        default_every=timedelta(hours=1),
        parameters=(FOLLOW,),
        url_patterns=(
            re.compile(r"/(?:feed|rss|atom|feeds)(?:\.xml|\.json|\.rdf)?/?(?:[?#]|$)", re.I),
            re.compile(r"\.(?:rss|atom|rdf)(?:[?#]|$)", re.I),
            re.compile(r"/(?:feed|rss|atom|index)\.xml(?:[?#]|$)", re.I),
            re.compile(r"/feed\.json(?:[?#]|$)", re.I),
            re.compile(r"[?&](?:feed=(?:rss2?|atom)|format=(?:rss|atom))\b", re.I),
            re.compile(r"^https?://(?:feeds?|rss)\.[^/]+/", re.I),
        ),
        aliases=("rss", "atom", "json-feed", "podcast-feed"),
    ),
    media=Media.FEED,
    read=read_feed,
    opens=False,
)
