"""What a page says of itself to machines: schema.org as JSON-LD or microdata, one entry a thing.

Events, positions, articles and offers are read. A changed price or date of the same thing is a new entry.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from lxml import etree

from config.catalogue import SourceTypeSpec
from crawlers.adapter import Adapter, Media
from crawlers.charset import UTF8, is_utf8
from crawlers.errors import SourceError
from crawlers.json_node import Node
from crawlers.page_signs import read_signs
from crawlers.plain import plain_text, web_address
from crawlers.types.microdata import read_microdata
from crawlers.types.openings import joined, opening
from store.kinds import Category, FactKind
from store.records import Entry

WHAT = "a page with schema.org data"
MAX_THINGS = 2_000
MAX_DEPTH = 12
MAX_SCRIPT = 2_000_000  # characters of one script
_COMMENT = re.compile(
    r"\A\s*(?:/\*.{0,200}?\*/|//<!\[CDATA\[|<!\[CDATA\[|<!--)|(?://\]\]>|\]\]>|-->|/\*\s*\]\]>\s*\*/)\s*\Z",
    re.S,
)
# Behind a value, or on a line of its own; an address within a text has no white space before its slashes.
_LINE_COMMENT = re.compile(r"""(^|[\s,\[{}\]"])[ \t]*//[^\n"]*(?:"[^\n"]*"[^\n"]*)*$""", re.M)
_CLOSING_COMMA = re.compile(r",\s*([}\]])")
_EVENT = re.compile(r"(?:.*Event|Festival|EventSeries)")
_ARTICLE = re.compile(r"(?:.*Article|.*Posting|Report|.*Review)")
_PRODUCT = frozenset({"Product", "SoftwareApplication", "WebApplication", "MobileApplication", "Service"})


def read(body: bytes, url: str, content_type: str | None, options: Mapping[str, Any]) -> tuple[Entry, ...]:
    """Return one entry per event, position, article and offer. Raises: SourceError for a page without any data."""
    tree = read_signs(body, declared(body, content_type)).tree
    if tree is None:
        raise SourceError(f"not {WHAT}: the answer is no page")
    scripts = [node for node in _scripts(tree) if node]
    items = [Node(one) for one in read_microdata(tree)]
    if not scripts and not items:
        raise SourceError(f"not {WHAT}: there is neither JSON-LD nor microdata in it")
    things = [*(thing for node in scripts for thing in _things(node, 0)), *items]
    found = (_entry(thing, url) for thing in things[:MAX_THINGS])
    return tuple(entry for entry in found if entry is not None)


def declared(body: bytes, content_type: str | None) -> str | None:
    """Return the content type, saying UTF-8 where nothing is said and the bytes are."""
    silent = "charset" not in (content_type or "").lower() and b"charset" not in body[:2_000].lower()
    return f"{content_type or 'text/html'}; charset={UTF8}" if silent and is_utf8(body) else content_type


def _scripts(tree: etree._Element) -> Iterator[Node]:
    for script in tree.iter("script"):
        if (script.get("type") or "").partition(";")[0].strip().lower() == "application/ld+json":
            yield Node(_loaded((script.text or "")[:MAX_SCRIPT]))


def _loaded(text: str) -> object:
    """Return what a script holds; comments and closing commas, which JSON does not know, are taken out."""
    bare = _COMMENT.sub("", text)
    for attempt in _attempts(text, bare):
        try:
            found: object = json.loads(attempt, strict=False)  # Line breaks within texts are common.
        except (ValueError, RecursionError):
            continue
        return found
    return None


def _attempts(text: str, bare: str) -> Iterator[str]:
    yield text
    yield bare
    yield _CLOSING_COMMA.sub(r"\1", _LINE_COMMENT.sub(r"\1", bare))


def _things(node: Node, depth: int) -> Iterator[Node]:
    """Yield the objects with a type: a list's, a graph's, and those that another object holds as its list."""
    if depth > MAX_DEPTH:
        return
    if isinstance(node.value, list):
        for item in node:
            yield from _things(item, depth + 1)
    elif isinstance(node.value, dict):
        if types_of(node):
            yield node
        for name in (
            "@graph",
            "itemListElement",
            "item",
            "mainEntity",
            "event",
            "events",
            "subEvent",
            "hasPart",
        ):
            if node[name]:
                yield from _things(node[name], depth + 1)


def types_of(thing: Node) -> tuple[str, ...]:
    """Return the names of a thing's types without their address."""
    value = thing["@type"].value
    names = value if isinstance(value, list) else [value]
    return tuple(re.split(r"[/#:]", name)[-1] for name in names[:10] if isinstance(name, str) and name)


