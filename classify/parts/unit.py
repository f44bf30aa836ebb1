"""A unit: a part of a change that becomes one signal or one drop."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from classify.signals import SignalFacts
from store.changes import Change
from store.kinds import Category, PageType
from store.records import NOTHING, FactChange

TEXT = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A part of a change that can become a signal. ``category`` None: the model decides from title and text.

    ``confidence`` is set where the category is a guess that needs no model, for the analyst to judge.

    ``key`` tells the units of one change apart and is the same whenever the change is read again.
    """

    key: str
    title: str | None = None
    text: str
    quote: str
    category: Category | None = None
    confidence: float | None = None
    facts: SignalFacts = field(default_factory=SignalFacts)
    headline: str | None = None
    url: str = ""
    page_type: PageType | None = None
    hint: Category | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A part of a change that cannot become a signal, with the named reason."""

    reason: str
    before: str = ""
    after: str = ""


Made = Iterator[Unit | Dropped]


def fact_unit(
    change: Change,
    category: Category,
    facts: SignalFacts,
    sources: Sequence[FactChange],
    headline: str | None = None,
) -> Unit:
    names = [f"{fact.action.value} {fact.name}" for fact in sources]
    quotes = list(dict.fromkeys(fact.quote or fact.name for fact in sources))
    # Both sides stand in the text, so that every word of the headline can be found in what is stored.
    sides = [
        " ".join((fact.name, *(fact.before or NOTHING).values(), *(fact.after or NOTHING).values()))
        for fact in sources
    ]
    return Unit(
        key=key_of(category.value, *names),
        text="\n".join(dict.fromkeys([*quotes, *sides]))[:TEXT],
        quote=quote_of(*quotes),
        category=category,
        facts=facts,
        headline=headline,
        url=change.url,
        page_type=change.page_type,
        hint=change.category_hint,
    )


def quote_of(*texts: str) -> str:
    return " … ".join(" ".join(text.split()) for text in dict.fromkeys(texts))[:500]


def key_of(kind: str, *parts: str) -> str:
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
    return f"{kind}:{digest}"


def few(names: Sequence[str]) -> str:
    """Return the first three names, and how many more there are."""
    shown = ", ".join(names[:3])
    return shown if len(names) <= 3 else f"{shown} and {len(names) - 3} more"
