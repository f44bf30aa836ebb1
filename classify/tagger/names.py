"""Where a name ends of which the tagger saw a part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from classify.rules.words import DEMONYMS, NOT_A_COMPANY, ROLES
from classify.tagger.labels import Span
from classify.tagger.text import Token

_SHORTENED: Final = frozenset({"Co", "Jr", "Sr", "Bros"})
_GLUE: Final = frozenset("-.&/+'’")
_NAME_SHAPES: Final = frozenset({"title", "upper", "mixed"})
#: Common words with which names of companies end.
_LAST_WORDS: Final = frozenset(
    [
        "board",
        "finance",
        "group",
        "legal",
        "medical",
        "partners",
        "press",
        "products",
        "security",
        "technology",
    ]
)
_NO_PART: Final = (NOT_A_COMPANY | ROLES) - _LAST_WORDS
_SENTENCE_ENDS: Final = frozenset(".!?:;")
#: Behind a rival's short name, a part of its full one.
_FIRM: Final = frozenset(
    [
        "Holdings",
        "Group",
        "Labs",
        "Industries",
        "Technologies",
        "Software",
        "Systems",
        "Therapeutics",
        "Resources",
    ]
)
_MOSTLY: Final = 0.6
_LONG_WORD: Final = 4


def whole(tokens: Sequence[Token], span: Span) -> Span:
    """Return a span with what is written in one with it ("Zefyr.io") and the rest of its name ("Still Waters").

    In a headline in title case every word has a capital, and says nothing about where a name ends.
    """
    start, end = span
    while start > 1 and _are_glued(tokens, start - 2):
        start -= 2
    names_end = not _is_title_case(tokens)
    while names_end and start and _goes_back(tokens, start):
        start -= 1
    while end < len(tokens):
        if end + 1 < len(tokens) and _are_glued(tokens, end - 1):
            end += 2
        elif (names_end and _goes_on(tokens, end)) or _is_shortened(tokens, end):
            end += 1
        else:
            break
    return start, end


def _touch(tokens: Sequence[Token], place: int) -> bool:
    return tokens[place].start == tokens[place - 1].end


def _are_glued(tokens: Sequence[Token], place: int) -> bool:
    """Return True if a word and the one after the next are written together by a mark, as in ``Kerry-Ann``."""
    mark, after = tokens[place + 1], tokens[place + 2] if place + 2 < len(tokens) else None
    if after is None or mark.text not in _GLUE or not after.text[0].isalnum():
        return False
    possessive = mark.text in {"'", "’"} and after.text.lower() == "s"
    return _touch(tokens, place + 1) and _touch(tokens, place + 2) and not possessive


def _goes_on(tokens: Sequence[Token], place: int, end: int = 0) -> bool:
    """Return True if a word is a part of the name that it touches: behind it, or before it if ``end`` is its first."""
    token = tokens[place]
    one, other = (token, tokens[end]) if end else (tokens[place - 1], token)
    return (
        one.shape in _NAME_SHAPES
        and other.shape in _NAME_SHAPES
        and other.start == one.end + 1
        and token.text.lower() not in _NO_PART
    )


def _goes_back(tokens: Sequence[Token], start: int) -> bool:
    """Return True for "Gulfport" before "Drayage", a name that began earlier; a sentence's first word is none."""
    before = tokens[start - 1]
    if before.shape == "rival":
        return tokens[start].text in _FIRM and tokens[start].start == before.end + 1
    begins = start < 2 or tokens[start - 2].text in _SENTENCE_ENDS
    return not begins and before.text not in DEMONYMS and _goes_on(tokens, start - 1, start)


def _is_title_case(tokens: Sequence[Token]) -> bool:
    words = [
        token for token in tokens if len(token.text) >= _LONG_WORD and token.shape in {"lower", *_NAME_SHAPES}
    ]
    return sum(token.shape != "lower" for token in words) > _MOSTLY * len(words)


def _is_shortened(tokens: Sequence[Token], place: int) -> bool:
    """Return True for the full stop that belongs to "Co." and "Jr."."""
    return tokens[place - 1].text in _SHORTENED and tokens[place].text == "." and _touch(tokens, place)
