"""Other forms of labelled texts: other names, other roles, other case. What happens in them stays what it was."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from classify.tagger.labels import ROLE, Span, begin, things
from classify.tagger.text import Token, overlap, shape_of
from classify.training.tagger_examples import Example

RARE: Final = 6  # A capitalised word in more texts than this carries meaning; below, it is a name.
# How often a text takes on another form.
OTHER_NAMES: Final = 0.6
NAME_KEPT: Final = 0.1
OTHER_ROLE: Final = 0.3
OTHER_DIGITS: Final = 0.5
LOWER_CASE: Final = 0.06
UPPER_CASE: Final = 0.03
TITLE_CASE: Final = 0.07
TITLED_FROM = 4  # Letters of a word that title case begins with a capital.


@dataclass(frozen=True, slots=True)
class TaggerVarier:
    """What texts are varied with: parts of people's names, other names, and roles as words."""

    firsts: tuple[str, ...]
    lasts: tuple[str, ...]
    others: tuple[str, ...]
    roles: tuple[tuple[str, ...], ...]
    names: frozenset[str]

    def vary(self, example: Example, chance: random.Random) -> Example:
        """Return a form of the text with the same labels, by chance the text itself."""
        example = self._other_roles(example, chance)
        if chance.random() < OTHER_NAMES:
            example = self._renamed(example, chance)
        if example.task in {"money", "prices"} and chance.random() < OTHER_DIGITS:
            example = _reworded(example, lambda word: _other_digits(word, chance))
        return _recased(example, chance)

    def _renamed(self, example: Example, chance: random.Random) -> Example:
        given: dict[str, str] = {}

        def other(word: str) -> str:
            if word not in self.names or chance.random() < NAME_KEPT:
                return word
            pool = self.lasts if word in self.lasts else self.firsts if word in self.firsts else self.others
            name = given.setdefault(word, chance.choice(pool))
            return name.upper() if word.isupper() else name

        return _reworded(example, other)

    def _other_roles(self, example: Example, chance: random.Random) -> Example:
        spans = [span for span, kind in things(example.labels, example.task) if kind == ROLE]
        for span in reversed(spans):
            if self.roles and chance.random() < OTHER_ROLE:
                example = _with_role(example, span, chance.choice(self.roles))
        return example


def make_tagger_varier(examples: Sequence[Example]) -> TaggerVarier:
    """Return the varier for these examples, with the names and roles that stand in them."""
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    said: dict[str, list[tuple[str, ...]]] = {}
    for example in examples:
        for word in {token.text for token in example.tokens}:
            (capital if word[:1].isupper() else small)[word] += 1
        for (start, end), kind in things(example.labels, example.task):
            said.setdefault(kind, []).append(tuple(token.text for token in example.tokens[start:end]))
    people = [words for kind in ("appointed", "promoted", "departed") for words in said.get(kind, ())]
    names = frozenset(
        word
        for word, texts in capital.items()
        if texts <= RARE and small[word.lower()] <= 1 and len(word) > 1 and word.isalpha()
    )
    companies = [
        word for kind in ("acquired", "partner", "actor") for words in said.get(kind, ()) for word in words
    ]
    return TaggerVarier(
        firsts=tuple(words[0] for words in people if _is_name(words[0])),
        lasts=tuple(words[-1] for words in people if _is_name(words[-1])),
        others=tuple(word for word in companies if word in names) or ("Acme",),
        roles=tuple(said.get(ROLE, ())),
        names=names,
    )


def _is_name(word: str) -> bool:
    return word[:1].isupper() and len(word) > 1


def _other_digits(word: str, chance: random.Random) -> str:
    """Return a number with other digits; years stay, because they tell what is past."""
    if not word.isdigit() or word.startswith("20") or not word.isascii():
        return word
    return str(chance.randint(1, 9)) + "".join(str(chance.randint(0, 9)) for _ in word[1:])


def _recased(example: Example, chance: random.Random) -> Example:
    drawn = chance.random()
    if drawn < LOWER_CASE:
        return _reworded(example, str.lower)
    if drawn < LOWER_CASE + UPPER_CASE:
        return _reworded(example, str.upper)
    if drawn < LOWER_CASE + UPPER_CASE + TITLE_CASE:
        return _reworded(
            example, lambda word: word if len(word) < TITLED_FROM else word[0].upper() + word[1:]
        )
    return example


def _reworded(example: Example, other: Callable[[str], str]) -> Example:
    return replace(example, tokens=tuple(_reworded_token(token, other) for token in example.tokens))


def _reworded_token(token: Token, other: Callable[[str], str]) -> Token:
    if token.shape == "rival":
        return token
    word = other(token.text)
    return replace(token, text=word, shape=shape_of(word))


def _with_role(example: Example, span: Span, words: Sequence[str]) -> Example:
    """Return an example with other words in place of a role; what stands behind moves."""
    start, end = span
    place = example.tokens[start]
    first = begin(example.task, ROLE)
    moved = len(words) - (end - start)

    if any(overlap(span, other) for other in example.paired if other != span):
        return example

    def shifted(other: Span) -> Span:
        if other == span:
            return start, end + moved
        return (other[0] + moved, other[1] + moved) if other[0] >= end else other

    return replace(
        example,
        tokens=(
            *example.tokens[:start],
            *(Token(word, shape_of(word), place.start, place.end) for word in words),
            *example.tokens[end:],
        ),
        labels=(*example.labels[:start], first, *[first + 1] * (len(words) - 1), *example.labels[end:]),
        judged=tuple((shifted(name), action) for name, action in example.judged),
        pairs=tuple((shifted(name), role and shifted(role)) for name, role in example.pairs),
        paired=tuple(map(shifted, example.paired)),
    )
