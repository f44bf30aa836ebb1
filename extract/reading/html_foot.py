"""What stands beside the matter by its place: at the foot of a page, in the head of it, in a form."""

from __future__ import annotations

import re

from lxml import etree

from extract.reading.piece import Piece
from extract.reading.zones import element_words
from extract.values.places import is_place

FORM = "form"
_PARTS_WITH_FOOT = frozenset({"card", "modal", "panel", "post", "entry", "article", "dialog", "item", "product", "plan",
                              "price", "table", "section", "widget"})  # fmt: skip
IMPRINT_WORDS = 8
CLAIM_WORDS = 25
GROUP_WORDS = 4


def is_foot(element: etree._Element) -> bool:
    """Return whether a part that is called a footer is that of the page, and not of one of its cards."""
    if element.tag not in ("div", "section") or "foot" not in (
        element.get("class") or element.get("id") or ""
    ):
        return False
    words = element_words(element)
    if not words & {"footer", "sitefooter", "pagefooter"} or words & _PARTS_WITH_FOOT:
        return False
    return next(element.iterancestors("main", "article", "li", "table", "form"), None) is None


def is_brand(piece: Piece) -> bool:
    """Return whether a piece is nothing but a link to the start page: the site's own name."""
    text, target = piece.links[0] if len(piece.links) == 1 else ("", "")
    return (
        bool(text)
        and text == piece.text
        and re.fullmatch(r"\.?/(?:index\.\w+)?(?:[?#].*)?", target) is not None
    )


def is_imprint(text: str) -> bool:
    """Return whether a line at the foot of a page is the firm's name and place: a few words, no figure, no sentence."""
    words = text.split()
    return (
        len(words) <= IMPRINT_WORDS
        and not re.search(r"\d", text)
        and not re.search(r"[!?]|[a-z]{4,}\.\s*$", text)
    )


def is_group_title(piece: Piece) -> bool:
    """Return whether a heading at the foot of a page is the title of a group of links: a word or three, no place."""
    words = piece.text.split()
    return (
        piece.level > 1
        and len(words) <= GROUP_WORDS
        and not any(map(str.isdigit, piece.text))
        and not is_place(piece.text)
    )


def is_claim(text: str) -> bool:
    """Return whether a line at the end of a page is a claim or a description of the firm: a sentence, no figure."""
    bare_version = re.fullmatch(r"(?:version |release |build )?v?\d+(?:\.\d+){1,3}", text, re.I)
    return len(text.split()) <= CLAIM_WORDS and (bool(bare_version) or not re.search(r"[\d@]", text))


def asked_in_form(element: etree._Element) -> str | None:
    """Return the noise of the label of a field, which asks the visitor and says nothing."""
    if element.tag != "label" or element.find(".//select") is not None:
        return None
    return FORM if next(element.iterancestors("form"), None) is not None else None
