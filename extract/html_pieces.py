"""HTML to pieces: one walk over the tree."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from extract.graphics import ABOUT_NAMES, Walls, logo_name
from extract.normalise import fold
from extract.piece import Marginal, Piece
from extract.zones import NAVIGATION, element_words, zone_of
from store.kinds import BlockKind

_SKIPPED = frozenset({
    "script", "style", "noscript", "template", "head", "meta", "link", "base", "iframe", "object",
    "embed", "canvas", "audio", "video", "source", "track", "math", "svg", "area", "map", "datalist",
    "param", "colgroup", "col", "input", "textarea",
})  # fmt: skip
_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
    "i", "ins", "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "output", "meter", "progress", "nobr",
    "button",
})  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_ROW_BREAKERS = frozenset(["table", "ul", "ol", "h1", "h2", "h3", "form"])
_INNER_BLOCKS = frozenset({
    "p", "div", "ul", "ol", "dl", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article",
    "blockquote", "pre", "figure", "li",
})  # fmt: skip
_CARD_TAGS = frozenset(
    ["div", "section", "article", "a", "figure", "dl", "tr", "li", "dd", "td", "p", "button"]
)
CARD_CHARACTERS = 220  # longer containers are read part by part
CARD_PARTS = 6
_SECTION_PARTS = ("select", "table", "ul", "ol", "h1", "h2")
OPTIONS = 40  # longer lists of options are countries or years
IMPRINT_WORDS = 8
DEPTH = 120  # elements inside one another; what is deeper is read as one text
PIECES = 30_000  # a page with more is read this far
_MONEY_HEADING = re.compile(
    r"^\W*(?:from\s+)?(?:[$€£¥₹]|(?:USD|EUR|GBP)\s)\s?\d|^\s*\d[\d.,]*\s?(?:€|\$|£|USD|EUR|GBP)", re.I
)
_CURRENCY = re.compile(r"[$€£¥₹]|(?:US|A|C|NZ|S|HK)\$|CHF|kr|zł", re.I)
_CENTS = re.compile(r"\d{2}")
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
    _depth: int = 0
    _titles: list[str] = field(default_factory=list)
    _records: list[int] = field(default_factory=list)
    _walls: Walls = field(default_factory=Walls)
    _sign: str = ""

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
        if tag in _SKIPPED or _is_hidden(element) or len(self.pieces) > PIECES:
            return
        if tag == "br":
            self._break(element)
        elif tag == "img":
            self._image(element)
        elif tag == "sup" and _is_cents(self._buffer, element):
            self._take(f".{element.text}")
        elif tag in _INLINE and not _holds_blocks(element):
            self._inline(element)
        else:
            self._flush(BlockKind.PARAGRAPH)
            self._block(element)

    def _inline(self, element: etree._Element) -> None:
        zone = zone_of(element)
        if zone is not None and zone != NAVIGATION:
            self._flush(BlockKind.PARAGRAPH)
            self._zones.append(zone)
            self._enter(element)
            self._flush(BlockKind.PARAGRAPH)
            self._zones.pop()
            return
        apart = element.tag == "button" or (element.tag == "a" and bool(self._footer or self._zones))
        if apart:
            self._flush(BlockKind.PARAGRAPH)
        if self._buffer and _stands_apart(self._buffer[-1], element):
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
        foot = element.tag == "footer" or element.get("role") == "contentinfo"
        footer = foot or element.tag == "header"
        if zone is not None:
            self._zones.append(zone)
        self._footer += footer
        self._foot += foot
        self._classes.append(element_words(element))
        outer, depth = self._group, len(self._path)
        if element.tag in ("ul", "ol", "table", "dl", "section", "article", "select", "nav", "footer"):
            self._groups += 1
            self._group = self._groups
        record = _is_record(element)
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
        if zone is not None:
            self._zones.pop()

    def _dispatch(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in _HEADINGS:
            self._heading(element, _HEADINGS[tag])
        elif tag == "tr" and not _breaks_row(element):
            self._row(element)
        elif tag == "select":
            self._select(element)
        elif tag in _CARD_TAGS and (parts := self._card_parts(element)):
            kind = BlockKind.ITEM if tag in ("li", "dd") else BlockKind.CARD
            self._emit(kind, " ".join(parts), parts=parts, links=_links_in(element), title=_title_of(element))
            self._images(element)
        elif tag in ("li", "dt", "dd"):
            self._titles.append(_title_of(element))
            self._walk(element)
            self._flush(BlockKind.ITEM)
            self._titles.pop()
        else:
            self._walk(element)

    def _heading(self, element: etree._Element, level: int) -> None:
        text = _text(element)
        self._images(element)
        if not text:
            return
        if _MONEY_HEADING.search(text):
            # The price under a plan's name is often marked up as a heading; the name stays the heading above.
            self._emit(BlockKind.HEADING, text, links=_links_in(element), level=level)
            return
        while self._path and self._path[-1][0] >= level:
            self._path.pop()
        self._emit(BlockKind.HEADING, text, links=_links_in(element), level=level)
        self._path.append((level, text[:200]))

    def _row(self, element: etree._Element) -> None:
        cells = [cell for cell in element if cell.tag in ("td", "th")]
        texts = [_text(cell) for cell in cells]
        if len([text for text in texts if text]) == 1:
            texts = _leaves(cells[next(i for i, text in enumerate(texts) if text)])
        if cells and all(cell.tag == "th" for cell in cells):
            self._emit(BlockKind.ROW, " ".join(t for t in texts if t), parts=tuple(texts), level=1)
        elif any(texts):
            text = " ".join(text for text in texts if text)
            self._emit(
                BlockKind.ROW,
                text,
                parts=tuple(texts),
                head=_table_head(element),
                links=_links_in(element),
                title=_title_of(element),
            )
        self._images(element)

    def _select(self, element: etree._Element) -> None:
        options = [fold("".join(option.itertext())) for option in element.iter("option")]
        if len(options) <= OPTIONS:
            for option in options:
                self._emit(BlockKind.OPTION, option)

    def _card_parts(self, element: etree._Element) -> tuple[str, ...]:
        if self._footer or not _is_short(element, CARD_CHARACTERS):
            return ()
        if element.tag not in ("li", "dd", "tr") and not _has_twin(element):
            return ()
        if any(zone_of(inner) for inner in element.iterdescendants() if isinstance(inner.tag, str)):
            return ()
        # What has titles and lists of its own is a section and is read line by line.
        if any(element.find(f".//{inner}") is not None for inner in _SECTION_PARTS):
            return ()
        parts = _leaves(element)
        return tuple(parts) if 2 <= len(parts) <= CARD_PARTS else ()

    def _image(self, element: etree._Element) -> None:
        near = frozenset().union(*self._classes[-4:]) | element_words(element)
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
        text = fold("".join(self._buffer))
        self._buffer.clear()
        links = tuple(self._links)
        self._links.clear()
        if text:
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
        text = fold(text)
        if _CURRENCY.fullmatch(text):
            # A currency sign in an element of its own belongs to the amount that follows.
            self._sign = text
            return
        if not any(character.isalnum() for character in text):
            return
        if self._sign and text[0].isdigit():
            text = f"{self._sign}{text}"
        self._sign = ""
        piece = Piece(
            kind=kind,
            text=text,
            path=tuple(title for _, title in self._path),
            parts=parts,
            head=head,
            links=links,
            level=level,
            group=self._group,
            classes=frozenset().union(*self._classes[-4:]),
            title=title,
            records=tuple(self._records),
        )
        reason = self._zones[0] if self._zones else self._menu_reason(piece)
        if reason is None or (reason == NAVIGATION and _CONTACT.search(text)):
            self.pieces.append(piece)
        else:
            self.marginal.append(Marginal(reason=reason, piece=piece))

    def _menu_reason(self, piece: Piece) -> str | None:
        if piece.level:
            return None
        if _is_brand(piece) or (self._foot and _is_imprint(piece.text)):
            return NAVIGATION
        if not self._footer:
            return None
        linked = sum(len(text) for text, _ in piece.links)
        return NAVIGATION if linked >= 0.9 * len(piece.text) else None


def _is_brand(piece: Piece) -> bool:
    """Return whether a piece is nothing but a link to the start page: the site's own name."""
    text, target = piece.links[0] if len(piece.links) == 1 else ("", "")
    return (
        bool(text)
        and text == piece.text
        and re.fullmatch(r"\.?/(?:index\.\w+)?(?:[?#].*)?", target) is not None
    )


