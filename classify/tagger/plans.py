"""The words of a text that can be a plan's name: among them the tagger chooses whose price an amount is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from classify.rules.prices.things import things_in
from classify.tagger.labels import Span
from classify.tagger.text import Token, words_between

LONGEST: Final = 4
MOST: Final = 120
_CAPITAL: Final = frozenset({"title", "upper", "mixed", "initial"})
_WITHIN: Final = _CAPITAL | {"number"}
_GLUE: Final = frozenset("-.+&")
#: What begins a sentence or stands before a plan's name, and is no part of it.
_NO_BEGIN_SAID: Final = (
    "the a an our your new from as on in at all for of now starting until plan plans price prices pricing"
)
_NO_BEGIN: Final = frozenset(_NO_BEGIN_SAID.split())
_CURRENCIES: Final = frozenset(
    ["usd", "eur", "gbp", "chf", "cad", "aud", "inr", "nok", "sek", "dkk", "rs", "us"]
)


def plans_in(text: str, tokens: Sequence[Token]) -> list[Span]:
    """Return the words of each name and of each part of one, in order; a rival's name is no part.

    A name is in capitals, or stands where what is paid for is named ("storage pricing", "price of managed Postgres").
    """
    found = [
        (start, end)
        for first, last in _runs(tokens)
        for start in range(first, last)
        for end in range(start + 1, min(last, start + LONGEST) + 1)
        if _is_name(tokens, start, end)
    ]
    return sorted({*found[:MOST], *_placed(text, tokens)})


def _placed(text: str, tokens: Sequence[Token]) -> Iterator[Span]:
    """Yield the words of what stands where a thing paid for is named, and of each part, cut at whole words."""
    own = {text[token.start : token.end] for token in tokens if token.shape == "rival"}
    for thing in things_in(text, own):
        first, last = words_between(tokens, thing.start, thing.end)
        begins = [place for place in range(first, last) if _is_whole(tokens, place, first)]
        ends = [place for place in [*begins[1:], last] if place > first]
        yield from ((start, end) for start in begins for end in ends if start < end)


def _is_whole(tokens: Sequence[Token], place: int, first: int) -> bool:
    """Return True if a word begins there: not the "free" of "ad-free"."""
    return place == first or tokens[place].start > tokens[place - 1].end


def _runs(tokens: Sequence[Token]) -> list[Span]:
    found: list[Span] = []
    start = 0
    while start < len(tokens):
        end = start
        while end < len(tokens) and _goes_on(tokens, start, end):
            end += 1
        if end > start:
            found.append((start, end))
        start = max(end, start + 1)
    return found


def _goes_on(tokens: Sequence[Token], start: int, place: int) -> bool:
    token = tokens[place]
    if place == start:
        return token.shape in _CAPITAL
    if token.text in _GLUE:
        return token.start == tokens[place - 1].end
    return token.shape in _WITHIN or (token.shape == "lower" and tokens[place - 1].text in _GLUE)


def _is_name(tokens: Sequence[Token], start: int, end: int) -> bool:
    first, last = tokens[start], tokens[end - 1]
    return (
        first.shape in _CAPITAL
        and first.text.lower() not in _NO_BEGIN | _CURRENCIES
        and (last.text not in _GLUE or last.text == "+")
        and last.text.lower() not in _CURRENCIES
    )
