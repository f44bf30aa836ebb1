"""Storing a signal: a new one, or one more piece of evidence for a story that stands already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy.orm import Session

from classify.model.embed import Embeddings
from classify.parts.filings import is_filing
from classify.parts.unit import Unit
from classify.retelling import retell
from classify.tellings.because import FIRST
from classify.tellings.likeness import may_tell
from classify.tellings.memory import StoryMemory, Told, actor_of, story_of
from classify.tellings.merge import is_hiring_wave, merge_meaning, retell_openings
from classify.tellings.relations import relation
from classify.tellings.standing import STORY_WINDOW, Telling, of_other_changes, told_alike, told_before
from store.changes import Change
from store.feedback import is_settled
from store.relations import add_relation
from store.signal_voices import count_sources
from store.signal_writes import add_evidence, add_signal, rewrite_signal
from store.signals import Evidence, Meaning, Signal
from store.sources import Rival

REVERSIBLE = timedelta(days=180)  # Deals are called off within about half a year, or closed.


def store_meaning(
    session: Session, change: Change, rival: Rival, unit: Unit, meaning: Meaning, memory: StoryMemory
) -> None:
    """Store what a unit means as a signal, or as evidence of the rival's signal that tells the same story."""
    mine = story_of(meaning, actor_of(rival), memory.voice_of(change))
    telling = Telling(change=change, story=_key(change, unit), meaning=meaning, compared=mine)
    found = told_before(session, rival, telling, memory)
    if found is None:
        _found(session, rival, telling, _evidence(change, unit, FIRST), memory)
    elif found.signal.story != telling.story:
        if is_settled(session, found.signal.id):
            telling = replace(telling, meaning=_as_settled(meaning, found.signal, rival, unit))
        _tell_further(session, rival, telling, found.signal, _evidence(change, unit, found.because), memory)


def _as_settled(meaning: Meaning, standing: Signal, rival: Rival, unit: Unit) -> Meaning:
    """Return a further telling under the category that a person gave its story, whatever the model takes it for."""
    category = standing.meaning.category
    return meaning if meaning.category is category else retell(meaning, category, actor_of(rival), [unit])


def _key(change: Change, unit: Unit) -> str:
    return f"change:{change.id}:{unit.key}"


def _evidence(change: Change, unit: Unit, because: str) -> Evidence:
    return Evidence(
        change_id=change.id,
        url=unit.url or change.url,
        quote=unit.quote,
        seen_at=change.observed_at,
        because=because,
    )


def _found(session: Session, rival: Rival, telling: Telling, evidence: Evidence, memory: StoryMemory) -> None:
    """Store a new signal, with what it takes back or tells otherwise."""
    signal_id = add_signal(session, rival.id, telling.story, telling.meaning, evidence)
    if signal_id is not None:
        earlier = memory.near(rival, telling.seen - REVERSIBLE, telling.seen)
        _relate(session, signal_id, telling, earlier)
        memory.add(rival, signal_id, telling.story, telling.meaning, telling.change)


def _tell_further(
    session: Session,
    rival: Rival,
    telling: Telling,
    standing: Signal,
    evidence: Evidence,
    memory: StoryMemory,
) -> None:
    """Store one more proof of a signal, and say anew what it means."""
    if add_evidence(session, standing.id, evidence):
        change = telling.change
        merged = merge_meaning(standing.meaning, telling.meaning, sources=count_sources(session, standing.id))
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
    return [told for told in of_other_changes(near, change) if may_tell(text, embedding, told.story)]


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
    mine = story_of(meaning, actor_of(rival), memory.voice_of(change), doubt=doubt)
    found = told_alike(near, Telling(change=change, story=_key(change, unit), meaning=meaning, compared=mine))
    if found is None:
        return False
    add_evidence(session, found.signal.id, _evidence(change, unit, found.because))
    memory.hear(rival, found.signal, change)
    return True


def _relate(session: Session, signal_id: int, telling: Telling, earlier: Sequence[Told]) -> None:
    """Record which of the rival's earlier signals a new one takes back or contradicts."""
    if is_filing(telling.meaning):
        return
    mine = replace(
        telling.compared, seen=None
    )  # A deal is called off weeks later: days between count for nothing here.
    for told in earlier:
        if is_filing(told.signal.meaning):
            continue
        found = relation(mine, told.story)
        if found is not None:
            add_relation(session, signal_id, told.signal.id, found.kind.value, found.because)


def _as_linked(meaning: Meaning) -> tuple[object, ...]:
    return meaning.category, meaning.facts, meaning.held
