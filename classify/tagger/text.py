"""A text as the tagger sees it: words and marks, how each is written, and which of them name the rival."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from classify.tagger.labels import Span

WORD: Final = re.compile(r"[^\W_]+|[^\w\s]|_")
#: What stands for the rival's name, whatever it is: whose act a text tells must not hang on a name.
RIVAL: Final = "company"
SHAPES: Final = ("lower", "title", "upper", "initial", "mixed", "number", "mark", "rival")
MOST_WORDS: Final = 230  # The sentence model reads 256 pieces.


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark: what the model reads for it, how it is written (`SHAPES`), and its place in the text."""

    text: str
    shape: str
    start: int
    end: int


def tokens_of(text: str, own: Iterable[str]) -> list[Token]:
    """Return the words and marks of a text in order; each name of the rival, ``own``, is one token."""
    named = _places(text, own)
    found = [Token(RIVAL, "rival", start, end) for start, end in named]
    after = 0
    for start, end in [*named, (len(text), len(text))]:
        found += [
            Token(match.group(), shape_of(match.group()), *match.span())
            for match in WORD.finditer(text, after, start)
        ]
        after = end
    return sorted(found, key=lambda token: token.start)[:MOST_WORDS]


def _places(text: str, own: Iterable[str]) -> list[Span]:
    """Return where the rival is named, the longest of its names where two begin together."""
    names = "|".join(re.escape(name) for name in sorted(own, key=len, reverse=True) if name.strip())
    if not names:
        return []
    return [match.span() for match in re.finditer(rf"(?<!\w)(?:{names})(?!\w)", text, re.IGNORECASE)]


def shape_of(word: str) -> str:
    """Return how a word is written, one of `SHAPES`."""
    if not word[0].isalnum():
        return "mark"
    if word[0].isdigit():
        return "number"
    if len(word) == 1 and word.isupper():
        return "initial"
    if word.islower():
        return "lower"
    if word.isupper():
        return "upper"
    return "title" if word[0].isupper() and word[1:].islower() else "mixed"


def words_between(tokens: Sequence[Token], start: int, end: int) -> Span:
    """Return the words that lie between two places of a text; an empty span if none does."""
    inside = [place for place, token in enumerate(tokens) if token.start < end and token.end > start]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def said_at(text: str, tokens: Sequence[Token], span: Span) -> str:
    """Return the words of a span as they stand in the text, with single spaces."""
    return " ".join(text[tokens[span[0]].start : tokens[span[1] - 1].end].split())


def overlap(one: Span, other: Span) -> bool:
    """Return True if two spans share a word."""
    return one[0] < other[1] and other[0] < one[1]


def places_of(text: str, tokens: Sequence[Token], said: str) -> list[Span]:
    """Return the words of each place where something is said; in any case, if it is nowhere said as written."""
    words = r"\s+".join(map(re.escape, said.split()))
    if not words:
        return []
    for flags in (re.NOFLAG, re.IGNORECASE):
        found = [words_between(tokens, *m.span()) for m in re.finditer(rf"(?<!\w){words}(?!\w)", text, flags)]
        if found:
            return [span for span in found if span[0] < span[1]]
    return []
