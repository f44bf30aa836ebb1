"""The people and roles that a text names, as words: among them the tagger chooses who moved, and where to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from classify.rules.companies import is_own
from classify.rules.people.scan import scan
from classify.tagger.labels import Span
from classify.tagger.text import Token, words_between


def named_in(text: str, tokens: Sequence[Token], own: tuple[str, ...]) -> tuple[list[Span], list[Span]]:
    """Return the words of each person, where they are first named in full, and of each role."""
    scanned = scan(text, own)
    people: dict[str, Span] = {}
    roles: list[Span] = []
    for letter, said, place in zip(scanned.letters, scanned.said, scanned.places, strict=True):
        if letter == "P" and len(said) > 1 and said not in people and not is_own(said, own):
            people[said] = _words(tokens, said, text.find(said))
        elif letter == "R":
            roles.append(_words(tokens, said, text.find(said, place)))
    return _distinct(people.values()), _distinct(roles)


def _words(tokens: Sequence[Token], said: str, place: int) -> Span:
    return words_between(tokens, place, place + len(said)) if place >= 0 else (0, 0)


def _distinct(spans: Iterable[Span]) -> list[Span]:
    return list(dict.fromkeys(span for span in spans if span[0] < span[1]))
