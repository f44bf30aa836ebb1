"""What `judge` must know of a page: its title, how much a person can read, links, forms, scripts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import lxml.html
from cssselect import SelectorError
from lxml import etree
from lxml.cssselect import CSSSelector

from crawlers.plain import one_line

TEXT_KEPT = 4_000  # characters; what decides stands at the beginning, and only its amount counts beyond.
LITTLE = 250  # characters; frames of pages whose content is still to come stay below it
MAIN_TEXT = 60  # characters; "Loading plans, please wait…" stays below it
HEAD_KEPT = 60_000  # bytes of markup in which signatures of challenge pages are looked for.

# Not "head": lxml leaves what follows it there on pages that omit <body> before an element it does not know, as <main>.
INVISIBLE = frozenset({"script", "style", "template", "noscript", "title", "svg", "iframe", "object"})
_ROOTS = frozenset(
    {"root", "app", "__next", "__nuxt", "___gatsby", "svelte", "app-root", "react-root", "main-app"}
)
#: What stands around the content of a page, and is no content by itself.
AROUND = frozenset({"nav", "header", "footer", "aside", "form", "dialog"})
AROUND_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "dialog", "alertdialog"})
_LOADING = re.compile(
    r"(?:^|[\s_-])(?:skeleton|shimmer|spinner|loader|loading|preloader|placeholder-glow)(?:$|[\s_-])", re.I
)
_LOADING_WORDS = re.compile(
    r"\W*(?:loading|please wait|one moment|chargement|wird geladen|cargando)\b.{0,40}", re.I
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSigns:
    """Signs of one HTML page. ``length`` is the number of readable characters, ``text`` the first of them.

    ``own`` are the characters outside navigation, header, footer and forms; ``prose`` those of paragraphs among them.
    ``root`` are those inside the element that scripts fill, None without one. ``waiting``: the main part has nothing
    but the marks of a page that still loads. ``captcha``: a widget that asks for proof of a person.
    """

    title: str = ""
    headline: str = ""
    text: str = ""
    length: int = 0
    own: int = 0
    prose: int = 0
    root: int | None = None
    waiting: bool = False
    captcha: bool = False
    links: int = 0
    passwords: int = 0
    fields: int = 0
    scripts: int = 0
    images: int = 0
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
    read = _readable(tree)
    return PageSigns(
        title=one_line(_first_text(tree, ".//title")),
        headline=one_line(_first_text(tree, ".//h1")),
        text=read.text,
        length=read.length,
        own=read.own,
        prose=read.prose,
        root=_root_length(tree),
        waiting=_is_waiting(tree, read.own),
        captcha=_has_captcha(tree),
        links=len(tree.findall(".//a[@href]")),
        fields=sum(
            (one.get("type") or "text").lower() in ("text", "email", "tel") for one in tree.iter("input")
        ),
        passwords=sum((field.get("type") or "").lower() == "password" for field in tree.iter("input")),
        scripts=len(tree.findall(".//script")),
        images=len(tree.findall(".//img")),
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


def count_selected(body: bytes, content_type: str | None, selector: str) -> int:
    """Return how many elements of a page a CSS selector finds; 0 if it is none."""
    tree = _tree(body, content_type)
    try:
        return 0 if tree is None else len(CSSSelector(selector, translator="html")(tree))
    except (SelectorError, etree.XPathError):
        return 0


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


@dataclass(slots=True)
class _Read:
    """What was read so far."""

    text: str = ""
    length: int = 0
    own: int = 0
    prose: int = 0


def _readable(tree: lxml.html.HtmlElement) -> _Read:
    read, parts, around, paragraphs = _Read(), [], 0, 0
    walker = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start" and tag in INVISIBLE:
            walker.skip_subtree()
            continue
        step = {"start": 1, "end": -1}.get(event, 0)
        around += step * is_around(tag, element)
        paragraphs += step * (tag == "p")
        words = " ".join(((element.text if event == "start" else element.tail) or "").split())
        if not words:
            continue
        if read.length < TEXT_KEPT:
            parts.append(words)
        read.length += len(words)
        read.own += len(words) * (around == 0)
        read.prose += len(words) * (around == 0 and paragraphs > 0)
    read.text = one_line(" ".join(parts), TEXT_KEPT)
    return read


def is_around(tag: str, element: etree._Element) -> bool:
    """Return True for an element that stands around the content of a page."""
    return tag in AROUND or (tag != "" and element.get("role") in AROUND_ROLES)


def _root_length(tree: lxml.html.HtmlElement) -> int | None:
    """Return how much stands in the first element that scripts are wont to fill."""
    for element in tree.iter("div", "main", "section", "app-root"):
        if element.tag == "app-root" or element.get("id") in _ROOTS:
            return _readable(element).length
    return None


def _is_waiting(tree: lxml.html.HtmlElement, own: int) -> bool:
    main = next(
        (
            one
            for one in tree.iter("main", "div", "section")
            if one.tag == "main" or one.get("role") == "main"
        ),
        None,
    )
    if own > LITTLE or main is None:
        return False
    read = _readable(main)
    if read.length > MAIN_TEXT:
        return False
    marked = any(
        one.get("aria-busy") == "true" or _LOADING.search(one.get("class") or "") for one in main.iter("*")
    )
    return marked or bool(_LOADING_WORDS.fullmatch(read.text))


def _has_captcha(tree: lxml.html.HtmlElement) -> bool:
    places = [*tree.iter("script"), *tree.iter("iframe")]
    widgets = (
        "recaptcha/",
        "hcaptcha.com/",
        "challenges.cloudflare.com",
        "funcaptcha",
        "arkoselabs.com",
        "geetest.com",
    )
    return any(widget in (place.get("src") or "").lower() for place in places for widget in widgets)
