"""Bytes to text, and what kind of file they are."""

from __future__ import annotations

import json
import re
from enum import StrEnum

from lxml import etree

from extract.reading.toml_values import toml_value
from extract.reading.yaml_values import is_yaml
from extract.values.mojibake import put_right

_META_CHARSET = re.compile(
    rb"""<(?:meta[^>]+charset|\?xml[^>]+encoding)\s*=\s*["']?([A-Za-z0-9_.:\-]+)""", re.I
)
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:\-]+)", re.I)
_TAG = re.compile(
    r"<(?:!doctype\s+html|html|head|body|div|p|span|table|ul|section|article|main|h[1-6]|meta)\b", re.I
)
_MARKDOWN = re.compile(
    r"^(?:#{1,6}\s+\S|\s*[-*+]\s+\S|\s*\d+\.\s+\S|\|.+\||---\s*$|>\s)|\[[^\]]+\]\([^)]+\)", re.M
)
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


class Media(StrEnum):
    """The kinds of file that can be read."""

    HTML = "html"
    MARKDOWN = "markdown"
    JSON = "json"
    YAML = "yaml"
    TOML = "toml"
    TEXT = "text"
    PDF = "pdf"
    XML = "xml"


def decode(body: bytes, content_type: str | None = None) -> str:
    """Return the text: by byte order mark, header, declaration, else UTF-8, else Windows-1252. Never raises."""
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    return put_right(_decoded(body, content_type))


def _decoded(body: bytes, content_type: str | None) -> str:
    for name in _declared(body, content_type):
        try:
            return body.decode(name)
        except (LookupError, ValueError):
            continue
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace")


def media_of(body: bytes, text: str, url: str = "", content_type: str | None = None) -> Media:
    """Return what kind of file this is: by its first bytes, then its content type, then its name, then
    its looks.
    """
    if body[:1024].lstrip().startswith(b"%PDF-"):
        return Media.PDF
    start = text[:4000].lstrip()
    if start.startswith(("{", "[")) and _is_json(text):
        return Media.JSON
    kind = (content_type or "").split(";")[0].strip().lower()
    if (kind.endswith("yaml") or re.search(r"\.ya?ml(?:$|[?#])", url, re.I)) and is_yaml(text):
        return Media.YAML
    if (kind.endswith("toml") or re.search(r"\.toml(?:$|[?#])", url, re.I)) and toml_value(text):
        return Media.TOML
    if kind.endswith("markdown") or re.search(r"\.(?:md|markdown|mdx|markerb)(?:$|[?#])", url, re.I):
        return Media.MARKDOWN
    if len(_TAG.findall(start)) >= 2 or re.match(r"<!doctype\s+html|<html", start, re.I):
        return Media.HTML
    if start.startswith("<?xml") or kind.endswith(("/xml", "+xml")):
        return Media.XML if "html" not in kind else Media.HTML
    if kind in ("text/html", "application/xhtml+xml") or _TAG.search(start):
        return Media.HTML
    return Media.MARKDOWN if len(_MARKDOWN.findall(text[:20_000])) >= 2 else Media.TEXT


def _declared(body: bytes, content_type: str | None) -> list[str]:
    names = []
    if content_type and (match := _HEADER_CHARSET.search(content_type)):
        names.append(match.group(1))
    if declared := _META_CHARSET.search(body[:4096]):
        name = declared.group(1).decode("ascii", "replace").lower()
        # WHATWG: pages that say latin-1 mean Windows-1252.
        names.append("cp1252" if name in ("iso-8859-1", "latin1", "ascii", "us-ascii") else name)
    return names


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


#: What may stand in the head of a page.
_METADATA = frozenset({"base", "link", "meta", "noscript", "object", "script", "style", "template", "title"})


def parse_html(text: str) -> etree._Element | None:
    """Return the root element, None if there is none. Entities are never fetched; depth is the parser's 256."""
    cleaned = text.replace("\x00", "").encode("utf-8", "replace")
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = etree.fromstring(cleaned, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root is not None:
        _leave_head(root)
    return root


def _leave_head(root: etree._Element) -> None:
    """Move what is no metadata out of the head: where a page omits its body tag, the parser leaves the body there."""
    head = root.find("head")
    start = (
        next((n for n, child in enumerate(head) if child.tag not in _METADATA), None)
        if head is not None
        else None
    )
    if head is None or start is None:
        return
    body = root.find("body")
    if body is None:
        body = etree.SubElement(root, "body")
    moved = list(head)[start:]
    moved[-1].tail = f"{moved[-1].tail or ''}{body.text or ''}"
    body.text = None
    for place, child in enumerate(moved):
        body.insert(place, child)
