"""A signal told anew under another category, by what is stored of it: its text, its facts, and what its proofs say.

The words are made as at the first telling. No model is asked: what the category calls for and is not stored yet, the
rules read from the stored text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from typing import Any

from classify.facts import MONEY_CATEGORIES, PRICED_CATEGORIES, read_facts
from classify.headline import clip
from classify.impact import measure_impact
from classify.meaning import headline_of
from classify.parts.unit import Unit
from classify.rows import joined
from classify.signals import Actor, SignalFacts
from classify.stored_facts import facts_from_json
from classify.tellings.merge import is_hiring_wave, merge_facts, retell_openings
from classify.why import explain
from store.kinds import Category
from store.signals import Meaning

#: The acts that a kind of fact belongs to; kinds that are not named here belong to any act.
BELONGS_TO: Mapping[str, frozenset[Category]] = {
    "people": frozenset([Category.LEADERSHIP]),
    "partners": frozenset([Category.PARTNERSHIP]),
    "product": frozenset([Category.LAUNCH]),
    "prices": PRICED_CATEGORIES,
    "money": MONEY_CATEGORIES,
    "acquired": frozenset([Category.ACQUISITION]),
    "event": frozenset([Category.EVENT]),
    "openings": frozenset([Category.HIRING]),
    "customers": frozenset([Category.CUSTOMER]),
}


def retell(
    meaning: Meaning, category: Category, actor: Actor, units: Sequence[Unit], *, sources: int = 1
) -> Meaning:
    """Return what a signal says if it is of another category; an analyst said so, so nobody is asked any more.

    ``units`` are those that told it, the one that leads first; without any, the stored text speaks for itself.
    """
    secondary = tuple(c for c in meaning.secondary if c not in (category, meaning.category))
    text = meaning.text or meaning.headline
    facts = _facts(meaning, text, (category, *secondary), actor, units)
    lead = units[0] if units else Unit(key="", text=text, quote="")
    headline = headline_of(lead, category, facts, actor) or clip(meaning.headline)
    impact = measure_impact(category, facts, text, sources)
    told = replace(
        meaning,
        category=category,
        secondary=secondary,
        impact=impact.score,
        drivers=impact.drivers,
        headline=headline,
        why=explain(category, facts, f"{headline}\n{text}", actor),
        facts=facts.to_json(),
        review=False,
        held=False,
    )
    return retell_openings(told, actor) if len(units) > 1 and is_hiring_wave(told) else told


def units_that_told(meaning: Meaning, units: Iterable[Unit]) -> list[Unit]:
    """Return those units whose words stand in a signal's text, the one that it begins with first."""
    whole = [(joined(unit.title, unit.text), unit) for unit in units]
    told = [(text, unit) for text, unit in whole if text and _stands_in(text, meaning.text)]
    return [
        unit
        for _, unit in sorted(
            told, key=lambda pair: not meaning.text.startswith(pair[0][: len(meaning.text)])
        )
    ]


def _stands_in(text: str, stored: str) -> bool:
    # What is stored is cut at a length, so the text that fills it is longer than what stands there.
    return text in stored or (bool(stored) and text.startswith(stored))


def _facts(
    meaning: Meaning, text: str, categories: Collection[Category], actor: Actor, units: Sequence[Unit]
) -> SignalFacts:
    """Return the facts of a page's change as they were read there, else those that the text states of such an act."""
    if units and units[0].facts != SignalFacts():
        whole = units[0].facts
        return whole if whole.to_json() == meaning.facts else facts_from_json(meaning.facts)
    stored = facts_from_json(meaning.facts)
    read = _read([joined(unit.title, unit.text) for unit in units] or [text], categories, actor)
    kept: dict[str, Any] = {
        kind: getattr(stored, kind) or getattr(read, kind)
        for kind, acts in BELONGS_TO.items()
        if acts.intersection(categories)
    }
    return replace(read, places=stored.places, date=stored.date, removed=stored.removed, **kept)


def _read(texts: Sequence[str], categories: Collection[Category], actor: Actor) -> SignalFacts:
    found = [read_facts(text, categories, actor) for text in texts]
    return found[0] if len(found) == 1 else facts_from_json(reduce(merge_facts, (f.to_json() for f in found)))
