"""Plain values out of hostile ones: texts without markup and control characters, moments, addresses, ids."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import lxml.html
from lxml import etree

from store.records import Entry

TITLE_LIMIT = 300
TEXT_LIMIT = 6_000
ATTRIBUTE_LIMIT = 500
ID_LIMIT = 500
URL_LIMIT = 2_000
MILLISECONDS_FROM = 100_000_000_000  # As seconds that is the year 5138, as milliseconds 1973.

_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_BLOCK = re.compile(
    r"</?(?:p|div|br|li|ul|ol|h[1-6]|tr|td|th|table|section|article|blockquote|pre)\b[^>]*>", re.I
)
_BREAKS = re.compile(r"[\t\r\n]")
_MARKUP = re.compile(r"[<&]")
_DROPPED = ("script", "style", "template", "noscript")


def one_line(value: str, limit: int = TITLE_LIMIT) -> str:
    """Return the text on one line: no control or direction marks, single spaces, cut at ``limit``."""
    sound = value.encode("utf-8", "replace").decode("utf-8", "replace")
    joined = " ".join(_UNSEEN.sub(" ", sound).split())
    return joined if len(joined) <= limit else joined[: limit - 1].rstrip() + "…"


def plain_text(value: str, limit: int = TEXT_LIMIT) -> str:
    """Return the text of a piece of HTML (or of plain text) on one line, cut at ``limit``. Never raises."""
    head = value[: limit * 20]
    if not _MARKUP.search(head):
        return one_line(head, limit)
    spaced = _BLOCK.sub(lambda match: " " + match[0], _UNSEEN.sub(" ", head))
    try:
        tree = lxml.html.fragment_fromstring(spaced.encode("utf-8", "replace").decode(), create_parent="div")
    except (etree.LxmlError, ValueError, AssertionError, TypeError):
        return one_line(html.unescape(re.sub(r"<[^>]*>", " ", head)), limit)
    etree.strip_elements(tree, *_DROPPED, with_tail=False)
    return one_line("".join(tree.itertext(with_tail=True)) if len(tree) else (tree.text or ""), limit)


def moment(value: object) -> datetime | None:
    """Return an aware UTC moment from ISO 8601, RFC 2822, or seconds/milliseconds since 1970; else None.

    A time without zone is taken as UTC: no service of ours gives local time without saying so.
    """
    if isinstance(value, bool) or value is None:
        return None
    try:
        if isinstance(value, (int, float)):
            return datetime.fromtimestamp(value / 1000 if value >= MILLISECONDS_FROM else value, UTC)
        if isinstance(value, str):
            return _moment_of_text(value.strip())
    except (ValueError, OverflowError, OSError, TypeError, IndexError):
        return None
    return None


def _moment_of_text(text: str) -> datetime | None:
    if not text or len(text) > 64:
        return None
    try:
        found = datetime.fromisoformat(text.removesuffix(" UTC"))
    except ValueError:
        found = parsedate_to_datetime(text)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def web_address(value: str, base: str = "") -> str:
    """Return an absolute http(s) address, resolved against ``base``; empty if there is none."""
    # As browsers do: line breaks and tabs within an address are nothing. All else is cleaned before it is judged.
    written = one_line(_BREAKS.sub("", value[: 4 * URL_LIMIT]), 4 * URL_LIMIT)
    try:
        absolute = urljoin(base, written) if written else ""
        parts = urlsplit(absolute)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return ""
    return one_line(absolute, URL_LIMIT) if usable and len(absolute) <= URL_LIMIT else ""


def short_id(value: str) -> str:
    """Return the id as one line; a longer one than the store takes becomes its digest."""
    line = one_line(value, 100_000)
    return line if len(line) <= ID_LIMIT else hashlib.sha256(line.encode()).hexdigest()


def clean_entry(entry: Entry, base: str) -> Entry | None:
    """Return the entry with safe, capped values; None if there is nothing in it."""
    title = one_line(html.unescape(entry.title))
    text = one_line(entry.text, TEXT_LIMIT)
    url = web_address(entry.url, base)
    identity = short_id(entry.id) or url
    if not identity and (title or text):
        identity = hashlib.sha256(f"{title}\0{text}".encode()).hexdigest()
    if not identity:
        return None
    return replace(
        entry,
        id=identity,
        title=title or one_line(text, 120) or url or identity,
        url=url,
        text=text,
        attributes=_clean_attributes(entry.attributes),
    )


def _clean_attributes(attributes: Mapping[str, str]) -> dict[str, str]:
    cleaned = {name: one_line(value, ATTRIBUTE_LIMIT) for name, value in attributes.items()}
    return {name: value for name, value in cleaned.items() if value}
