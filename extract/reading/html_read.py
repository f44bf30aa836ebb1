"""A parsed page to a reading: its pieces, its structured data, its state and its marks."""

from __future__ import annotations

import re

from lxml import etree
from lxml.cssselect import CSSSelector, ExpressionError, SelectorError

from extract.document import ReadOptions
from extract.reading.html_pieces import HtmlReader
from extract.reading.islands import island_pieces
from extract.reading.marks import marks_of
from extract.reading.piece import Reading
from extract.reading.schema_org import read_microdata, read_structured
from extract.reading.view import ENOUGH_TEXT
from extract.values.normalise import fold

DRAWN_BY_SCRIPT = 200  # characters; a page that shows fewer holds its text in scripts
_ENDING = re.compile(r"</\s*(?:html|body)\s*>", re.I)


def read_tree(root: etree._Element, text: str, options: ReadOptions) -> Reading:
    """Return what a page says. ``text`` is its source; parts left out by ``options`` are emptied in the tree."""
    structured = (*read_structured(root), *read_microdata(root))
    marks = tuple(marks_of(root)) if options.marks else ()
    reader = HtmlReader()
    for part in _chosen(root, options):
        reader.read(part)
    return Reading(
        pieces=tuple(reader.pieces),
        marginal=tuple(reader.marginal),
        islands=island_pieces(root) if _is_drawn_by_script(root, reader) else (),
        canonical=_canonical(root),
        title=next((fold("".join(node.itertext())) for node in root.iter("title")), None),
        language=(root.get("lang") or "").split("-")[0].lower() or None,
        structured=structured,
        marks=marks,
        complete=bool(_ENDING.search(text[-3_000:])) or "<html" not in text[:3_000].lower(),
    )


def _is_drawn_by_script(root: etree._Element, reader: HtmlReader) -> bool:
    """Return whether a page shows next to nothing, or nothing but what surrounds the matter.

    The latter holds only for pages too short for a view, which leaves scripts out.
    """
    own = sum(len(piece.text) for piece in reader.pieces)
    if own >= DRAWN_BY_SCRIPT:
        return False
    if own + sum(len(item.piece.text) for item in reader.marginal) < DRAWN_BY_SCRIPT:
        return True
    shown = (node for node in root.iter(etree.Element) if node.tag not in ("script", "style"))
    return sum(len(node.text or "") + len(node.tail or "") for node in shown) < ENOUGH_TEXT


def _canonical(root: etree._Element) -> str:
    for link in root.iter("link"):
        if link.get("rel") == "canonical":
            return link.get("href") or ""
    for meta in root.iter("meta"):
        if meta.get("property") == "og:url":
            return meta.get("content") or ""
    return ""


def _chosen(root: etree._Element, options: ReadOptions) -> list[etree._Element]:
    for selector in options.ignore:
        for element in _select(root, selector):
            if element.getparent() is not None:
                element.clear(keep_tail=True)
    if not options.only:
        return [root]
    return [element for selector in options.only for element in _select(root, selector)]


def _select(root: etree._Element, selector: str) -> list[etree._Element]:
    try:
        found: list[etree._Element] = CSSSelector(selector)(root)
    except (SelectorError, ExpressionError, etree.XPathError):
        return []
    return found
