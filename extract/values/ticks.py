"""Icons that say yes or no in the cells of tables."""

from __future__ import annotations

import re

from lxml import etree

YES, NO = "✓", "✗"
_YES_WORDS = frozenset({
    "check", "checked", "checkmark", "tick", "ticked", "yes", "included", "available", "true", "enthalten", "ja", "oui",
    "inclus", "incluido", "sí",
})  # fmt: skip
_NO_WORDS = frozenset({
    "cross", "times", "xmark", "close", "no", "not", "excluded", "unavailable", "false", "minus", "dash", "nein",
    "nicht", "non", "none", "without",
})  # fmt: skip
_NOT = re.compile(r"[-–—−✗✘×✕❌○]|x|no|none|n/?a|not included|nein|non", re.I)
_LABELS = ("aria-label", "alt", "title")
_NAMES = ("class", "data-icon", "href", "{http://www.w3.org/1999/xlink}href", "src")
_WORD = re.compile(r"[^\W\d_a-z]?[^\W\d_A-Z]+|[A-Z]+")
SHORT = 3  # letters; shorter words stand by chance in generated names
ICON_PARTS = 6  # elements in a cell that shows an icon alone


def says_no(cell: str) -> bool:
    """Return whether a cell says that a plan does not have what its row is about."""
    return bool(_NOT.fullmatch(cell.strip()))


def said_by_icon(cell: etree._Element, text: str) -> str:
    """Return the text of a cell, with a mark for one that says yes or no by an icon alone."""
    words: set[str] = set()
    for count, element in enumerate(() if text else cell.iterdescendants(etree.Element)):
        if count >= ICON_PARTS:
            return ""
        for name in (*_LABELS, *_NAMES):
            found = _WORD.findall((element.get(name) or "").rpartition("/")[2])
            words.update(word.lower() for word in found if name in _LABELS or len(word) >= SHORT)
    if words & _NO_WORDS:
        return NO
    return YES if words & _YES_WORDS else text
