"""One e-mail, out of bytes that anybody may have sent: who, what, when, and its text. Pure; bounded in every direction.

Addresses of those who got it, links and pictures are left out: newsletters carry the reader's own tracking marks there.
"""

from __future__ import annotations

import binascii
import codecs
import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import parsedate_to_datetime

from crawlers.plain import one_line, plain_text

MAX_MAIL = 1_000_000  # bytes; what follows is cut off, mostly pictures
MAX_BOUNDARIES = 60  # A newsletter has three or four; the parser's work grows with their square.
MAX_PARTS = 100
MAX_SEPARATORS = (
    1_000  # lines that begin with two dashes; each may begin a part, and the parser makes them all
)
MAX_HEADER = 2_000  # characters of one header that are read
MAX_FIELD = 4_000  # bytes of one header that tells the form; its parser is slow on longer ones
MAX_CONTENT = 400_000  # characters of one part
TEXT_LIMIT = 20_000
_FIELD = re.compile(rb"^content-[a-z-]{1,40}:[^\n]*(?:\n[ \t][^\n]*)*", re.I | re.M)
_ANGLE = re.compile(r"<\s*([^<>@\s]{1,64}@[^<>@\s]{1,255})\s*>\s*$")
_BARE = re.compile(r"[^<>@\s,;]{1,64}@[^<>@\s,;]{1,255}")
_FORGED = re.compile(r"\bdmarc\s*=\s*fail\b", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail as it is kept. ``sender`` is the address alone, lower case; ``text`` is plain, on one line."""

    id: str
    sender: str
    subject: str
    date: datetime | None
    text: str


def read_mail(data: bytes) -> Mail | None:
    """Return the mail; None if it is none, is forged as far as our own server says, or is built to do harm."""
    data = data[:MAX_MAIL]
    if _is_harmful(data):
        return None
    try:
        message = message_from_bytes(data)
        sender = _sender(message)
        if not sender or _is_forged(message):
            return None
        subject, date = _header(message, "Subject"), _date(message)
        identity = _header(message, "Message-ID").strip("<> ")
        text = _text(message)
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError, AssertionError):
        # What Python's own parser raises on damaged mail.
        return None
    if not identity:
        identity = hashlib.sha256(
            f"{sender}\0{subject}\0{date}\0{text}".encode("utf-8", "replace")
        ).hexdigest()
    return Mail(id=one_line(identity, 500), sender=sender, subject=subject, date=date, text=text)


def is_from(sender: str, wanted: tuple[str, ...]) -> bool:
    """Return True if the address is one of ``wanted``, or at (or below) a domain among them."""
    domain = sender.rpartition("@")[2]
    names = [name.lower().removeprefix("@") for name in wanted]
    return any(
        sender == name if "@" in name else domain == name or domain.endswith("." + name) for name in names
    )


def _is_harmful(data: bytes) -> bool:
    lower = data.lower()
    return (
        lower.count(b"boundary") > MAX_BOUNDARIES
        or lower.count(b"message/") > MAX_BOUNDARIES
        or lower.count(b"\n--") > MAX_SEPARATORS
        or any(len(field[0]) > MAX_FIELD for field in _FIELD.finditer(data))
    )


def _is_forged(message: Message) -> bool:
    # Only the topmost is our own server's; those below came with the mail.
    results = message.get("Authentication-Results")
    return results is not None and _FORGED.search(str(results)[:MAX_HEADER]) is not None


def _sender(message: Message) -> str:
    froms = message.get_all("From") or []
    if len(froms) != 1:
        return ""  # Two senders are a trick to show the reader another than the server checked.
    written = _decoded(str(froms[0]))
    found = _ANGLE.search(written)
    address = found[1] if found else written.strip() if _BARE.fullmatch(written.strip()) else ""
    return one_line(address.lower(), 320)


def _header(message: Message, name: str) -> str:
    return one_line(_decoded(str(message.get(name) or "")), 500)


def _decoded(written: str) -> str:
    """Return a header with its encoded words read; what cannot be read stays as written."""
    try:
        pieces = decode_header(written[:MAX_HEADER])
    except (MessageError, ValueError, binascii.Error):
        return written[:MAX_HEADER]
    return "".join(
        piece if isinstance(piece, str) else _in_charset(piece, charset) for piece, charset in pieces
    )


def _in_charset(data: bytes, charset: str | None) -> str:
    try:
        name = codecs.lookup(charset or "utf-8")
        # Python's own codecs include some that are no charsets, such as base64 and zip.
        if not name._is_text_encoding:
            name = codecs.lookup("utf-8")
        return data.decode(name.name, "replace")
    except (LookupError, ValueError, TypeError):
        return data.decode("utf-8", "replace")


def _date(message: Message) -> datetime | None:
    try:
        found = parsedate_to_datetime(str(message.get("Date") or "")[:200])
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _text(message: Message) -> str:
    texts = {"text/html": "", "text/plain": ""}
    for count, part in enumerate(message.walk()):
        if count >= MAX_PARTS:
            break
        kind = part.get_content_type()
        if kind in texts and not texts[kind] and part.get_content_disposition() != "attachment":
            texts[kind] = _content(part)
    shown = plain_text(_bare_html(texts["text/html"]), TEXT_LIMIT)
    plain = one_line(texts["text/plain"], TEXT_LIMIT)
    # The plain version often says no more than where the other one is to be read.
    return plain if len(plain) > len(shown) else shown


def _content(part: Message) -> str:
    data = part.get_payload(decode=True)
    return _in_charset(data, part.get_content_charset())[:MAX_CONTENT] if isinstance(data, bytes) else ""


def _bare_html(text: str) -> str:
    """Return the markup without styles, scripts and comments, of which newsletters hold more than of words."""
    for start, end in (("<!--", "-->"), ("<style", "</style"), ("<script", "</script")):
        text = _without(text, start, end)
    return text


def _without(text: str, start: str, end: str) -> str:
    lower, kept, at = text.lower(), [], 0
    if len(lower) != len(text):
        lower = text  # A few letters grow when made small; then capitals are not found.
    while (begin := lower.find(start, at)) >= 0:
        kept.append(text[at:begin])
        found = lower.find(end, begin + len(start))
        if found < 0:
            return "".join(kept)
        at = max(lower.find(">", found), found) + 1
    return "".join([*kept, text[at:]])
