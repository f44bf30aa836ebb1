"""HTML to pieces: one walk over the tree."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from extract.reading.graphics import ABOUT_NAMES, Walls, logo_name
from extract.reading.html_cards import card_parts, is_card_link
from extract.reading.html_foot import asked_in_form
from extract.reading.html_likeness import breaks_row, is_cents, stands_apart
from extract.reading.html_place import Place
from extract.reading.html_rows import is_row, read_row
from extract.reading.html_texts import (
    HEADINGS,
    INLINE,
    SKIPPED,
    holds_blocks,
    is_aside,
    links_in,
    parted,
    text_of,
    title_of,
)
from extract.reading.piece import Marginal, Piece
from extract.reading.zones import NAVIGATION, element_words, zone_of
from extract.values.languages import are_languages
from extract.values.normalise import fold
from store.kinds import BlockKind

OPTIONS = 40  # longer lists of options are countries or years
DEPTH = 120  # elements inside one another; what is deeper is read as one text
PIECES = 30_000  # a page with more is read this far
_MONEY_HEADING = re.compile(
    r"^\W*(?:from\s+)?(?:[$€£¥₹]|(?:USD|EUR|GBP)\s)\s?\d|^\s*\d[\d.,]*\s?(?:€|\$|£|USD|EUR|GBP)", re.I
)


@dataclass
class HtmlReader:
    """Walks a tree once; the result stands in ``pieces`` and ``marginal``."""

    pieces: list[Piece] = field(default_factory=list)
    marginal: list[Marginal] = field(default_factory=list)
    _at: Place = field(default_factory=Place)
    _buffer: list[str] = field(default_factory=list)
    _links: list[tuple[str, str]] = field(default_factory=list)
    _depth: int = 0
    _titles: list[str] = field(default_factory=list)
    _walls: Walls = field(default_factory=Walls)
    _labels: tuple[str, ...] = ()

    def read(self, root: etree._Element) -> None:
        """Read the tree below ``root``."""
        self._walk(root)
        self._flush(BlockKind.PARAGRAPH)

    def _walk(self, element: etree._Element) -> None:
        if self._depth > DEPTH:
            self._take(" ".join(str(text) for text in element.itertext()))
            return
        self._depth += 1
        self._take(element.text)
        for child in element:
            if isinstance(child.tag, str):
                self._child(child)
            self._take(child.tail)
        self._depth -= 1

    def _child(self, element: etree._Element) -> None:
        tag = element.tag
        if tag == "svg":
            self._image(element)
        if tag in SKIPPED or is_aside(element) or _is_hidden(element) or len(self.pieces) > PIECES:
            return
        if tag == "br":
            self._break(element)
        elif tag == "img":
            self._image(element)
        elif tag == "sup" and is_cents(self._buffer, element):
            self._take(f".{element.text}")
        elif tag in INLINE and not holds_blocks(element) and not self._links_card(element):
            self._inline(element)
        else:
            self._flush(BlockKind.PARAGRAPH)
            self._block(element)

    def _links_card(self, element: etree._Element) -> bool:
        return not (self._at.zones or self._at.footer) and is_card_link(element)

    def _inline(self, element: etree._Element) -> None:
        zone = zone_of(element) or asked_in_form(element)
        if zone is not None and zone != NAVIGATION:
            self._flush(BlockKind.PARAGRAPH)
            self._at.zones.append(zone)
            self._enter(element)
            self._flush(BlockKind.PARAGRAPH)
            self._at.zones.pop()
            return
        chosen = element.tag == "label" and element.find(".//input[@type='radio']") is not None
        apart = (
            chosen
            or element.tag == "button"
            or (element.tag == "a" and bool(self._at.footer or self._at.zones))
        )
        if apart:
            self._flush(BlockKind.PARAGRAPH)
        if self._buffer and stands_apart(self._buffer[-1], element):
            self._flush(BlockKind.PARAGRAPH)
        start = len(self._buffer)
        self._enter(element)
        if element.tag == "a" and (href := element.get("href")):
            text = fold("".join(self._buffer[start:]))
            self._links.append((text, href))
            if not text and element.get("aria-label") and element.find(".//img") is None:
                self._image(element)
        if apart:
            self._flush(BlockKind.PARAGRAPH)

    def _enter(self, element: etree._Element) -> None:
        self._at.classes.append(element_words(element))
        self._walk(element)
        self._at.classes.pop()

    def _block(self, element: etree._Element) -> None:
        with self._at.inside(element):
            self._dispatch(element)
            self._flush(BlockKind.PARAGRAPH)

    def _dispatch(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in HEADINGS:
            self._heading(element, HEADINGS[tag])
        elif (tag == "tr" or is_row(element)) and not breaks_row(element):
            self._row(element)
        elif tag == "select":
            self._select(element)
        elif not self._at.footer and (parts := card_parts(element)):
            kind = BlockKind.ITEM if tag in ("li", "dd") else BlockKind.CARD
            self._emit(kind, " ".join(parts), parts=parts, links=links_in(element), title=title_of(element))
            self._images(element)
        elif tag in ("li", "dt", "dd", "figcaption"):
            self._titles.append(title_of(element))
            self._walk(element)
            self._flush(BlockKind.PARAGRAPH if tag == "figcaption" else BlockKind.ITEM)
            self._titles.pop()
        else:
            self._walk(element)

    def _heading(self, element: etree._Element, level: int) -> None:
        name, line = parted(element)
        text = name or text_of(element)
        self._images(element)
        if not text:
            return
        if _MONEY_HEADING.search(text):
            # The price under a plan's name is often marked up as a heading; the name stays the heading above.
            self._emit(BlockKind.HEADING, text, links=links_in(element), level=level)
            return
        while self._at.path and self._at.path[-1][0] >= level:
            self._at.path.pop()
        self._emit(BlockKind.HEADING, text, links=links_in(element), level=level)
        self._at.path.append((level, text[:200]))
        if line:
            self._emit(BlockKind.PARAGRAPH, line)

    def _row(self, element: etree._Element) -> None:
        row = read_row(element)
        if row.labels and row.labels != self._labels:
            # The head of a table whose cells bear their labels themselves.
            self._labels = row.labels
            self._emit(BlockKind.ROW, " ".join(row.labels), parts=row.labels, level=1)
        text = " ".join(text for text in row.texts if text)
        if row.heads:
            self._emit(BlockKind.ROW, text, parts=row.texts, level=1)
        elif text:
            links, title = links_in(element), "" if row.labels else title_of(element)
            self._emit(BlockKind.ROW, text, parts=row.texts, head=row.head, links=links, title=title)
        self._images(element)

    def _select(self, element: etree._Element) -> None:
        options = [fold("".join(option.itertext())) for option in element.iter("option")]
        if are_languages(options):
            self._at.zones.append(NAVIGATION)
            for option in options:
                self._emit(BlockKind.OPTION, option)
            self._at.zones.pop()
        elif len(options) <= OPTIONS:
            for option in options:
                self._emit(BlockKind.OPTION, option)

    def _image(self, element: etree._Element) -> None:
        near = self._at.words() | element_words(element)
        about = bool(self._at.path) and ABOUT_NAMES.search(self._at.path[-1][1]) is not None
        name = logo_name(element, near, self._walls, edge=bool(self._at.footer), about_names=about)
        if name:
            parent = element.getparent()
            target = element.get("href") or (parent.get("href") if parent is not None else None)
            links = ((name, target),) if target else ()
            self._emit(BlockKind.LOGO, name, links=links)

    def _images(self, element: etree._Element) -> None:
        for image in element.iter("img", "svg"):
            self._image(image)

    def _break(self, element: etree._Element) -> None:
        following = element.getnext()
        doubled = following is not None and following.tag == "br" and not (element.tail or "").strip()
        if doubled:
            self._flush(BlockKind.PARAGRAPH)
        else:
            self._buffer.append("\n")

    def _take(self, text: str | None) -> None:
        if text:
            self._buffer.append(text)

    def _flush(self, kind: BlockKind) -> None:
        if not self._buffer:
            return
        text = "".join(self._buffer)
        self._buffer.clear()
        links: tuple[tuple[str, str], ...] = ()
        if self._links:
            links = tuple(self._links)
            self._links.clear()
        if not text or text.isspace():
            return
        if text := fold(text):
            title = self._titles[-1] if self._titles else ""
            # An item with paragraphs of its own is read line by line: its title names the line it stands in.
            self._emit(kind, text, links=links, title=title if title and text.startswith(title) else "")

    def _emit(
        self,
        kind: BlockKind,
        text: str,
        *,
        parts: tuple[str, ...] = (),
        head: tuple[str, ...] = (),
        links: tuple[tuple[str, str], ...] = (),
        level: int = 0,
        title: str = "",
    ) -> None:
        if not (text := self._at.signed(text)):
            return
        piece = self._at.piece(kind, text, parts=parts, head=head, links=links, level=level, title=title)
        reason = self._at.reason(piece)
        if reason is None:
            self.pieces.append(piece)
        else:
            self.marginal.append(Marginal(reason=reason, piece=piece))


def _is_hidden(element: etree._Element) -> bool:
    # Only what never shows: tabs and accordions hide by class or attribute and hold real text.
    return bool(element.get("type") == "hidden")
