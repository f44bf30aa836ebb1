"""What a unit of a change means: category, facts, impact and words, from what extract knows or the model reads."""

from __future__ import annotations

from dataclasses import replace

from classify.classifier import Reading
from classify.facts import read_facts
from classify.headline import clip, fact_headline
from classify.impact import measure_impact
from classify.model.embed import to_bytes
from classify.model.language import ENGLISH
from classify.parts.unit import Unit
from classify.rows import joined
from classify.signals import Actor, SignalFacts
from classify.story_headline import story_headline
from classify.why import explain
from config.settings import ClassifySettings
from store.kinds import Category
from store.signals import Meaning

FACT_CONFIDENCE = (
    0.97  # A fact that extract read and confirmed needs no model; what remains is its own reading error.
)
# Of the labelled stories' texts that the model takes for none, 13 of 14 that tell news lie below,
# 21 of 23 guides above.
SURELY_NONE = 0.995


def meaning_of(unit: Unit, reading: Reading, actor: Actor, settings: ClassifySettings) -> Meaning:
    """Return what a unit means: category and facts from extract where it knows them, else from the model."""
    whole = joined(unit.title, unit.text)
    category = unit.category or best_guess(reading)
    sure = unit.confidence or FACT_CONFIDENCE
    confidence = sure if unit.category else reading.categories[category]
    told = unit.facts == SignalFacts() and (unit.category is None or unit.title is not None)
    facts = read_facts(whole, reading.likely, actor, reading.tagged) if told else unit.facts
    impact = measure_impact(category, facts, whole)
    headline = headline_of(unit, category, facts, actor)
    foreign = told and reading.language not in settings.languages
    held = confidence < settings.mail_from or unit.confidence is not None or foreign
    return Meaning(
        category=category,
        secondary=tuple(c for c in reading.likely if c not in (category, Category.NONE)) if told else (),
        confidence=confidence,
        impact=impact.score,
        drivers=impact.drivers,
        headline=headline,
        why=explain(category, facts, f"{headline}\n{whole}", actor),
        text=whole,
        facts=facts.to_json(),
        review=held or confidence < settings.review_below,
        held=held,
        embedding=to_bytes(reading.embedding),
    )


def is_doubtful(reading: Reading) -> bool:
    """Return True if a text that the model takes for none might tell of news in an odd way."""
    return len(reading.categories) > 1 and reading.categories.get(Category.NONE, 0.0) < SURELY_NONE


def mention_of(unit: Unit, reading: Reading, actor: Actor, settings: ClassifySettings) -> Meaning:
    """Return what a text that is no news of its own would mean if it were, to find the story that it tells further."""
    news: dict[Category, float] = {c: p for c, p in reading.categories.items() if c is not Category.NONE}
    return meaning_of(unit, replace(reading, categories=news), actor, settings)


def headline_of(unit: Unit, category: Category, facts: SignalFacts, actor: Actor) -> str:
    """Return the unit's own headline, else one made of its facts, else the story's title."""
    if unit.headline:
        return clip(unit.headline.replace("{actor}", actor.short, 1))
    if unit.title is None:
        made = fact_headline(category, facts, actor, told=False)
        if made:
            return made
    return story_headline(category, facts, unit.title, unit.text, actor)


def best_guess(reading: Reading) -> Category:
    """Return the category; of a text the model cannot read, the likeliest that is news, for the analyst to judge."""
    if reading.language == ENGLISH or reading.category is not Category.NONE:
        return reading.category
    return next((category for category in reading.categories if category is not Category.NONE), Category.NONE)
