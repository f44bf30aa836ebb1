"""Finds the strings of a truth in a text, whatever way it is written there."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable

_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_FILLERS = re.compile(r"[\s\-_‐-―]+")


def normalised(text: str) -> str:
    """Return the text for searching: lower case, no accents, hyphens as spaces, 1,299 as 1299."""
    plain = unicodedata.normalize("NFKD", html.unescape(text))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
    return _FILLERS.sub(" ", _THOUSANDS.sub("", plain))


def holds_all(text: str, wanted: Iterable[str]) -> bool:
    """Return True if a normalised text holds all strings; a number only as a whole number, not inside another."""
    return all(_holds(text, normalised(item)) for item in wanted)


def _holds(text: str, wanted: str) -> bool:
    before = r"(?<![\d.])" if wanted[:1].isdigit() else r"(?<!\w)"
    after = r"(?!\d)(?!\.[1-9])" if wanted[-1:].isdigit() else r"(?!\w)"
    return re.search(before + re.escape(wanted) + after, text) is not None
