"""A parsed page to a reading: its pieces, its structured data, its state and its marks."""

from __future__ import annotations

import re

from lxml import etree
from lxml.cssselect import CSSSelector, ExpressionError, SelectorError

from extract.document import ReadOptions
from extract.html_pieces import HtmlReader
from extract.islands import island_pieces
from extract.marks import marks_of
from extract.normalise import fold
from extract.piece import Reading
from extract.schema_org import read_microdata, read_structured

DRAWN_BY_SCRIPT = 200  # characters; a page that shows fewer holds its text in scripts
_ENDING = re.compile(r"</\s*(?:html|body)\s*>", re.I)


def read_tree(root: etree._Element, text: str, options: ReadOptions) -> Reading:
    """Return what a page says. ``text`` is its source; parts left out by ``options`` are emptied in the tree."""
    structured = (*read_structured(root), *read_microdata(root))
    marks = tuple(marks_of(root)) if options.marks else ()
    reader = HtmlReader()
    for part in _chosen(root, options):
        reader.read(part)
    drawn = sum(len(piece.text) for piece in reader.pieces) + sum(len(m.piece.text) for m in reader.marginal)
    return Reading(
        pieces=tuple(reader.pieces),
        marginal=tuple(reader.marginal),
        islands=island_pieces(root) if drawn < DRAWN_BY_SCRIPT else (),
        canonical=_canonical(root),
        title=next((fold("".join(node.itertext())) for node in root.iter("title")), None),
        language=(root.get("lang") or "").split("-")[0].lower() or None,
        structured=structured,
        marks=marks,
        complete=bool(_ENDING.search(text[-3_000:])) or "<html" not in text[:3_000].lower(),
    )


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
