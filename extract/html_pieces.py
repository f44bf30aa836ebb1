"""HTML to pieces: one walk over the tree."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from extract.announcements import tells_of_firm
from extract.graphics import ABOUT_NAMES, Walls, logo_name
from extract.html_cards import card_parts, is_card_link
from extract.html_foot import asked_in_form, is_brand, is_claim, is_foot, is_group_title, is_imprint
from extract.html_likeness import breaks_row, is_cents, is_record, stands_apart
from extract.html_rows import is_row, read_row
from extract.html_texts import (
    HEADINGS,
    INLINE,
    SAYS,
    SKIPPED,
    holds_blocks,
    is_aside,
    links_in,
    parted,
    text_of,
    title_of,
)
from extract.languages import are_languages
from extract.normalise import fold
from extract.piece import Marginal, Piece
from extract.zones import NAVIGATION, PROMOTION, element_words, zone_of
from store.kinds import BlockKind

OPTIONS = 40  # longer lists of options are countries or years
DEPTH = 120  # elements inside one another; what is deeper is read as one text
PIECES = 30_000  # a page with more is read this far
_MONEY_HEADING = re.compile(
    r"^\W*(?:from\s+)?(?:[$€£¥₹]|(?:USD|EUR|GBP)\s)\s?\d|^\s*\d[\d.,]*\s?(?:€|\$|£|USD|EUR|GBP)", re.I
)
_CURRENCY = re.compile(r"[$€£¥₹]|(?:US|A|C|NZ|S|HK)\$|CHF|kr|zł", re.I)
SIGN_CHARACTERS = 3
_CONTACT = re.compile(r"^@\w+$|\S+@\S+\.\w+|^\+?[\d()\s-]{8,}$")


@dataclass
class HtmlReader:
    """Walks a tree once; the result stands in ``pieces`` and ``marginal``."""

    pieces: list[Piece] = field(default_factory=list)
    marginal: list[Marginal] = field(default_factory=list)
    _path: list[tuple[int, str]] = field(default_factory=list)
    _zones: list[str] = field(default_factory=list)
    _classes: list[frozenset[str]] = field(default_factory=list)
    _buffer: list[str] = field(default_factory=list)
    _links: list[tuple[str, str]] = field(default_factory=list)
    _group: int = 0
    _groups: int = 0
    _footer: int = 0
    _foot: int = 0
    _end: int = 0
    _depth: int = 0
    _titles: list[str] = field(default_factory=list)
    _records: list[int] = field(default_factory=list)
    _walls: Walls = field(default_factory=Walls)
    _sign: str = ""
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
        return not (self._zones or self._footer) and is_card_link(element)

    def _inline(self, element: etree._Element) -> None:
        zone = zone_of(element) or asked_in_form(element)
        if zone is not None and zone != NAVIGATION:
            self._flush(BlockKind.PARAGRAPH)
            self._zones.append(zone)
            self._enter(element)
            self._flush(BlockKind.PARAGRAPH)
            self._zones.pop()
            return
        chosen = element.tag == "label" and element.find(".//input[@type='radio']") is not None
        apart = (
            chosen or element.tag == "button" or (element.tag == "a" and bool(self._footer or self._zones))
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
        self._classes.append(element_words(element))
        self._walk(element)
        self._classes.pop()

    def _block(self, element: etree._Element) -> None:
        zone = zone_of(element)
        foot = element.tag == "footer" or element.get("role") == "contentinfo" or is_foot(element)
        ends_page = foot and next(element.iterancestors("main", "article", "blockquote", "li"), None) is None
        footer = foot or element.tag == "header"
        if zone is not None:
            self._zones.append(zone)
        self._footer += footer
        self._foot += foot
        self._end += ends_page
        self._classes.append(element_words(element))
        outer, depth = self._group, len(self._path)
        if element.tag in ("ul", "ol", "table", "dl", "section", "article", "select", "nav", "footer"):
            self._groups += 1
            self._group = self._groups
        record = is_record(element)
        if record:
            self._groups += 1
            self._records.append(self._groups)
        self._dispatch(element)
        self._flush(BlockKind.PARAGRAPH)
        if record:
            self._records.pop()
        if element.tag in ("section", "article", "aside", "footer", "nav", "li", "td"):
            del self._path[depth:]
        self._group = outer
        self._classes.pop()
        self._footer -= footer
        self._foot -= foot
        self._end -= ends_page
        if zone is not None:
            self._zones.pop()

    def _dispatch(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in HEADINGS:
            self._heading(element, HEADINGS[tag])
        elif (tag == "tr" or is_row(element)) and not breaks_row(element):
            self._row(element)
        elif tag == "select":
            self._select(element)
        elif not self._footer and (parts := card_parts(element)):
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
        while self._path and self._path[-1][0] >= level:
            self._path.pop()
        self._emit(BlockKind.HEADING, text, links=links_in(element), level=level)
        self._path.append((level, text[:200]))
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
            self._zones.append(NAVIGATION)
            for option in options:
                self._emit(BlockKind.OPTION, option)
            self._zones.pop()
        elif len(options) <= OPTIONS:
            for option in options:
                self._emit(BlockKind.OPTION, option)

    def _image(self, element: etree._Element) -> None:
        near = _together(tuple(self._classes[-4:])) | element_words(element)
        about = bool(self._path) and ABOUT_NAMES.search(self._path[-1][1]) is not None
        name = logo_name(element, near, self._walls, edge=bool(self._footer), about_names=about)
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
        if len(text) <= SIGN_CHARACTERS and _CURRENCY.fullmatch(text):
            # A currency sign in an element of its own belongs to the amount that follows.
            self._sign = text
            return
        if not SAYS.search(text):
            return
        if self._sign and text[0].isdigit():
            text = f"{self._sign}{text}"
        self._sign = ""
        piece = Piece(
            kind=kind,
            text=text,
            path=tuple([title for _, title in self._path]),
            parts=parts,
            head=head,
            links=links,
            level=level,
            group=self._group,
            classes=_together(tuple(self._classes[-4:])),
            title=title,
            records=tuple(self._records),
        )
        reason = self._zones[0] if self._zones else self._menu_reason(piece)
        told = reason == PROMOTION and tells_of_firm(text)
        if reason is None or told or (reason == NAVIGATION and _CONTACT.search(text)):
            self.pieces.append(piece)
        else:
            self.marginal.append(Marginal(reason=reason, piece=piece))

    def _menu_reason(self, piece: Piece) -> str | None:
        if piece.level:
            return NAVIGATION if self._foot and is_group_title(piece) else None
        if is_brand(piece) or (self._end and is_imprint(piece.text)):
            return NAVIGATION
        if self._end and is_claim(piece.text):
            return NAVIGATION
        if not self._footer:
            return None
        linked = sum(len(text) for text, _ in piece.links)
        return NAVIGATION if linked >= 0.9 * len(piece.text) else None


@lru_cache(maxsize=4_096)
def _together(words: tuple[frozenset[str], ...]) -> frozenset[str]:
    return frozenset().union(*words)


def _is_hidden(element: etree._Element) -> bool:
    # Only what never shows: tabs and accordions hide by class or attribute and hold real text.
    return bool(element.get("type") == "hidden")
