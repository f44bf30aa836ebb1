"""A telling of an act, as it is compared with others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from classify.model.embed import Embeddings
from classify.tellings.story_facts import Facts, flat, identities
from store.kinds import Category

DIVIDER = "\n\n"  # between the tellings of one story


@dataclass(frozen=True, kw_only=True)
class Story:
    """What is compared: category, facts as stored, text, embedding, the rival's own names and known products.

    ``seen`` is the first and the last moment at which it was told, ``sources`` whose it was told by. ``doubt`` is how
    surely the text is no news by itself.
    """

    category: Category
    secondary: frozenset[Category] = frozenset()
    facts: Facts
    text: str
    embedding: Embeddings | None = None
    own_names: tuple[str, ...] = ()
    seen: tuple[datetime, datetime] | None = None
    known_products: tuple[str, ...] = ()
    sources: frozenset[int] = frozenset()
    doubt: float = 0.0

    @cached_property
    def tellings(self) -> tuple[str, ...]:
        """The text of each telling: what a story shares with a text, one of its tellings may share alone."""
        return tuple(self.text.split(DIVIDER))

    @cached_property
    def identities(self) -> dict[str, list[Any]]:
        """What the telling states of its act, by kind of fact; a story is compared many times."""
        found = identities(self.category, self.facts, self.text)
        own = {flat(name) for name in self.own_names}
        # Of a rival that is bought, both sides are named, and which of them is read as bought differs by telling.
        found["acquired"] = [name for name in found["acquired"] if " ".join(name) not in own]
        return found
