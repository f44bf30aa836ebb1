"""Offsets: where in a page's decoded source the text of a block begins and ends.

The source is cut into tags, entities and text; the quoted text is looked for among its characters without white space.
What is found is read again as text and must yield the quote; what does not is not claimed.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

#: Characters of source up to which text is located; longer pages are lists of which no person reads the source.
LONGEST = 3_000_000
#: Each alternative stops at the next "<" or takes all that is left, so that hostile source is cut in linear time.
_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(script|style|noscript|template|iframe|object|canvas|audio|video|svg|math|map|datalist|textarea|title)\b"
    r"[^<>]*>.*?(?:</\1\s*>|\Z)"
    r"|</?[A-Za-z][^<>\"']*(?:(?:\"[^<\"]*\"|'[^<']*')[^<>\"']*)*>"
    r"|<[!?/A-Za-z][^<>]*>"
    r"|(?P<entity>&(?:\#\d{1,7}|\#x[0-9a-f]{1,6}|\w{1,31});?)"
    r"|(?P<text>[^<&]+|[<&])",
    re.I | re.S,
)
# What `fold` takes away, with all white space.
_UNSEEN = re.compile("[\\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Where a text stands: offsets of characters in the decoded source, ``end`` not included."""

    start: int
    end: int


@dataclass
class Source:
    """A page's decoded source, cut once, in which texts can be located."""

    text: str
    _spans: list[tuple[int, int]] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)
    _stream: str = ""

    def __post_init__(self) -> None:
        if len(self.text) > LONGEST:
            return
        seen: list[str] = []
        for match in _TOKEN.finditer(self.text):
            if match.lastgroup is None:
                continue  # A tag, or what is not shown.
            written = match[0] if match.lastgroup == "text" else html.unescape(match[0])
            if shown := _shown(written):
                seen.append(shown)
                self._spans.append(match.span())
        self._starts = [0, *accumulate(len(shown) for shown in seen)]
        self._stream = "".join(seen)

    def locate(self, quote: str, path: Sequence[str] = ()) -> Span | None:
        """Return where a block's text stands, below its headings if they can be found; None if it cannot be told."""
        wanted = _UNSEEN.sub("", quote)
        if not wanted or len(self.text) > LONGEST:
            return None
        at = self._stream.find(wanted, self._below(path))
        at = at if at >= 0 else self._stream.find(wanted)
        span = self._span(at, at + len(wanted)) if at >= 0 else self._in_markup(quote)
        return span if span is not None and read_slice(self.text, span) == wanted else None

    def _below(self, path: Sequence[str]) -> int:
        place = 0
        for title in path:
            found = self._stream.find(_UNSEEN.sub("", title), place)
            place = found if found >= 0 else place
        return place

    def _span(self, first: int, end: int) -> Span:
        return Span(start=self._offset(first), end=self._offset(end - 1) + self._width(end - 1))

    def _offset(self, index: int) -> int:
        """Return where in the source a character of the stream stands."""
        number = bisect_right(self._starts, index) - 1
        start, end = self._spans[number]
        if self.text[start] == "&":
            return start
        left = index - self._starts[number]
        for place in range(start, end):
            if not _UNSEEN.match(self.text[place]):
                if left == 0:
                    return place
                left -= 1
        return start

    def _width(self, index: int) -> int:
        start, end = self._spans[bisect_right(self._starts, index) - 1]
        return end - start if self.text[start] == "&" and end - start > 1 else 1

    def _in_markup(self, quote: str) -> Span | None:
        """Return where a text stands that is an attribute, as the names of logos are."""
        for written in (quote, html.escape(quote), html.escape(quote, quote=False)):
            at = self.text.find(written)
            if at >= 0:
                return Span(start=at, end=at + len(written))
        return None


def _shown(written: str) -> str:
    return "".join(written.split()) if written.isascii() else _UNSEEN.sub("", written)


def read_slice(source: str, span: Span) -> str:
    """Return what a slice of a source says as text, without white space."""
    tokens = _TOKEN.finditer(source[span.start : span.end])
    written = (match.group("text") or html.unescape(match.group("entity") or "") for match in tokens)
    return "".join(map(_shown, written))