def _is_imprint(text: str) -> bool:
    """Return whether a line at the foot of a page is the firm's name and place: a few words, no figure, no sentence."""
    words = text.split()
    return (
        len(words) <= IMPRINT_WORDS
        and not re.search(r"\d", text)
        and not re.search(r"[!?]|[a-z]{4,}\.\s*$", text)
    )


def _is_hidden(element: etree._Element) -> bool:
    # Only what never shows: tabs and accordions hide by class or attribute and hold real text.
    return bool(element.get("type") == "hidden")


def _holds_blocks(element: etree._Element) -> bool:
    return any(
        inner.tag in _INNER_BLOCKS for inner in element.iterdescendants() if isinstance(inner.tag, str)
    )


def _breaks_row(row: etree._Element) -> bool:
    return any(
        inner.tag in _ROW_BREAKERS for inner in row.iterdescendants() if isinstance(inner.tag, str)
    ) or not _is_short(row, 2_000)


def _is_short(element: etree._Element, limit: int) -> bool:
    total = 0
    for count, text in enumerate(element.itertext()):
        total += len(text.strip())
        if total > limit or count > 400:
            return False
    return True


def _is_record(element: etree._Element) -> bool:
    """Return whether an element is one of several of its kind: a card, an item, a row."""
    tag = element.tag
    if tag in ("li", "tr", "article"):
        return True
    if tag not in ("div", "section", "a", "figure", "button"):
        return False
    own = element.get("class")
    for step in (element.getnext, element.getprevious):
        other = step()
        for _ in range(2):  # the card in the middle is often made to look different
            if other is None:
                break
            if other.tag == tag and _alike(own, other.get("class")):
                return True
            other = other.getnext() if step == element.getnext else other.getprevious()
    return False