def _entry(thing: Node, url: str) -> Entry | None:
    for name in types_of(thing):
        if name == "JobPosting":
            return _position(thing, url)
        if _EVENT.fullmatch(name):
            return _event(thing, url)
        if name in _PRODUCT:
            return _offer(thing, url)
        if _ARTICLE.fullmatch(name):
            return _article(thing, url)
    return None


def _event(thing: Node, url: str) -> Entry | None:
    name, start = _said(thing["name"]), _said(thing["startDate"])
    if not name:
        return None
    place = _place(thing["location"])
    return Entry(
        id=joined("event", _link(thing, url), name, start),
        title=joined(name, start[:10]),
        url=_link(thing, url) or url,
        text=joined(name, start, place, plain_text(_said(thing["description"]), 1_000)),
        published=None,
        kind=FactKind.EVENT,
        attributes={"date": start, "place": place, "url": _link(thing, url)},
        category_hint=Category.EVENT,
    )


def _position(thing: Node, url: str) -> Entry | None:
    title = _said(thing["title"]) or _said(thing["name"])
    if not title:
        return None
    place = joined(*(_place(one) for one in _each(thing["jobLocation"])))
    return opening(
        id=joined(
            _said(thing["identifier"]["value"]) or _said(thing["identifier"]) or _link(thing, url),
            title,
            place,
        ),
        title=title,
        url=_link(thing, url) or url,
        place=place,
        text=plain_text(_said(thing["description"])),
        published=_day(thing["datePosted"]),
    )


def _article(thing: Node, url: str) -> Entry | None:
    title = _said(thing["headline"]) or _said(thing["name"])
    if not title:
        return None
    return Entry(
        id=_link(thing, url) or title,
        title=plain_text(title, 300),
        url=_link(thing, url) or url,
        text=plain_text(_said(thing["articleBody"]) or _said(thing["description"])),
        published=_day(thing["datePublished"]),
    )


def _offer(thing: Node, url: str) -> Entry | None:
    name = _said(thing["name"])
    offers = [offer for one in _each(thing["offers"]) for offer in (_each(one["offers"]) or [one])]
    prices = joined(*(_price(one) for one in offers))
    if not name:
        return None
    return Entry(
        id=joined("product", name, prices),
        title=f"{name}: {prices}" if prices else name,
        url=_link(thing, url) or url,
        text=joined(name, prices, plain_text(_said(thing["description"]), 1_000)),
        attributes={"price": prices},
        category_hint=Category.PRICING if prices else None,
    )


def _price(offer: Node) -> str:
    amount = _said(offer["price"]) or _said(offer["lowPrice"]) or _said(offer["priceSpecification"]["price"])
    currency = _said(offer["priceCurrency"]) or _said(offer["priceSpecification"]["priceCurrency"])
    return f"{amount} {currency}".strip()


def _place(node: Node) -> str:
    where = node["address"] if node["address"] else node
    if isinstance(node.value, list):
        return _place(node[0])
    parts = (_said(where[name]) for name in ("addressLocality", "addressRegion", "addressCountry"))
    return joined(_said(node["name"]), *parts, where.text())


def _each(node: Node) -> list[Node]:
    if isinstance(node.value, list):
        return list(node)[:200]
    return [node] if node else []


def _said(node: Node) -> str:
    """Return a value as text: the first of a list, the value or name of an object."""
    if isinstance(node.value, list):
        return _said(node[0])
    if isinstance(node.value, dict):
        return node["@value"].text() or node["name"].text() or node["@id"].text()
    return node.text()


def _link(thing: Node, base: str) -> str:
    return web_address(_said(thing["url"]) or _said(thing["@id"]), base)


def _day(node: Node) -> datetime | None:
    return Node(_said(node)).moment()


SCHEMA_ORG = Adapter(
    spec=SourceTypeSpec(
        name="schema-org",
        about="events, positions, articles and offers that a page declares as schema.org data (JSON-LD, microdata)",
        default_every=timedelta(days=1),
        aliases=("jsonld", "microdata"),
    ),
    media=Media.HTML,
    read=read,
)
