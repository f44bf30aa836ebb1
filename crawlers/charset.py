"""Feeds that say nothing of their encoding, or nothing true: read as UTF-8 if they are, else guessed. Pure."""

from __future__ import annotations

import re

UTF8 = "utf-8"
SAMPLE = 65_536  # bytes that decide; more makes the guess slower, not better.
#: What feeds in an undeclared encoding are written in; a guess outside it is taken for a mistake.
CANDIDATES = (
    "shift_jis",
    "euc_jp",
    "euc_kr",
    "gb18030",
    "big5",
    "koi8_r",
    "cp1251",
    "cp1255",
    "cp1253",
    "cp1256",
    "tis_620",
    "cp1250",
    "cp1254",
    "cp1252",
)
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{2,40})""", re.I)
_PROLOG = re.compile(rb"""(<\?xml[^>]{0,200}?)\sencoding\s*=\s*["'][^"']{0,40}["']""", re.I)
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")


def undeclared_as_utf8(body: bytes, content_type: str | None) -> bytes:
    """Return the body as UTF-8 if it declares no encoding and is not UTF-8; else unchanged. Never raises."""
    said = _DECLARED.match(body[:400])
    if body.startswith(_MARKS) or said or "charset" in (content_type or "").lower() or is_utf8(body):
        return body
    name = guess(body)
    if name is None:
        return body
    return _PROLOG.sub(rb"\1", body.decode(name, "replace").encode(UTF8), count=1)


def guess(body: bytes) -> str | None:
    """Return the name of the encoding that fits the text best; None where none does."""
    from charset_normalizer import from_bytes  # It loads its tables, and few feeds need a guess.

    parts = [part for part in re.split(rb"<[^<>]*>", body[:SAMPLE]) if part]
    text = b" ".join(part for part in parts if max(part) > 127)
    best = from_bytes(text or body[:SAMPLE], cp_isolation=list(CANDIDATES), threshold=0.4).best()
    return best.encoding if best is not None else None


def is_utf8(body: bytes) -> bool:
    """Return True if the bytes are UTF-8."""
    try:
        body.decode(UTF8)
    except UnicodeDecodeError:
        return False
    return True
