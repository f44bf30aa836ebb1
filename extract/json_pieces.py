"""JSON to pieces: one card a record, one paragraph a long text. Keys give the path, addresses are no text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from extract.money import CODES
from extract.normalise import fold
from extract.piece import Piece
from extract.record_keys import plain_key
from store.kinds import BlockKind

DEPTH = 24
RECORDS = 50_000
LABELS = 4  # records of a name alone in a list that is an attribute; longer ones are lists of their own
NAMES = 3  # texts that make a list of names
LONG = 200  # characters; longer values are texts of their own
_ADDRESS = re.compile(
    r"^(?:https?:)?//|^/[\w./-]+$|^[\w/.-]+\.(?:png|jpe?g|svg|gif|webp|pdf|html?|ico|avif)$|^mailto:", re.I
)
_TOKEN = re.compile(r"^(?=.*\d)[0-9a-f-]{12,}$|^(?=[\w-]*\d)(?=[\w-]*[A-Z])(?=[\w-]*[a-z])[\w-]{20,}$")
_MARKUP_KEYS = frozenset({"id", "_id", "uuid", "guid", "hash", "etag", "nonce", "csrf", "token", "checksum", "slug",
                          "order",
                          "weight", "position", "index", "took", "tookms", "took_ms", "elapsed", "elapsed_ms",
                          "latency", "responsetime", "querytime", "processingtime", "cursor", "nextcursor",
                          "next_cursor", "pagetoken", "nextpagetoken"})  # fmt: skip

#: ``teamId`` and ``team_id`` point at another record and say nothing to a reader.
_KEY_OF_ANOTHER = re.compile(r"[a-z](?:Id|ID)$|[_-]id$")
#: When a file or a record of it was written, which says nothing of what it tells.
_STAMP_KEYS = frozenset({
    "generated", "generatedat", "generatedon", "updated", "updatedat", "updatedon", "lastupdated", "lastupdate",
    "lastmodified", "modified", "modifiedat", "lastmod", "timestamp", "asof", "exported", "exportedat", "fetched",
    "fetchedat", "builtat", "buildtime", "builddate", "cached", "cachedat", "synced", "syncedat", "lastsync",
    "refreshed", "refreshedat", "servertime", "datemodified",
})  # fmt: skip
_STAMP = re.compile(
    r"(?:19|20)\d{2}-\d{1,2}-\d{1,2}(?:[T ].*)?|\d{10}(?:\.\d+)?|\d{13}|\d{1,2}:\d{2}(?::\d{2})?"
)
_REVISION = re.compile(r"[rvb#]?\d+|[0-9a-f]{6,}", re.I)
#: Keys under which a name leads to its price, and the keys of amounts by themselves.
_PRICES = re.compile(r"price|cost|rate|fee|tarif|preis|prix|amount", re.I)
_MAP_KEY = re.compile(
    rf"(?:{CODES})|(?:per)?_?(?:month|year|day|week|hour|annual|once)(?:ly)?|annually", re.I
)
_NAMES_FIRST = (
    "name",
    "title",
    "plan",
    "product",
    "tier",
    "label",
    "position",
    "firstname",
    "lastname",
    "question",
)
_REVISIONS = frozenset(
    {"version", "revision", "rev", "build", "generation", "schema_version", "schemaversion"}
)


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
            if isinstance(inner, str) and _ADDRESS.match(inner):
                yield (
                    "link target" if re.search(r"url|link|href", str(key), re.I) else "asset version",
                    inner[:300],
                )
            elif isinstance(inner, str | int) and (
                str(key).lower() in _MARKUP_KEYS or _is_revision(key, inner) or _TOKEN.match(str(inner))
            ):
                yield "nonce", f"{key}={inner}"[:300]
            elif is_stamp(key, inner):
                yield "last updated", f"{key}={inner}"[:300]
            else:
                yield from json_marks(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from json_marks(inner)


def record_text(record: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return (key, text) for the values of a record that a reader would see."""
    found: list[tuple[str, str]] = []
    for key, value in record.items():
        if str(key).lower() in _MARKUP_KEYS or _is_revision(key, value) or _is_name_list(record, value):
            continue
        if is_stamp(key, value):
            continue
        text = (
            _by_key(value)
            if _is_price_map(value)
            else _shown(_labels(value) if _is_label(record, value) else value)
        )
        if _KEY_OF_ANOTHER.search(str(key)) and " " not in text:
            continue
        if any(c.isalnum() for c in text) and not _ADDRESS.match(text) and not _TOKEN.match(text):
            found.append((str(key), text))
    return tuple(found)


def _is_revision(key: str, value: Any) -> bool:
    """Return whether a value counts how often a file was written: ``"version": 5``, but not ``"version": "5.0"``."""
    if str(key).lower() not in _REVISIONS:
        return False
    return isinstance(value, int) or (isinstance(value, str) and _REVISION.fullmatch(value) is not None)


