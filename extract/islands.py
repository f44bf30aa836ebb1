"""JSON islands: the state that a page drawn by scripts carries in its source."""

from __future__ import annotations

import json
import re
from itertools import islice

from lxml import etree

from extract.json_pieces import json_pieces
from extract.normalise import fold
from extract.piece import Piece
from store.kinds import BlockKind

#: A script that sets a property of the window, or a constant, to a record or a list.
_STATE = re.compile(
    r"(?:(?:window|self|globalThis)(?:\.[\w$]+|\[[\"'][\w$.-]+[\"']\])|__[A-Z][A-Z_]+__|(?:var|let|const)\s+[\w$]+)"
    r"\s*=\s*(?=[{\[])"
)
ISLAND_BYTES = 4_000_000
STATES = 8  # assignments of one script that are tried


def island_pieces(root: etree._Element) -> tuple[Piece, ...]:
    """Return the readable texts (three words or more) of the page's JSON state; empty if it has none."""
    found: list[Piece] = []
    for script in root.iter("script"):
        value = _state_of(script)
        if value is not None:
            found.extend(
                Piece(
                    kind=BlockKind.STATE, text=piece.text, path=piece.path, parts=piece.parts, head=piece.head
                )
                for piece in json_pieces(value)
                if len(fold(piece.text).split()) >= 3 and "<" not in piece.text
            )
    return tuple(found[:5_000])


def _state_of(script: etree._Element) -> object:
    text = script.text or ""
    if not text or len(text) > ISLAND_BYTES:
        return None
    kind = script.get("type") or ""
    if "json" in kind and "ld+json" not in kind:
        return _load(text)
    for match in islice(_STATE.finditer(text), STATES):
        if (value := _load(text[match.end() :])) is not None:
            return value
    return None


def _load(text: str) -> object:
    try:
        return json.JSONDecoder().raw_decode(text.lstrip())[0]
    except (ValueError, RecursionError):
        return None
