"""The runner: waiting changes in, signals and drops out, and signals taken back whose evidence was undone."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from classify.classifier import Classifier, Reading, story_headline
from classify.embed import Embeddings, from_bytes, to_bytes
from classify.facts import read_facts
from classify.headline import clip, fact_headline
from classify.impact import measure_impact
from classify.language import ENGLISH
from classify.merge import is_hiring_wave, merge_meaning, retell_openings, same_wave
from classify.rows import joined
from classify.signals import Actor, SignalFacts
from classify.stories import Story, same_story
from classify.text_input import TextInput
from classify.units import Dropped, Unit, units_of
from classify.why import explain
from config.settings import ClassifySettings
from store.drops import Drop, record_drops
from store.kinds import Category, Stage
from store.signals import (
    Evidence,
    Meaning,
    Signal,
    WaitingChange,
    add_evidence,
    add_signal,
    count_sources,
    mark_classified,
    retract_signal,
    rewrite_signal,
    signals_near,
    undone_signals,
    waiting_changes,
)

log = logging.getLogger(__name__)

WAVE = timedelta(
    days=1
)  # Job boards give each opening as its own entry; those of one day are one act of hiring.
STORY_WINDOW = timedelta(days=14)
FACT_CONFIDENCE = (
    0.97  # A fact that extract read and confirmed needs no model; what remains is its own reading error.
)
REMAINDER_FROM = 0.60  # Text beside facts is news of its own only if the model is this sure of it.
RETRACTION = "Taken back: what this was based on is no longer there; the page shows its earlier state again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A change with its units, what the model made of each, and what was dropped at once."""

    change: WaitingChange
    units: Sequence[tuple[Unit, Reading]]
    drops: Sequence[Dropped]


def run_classify(
    session: Session, now: datetime, classifier: Classifier, settings: ClassifySettings, *, limit: int = 64
) -> int:
    """Classify up to ``limit`` waiting changes and return how many were handled; 0 means that nothing waits."""
    retract_undone(session, now)
    changes = waiting_changes(session, limit)
    for work in _prepare(changes, classifier):
        try:
            with session.begin_nested():
                _handle(session, now, work, settings)
        except Exception:
            log.exception("change not classified", extra={"change": work.change.id})
            _drop(session, now, work.change, Dropped(reason="crashed"))
        mark_classified(session, work.change.id, now)
    return len(changes)


def retract_undone(session: Session, now: datetime) -> int:
    """Take back the signals all of whose evidence was undone; return how many. Needs no model."""
    undone = undone_signals(session)
    for signal in undone:
        retract_signal(session, signal.id, now, RETRACTION)
    return len(undone)


def _prepare(changes: Sequence[WaitingChange], classifier: Classifier) -> list[Work]:
    """Read all units of all changes in one go: the model is fastest on many texts at once."""
    cut = [(change, *units_of(change)) for change in changes]
    texts = [_input(change, unit) for change, units, _ in cut for unit in units]
    readings = iter(classifier.read(texts))
    return [
        Work(change=change, units=[(unit, next(readings)) for unit in units], drops=drops)
        for change, units, drops in cut
    ]


def _input(change: WaitingChange, unit: Unit) -> TextInput:
    return TextInput(
        text=unit.text,
        title=unit.title,
        page_type=unit.page_type,
        hint=unit.category or unit.hint,
        published=change.published_at,
    )


def _handle(session: Session, now: datetime, work: Work, settings: ClassifySettings) -> None:
    for dropped in work.drops:
        _drop(session, now, work.change, dropped)
    taken = {unit.category for unit, _ in work.units if unit.category is not None}
    for unit, reading in work.units:
        reason = _reason_to_drop(unit, reading, taken)
        if reason:
            _drop(session, now, work.change, Dropped(reason=reason, after=joined(unit.title, unit.text)))
        else:
            meaning = meaning_of(unit, reading, actor_of(work.change), settings)
            _store(session, work.change, unit, meaning)


def _reason_to_drop(unit: Unit, reading: Reading, taken: set[Category]) -> str | None:
    if unit.category is not None:
        return None
    if reading.category is Category.NONE:
        return "category none"
    if taken and (reading.category in taken or reading.confidence < REMAINDER_FROM):
        return "told by its facts"
    return None


