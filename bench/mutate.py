"""Damages answers as servers and attackers do: bytes, structure, sizes. The same for the same random source."""

from __future__ import annotations

import json
import random
from typing import Any

MAX_INPUT = 200_000  # bytes; larger ones only make the run longer, the caps on size are tested elsewhere
_STRANGE: tuple[Any, ...] = (
    None, True, -1, 0, 10**30, -(10**30), 1e308, 0.1, "", "\0", "\ud800", "a" * 5_000, "2026-13-45T99:99:99Z",
    "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "http://[::1", "javascript:alert(1)", "../../..",
    "<script>x</script>" * 50, "&#x110000;&#0;", "\u202e\u200b", [], {}, [[]], [None], {"": None}, "1" * 400,
    "+2026-00-00T00:00:00Z", "%", "//", "?", "#", "http://\u0000.example/", "٣٤٥", "²",
)  # fmt: skip
_PIECES = (
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"<", b"<![CDATA[", b"]]>", b"<!--", b"&", b"&#x0;", b"&#99999999;",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"<?xml version='1.0' encoding='utf-7'?>", b'"', b"\\u", b"\\ud800", b"{", b"}",
    b"[", b"]", b",", b"9" * 5_000, b"1e999", b"\x1f\x8b", b"\r\n\r\n", b"--", b"=?utf-8?q?", b"/*", b"//", b"%00",
    b"<a href='", b"<script type='application/ld+json'>{", b"xmlns:x='y'", b"\xed\xa0\x80", b"\xf4\x90\x80\x80",
)  # fmt: skip


def mutated(seed: bytes, other: bytes, chance: random.Random) -> bytes:
    """Return the seed after one to four damages; ``other`` is what parts are taken from."""
    body = seed
    for _ in range(chance.randint(1, 4)):
        body = chance.choice(_MUTATIONS)(body, other, chance)[:MAX_INPUT]
    return body


def _flip(body: bytes, other: bytes, chance: random.Random) -> bytes:
    data = bytearray(body)
    for _ in range(chance.randint(1, 20)):
        if data:
            data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def _cut(body: bytes, other: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(body))
    return body[:at] if chance.random() < 0.7 else body[at:]


def _twice(body: bytes, other: bytes, chance: random.Random) -> bytes:
    begin = chance.randint(0, len(body))
    part = body[begin : begin + chance.randint(1, 2_000)]
    return body[:begin] + part * chance.choice((1, 2, 30)) + body[begin:]


def _insert(body: bytes, other: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(body))
    return body[:at] + chance.choice(_PIECES) * chance.choice((1, 1, 3, 200)) + body[at:]


def _splice(body: bytes, other: bytes, chance: random.Random) -> bytes:
    begin = chance.randint(0, len(other))
    at = chance.randint(0, len(body))
    return body[:at] + other[begin : begin + chance.randint(1, 3_000)] + body[at + chance.randint(0, 500) :]


def _deepen(body: bytes, other: bytes, chance: random.Random) -> bytes:
    depth = chance.choice((50, 900, 5_000))
    opening, closing = chance.choice(
        ((b"[", b"]"), (b'{"a":', b"}"), (b"<div>", b"</div>"), (b"<item>", b"</item>"))
    )
    at = chance.randint(0, len(body))
    inner = body[at : at + 200]
    return body[:at] + opening * depth + inner + closing * depth + body[at:]


def _reshape(body: bytes, other: bytes, chance: random.Random) -> bytes:
    """Replace values of the right form by others of the wrong one; what is no JSON gets a piece inserted."""
    try:
        root = json.loads(body)
    except (ValueError, RecursionError):
        return _insert(body, other, chance)
    for _ in range(chance.randint(1, 5)):
        root = _replaced(root, chance, 0)
    return json.dumps(root, ensure_ascii=True).encode()


def _replaced(node: Any, chance: random.Random, depth: int) -> Any:
    if depth > 40 or not isinstance(node, (dict, list)) or not node or chance.random() < 0.12:
        return chance.choice(_STRANGE)
    if isinstance(node, list):
        copy = list(node[:200])
        at = chance.randrange(len(copy))
        if chance.random() < 0.15:
            return copy * 3
        copy[at] = _replaced(copy[at], chance, depth + 1)
        return copy
    key = chance.choice(list(node))
    if chance.random() < 0.1:
        return {name: value for name, value in node.items() if name != key}
    return {**node, key: _replaced(node[key], chance, depth + 1)}


_MUTATIONS = (_flip, _cut, _twice, _insert, _splice, _deepen, _reshape, _reshape, _reshape)
