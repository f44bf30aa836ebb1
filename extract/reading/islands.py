"""JSON islands: the state that a page drawn by scripts carries in its source."""

from __future__ import annotations

import json
import re
from itertools import islice

from lxml import etree

from extract.reading.flight import flight_pieces
from extract.reading.json_pieces import json_pieces
from extract.reading.piece import Piece
from extract.values.normalise import fold
from store.kinds import BlockKind

#: A script that sets a property of the window, or a constant, to a record or a list.
_STATE = re.compile(
    r"(?:(?:window|self|globalThis)(?:\.[\w$]+|\[[\"'][\w$.-]+[\"']\])|__[A-Z][A-Z_]+__|(?:var|let|const)\s+[\w$]+)"
    r"\s*=\s*(?=[{\[])"
)
ISLAND_BYTES = 4_000_000
MOST = 5_000  # pieces
STATES = 8  # assignments of one script that are tried


def island_pieces(root: etree._Element) -> tuple[Piece, ...]:
    """Return what the page's flight data renders, and the readable texts (three words or more) of its JSON state."""
    found: list[Piece] = []
    rendered, data = flight_pieces(root)
    states = (value for script in root.iter("script") if (value := _state_of(script)) is not None)
    for value in (*states, *data):
        found.extend(
            Piece(kind=BlockKind.STATE, text=piece.text, path=piece.path, parts=piece.parts, head=piece.head)
            for piece in json_pieces(value)
            if len(fold(piece.text).split()) >= 3 and "<" not in piece.text
        )
    return (*rendered, *found)[:MOST]


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
