"""A look at a page's bytes that spares parsing it: most pages are plainly full of text. Pure.

It may say "surely readable" only where `judge` would say OK; whatever is doubtful goes there, markup that parsers may
read in several ways too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from crawlers import walls
from crawlers.adapter import Adapter, Media
from crawlers.judge import Answer
from crawlers.page_signs import AROUND, AROUND_ROLES, HEAD_KEPT, looks_like_html
from crawlers.plain import one_line

#: Characters outside navigation and forms. Nothing that `judge` speaks against has more than `walls.WALL_TEXT` of all
#: its text; the rest is room for what is counted differently here, such as spaces.
ENOUGH_TEXT = walls.WALL_TEXT * 3 // 2
#: The same for pages with more links than walls have: what else `judge` speaks against has less than `PROSE_TEXT`.
ENOUGH_BESIDE_LINKS = walls.PROSE_TEXT * 3 // 2
SEARCHED = 400_000  # characters of markup that are looked through
MOST_HEADINGS = 40  # A page with more is doubtful by itself.
HEADING = 600  # characters after a heading's tag that are looked at
_HEADING = re.compile(r"<(?:title|h1)\b[^<>]*>", re.I)
_TAG = re.compile(r"<[^<>]*>")
_UNSEEN = frozenset({
    "script", "style", "template", "noscript", "title", "svg", "iframe", "object", "textarea", "select", "xmp",
    "noembed", "noframes", "plaintext",
})  # fmt: skip
#: What the parser does not close for the end of an element around it.
_LASTING = frozenset({"div", "td", "th", "tr", "thead", "tbody", "tfoot", "table"})
#: A tag (whether it closes, its name, the rest of it), the opening of a comment or a declaration; and the text behind.
_PIECE = re.compile(
    r"<(?:(/?)([a-zA-Z][^\s/<>\"'=]*+)([^<>\"']*+(?:\"[^\"]*+\"[^<>\"']*+|'[^']*+'[^<>\"']*+)*+)>|!--|[!?][^<>]*+>)([^<]*+)"
)
_LEADS = re.compile(r"\shref\s*=", re.I)
_ROLE = re.compile(rf"\srole\s*=\s*[\"']?(?:&|{'|'.join(sorted(AROUND_ROLES))})")


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
    return text is not None and _has_enough(text, answer.body) and not _sounds_missing(text)


_PARKED = tuple(mark.encode() for mark in walls.PARKED_MARKS)
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


@dataclass(slots=True)
class _Count:
    """Characters outside navigation and forms, links, and in which elements of that kind the next piece stands.

    ``around`` holds, for each of them, its name and how many elements are open in it that outlast its end.
    """

    own: int = 0
    links: int = 0
    around: list[tuple[str, int]] = field(default_factory=list)

    @property
    def is_enough(self) -> bool:
        """Return whether a page with that much is no wall, if it is not one that parks a domain."""
        return self.own > ENOUGH_TEXT or (self.own > ENOUGH_BESIDE_LINKS and self.links > walls.WALL_LINKS)


def _has_enough(text: str, body: bytes) -> bool:
    count, position = _Count(), max(text.find("<"), 0)
    while position < SEARCHED and (piece := _PIECE.match(text, position)):
        closes, name, rest, words = piece.groups()
        name = name.lower() if name else ""
        position = piece.end()
        if not name or (name in _UNSEEN and not closes):
            position = _behind(text, piece)
        elif not _passes(count, name, rest, bool(closes)):
            return False
        elif not count.around:
            count.own += len(words.strip())
            if count.is_enough:
                return count.own > ENOUGH_TEXT or not _is_parked(body[:HEAD_KEPT].lower())
    return False


def _passes(count: _Count, name: str, rest: str, closes: bool) -> bool:
    """Count a tag; return whether it is plain what the text behind it stands in."""
    if name in AROUND:
        return _turns(count.around, name, closes)
    if count.around and name in _LASTING:
        outer, inner = count.around[-1]
        count.around[-1] = outer, inner - 1 if closes else inner + 1
    elif name == "a" and not closes:
        count.links += _LEADS.search(rest) is not None
    return "role" not in rest or _ROLE.search(rest) is None


def _turns(around: list[tuple[str, int]], name: str, closes: bool) -> bool:
    """Enter or leave an element of navigation; return whether the parser does so too."""
    if not closes:
        around.append((name, 0))
        return True
    return not around or around.pop() == (name, 0)


def _is_parked(head: bytes) -> bool:
    return any(mark in head for mark in _PARKED)


def _behind(text: str, piece: re.Match[str]) -> int:
    """Return where what is shown begins again behind the opening of something that is not; the end if nowhere."""
    if piece[2]:
        found = text.find(f"</{piece[2]}", piece.start(4))
        # Parsers take one that ends in itself, and a comment in a script, in two ways.
        if piece[3].endswith("/") or text.find("<!--", piece.start(4), max(found, 0)) >= 0:
            return len(text)
    elif text.startswith("<!--", piece.start()):
        found = text.find("<", text.find("-->", piece.start()))
    else:
        return piece.end()
    return found if found >= 0 else len(text)


def _sounds_missing(text: str) -> bool:
    for number, heading in enumerate(_HEADING.finditer(text)):
        name = _TAG.sub("", text[heading.end() : heading.end() + HEADING].partition("</")[0])
        if number >= MOST_HEADINGS or walls.MISSING_TITLES.match(one_line(name)):
            return True
    return False
