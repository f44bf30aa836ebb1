"""Lines of Markdown by themselves: items, lines of price lists, clauses, marked breaks, and the front matter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from extract.reading.json_pieces import json_pieces
from extract.reading.piece import Piece
from extract.reading.record_keys import plain_key
from extract.reading.yaml_values import yaml_value
from extract.values.money import CODES
from extract.values.normalise import fold, plain
from store.kinds import BlockKind

ITEM = re.compile(r"^(\s*)(?:[-*+]|\d{1,3}[.)])\s+(.*)$")
_FRONT_KEYS = ("title", "description", "summary", "subtitle", "headline")
#: A line whose name and amount are parted by leading dots or by spaces as wide as a column.
_LED = re.compile(
    r"\s*(?P<name>[^\W\d_][^|]*?)(?:\s?\.{3,}\s?|\s?…+\s?|\s{3,}|\t+)(?P<amount>[^\s.][^|]{0,40})"
)
_AMOUNT = re.compile(
    rf"(?:(?:from|ab|dès)\s)?(?:[$€£¥]|(?:{CODES})\b)?\s?\d[\d.,' ]*(?:[-–—])?\s?(?:[$€£¥]|zł|kr|(?:{CODES})\b)?"
    r"(?:\s?(?:/|per|pro|par)\s?[^\W\d_]+)?",
    re.I,
)
#: Keys by which the front matter is the record of a person, an event, an opening or a product.
_RECORD_KEYS = frozenset({
    "role", "position", "jobtitle", "location", "place", "venue", "city", "department", "price", "startdate", "booth",
})  # fmt: skip
#: How a page is built, which is nothing that it says.
_SETTINGS = frozenset(
    {"layout", "permalink", "draft", "published", "weight", "menu", "type", "template", "image", "photo"}
)
_NAMED_KEYS = frozenset({"title", "name"})
TITLE_CHARACTERS = 90


def clause_title(text: str) -> str:
    """Return the heading of a numbered clause that stands in a line of its own above its text."""
    first, _, rest = text.strip().partition("\n")
    titled = (
        re.match(r"\d{1,3}[.)]\s+[^\W\d_]", first)
        and rest.strip()
        and not first.rstrip().endswith((".", ",", ";"))
    )
    return fold(plain(first)) if titled and len(first) <= TITLE_CHARACTERS else ""


def led_cells(line: str) -> tuple[str, ...]:
    """Return the name and the amount of a line of a price list, between which dots or wide spaces lead."""
    match = _LED.fullmatch(line)
    money = match and (_AMOUNT.fullmatch(match.group("amount").strip()) is not None)
    return (fold(plain(match.group("name"))), fold(match.group("amount"))) if match and money else ()


def attribute(tag: str, name: str) -> str:
    match = re.search(rf"\b{name}\s*=\s*[\"']([^\"']*)[\"']", tag, re.I)
    return match.group(1) if match else ""


def is_underlined(line: str, following: str) -> bool:
    return (
        bool(re.fullmatch(r"\s*-{3,}\s*", following or ""))
        and "|" not in line
        and not ITEM.match(line)
        and len(line) < 120
    )


def front_matter(text: str) -> tuple[tuple[Piece, ...], str]:
    """Return what the front matter says as pieces, and the title it gives: a record, or its lines for readers."""
    values = yaml_value(text)
    if isinstance(values, dict) and (record := _record(values)):
        return json_pieces(record), str(values.get("title") or values.get("name") or "")
    said = [
        value.strip().strip("'\"")
        for key, _, value in (line.partition(":") for line in text.split("\n"))
        if key.strip().lower() in _FRONT_KEYS and value.strip(" '\"")
    ]
    return tuple(Piece(kind=BlockKind.PARAGRAPH, text=fold(value)) for value in said), next(iter(said), "")


def _record(values: dict[str, Any]) -> dict[str, Any]:
    keys = {plain_key(str(key)) for key in values}
    if not (keys & _NAMED_KEYS and keys & _RECORD_KEYS):
        return {}
    return {key: value for key, value in values.items() if plain_key(str(key)) not in _SETTINGS}


def broken_lines(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the lines of a paragraph that are parted by marked breaks, without their marks; else nothing."""
    if len(lines) < 2 or not all(
        line.endswith(("  ", "\\", "<br>", "<br/>", "<br />")) for line in lines[:-1]
    ):
        return ()
    return tuple(fold(plain(re.sub(r"<br ?/?>$|\\$", "", line))) for line in lines)