@lru_cache(maxsize=4096)
def _alike(one: str | None, other: str | None) -> bool:
    if one == other:
        return True
    left, right = frozenset((one or "").split()), frozenset((other or "").split())
    return bool(left & right) and 2 * len(left & right) >= min(len(left), len(right))


def _is_cents(buffer: list[str], element: etree._Element) -> bool:
    """Return whether raised figures are the cents of the amount before them."""
    before = "".join(buffer[-3:]).rstrip()
    return bool(
        _CENTS.fullmatch((element.text or "").strip())
        and not len(element)
        and re.search(r"(?:[$€£¥₹]|CHF)\s?\d+$", before)
    )


def _stands_apart(before: str, element: etree._Element) -> bool:
    """Return whether an inline element is set apart by style alone: ``Mara Quill`` and ``Director``, with no space."""
    text = element.text or ""
    if len(before) < 2 or len(text) < 2 or not before[-1].islower() or element.tag in ("sup", "sub"):
        return False
    previous = element.getprevious()
    if previous is None or previous.tag not in _INLINE or previous.tail:
        return False
    after_link = previous.tag == "a"
    return (text[0].isupper() or (after_link and text[0].isdigit())) and (
        after_link or bool(element.get("class"))
    )


def _has_twin(element: etree._Element) -> bool:
    words = element_words(element)
    for sibling in (element.getnext(), element.getprevious()):
        if sibling is not None and sibling.tag == element.tag:
            other = element_words(sibling)
            if (words and words & other and len(words & other) * 2 >= len(words)) or (
                not words and not other
            ):
                return True
    return False


def _text(element: etree._Element) -> str:
    return fold(_joined(element))


def _joined(element: etree._Element) -> str:
    parts: list[str] = []
    _join(element, parts)
    return "".join(parts)


def _join(element: etree._Element, parts: list[str]) -> None:
    if element.text:
        parts.append(element.text)
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _SKIPPED:
            apart = child.tag not in _INLINE
            parts.append(" " if apart else "")
            _join(child, parts)
            parts.append(" " if apart else "")
        if child.tail:
            parts.append(child.tail)


def _leaves(element: etree._Element) -> list[str]:
    """Return the lines a reader sees inside a small container; separators between inline texts part
    lines too.
    """
    lines: list[str] = []
    buffer: list[str] = []

    def flush() -> None:
        text = fold("".join(buffer))
        buffer.clear()
        if any(character.isalnum() for character in text):
            lines.append(text)

    def walk(node: etree._Element) -> None:
        buffer.append(node.text or "")
        for child in node:
            if isinstance(child.tag, str) and child.tag not in _SKIPPED:
                apart = child.tag not in _INLINE or _holds_blocks(child)
                if apart or (buffer and _is_own_line(buffer, child)):
                    flush()
                walk(child)
                if apart:
                    flush()
            buffer.append(child.tail or "")

    walk(element)
    flush()
    return lines


def _is_own_line(buffer: list[str], element: etree._Element) -> bool:
    """Return whether an inline element with attributes of its own begins another line, as a role after a name."""
    before, text = "".join(buffer[-2:]).rstrip(), (element.text or "").lstrip()
    previous = element.getprevious()
    if not before or not text[:1].isupper() or not element.attrib or previous is None or not previous.attrib:
        return False
    return (
        element.tag == previous.tag == "span"
        and (before[-1].isalnum() or before[-1] == ")")
        and not (previous.tail or "").strip()
    )


def _title_of(element: etree._Element) -> str:
    """Return the heading inside a small container, else the bold text it begins with."""
    for inner in element.iterdescendants():
        if inner.tag in _HEADINGS:
            return _text(inner)
    first = next((child for child in element.iterdescendants() if isinstance(child.tag, str)), None)
    if element.tag == "dt":
        return _text(element)
    if first is None or first.tag not in ("strong", "b") or (element.text or "").strip():
        return ""
    return _text(first)


def _links_in(element: etree._Element) -> tuple[tuple[str, str], ...]:
    found = [(_text(a), a.get("href") or "") for a in element.iter("a")]
    return tuple((text, href) for text, href in found if href)


def _table_head(row: etree._Element) -> tuple[str, ...]:
    table = row.getparent()
    while table is not None and table.tag in ("tbody", "thead", "tfoot"):
        table = table.getparent()
    first = next(table.iter("tr"), None) if table is not None else None
    if first is None or first is row:
        return ()
    cells = [cell for cell in first if cell.tag in ("td", "th")]
    if (
        any(cell.tag == "th" for cell in cells)
        or first.getparent().tag == "thead"
        or _names_columns(cells, row)
    ):
        return tuple(_text(cell) for cell in cells)
    return ()


def _names_columns(cells: list[etree._Element], row: etree._Element) -> bool:
    """Return whether a first row without header cells names columns: it has no figures where the others have some."""
    if any(character.isdigit() for cell in cells for character in _text(cell)):
        return False
    return any(character.isdigit() for text in row.itertext() for character in text)