def is_stamp(key: str, value: Any) -> bool:
    """Return whether a value says when a file or a record was written: ``"updated_at": 1759300000``."""
    return (
        plain_key(str(key)) in _STAMP_KEYS
        and isinstance(value, str | int | float)
        and _STAMP.fullmatch(str(value)) is not None
    )


def _is_price_map(value: Any) -> bool:
    """Return whether a value is one amount in several currencies or for several periods: ``{"USD": 12, "EUR": 11}``."""
    return (
        isinstance(value, dict)
        and bool(value)
        and all(_MAP_KEY.fullmatch(str(key)) and _is_amount(inner) for key, inner in value.items())
    )


def _is_amount(value: Any) -> bool:
    return not isinstance(value, bool) and (
        isinstance(value, int | float) or (isinstance(value, str) and any(c.isdigit() for c in value))
    )


def _by_key(value: dict[str, Any]) -> str:
    return ", ".join(f"{key} {_shown(value[key])}" for key in sorted(value))


def _is_price_list(path: tuple[str, ...], record: dict[str, Any]) -> bool:
    """Return whether a record leads from names to prices: ``"prices": {"Basic": 12, "Pro": 29}``."""
    return (
        len(record) > 1
        and bool(path)
        and _PRICES.search(path[-1]) is not None
        and not _is_price_map(record)
        and all(
            _is_amount(value) and plain_key(str(key)) not in _NAMES_FIRST for key, value in record.items()
        )
    )


def _is_unnamed(key: str, record: Any, siblings: dict[str, Any]) -> bool:
    """Return whether a record with an amount is named by the key that leads to it, as all those beside it are."""
    if not isinstance(record, dict) or any(plain_key(str(own)) in _NAMES_FIRST for own in record):
        return False
    if _PRICES.search(key) or not all(isinstance(other, dict) for other in siblings.values()):
        return False
    return any(
        _is_price_map(value) or (_is_amount(value) and _PRICES.search(str(own)) is not None)
        for own, value in record.items()
    )


def _is_label(record: dict[str, Any], value: Any) -> bool:
    """Return whether records that say no more than a name belong to another one: ``{"name": "Berlin"}`` of a job."""
    inner = value if isinstance(value, list) else [value]
    if not 0 < len(inner) <= LABELS or not any(
        isinstance(other, str | int | float) for other in record.values()
    ):
        return False
    return all(
        isinstance(one, dict)
        and {str(key).lower() for key in one} - _MARKUP_KEYS == {"name"}
        and isinstance(one.get("name"), str)
        for one in inner
    )


def _labels(value: Any) -> list[str]:
    return [one["name"] for one in (value if isinstance(value, list) else [value])]


def _is_name_list(record: dict[str, Any], value: Any) -> bool:
    """Return whether a list of texts is what a record is about, and not an attribute of it: each text is an item."""
    if not isinstance(value, list) or len(value) < NAMES or not all(isinstance(v, str) for v in value):
        return False
    return not any(isinstance(other, str | int | float) for other in record.values())


def _rank(pair: tuple[str, str]) -> tuple[int, str]:
    key = plain_key(pair[0])
    return (_NAMES_FIRST.index(key) if key in _NAMES_FIRST else len(_NAMES_FIRST), key)


def _shown(value: Any) -> str:
    if isinstance(value, list) and all(isinstance(v, str | int | float) for v in value):
        return fold(", ".join(str(v) for v in value))
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    if isinstance(value, float) and value.is_integer():
        # 25.0 and 25 are one number, written by two programs.
        return str(int(value))
    return fold(str(value))


def _walk(value: Any, path: tuple[str, ...], depth: int) -> Iterator[Piece]:
    if depth > DEPTH:
        return
    if isinstance(value, dict):
        yield from _record(value, path, depth)
    elif isinstance(value, list):
        for inner in value:
            yield from _walk(inner, path, depth + 1)
    elif isinstance(value, str) and any(c.isalnum() for c in value) and not _ADDRESS.match(value):
        yield Piece(kind=BlockKind.ITEM, text=fold(value), path=path)


def _record(record: dict[str, Any], path: tuple[str, ...], depth: int) -> Iterator[Piece]:
    if _is_price_list(path, record):
        for key, value in record.items():
            yield from _record({"name": key, "price": value}, path, depth)
        return
    seen = record_text(record)
    # Programs write the keys of one record in any order.
    short = sorted(((key, text) for key, text in seen if len(text) <= LONG), key=_rank)
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
        if _is_label(record, inner) or _is_price_map(inner):
            continue
        if _is_unnamed(str(key), inner, record):
            yield from _record({"name": str(key), **inner}, (*path, str(key)), depth + 1)
        elif isinstance(inner, dict) or (
            isinstance(inner, list)
            and (any(isinstance(v, dict | list) for v in inner) or _is_name_list(record, inner))
        ):
            yield from _walk(inner, (*path, str(key)), depth + 1)
