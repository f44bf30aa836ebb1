"""Likeness of elements: which of them are cards, records, rows and parts of a line, by those beside them."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from lxml import etree

from extract.reading.html_texts import INLINE, is_short, leaves, runs_on, text_of
from extract.reading.zones import element_words

_ROW_BREAKERS = frozenset(["table", "ul", "ol", "h1", "h2", "h3", "form"])
LINK_TEXT = 4  # characters of a link that leads somewhere; shorter ones are signs
_CENTS = re.compile(r"\d{2}")


def is_record(element: etree._Element) -> bool:
    """Return whether an element is one of several of its kind: a card, an item, a row."""
    tag = element.tag
    if tag in ("li", "tr", "article", "details"):
        return True
    if tag == "td":
        # The cells of a table for layout, each with a table of its own, are cards.
        cells = element.getparent().findall("td")
        return len(cells) > 1 and all(cell.find("table") is not None for cell in cells)
    # The elements that a framework names itself (app-plan-card) stand where others write a div.
    if tag not in ("div", "section", "a", "figure", "button") and "-" not in tag:
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


def is_list(element: etree._Element) -> bool:
    """Return whether a container holds several equal elements that each lead somewhere: a list, and no card."""
    leading = [
        child.get("class") for child in element if child.tag in ("div", "article", "li") and _leads(child)
    ]
    return any(_alike(one, other) for one, other in pairwise(leading))


def _leads(element: etree._Element) -> bool:
    return any(len(text_of(link)) >= LINK_TEXT for link in element.iter("a"))


@lru_cache(maxsize=4096)
def _alike(one: str | None, other: str | None) -> bool:
    if one == other:
        return True
    left, right = frozenset((one or "").split()), frozenset((other or "").split())
    return bool(left & right) and 2 * len(left & right) >= min(len(left), len(right))


def has_twin(element: etree._Element) -> bool:
    """Return whether the element before or after is of the same tag and classes."""
    words = element_words(element)
    for sibling in (element.getnext(), element.getprevious()):
        if sibling is not None and sibling.tag == element.tag:
            other = element_words(sibling)
            if (words and words & other and len(words & other) * 2 >= len(words)) or (
                not words and not other
            ):
                return True
    return False


def is_cents(buffer: list[str], element: etree._Element) -> bool:
    """Return whether raised figures are the cents of the amount before them."""
    before = "".join(buffer[-3:]).rstrip()
    return bool(
        _CENTS.fullmatch((element.text or "").strip())
        and not len(element)
        and re.search(r"(?:[$€£¥₹]|CHF)\s?\d+$", before)
    )


def stands_apart(before: str, element: etree._Element) -> bool:
    """Return whether an inline element is set apart by style alone: ``Mara Quill`` and ``Director``, with no space."""
    if runs_on(before, element):
        return True
    text = element.text or ""
    if len(before) < 2 or len(text) < 2 or not before[-1].isalnum() or element.tag in ("sup", "sub"):
        return False
    previous = element.getprevious()
    if previous is None or previous.tag not in INLINE or previous.tail:
        return False
    if previous.tag == "a":
        return text[0].isupper() or text[0].isdigit()
    return text[0].isupper() and before[-1].islower() and bool(element.get("class"))


def breaks_row(row: etree._Element) -> bool:
    """Return whether a row holds more than a row says: a table or list of its own, a title, or a long text."""
    long = next(row.iter(*_ROW_BREAKERS), None) is not None or not is_short(row, 2_000)
    return long or holds_cards(row)


def holds_cards(row: etree._Element) -> bool:
    """Return whether each cell of a row that says anything says several lines: cards laid out side by side."""
    cells = [lines for cell in row if cell.tag in ("td", "th") and (lines := leaves(cell))]
    return len(cells) > 1 and all(
        len(lines) > 1 and not any(character.isdigit() for character in lines[0]) for lines in cells
    )


def table_head(row: etree._Element) -> tuple[str, ...]:
    """Return the texts of the header cells of a row's table, empty if it has none."""
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
        return tuple(text_of(cell) for cell in cells)
    return ()


def _names_columns(cells: list[etree._Element], row: etree._Element) -> bool:
    """Return whether a first row without header cells names columns: it has no figures where the others have some."""
    if any(character.isdigit() for cell in cells for character in text_of(cell)):
        return False
    return any(character.isdigit() for text in row.itertext() for character in text)
