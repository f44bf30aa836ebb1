"""Types for what has no type of its own: any JSON list by JSONPath, and new links on any listing page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag, urlsplit

import lxml.html
from cssselect import SelectorError
from lxml import etree
from lxml.cssselect import CSSSelector

from config.catalogue import Parameter, SourceTypeSpec
from crawlers.adapter import Adapter, Media, listed, parameters
from crawlers.errors import SourceError
from crawlers.following import FOLLOW
from crawlers.json_node import Node, read_json
from crawlers.page_signs import read_signs
from crawlers.plain import one_line, plain_text, web_address
from store.records import Entry

if TYPE_CHECKING:
    from jsonpath_ng import JSONPath

JSON_WHAT = "a JSON list"
LIST_WHAT = "a listing page"
PATH_LIMIT = 500  # characters of a JSONPath
MAX_ITEMS = 5_000
#: Where the names of fields are not given, the first of these that an item has.
USUAL = {
    "id": ("id", "guid", "uuid", "key", "slug"),
    "title": ("title", "name", "headline", "subject"),
    "link": ("url", "link", "href", "permalink"),
    "text": ("text", "summary", "description", "content", "body"),
    "date": ("date", "published", "published_at", "created_at", "updated_at"),
}
_ASIDE = frozenset({"nav", "header", "footer", "aside", "form"})


@lru_cache(maxsize=256)
def compiled(path: str) -> JSONPath:
    """Return the JSONPath. Raises: SourceError for what is none."""
    from jsonpath_ng import parse  # It builds its grammar, and few sources have a path.
    from jsonpath_ng.exceptions import JSONPathError

    try:
        if len(path) > PATH_LIMIT:
            raise ValueError("too long")
        found: JSONPath = parse(path)
    except (JSONPathError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise SourceError(f"not readable: {one_line(path, 80)!r} is no JSONPath") from error
    return found


def read_json_list(
    body: bytes, url: str, content_type: str | None, options: Mapping[str, Any]
) -> tuple[Entry, ...]:
    """Return one entry per value that ``entries`` finds; a list that it finds counts by its items.

    Raises: SourceError if the answer is no JSON, or nothing is found where a list should be.
    """
    paths = {name: str(value) for name, value in parameters(options).items()}
    root = read_json(body, JSON_WHAT).value
    found = _values(paths.get("entries", "$"), root)
    if not found:
        raise SourceError(f"not {JSON_WHAT}: {one_line(paths.get('entries', '$'), 80)!r} finds nothing")
    items = [item for value in found for item in (value if isinstance(value, list) else [value])]
    return tuple(_entry(item, paths, url) for item in items[:MAX_ITEMS])


def _values(path: str, root: object) -> list[Any]:
    try:
        return [match.value for match in compiled(path).find(root)]
    except (TypeError, ValueError, AttributeError, LookupError, RecursionError) as error:
        raise SourceError(f"not {JSON_WHAT}: {one_line(path, 80)!r} can not be followed in it") from error


def _entry(item: Any, paths: Mapping[str, str], base: str) -> Entry:
    if not isinstance(item, dict):
        text = plain_text(Node(item).text())
        return Entry(id=text, title=one_line(text, 200), text=text)
    fields = {name: _field(item, name, paths.get(name)) for name in USUAL}
    link = web_address(Node(fields["link"]).text(), base)
    return Entry(
        id=Node(fields["id"]).text() or link,
        title=plain_text(Node(fields["title"]).text(), 300),
        url=link,
        text=plain_text(Node(fields["text"]).text()),
        published=Node(fields["date"]).moment(),
    )


def _field(item: dict[str, Any], name: str, path: str | None) -> Any:
    if path is None:
        return next((item[key] for key in USUAL[name] if item.get(key)), None)
    found = _values(path, item)
    return found[0] if found else None


def read_page_list(
    body: bytes, url: str, content_type: str | None, options: Mapping[str, Any]
) -> tuple[Entry, ...]:
    """Return one entry per link of the listing: within ``only``, or of the page without its navigation.

    Raises: SourceError if there is no link, or ``only`` finds nothing.
    """
    tree = read_signs(body, content_type).tree
    if tree is None:
        raise SourceError(f"not {LIST_WHAT}: the answer is no page")
    only, under = listed(options.get("only")), listed(parameters(options).get("under"))
    anchors = _within(tree, only) if only else [a for a in tree.iter("a") if not _is_aside(a)]
    found: dict[str, Entry] = {}
    for anchor in anchors:
        address = urldefrag(web_address(anchor.get("href") or "", url))[0]
        if address and _is_wanted(address, url, under, selected=bool(only)):
            entry = Entry(id=address, title=_words(anchor), url=address)
            if address not in found or len(entry.title) > len(found[address].title):
                found[address] = entry
    if not found:
        raise SourceError(f"not {LIST_WHAT}: there is no link in it")
    return tuple(found.values())[:MAX_ITEMS]


def _within(tree: lxml.html.HtmlElement, only: tuple[str, ...]) -> list[etree._Element]:
    try:
        regions = [region for selector in only for region in CSSSelector(selector, translator="html")(tree)]
    except (SelectorError, etree.XPathError) as error:
        raise SourceError(f"not {LIST_WHAT}: 'only' is no CSS selector") from error
    if not regions:
        raise SourceError(f"not {LIST_WHAT}: nothing on the page matches 'only' any more")
    return [anchor for region in regions for anchor in region.iter("a")]


def _is_aside(anchor: etree._Element) -> bool:
    return any(parent.tag in _ASIDE for parent in anchor.iterancestors())


def _is_wanted(address: str, url: str, under: tuple[str, ...], *, selected: bool) -> bool:
    there, here = urlsplit(address), urlsplit(url)
    if address.rstrip("/") == url.rstrip("/") or (under and not there.path.startswith(under)):
        return False
    return selected or (there.hostname == here.hostname and there.path.strip("/") != "")


def _words(anchor: etree._Element) -> str:
    return one_line(" ".join(anchor.itertext()), 300) or one_line(anchor.get("title") or "", 300)


JSON = Adapter(
    spec=SourceTypeSpec(
        name="json",
        about="any JSON list: a JSONPath says where its entries are; fields of usual names are found by themselves",
        default_every=timedelta(hours=6),
        parameters=(
            Parameter(name="entries", about="JSONPath of the entries", required=True, example="$.data.items"),
            Parameter(name="id", about="JSONPath of what tells entries apart, within one", example="id"),
            Parameter(name="title", about="JSONPath of an entry's title", example="attributes.name"),
            Parameter(name="link", about="JSONPath of an entry's address", example="links.self"),
            Parameter(name="text", about="JSONPath of an entry's text", example="summary"),
            Parameter(name="date", about="JSONPath of an entry's date", example="published_at"),
        ),
    ),
    media=Media.JSON,
    read=read_json_list,
)
PAGE_LIST = Adapter(
    spec=SourceTypeSpec(
        name="page-list",
        about="new links on a listing page; 'only' names the region, else the page without its navigation counts",
        default_every=timedelta(hours=6),
        parameters=(
            Parameter(
                name="under", about="only links whose path begins so", many=True, example="[/blog/, /news/]"
            ),
            FOLLOW,
        ),
        aliases=("links",),
    ),
    media=Media.HTML,
    read=read_page_list,
    opens=True,
)
