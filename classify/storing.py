"""Storing a signal: a new one, or one more piece of evidence for a story that stands already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from classify.model.embed import Embeddings
from classify.parts.filings import NEAR, explains, is_filing
from classify.parts.unit import Unit
from classify.tellings.likeness import may_tell
from classify.tellings.memory import StoryMemory, Told, actor_of, story_of
from classify.tellings.merge import is_hiring_wave, merge_meaning, retell_openings, same_wave
from classify.tellings.relations import relation
from classify.tellings.stories import contradict, likeness, retold
from classify.tellings.story import Story
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


def store_meaning(
    session: Session, change: Change, rival: Rival, unit: Unit, meaning: Meaning, memory: StoryMemory
) -> None:
    """Store what a unit means as a signal, or as evidence of the rival's signal that tells the same story."""
    seen = change.published_at or change.observed_at
    evidence = Evidence(
        change_id=change.id, url=unit.url or change.url, quote=unit.quote, seen_at=change.observed_at
    )
    story = f"change:{change.id}:{unit.key}"
    mine = story_of(meaning, actor_of(rival), memory.voice_of(change))
    standing = _told_before(session, change, rival, story, meaning, mine, memory)
    if standing is None:
        signal_id = add_signal(session, rival.id, story, meaning, evidence)
        if signal_id is not None:
            _relate(session, signal_id, meaning, mine, memory.near(rival, seen - REVERSIBLE, seen))
            memory.add(rival, signal_id, story, meaning, change)
    elif standing.story != story and add_evidence(session, standing.id, evidence):
        merged = merge_meaning(standing.meaning, meaning, sources=count_sources(session, standing.id))
        if is_hiring_wave(merged):
            merged = retell_openings(merged, actor_of(rival))
        relink = _as_linked(merged) != _as_linked(standing.meaning)
        rewrite_signal(session, standing.id, merged, change.observed_at, relink=relink)
        memory.rewrite(rival, standing, merged, change)


def stories_mentioned(
    change: Change, rival: Rival, text: str, embedding: Embeddings, memory: StoryMemory
) -> list[Told]:
    """Return the rival's stories of these days that a text can be about, by its words alone; mostly there is none."""
    seen = change.published_at or change.observed_at
    near = memory.near(rival, seen - STORY_WINDOW, change.observed_at + STORY_WINDOW)
    others = (told for told in near if not told.signal.story.startswith(f"change:{change.id}:"))
    return [told for told in others if may_tell(text, embedding, told.story)]


def store_mention(
    session: Session,
    change: Change,
    rival: Rival,
    unit: Unit,
    meaning: Meaning,
    near: Sequence[Told],
    memory: StoryMemory,
    *,
    doubt: float,
) -> bool:
    """Store a text that is no news of its own as evidence of the story it tells further; False if there is none.

    ``doubt`` is how sure the model is that it is no news.
    The story's own words, facts and weight stay what the news made them.
    """
    seen = change.published_at or change.observed_at
    mine = story_of(meaning, actor_of(rival), memory.voice_of(change), doubt=doubt)
    standing = _told_alike(near, meaning, mine, seen)
    if standing is None:
        return False
    evidence = Evidence(
        change_id=change.id, url=unit.url or change.url, quote=unit.quote, seen_at=change.observed_at
    )
    add_evidence(session, standing.id, evidence)
    memory.hear(rival, standing, change)
    return True


def _relate(session: Session, signal_id: int, meaning: Meaning, mine: Story, earlier: Sequence[Told]) -> None:
    """Record which of the rival's earlier signals a new one takes back or contradicts."""
    if is_filing(meaning):
        return
    mine = replace(mine, seen=None)  # A deal is called off weeks later: days between count for nothing here.
    for told in earlier:
        if is_filing(told.signal.meaning):
            continue
        found = relation(mine, told.story)
        if found is not None:
            add_relation(session, signal_id, told.signal.id, found.kind.value, found.because)


def _as_linked(meaning: Meaning) -> tuple[object, ...]:
    return meaning.category, meaning.facts, meaning.review


def _told_before(
    session: Session,
    change: Change,
    rival: Rival,
    story: str,
    meaning: Meaning,
    mine: Story,
    memory: StoryMemory,
) -> Signal | None:
    """Return the rival's signal that tells this story already: the very same one first, else one like it."""
    seen = change.published_at or change.observed_at
    near = memory.near(rival, seen - RELISTED, change.observed_at + STORY_WINDOW)
    for told in near:
        if told.signal.story == story:
            return told.signal
    # Units of one change are different acts by construction; only other changes can tell the same one.
    others = [told for told in near if not told.signal.story.startswith(f"change:{change.id}:")]
    recent = [told for told in others if told.signal.last_seen_at >= seen - STORY_WINDOW]
    return (
        _told_alike(recent, meaning, mine, seen)
        or _filed_with(session, recent, change, meaning)
        or _listed_again(others, change, meaning, mine)
    )


def _told_alike(near: Sequence[Told], meaning: Meaning, mine: Story, seen: datetime) -> Signal | None:
    if is_filing(meaning):
        return None
    told = [one for one in near if not is_filing(one.signal.meaning)]
    for one in told:
        if same_wave(meaning, one.signal.meaning) and abs(one.signal.first_seen_at - seen) <= WAVE:
            return one.signal
    alike = [(likeness(mine, one.story), -one.signal.id, one.signal) for one in told]
    best = max(alike, key=lambda item: item[:2], default=None)
    return best[2] if best and best[0] > 0 else None


def _filed_with(session: Session, near: Sequence[Told], change: Change, meaning: Meaning) -> Signal | None:
    """Return the news that a filing is about, or the filing that the news explain; the nearest in time."""
    signals = [told.signal for told in near if _explained(meaning, told.signal.meaning)]
    if not signals:
        return None
    pairs = [
        (_apart(change, signal, published), signal)
        for signal, published in zip(signals, published_at(session, [s.id for s in signals]), strict=True)
    ]
    within = [(apart, -signal.id, signal) for apart, signal in pairs if apart <= NEAR]
    return min(within, key=lambda item: item[:2])[2] if within else None


def _explained(one: Meaning, other: Meaning) -> bool:
    return (is_filing(one) and explains(one, other)) or (is_filing(other) and explains(other, one))


def _apart(change: Change, signal: Signal, published: datetime | None) -> timedelta:
    """Return the time between both, by the dates of publication where both are known."""
    if change.published_at is not None and published is not None:
        return abs(change.published_at - published)
    return abs(change.observed_at - signal.first_seen_at)


def _listed_again(near: Sequence[Told], change: Change, meaning: Meaning, mine: Story) -> Signal | None:
    """Return an older story in the very same words: a list that was rebuilt shows its entries anew."""
    if change.page_type is PageType.STATUS or change.published_at is not None or is_filing(meaning):
        return None
    return next(
        (one.signal for one in near if retold(mine, one.story) and not contradict(mine, one.story)), None
    )