def actor_of(change: WaitingChange) -> Actor:
    """Return the rival of a change as the actor of its headlines."""
    return Actor(name=change.rival_name, aliases=change.rival_aliases, products=change.rival_products)


def meaning_of(unit: Unit, reading: Reading, actor: Actor, settings: ClassifySettings) -> Meaning:
    """Return what a unit means: category and facts from extract where it knows them, else from the model."""
    whole = joined(unit.title, unit.text)
    category = unit.category or reading.category
    confidence = FACT_CONFIDENCE if unit.category else reading.confidence
    told = unit.facts == SignalFacts() and (unit.category is None or unit.title is not None)
    facts = read_facts(whole, reading.likely, actor) if told else unit.facts
    impact = measure_impact(category, facts, whole)
    return Meaning(
        category=category,
        secondary=tuple(c for c in reading.likely if c not in (category, Category.NONE)) if told else (),
        confidence=confidence,
        impact=impact.score,
        drivers=impact.drivers,
        headline=headline_of(unit, category, facts, actor),
        why=explain(category, facts),
        text=whole,
        facts=facts.to_json(),
        review=confidence < settings.review_below or (told and reading.language != ENGLISH),
        embedding=to_bytes(reading.embedding),
    )


def headline_of(unit: Unit, category: Category, facts: SignalFacts, actor: Actor) -> str:
    """Return the unit's own headline, else one made of its facts, else the story's title."""
    if unit.headline:
        return clip(unit.headline.replace("{actor}", actor.short, 1))
    if unit.title is None:
        made = fact_headline(category, facts, actor, told=False)
        if made:
            return made
    return story_headline(category, facts, unit.title, unit.text, actor)


def _store(session: Session, change: WaitingChange, unit: Unit, meaning: Meaning) -> None:
    seen = change.published_at or change.observed_at
    evidence = Evidence(
        change_id=change.id, url=unit.url or change.url, quote=unit.quote, seen_at=change.observed_at
    )
    story = f"change:{change.id}:{unit.key}"
    standing = _told_before(session, change, story, meaning, seen)
    if standing is None:
        add_signal(session, change.rival_id, story, meaning, evidence)
    elif standing.story != story and add_evidence(session, standing.id, evidence):
        merged = merge_meaning(standing.meaning, meaning, sources=count_sources(session, standing.id))
        if is_hiring_wave(meaning):
            merged = retell_openings(merged, actor_of(change))
        relink = merged.facts != standing.meaning.facts or merged.review != standing.meaning.review
        rewrite_signal(session, standing.id, merged, change.observed_at, relink=relink)


def _told_before(
    session: Session, change: WaitingChange, story: str, meaning: Meaning, seen: datetime
) -> Signal | None:
    """Return the rival's signal that tells this story already: the very same one first, else one like it."""
    near = signals_near(session, change.rival_id, seen - STORY_WINDOW, change.observed_at + STORY_WINDOW)
    for signal in near:
        if signal.story == story:
            return signal
    mine = _story(meaning, actor_of(change).names)
    for signal in near:
        # Units of one change are different acts by construction; only other changes can tell the same one.
        if signal.story.startswith(f"change:{change.id}:"):
            continue
        if same_story(mine, _story(signal.meaning, mine.own_names)):
            return signal
        if same_wave(meaning, signal.meaning) and abs(signal.first_seen_at - seen) <= WAVE:
            return signal
    return None


def _story(meaning: Meaning, own_names: tuple[str, ...]) -> Story:
    return Story(
        category=meaning.category,
        secondary=frozenset(meaning.secondary),
        facts=meaning.facts,
        text=meaning.text,
        embedding=_embedding(meaning),
        own_names=own_names,
    )


def _embedding(meaning: Meaning) -> Embeddings | None:
    return from_bytes(meaning.embedding) if meaning.embedding else None


def _drop(session: Session, now: datetime, change: WaitingChange, dropped: Dropped) -> None:
    drop = Drop(
        stage=Stage.CLASSIFY,
        reason=dropped.reason,
        subject=f"change:{change.id}",
        at=now,
        source_id=change.source_id,
        before=dropped.before,
        after=dropped.after,
    )
    record_drops(session, [drop])
