"""Small containers that are read as one card, line by line."""

from __future__ import annotations

import re

from lxml import etree

from extract.reading.html_likeness import has_twin, holds_cards, is_list
from extract.reading.html_texts import is_short, leaves
from extract.reading.zones import zone_of

CARD_TAGS = frozenset(
    ["div", "section", "article", "a", "figure", "dl", "tr", "li", "dd", "td", "th", "p", "button"]
)
CARD_CHARACTERS = 220  # longer containers are read part by part
CARD_PARTS = 6
_WORD = re.compile(r"[^\W\d_]{2}")
_IN_LINES = frozenset(["span", "small", "strong", "b", "em", "time", "img", "svg", "picture", "i"])
_SECTION_PARTS = frozenset(["select", "table", "ul", "ol", "h1", "h2"])


def card_parts(element: etree._Element) -> tuple[str, ...]:
    # A link around blocks is one thing, even where it is the only one of its list.
    twin = element.tag in ("li", "dd", "tr") or has_twin(element)
    if element.tag not in CARD_TAGS or not (twin or element.tag == "a"):
        return ()
    if not is_short(element, CARD_CHARACTERS):
        return ()
    inner = [node for node in element.iterdescendants() if isinstance(node.tag, str)]
    # What has titles and lists of its own is a section and is read line by line.
    if element.tag in _SECTION_PARTS or any(node.tag in _SECTION_PARTS for node in inner):
        return ()
    if (
        is_list(element)
        or (element.tag == "tr" and holds_cards(element))
        or any(zone_of(node) for node in inner)
    ):
        return ()
    parts = leaves(element)
    if not twin and not all(_WORD.search(part) for part in parts):
        return ()
    return tuple(parts) if 2 <= len(parts) <= CARD_PARTS else ()


def is_card_link(element: etree._Element) -> bool:
    """Return whether a link is a card made of inline lines: one of several, with two lines and no more text."""
    lines = element if element.tag == "a" and len(element) > 1 else ()
    return (
        len(lines) > 1
        and not (element.text or "").strip()
        and all(child.tag in _IN_LINES and not (child.tail or "").strip() for child in lines)
        and sum(bool("".join(child.itertext()).strip()) for child in lines) > 1
        and has_twin(element)
    )
