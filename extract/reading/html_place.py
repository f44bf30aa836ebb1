"""Where a walk through a page stands: what a text becomes there, a piece of its matter or one beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from extract.reading.announcements import tells_of_firm
from extract.reading.html_foot import is_brand, is_claim, is_foot, is_group_title, is_imprint
from extract.reading.html_likeness import is_record
from extract.reading.html_texts import SAYS
from extract.reading.piece import Piece
from extract.reading.zones import NAVIGATION, PROMOTION, element_words, zone_of
from store.kinds import BlockKind

_CONTACT = re.compile(r"^@\w+$|\S+@\S+\.\w+|^\+?[\d()\s-]{8,}$")
_GROUPS = frozenset(["ul", "ol", "table", "dl", "section", "article", "select", "nav", "footer"])
#: Elements whose headings say nothing of what follows upon them.
_SECTIONS = frozenset(["section", "article", "aside", "footer", "nav", "li", "td"])
_CURRENCY = re.compile(r"[$€£¥₹]|(?:US|A|C|NZ|S|HK)\$|CHF|kr|zł", re.I)
SIGN_CHARACTERS = 3
_NEAR = 4  # elements above a text whose class words it bears


@dataclass
class Place:
    """The headings above, the zones, classes and repeated elements around, and how many edges of the page are open.

    ``footer`` counts heads and feet of the page and of its parts, ``foot`` the feet, ``end`` those that end the page.
    """

    path: list[tuple[int, str]] = field(default_factory=list)
    zones: list[str] = field(default_factory=list)
    classes: list[frozenset[str]] = field(default_factory=list)
    records: list[int] = field(default_factory=list)
    group: int = 0
    groups: int = 0
    footer: int = 0
    foot: int = 0
    end: int = 0
    sign: str = ""

    @contextmanager
    def inside(self, element: etree._Element) -> Iterator[None]:
        """Stand inside an element for as long as the context lasts."""
        zone, foot, footer, ends_page = zone_of(element), _is_foot(element), element.tag == "header", False
        if foot:
            ends_page = next(element.iterancestors("main", "article", "blockquote", "li"), None) is None
        edges = (foot or footer, foot, ends_page)
        self._edge(edges, 1)
        self.zones += [zone] if zone is not None else []
        self.classes.append(element_words(element))
        outer, depth, record = self.group, len(self.path), is_record(element)
        if element.tag in _GROUPS:
            self.groups += 1
            self.group = self.groups
        if record:
            self.groups += 1
            self.records.append(self.groups)
        yield
        if record:
            self.records.pop()
        if element.tag in _SECTIONS:
            del self.path[depth:]
        self.group = outer
        self.classes.pop()
        self._edge(edges, -1)
        if zone is not None:
            self.zones.pop()

    def _edge(self, edges: tuple[bool, bool, bool], step: int) -> None:
        self.footer += step * edges[0]
        self.foot += step * edges[1]
        self.end += step * edges[2]

    def words(self) -> frozenset[str]:
        """Return the class and id words of the elements just above."""
        return _together(tuple(self.classes[-_NEAR:]))

    def signed(self, text: str) -> str:
        """Return a text with the currency sign in an element of its own before it; nothing for the sign."""
        if len(text) <= SIGN_CHARACTERS and _CURRENCY.fullmatch(text):
            self.sign = text
            return ""
        if not SAYS.search(text):
            return ""
        sign, self.sign = self.sign, ""
        return f"{sign}{text}" if text[0].isdigit() else text

    def piece(
        self,
        kind: BlockKind,
        text: str,
        *,
        parts: tuple[str, ...],
        head: tuple[str, ...],
        links: tuple[tuple[str, str], ...],
        level: int,
        title: str,
    ) -> Piece:
        """Return the piece that a text makes here."""
        return Piece(
            kind=kind,
            text=text,
            path=tuple([title for _, title in self.path]),
            parts=parts,
            head=head,
            links=links,
            level=level,
            group=self.group,
            classes=self.words(),
            title=title,
            records=tuple(self.records),
        )

    def reason(self, piece: Piece) -> str | None:
        """Return the name of the noise that a piece makes beside the matter, None if it is part of it."""
        reason = self.zones[0] if self.zones else self._menu_reason(piece)
        told = reason == PROMOTION and tells_of_firm(piece.text)
        return None if told or (reason == NAVIGATION and _CONTACT.search(piece.text)) else reason

    def _menu_reason(self, piece: Piece) -> str | None:
        if piece.level:
            return NAVIGATION if self.foot and is_group_title(piece) else None
        if is_brand(piece) or (self.end and is_imprint(piece.text)):
            return NAVIGATION
        if self.end and is_claim(piece.text):
            return NAVIGATION
        if not self.footer:
            return None
        linked = sum(len(text) for text, _ in piece.links)
        return NAVIGATION if linked >= 0.9 * len(piece.text) else None


@lru_cache(maxsize=4_096)
def _together(words: tuple[frozenset[str], ...]) -> frozenset[str]:
    return frozenset().union(*words)


def _is_foot(element: etree._Element) -> bool:
    return element.tag == "footer" or element.get("role") == "contentinfo" or is_foot(element)
