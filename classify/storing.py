"""Storing a signal: a new one, or one more piece of evidence for a story that stands already."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from classify.embed import Embeddings, from_bytes
from classify.merge import is_hiring_wave, merge_meaning, retell_openings, same_wave
from classify.signals import Actor
from classify.stories import Story, same_story
from classify.units import Unit
from store.changes import Change
from store.signals import (
    Evidence,
    Meaning,
    Signal,
    add_evidence,
    add_signal,
    count_sources,
    rewrite_signal,
    signals_near,
)
from store.sources import Rival

WAVE = timedelta(
    days=1
)  # Job boards give each opening as its own entry; those of one day are one act of hiring.
STORY_WINDOW = timedelta(days=14)


def actor_of(rival: Rival) -> Actor:
    """Return a rival as the actor of its headlines."""
    return Actor(name=rival.name, aliases=rival.aliases, products=tuple(name for name, _ in rival.products))


def store_meaning(session: Session, change: Change, rival: Rival, unit: Unit, meaning: Meaning) -> None:
    """Store what a unit means as a signal, or as evidence of the rival's signal that tells the same story."""
    seen = change.published_at or change.observed_at
    evidence = Evidence(
        change_id=change.id, url=unit.url or change.url, quote=unit.quote, seen_at=change.observed_at
    )
    story = f"change:{change.id}:{unit.key}"
    standing = _told_before(session, change, rival, story, meaning, seen)
    if standing is None:
        add_signal(session, rival.id, story, meaning, evidence)
    elif standing.story != story and add_evidence(session, standing.id, evidence):
        merged = merge_meaning(standing.meaning, meaning, sources=count_sources(session, standing.id))
        if is_hiring_wave(meaning):
            merged = retell_openings(merged, actor_of(rival))
        relink = merged.facts != standing.meaning.facts or merged.review != standing.meaning.review
        rewrite_signal(session, standing.id, merged, change.observed_at, relink=relink)


def _told_before(
    session: Session, change: Change, rival: Rival, story: str, meaning: Meaning, seen: datetime
) -> Signal | None:
    """Return the rival's signal that tells this story already: the very same one first, else one like it."""
    near = signals_near(session, rival.id, seen - STORY_WINDOW, change.observed_at + STORY_WINDOW)
    for signal in near:
        if signal.story == story:
            return signal
    mine = _story(meaning, actor_of(rival).names)
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
