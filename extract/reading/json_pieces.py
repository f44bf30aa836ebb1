"""JSON to pieces: one card a record, one paragraph a long text. Keys give the path, addresses are no text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from extract.reading.json_records import (
    ADDRESS,
    TOKEN,
    is_markup,
    is_name_list,
    is_price_list,
    is_revision,
    is_stamp,
    is_told,
    is_unnamed,
    rank,
    record_text,
)
from extract.reading.piece import Piece
from extract.values.normalise import fold
from store.kinds import BlockKind

DEPTH = 24
RECORDS = 50_000
LONG = 200  # characters; longer values are texts of their own


def json_pieces(value: Any) -> tuple[Piece, ...]:
    """Return the pieces of a JSON value."""
    pieces: list[Piece] = []
    for piece in _walk(value, (), 0):
        pieces.append(piece)
        if len(pieces) >= RECORDS:
            break
    return tuple(pieces)


def json_marks(value: Any) -> Iterator[tuple[str, str]]:
    """Yield (reason, value) for what a JSON file holds besides text: addresses and tokens."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, str) and ADDRESS.match(inner):
                yield (
                    "link target" if re.search(r"url|link|href", str(key), re.I) else "asset version",
                    inner[:300],
                )
            elif isinstance(inner, str | int) and (
                is_markup(key, inner) or is_revision(key, inner) or TOKEN.match(str(inner))
            ):
                yield "nonce", f"{key}={inner}"[:300]
            elif is_stamp(key, inner):
                yield "last updated", f"{key}={inner}"[:300]
            else:
                yield from json_marks(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from json_marks(inner)


def _walk(value: Any, path: tuple[str, ...], depth: int) -> Iterator[Piece]:
    if depth > DEPTH:
        return
    if isinstance(value, dict):
        yield from _record(value, path, depth)
    elif isinstance(value, list):
        for inner in value:
            yield from _walk(inner, path, depth + 1)
    elif isinstance(value, str) and any(c.isalnum() for c in value) and not ADDRESS.match(value):
        yield Piece(kind=BlockKind.ITEM, text=fold(value), path=path)


def _record(record: dict[str, Any], path: tuple[str, ...], depth: int) -> Iterator[Piece]:
    if is_price_list(path, record):
        for key, value in record.items():
            yield from _record({"name": key, "price": value}, path, depth)
        return
    seen = record_text(record)
    # Programs write the keys of one record in any order.
    short = sorted(((key, text) for key, text in seen if len(text) <= LONG), key=rank)
    if short:
        links = tuple(
            (short[0][1], text)
            for text in record.values()
            if isinstance(text, str) and re.match(r"https?://", text)
        )
        yield Piece(
            kind=BlockKind.CARD,
            text=" ".join(text for _, text in short),
            path=path,
            parts=tuple(text for _, text in short),
            head=tuple(key for key, _ in short),
            links=links,
            classes=frozenset(str(key).lower() for key in record),
        )
    for key, text in seen:
        if len(text) > LONG:
            yield Piece(kind=BlockKind.PARAGRAPH, text=text, path=(*path, key))
    for key, inner in record.items():
        if is_told(record, str(key), inner):
            continue
        if is_unnamed(str(key), inner, record):
            yield from _record({"name": str(key), **inner}, (*path, str(key)), depth + 1)
        elif isinstance(inner, dict) or (
            isinstance(inner, list)
            and (any(isinstance(v, dict | list) for v in inner) or is_name_list(record, inner))
        ):
            yield from _walk(inner, (*path, str(key)), depth + 1)
