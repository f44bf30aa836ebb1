"""Lists that come in pages: where the next page is, and one body made of all. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urldefrag, urlencode, urlsplit, urlunsplit

from crawlers.adapter import RequestSpec
from crawlers.errors import SourceError
from crawlers.json_node import Node, read_json

Follow = Callable[[bytes, str], tuple[str, ...]]
MAX_NUMBER = 1_000_000  # A page number beyond this is nonsense.


def by_number(what: str, size: int, items: str = "", *, name: str = "page", first: int = 1) -> Follow:
    """Return what asks for page after page while a page is full. ``items`` names the list, empty if it is the root."""

    def follow(body: bytes, url: str) -> tuple[str, ...]:
        if _count(body, what, items) < size:
            return ()
        return (with_query(url, **{name: str(number_in(url, name, first) + 1)}),)

    return follow


def by_offset(what: str, size: int, items: str = "", *, name: str) -> Follow:
    """Return what asks for the items after those of this page, while a page is full."""

    def follow(body: bytes, url: str) -> tuple[str, ...]:
        count = _count(body, what, items)
        return (with_query(url, **{name: str(number_in(url, name, 0) + count)}),) if count >= size else ()

    return follow


def by_token(what: str, token: str, *, name: str) -> Follow:
    """Return what asks for the page that the answer's ``token`` names."""

    def follow(body: bytes, url: str) -> tuple[str, ...]:
        found = read_json(body, what)[token].text()
        return (with_query(url, **{name: found}),) if found and len(found) < 1_000 else ()

    return follow


def by_post(what: str, size: int, items: str, *, name: str, step: int = 1, first: int = 1) -> Follow:
    """Return what names the next page of a service that is asked by POST, while a page is full.

    All its pages have one address, so the value of ``name`` in the body stands behind a ``#``, which is never sent.
    """

    def follow(body: bytes, url: str) -> tuple[str, ...]:
        if _count(body, what, items) < size:
            return ()
        bare, fragment = urldefrag(url)
        return (f"{bare}#{name}={number_in(f'?{fragment}', name, first) + step}",)

    return follow


def turn_post(spec: RequestSpec, url: str) -> RequestSpec:
    """Return the request for the page that the part of ``url`` behind the ``#`` names."""
    name, _, number = urldefrag(url)[1].partition("=")
    asked: dict[str, Any] = json.loads(spec.body)
    return replace(spec, url=url, body=json_body({**asked, name: int(number)}))


def json_body(values: object) -> bytes:
    """Return what is sent as JSON."""
    return json.dumps(values, separators=(",", ":")).encode()


def _count(body: bytes, what: str, items: str) -> int:
    root = read_json(body, what)
    return len(list(root[items] if items else root))


def number_in(url: str, name: str, default: int) -> int:
    """Return a number of the address's query, the default where there is none."""
    text = parse_qs(urlsplit(url).query).get(name, [""])[0]
    return min(int(text), MAX_NUMBER) if text.isascii() and text.isdigit() and len(text) < 9 else default


def with_query(url: str, **values: str) -> str:
    """Return the address with these values in its query, in place of those of the same name."""
    parts = urlsplit(url)
    kept = {
        name: found
        for name, found in parse_qs(parts.query, keep_blank_values=True).items()
        if name not in values
    }
    return urlunsplit(parts._replace(query=urlencode({**kept, **values}, doseq=True)))


def join_lists(parts: Sequence[bytes]) -> bytes:
    """Return one JSON list with the items of all pages; a single page stays as it is. Raises: SourceError."""
    if len(parts) == 1:
        return parts[0]
    pages = [read_json(part, "a list").need_list("a list").value for part in parts]
    return json.dumps([item for page in pages for item in page], ensure_ascii=False).encode(
        "utf-8", "replace"
    )


def pages_of(root: Node, what: str) -> tuple[Node, ...]:
    """Return the pages of a joined answer, or the answer itself. Raises: SourceError for an empty list."""
    pages = tuple(root) if isinstance(root.value, list) else (root,)
    if not pages:
        raise SourceError(f"not {what}: no page in it")
    return pages
