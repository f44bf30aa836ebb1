"""What goes into the tagger and what comes out of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from classify.rules.companies import as_said, without_place
from classify.rules.prices.amounts import Amount
from classify.rules.words import spoken, without_form
from classify.signals import Actor
from classify.tagger.labels import Scores, Span, best_path, odds, things
from classify.tagger.names import whole
from classify.tagger.text import Token, places_of, said_at

CHARACTERS = 1_000  # Facts of a story stand in its lead; what follows is background, and about other stories.


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggerText:
    """A text with the names of the rival whose source holds it; ``is_priced`` if it can be about prices."""

    text: str
    own: tuple[str, ...] = ()
    is_priced: bool = True

    @classmethod
    def of(cls, text: str, actor: Actor | None, *, is_priced: bool = True) -> TaggerText:
        """Return as much of a text as facts are read from."""
        own = spoken(actor.names) if actor else ()
        return cls(text=text[:CHARACTERS], own=own, is_priced=is_priced)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPerson:
    """A person that a text names: how likely each of `ACTIONS` is, and each role the text names, as logarithms."""

    name: str
    place: int
    actions: Mapping[str, float]
    roles: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedAmount:
    """An amount of a text: how likely each of `SIDES` is, and each plan's name ("" for none), as logarithms."""

    amount: Amount
    words: Span
    sides: Mapping[str, float]
    plans: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged:
    """What the tagger makes of a text: its people and amounts, and of other things how likely each word is a part."""

    text: str
    tokens: Sequence[Token] = ()
    people: tuple[NamedPerson, ...] = ()
    amounts: tuple[JudgedAmount, ...] = ()
    scores: Mapping[str, Scores] = field(default_factory=dict)

    def named(self, task: str) -> dict[str, float]:
        """Return the names that the tagger finds for a task, with their odds as logarithms."""
        found: dict[str, float] = {}
        for span, _ in things(best_path(self.scores[task]), task) if self.tokens else ():
            name = without_form(said_at(self.text, self.tokens, whole(self.tokens, span)).removesuffix("."))
            name = as_said(without_place(name), self.text)
            found[name] = max(found.get(name, -np.inf), odds(self.scores[task], span))
        return found

    def odds_of(self, task: str, name: str) -> float | None:
        """Return the odds of a name for a task where they are best, as a logarithm; None if it is nowhere said."""
        spans = places_of(self.text, self.tokens, name)
        return max((odds(self.scores[task], span) for span in spans), default=None)
