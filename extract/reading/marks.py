"""Marks: what a page's markup holds besides text, by the noise it makes when it changes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import etree

from extract.values.normalise import fold

#: Values kept of each reason, and their length: enough to show what differed, bounded on hostile pages.
VALUES = 1_500
LENGTH = 300
PICTURE = "picture"

_CSRF = re.compile(r"csrf|xsrf|authenticity|__requestverification|viewstate|form_?build|_token|nonce", re.I)


def marks_of(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield (reason, value) for assets, nonces, tokens, build notes, link targets, scripts and structure."""
    shape = hashlib.blake2b(digest_size=12)
    scripts = hashlib.blake2b(digest_size=12)
    for element in root.iter(etree.Element):
        shape.update(f"{element.tag}.{element.get('class') or ''}|".encode("utf-8", "replace"))
        if element.tag in ("script", "style") and element.text:
            scripts.update(element.text.encode("utf-8", "replace"))
        for reason, value in _element_marks(element):
            yield reason, value[:LENGTH]
    yield "build hash", f"scripts {scripts.hexdigest()}"
    yield "markup", f"structure {shape.hexdigest()}"


def _element_marks(element: etree._Element) -> Iterator[tuple[str, str]]:
    tag, get = element.tag, element.get
    if tag == "a" and get("href"):
        yield "link target", get("href")
    elif tag in ("script", "img", "iframe", "source") and get("src"):
        yield "asset version", get("src")
    elif tag == "link" and get("href"):
        yield "asset version", get("href")
    elif tag == "input" and get("type") == "hidden":
        reason = "csrf" if _CSRF.search(get("name") or "") else "nonce"
        yield reason, f"{get('name')}={get('value')}"
    elif tag == "meta" and get("content"):
        name = get("name") or get("property") or get("http-equiv") or ""
        yield _meta_reason(name), f"{name}={get('content')}"
    if tag == "img" and get("alt"):
        yield PICTURE, fold(get("alt"))
    if get("nonce"):
        yield "nonce", get("nonce")
    if get("integrity"):
        yield "build hash", get("integrity")
    if tag == "form" and get("action"):
        yield "link target", get("action")


def _meta_reason(name: str) -> str:
    if _CSRF.search(name):
        return "csrf"
    if re.search(r"generator|build|version|revision|commit|release", name, re.I):
        return "build hash"
    if re.search(r"modified|updated|time|date", name, re.I):
        return "last updated"
    return "meta text"


def link_reason(before: str, after: str) -> str:
    """Return what sort of difference two link targets have."""
    left, right = urlsplit(before), urlsplit(after)
    if left.query != right.query and left.path == right.path and left.netloc == right.netloc:
        if re.search(r"sess|sid\b|jsession|phpsess", left.query + right.query, re.I):
            return "session id"
        return "tracking parameter" if re.search(r"utm_|clid|mc_", left.query + right.query) else "link token"
    if re.search(r";jsessionid", before + after, re.I):
        return "session id"
    if re.search(r"(?=[\w~-]*\d)(?=[\w~-]*[A-Za-z])[\w~-]{16,}", before + after):
        return "link token"
    return "link target"
