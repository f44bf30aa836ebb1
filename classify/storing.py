"""Storing a signal: a new one, or one more piece of evidence for a story that stands already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from classify.embed import Embeddings, from_bytes
from classify.filings import NEAR, explains, is_filing
from classify.merge import is_hiring_wave, merge_meaning, retell_openings, same_wave
from classify.relations import relation
from classify.signals import Actor
from classify.stories import Story, contradict, likeness, retold
from classify.units import Unit
from store.changes import Change
from store.kinds import PageType
from store.relations import add_relation
from store.signals import (
    Evidence,
    Meaning,
    Signal,
    add_evidence,
    add_signal,
    count_sources,
    published_at,
    rewrite_signal,
    signals_near,
)
from store.sources import Rival

WAVE = timedelta(
    days=1
)  # Job boards give each opening as its own entry; those of one day are one act of hiring.
STORY_WINDOW = timedelta(days=14)
REVERSIBLE = timedelta(days=180)  # Deals are called off within about half a year, or closed.
RELISTED = timedelta(
    days=45
)  # A news list rarely keeps more; the same words later are told of something else.


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
        signal_id = add_signal(session, rival.id, story, meaning, evidence)
        if signal_id is not None:
            _relate(session, signal_id, meaning, rival, seen)
    elif standing.story != story and add_evidence(session, standing.id, evidence):
        merged = merge_meaning(standing.meaning, meaning, sources=count_sources(session, standing.id))
        if is_hiring_wave(meaning):
            merged = retell_openings(merged, actor_of(rival))
        relink = _as_linked(merged) != _as_linked(standing.meaning)
        rewrite_signal(session, standing.id, merged, change.observed_at, relink=relink)


def _relate(session: Session, signal_id: int, meaning: Meaning, rival: Rival, seen: datetime) -> None:
    """Record which of the rival's earlier signals a new one takes back or contradicts."""
    if is_filing(meaning):
        return
    actor = actor_of(rival)
    mine = _story(meaning, actor, (seen, seen))
    for signal in signals_near(session, rival.id, seen - REVERSIBLE, seen):
        if signal.id == signal_id or is_filing(signal.meaning):
            continue
        found = relation(mine, _story(signal.meaning, actor))
        if found is not None:
            add_relation(session, signal_id, signal.id, found.kind.value, found.because)


def _as_linked(meaning: Meaning) -> tuple[object, ...]:
    return meaning.category, meaning.facts, meaning.review


def _told_before(
    session: Session, change: Change, rival: Rival, story: str, meaning: Meaning, seen: datetime
) -> Signal | None:
    """Return the rival's signal that tells this story already: the very same one first, else one like it."""
    near = signals_near(session, rival.id, seen - RELISTED, change.observed_at + STORY_WINDOW)
    for signal in near:
        if signal.story == story:
            return signal
    # Units of one change are different acts by construction; only other changes can tell the same one.
    others = [signal for signal in near if not signal.story.startswith(f"change:{change.id}:")]
    recent = [signal for signal in others if signal.last_seen_at >= seen - STORY_WINDOW]
    return (
        _told_alike(recent, meaning, rival, seen)
        or _filed_with(session, recent, change, meaning)
        or _listed_again(others, change, meaning, rival)
    )


def _told_alike(signals: Sequence[Signal], meaning: Meaning, rival: Rival, seen: datetime) -> Signal | None:
    if is_filing(meaning):
        return None
    actor = actor_of(rival)
    mine = _story(meaning, actor, (seen, seen))
    told = [signal for signal in signals if not is_filing(signal.meaning)]
    for signal in told:
        if same_wave(meaning, signal.meaning) and abs(signal.first_seen_at - seen) <= WAVE:
            return signal
    alike = [
        (likeness(mine, _story(s.meaning, actor, (s.first_seen_at, s.last_seen_at))), -s.id, s) for s in told
    ]
    best = max(alike, key=lambda item: item[:2], default=None)
    return best[2] if best and best[0] > 0 else None


def _filed_with(
    session: Session, signals: Sequence[Signal], change: Change, meaning: Meaning
) -> Signal | None:
    """Return the news that a filing is about, or the filing that the news explain; the nearest in time."""
    pairs = [
        (_apart(change, signal, published), signal)
        for signal, published in zip(signals, published_at(session, [s.id for s in signals]), strict=True)
        if _explained(meaning, signal.meaning)
    ]
    near = [(apart, -signal.id, signal) for apart, signal in pairs if apart <= NEAR]
    return min(near, key=lambda item: item[:2])[2] if near else None


def _explained(one: Meaning, other: Meaning) -> bool:
    return (is_filing(one) and explains(one, other)) or (is_filing(other) and explains(other, one))


def _apart(change: Change, signal: Signal, published: datetime | None) -> timedelta:
    """Return the time between both, by the dates of publication where both are known."""
    if change.published_at is not None and published is not None:
        return abs(change.published_at - published)
    return abs(change.observed_at - signal.first_seen_at)


def _listed_again(signals: Sequence[Signal], change: Change, meaning: Meaning, rival: Rival) -> Signal | None:
    """Return an older story in the very same words: a list that was rebuilt shows its entries anew."""
    if change.page_type is PageType.STATUS or change.published_at is not None or is_filing(meaning):
        return None
    actor = actor_of(rival)
    mine = _story(meaning, actor)
    stories = ((signal, _story(signal.meaning, actor)) for signal in signals)
    return next((s for s, story in stories if retold(mine, story) and not contradict(mine, story)), None)


def _story(meaning: Meaning, actor: Actor, seen: tuple[datetime, datetime] | None = None) -> Story:
    return Story(
        category=meaning.category,
        secondary=frozenset(meaning.secondary),
        facts=meaning.facts,
        text=meaning.text,
        embedding=_embedding(meaning),
        own_names=actor.names,
        seen=seen,
        known_products=actor.products,
    )


def _embedding(meaning: Meaning) -> Embeddings | None:
    return from_bytes(meaning.embedding) if meaning.embedding else None
