"""A look at a page's bytes that spares parsing it: most pages are plainly full of text. Pure.

It may say "surely readable" only where `judge` would say OK; whatever is doubtful goes there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from crawlers import walls
from crawlers.adapter import Adapter, Media
from crawlers.judge import Answer
from crawlers.page_signs import looks_like_html
from crawlers.plain import one_line

#: Characters outside navigation and forms. Nothing that `judge` speaks against has more than `walls.WALL_TEXT` of all
#: its text; the rest is room for what is counted differently here, such as spaces.
ENOUGH_TEXT = walls.WALL_TEXT * 3 // 2
SEARCHED = 400_000  # characters of markup that are looked through
MOST_HEADINGS = 40  # A page with more is doubtful by itself.
HEADING = 600  # characters after a heading's tag that are looked at
_HEADING = re.compile(r"<(?:title|h1)\b[^<>]*>", re.I)
_TAG = re.compile(r"<[^<>]*>")
#: An opening of what no reader sees, a tag, or text. Reads every character once, whatever the markup.
_PIECE = re.compile(
    r"<(script|style|template|noscript|title|svg|iframe|object|textarea|select)\b|(<!--)|<[^<>]*>|([^<]+)|<",
    re.I,
)


def is_surely_readable(answer: Answer, adapter: Adapter, options: Mapping[str, Any]) -> bool:
    """Return True if the answer is a page that nothing can be said against without parsing it."""
    if (
        answer.status != 200
        or adapter.media is not Media.HTML
        or adapter.is_entries
        or options.get("only")
        or answer.asked != answer.url
        or not looks_like_html(answer.body)
        or not (answer.content_type or "").lower().startswith("text/html")
        or any(name in answer.headers for name in _WALL_HEADERS)
    ):
        return False
    text = _text(answer)
    return text is not None and _has_enough(text) and not _sounds_missing(text)


_WALL_HEADERS = frozenset(name for wall in walls.WALLS for name in wall.headers or ())


def _text(answer: Answer) -> str | None:
    if (
        "charset" in (answer.content_type or "").lower()
        and "utf-8" not in (answer.content_type or "").lower()
    ):
        return None
    try:
        text = answer.body.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def _has_enough(text: str) -> bool:
    seen = position = 0
    end = min(len(text), SEARCHED)
    while position < end and seen <= ENOUGH_TEXT:
        piece = _PIECE.match(text, position, end)
        if piece is None:
            return False
        position = _behind(text, piece)
        seen += len(piece[3].strip()) if piece[3] else 0
    return seen > ENOUGH_TEXT


def _behind(text: str, piece: re.Match[str]) -> int:
    """Return where the next piece begins: behind all that an unseen element or a comment holds."""
    if piece[1]:
        close = text.find(f"</{piece[1]}", piece.end())
    elif piece[2]:
        close = text.find("-->", piece.end())
    else:
        return piece.end()
    end = text.find(">", close) if close >= 0 else -1
    return end + 1 if end >= 0 else len(text)


def _sounds_missing(text: str) -> bool:
    for number, heading in enumerate(_HEADING.finditer(text)):
        name = _TAG.sub("", text[heading.end() : heading.end() + HEADING].partition("</")[0])
        if number >= MOST_HEADINGS or walls.MISSING_TITLES.match(one_line(name)):
            return True
    return False
