"""What `judge` must know of a page: its title, how much a person can read, links, forms, scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import lxml.html
from cssselect import SelectorError
from lxml import etree
from lxml.cssselect import CSSSelector

from crawlers.plain import one_line

TEXT_KEPT = 4_000  # characters; what decides stands at the beginning, and only its amount counts beyond.
HEAD_KEPT = 60_000  # bytes of markup in which signatures of challenge pages are looked for.

# Not "head": lxml leaves what follows it there on pages that omit <body> before an element it does not know, as <main>.
_INVISIBLE = frozenset({"script", "style", "template", "noscript", "title", "svg", "iframe", "object"})
_ROOTS = frozenset(
    {"root", "app", "__next", "__nuxt", "___gatsby", "svelte", "app-root", "react-root", "main-app"}
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSigns:
    """Signs of one HTML page. ``length`` is the number of readable characters, ``text`` the first of them."""

    title: str = ""
    headline: str = ""
    text: str = ""
    length: int = 0
    links: int = 0
    passwords: int = 0
    scripts: int = 0
    images: int = 0
    app_root: bool = False
    refresh: bool = False
    head: str = ""
    tree: lxml.html.HtmlElement | None = field(default=None, compare=False, repr=False)


def looks_like_html(body: bytes) -> bool:
    """Return True if the first bytes are those of a web page."""
    start = body[:1_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or (
        start.startswith(b"<!--") and b"<html" in body[:4_000].lower()
    )


def read_signs(body: bytes, content_type: str | None = None) -> PageSigns:
    """Return the signs of a page; of bytes that hold no markup the empty ones. Never raises."""
    tree = _tree(body, content_type)
    if tree is None:
        return PageSigns()
    text, length = _readable(tree)
    return PageSigns(
        title=one_line(_first_text(tree, ".//title")),
        headline=one_line(_first_text(tree, ".//h1")),
        text=text,
        length=length,
        links=len(tree.findall(".//a[@href]")),
        passwords=sum((field.get("type") or "").lower() == "password" for field in tree.iter("input")),
        scripts=len(tree.findall(".//script")),
        images=len(tree.findall(".//img")),
        app_root=any(element.get("id") in _ROOTS for element in tree.iter("div", "main", "section"))
        or tree.find(".//app-root") is not None,
        refresh=any((meta.get("http-equiv") or "").lower() == "refresh" for meta in tree.iter("meta")),
        head=body[:HEAD_KEPT].decode("latin-1").lower(),
        tree=tree,
    )


def selects(tree: lxml.html.HtmlElement, selectors: Sequence[str]) -> bool | None:
    """Return whether any of the CSS selectors finds something; None if one is no selector."""
    try:
        return any(CSSSelector(selector, translator="html")(tree) for selector in selectors)
    except (SelectorError, etree.XPathError):
        return None


def _tree(body: bytes, content_type: str | None) -> lxml.html.HtmlElement | None:
    declared = _CHARSET.search(content_type or "")
    encoding = declared[1] if declared else None
    for name in (encoding, None):
        try:
            parser = lxml.html.HTMLParser(encoding=name, no_network=True)
            tree = lxml.html.document_fromstring(body, parser=parser)
        except (LookupError, ValueError, AssertionError, etree.LxmlError):
            continue
        return tree
    return None


def _first_text(tree: lxml.html.HtmlElement, path: str) -> str:
    found = tree.find(path)
    return "".join(found.itertext()) if found is not None else ""


def _readable(tree: lxml.html.HtmlElement) -> tuple[str, int]:
    parts: list[str] = []
    length = 0
    for piece in _visible_pieces(tree):
        words = " ".join(piece.split())
        if words and length < TEXT_KEPT:
            parts.append(words)
        length += len(words)
    return one_line(" ".join(parts), TEXT_KEPT), length


def _visible_pieces(tree: lxml.html.HtmlElement) -> Iterator[str]:
    walker = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        if event != "start":
            piece = element.tail
        elif element.tag in _INVISIBLE:
            walker.skip_subtree()
            continue
        else:
            piece = element.text
        if piece:
            yield piece
