"""A rival's standing signals during one batch: read once, kept up as signals are added and told further."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from classify.model.embed import Embeddings, from_bytes
from classify.signals import Actor
from classify.tellings.story import Story
from store.changes import Change
from store.signal_voices import Voices, voices_near
from store.signals import Meaning, Signal, signals_near
from store.sources import Rival, sources_of_types

#: Types of sources in which many outlets tell the same; any other tells one act hardly twice.
MANY_VOICES = frozenset(
    ("google-news", "gdelt", "hackernews", "reddit", "x", "page-list", "rsshub", "rss-bridge", "json")
)
FOREVER = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A standing signal, the story it tells, and who told it when."""

    signal: Signal
    story: Story
    voices: Voices


class StoryMemory:
    """The stories of the rivals of one batch. Reading them for each unit anew took half of the stage's time.

    What was read stays true only inside the transaction: make a new one for each batch, and `forget` a rival whose
    savepoint was rolled back.
    """

    def __init__(self, session: Session, since: datetime) -> None:
        """Read from ``session``; signals last seen before ``since`` play no part."""
        self._session = session
        self._since = since
        self._told: dict[int, dict[int, Told]] = {}
        self._many_voices = sources_of_types(session, MANY_VOICES)

    def voice_of(self, change: Change) -> Voices:
        """Return who tells a change, and when; nobody where a source lends its voice to many."""
        voice = voice_of(change)
        return replace(voice, sources=voice.sources - self._many_voices)

    def near(self, rival: Rival, since: datetime, until: datetime) -> list[Told]:
        """Return the rival's signals seen in [since, until], newest first."""
        if since < self._since:
            self._since = since
            self._told.clear()
        found = [
            told
            for told in self._of(rival).values()
            if told.signal.last_seen_at >= since and told.signal.first_seen_at <= until
        ]
        return sorted(found, key=lambda told: (told.signal.last_seen_at, told.signal.id), reverse=True)

    def add(self, rival: Rival, signal_id: int, story: str, meaning: Meaning, change: Change) -> None:
        """Remember a signal that was just stored for a change."""
        signal = Signal(
            id=signal_id,
            rival_id=rival.id,
            rival_key=rival.key,
            rival=rival.name,
            story=story,
            meaning=meaning,
            first_seen_at=change.observed_at,
            last_seen_at=change.observed_at,
        )
        self._of(rival)[signal_id] = _told(signal, actor_of(rival), self.voice_of(change))

    def rewrite(self, rival: Rival, signal: Signal, meaning: Meaning, change: Change) -> None:
        """Remember that a signal was told further by a change."""
        known = self._of(rival)
        further = replace(
            signal,
            meaning=meaning,
            first_seen_at=min(signal.first_seen_at, change.observed_at),
            last_seen_at=max(signal.last_seen_at, change.observed_at),
        )
        voices = known[signal.id].voices.joined(self.voice_of(change))
        known[signal.id] = _told(further, actor_of(rival), voices)

    def hear(self, rival: Rival, signal: Signal, change: Change) -> None:
        """Remember that a change told of a signal without adding to what it says."""
        known = self._of(rival)
        told = known[signal.id]
        known[signal.id] = _told(told.signal, actor_of(rival), told.voices.joined(self.voice_of(change)))

    def forget(self, rival: Rival) -> None:
        """Read the rival's signals anew when they are next asked for."""
        self._told.pop(rival.id, None)

    def _of(self, rival: Rival) -> dict[int, Told]:
        if rival.id not in self._told:
            signals: Iterable[Signal] = signals_near(self._session, rival.id, self._since, FOREVER)
            actor = actor_of(rival)
            voices = voices_near(self._session, rival.id, self._since, unnamed=self._many_voices)
            self._told[rival.id] = {signal.id: _told(signal, actor, voices[signal.id]) for signal in signals}
        return self._told[rival.id]


def actor_of(rival: Rival) -> Actor:
    """Return a rival as the actor of its headlines."""
    return Actor(name=rival.name, aliases=rival.aliases, products=tuple(name for name, _ in rival.products))


def voice_of(change: Change) -> Voices:
    """Return whose source tells a change, and when."""
    at = change.published_at or change.observed_at
    return Voices(sources=frozenset((change.source_id,)), first=at, last=at)


def story_of(meaning: Meaning, actor: Actor, voices: Voices | None = None, *, doubt: float = 0.0) -> Story:
    """Return what is compared of a meaning, who told it, and how surely it is no news of its own."""
    return Story(
        category=meaning.category,
        secondary=frozenset(meaning.secondary),
        facts=meaning.facts,
        text=meaning.text,
        embedding=_embedding(meaning),
        own_names=actor.names,
        seen=None if voices is None else (voices.first, voices.last),
        known_products=actor.products,
        sources=frozenset() if voices is None else voices.sources,
        doubt=doubt,
    )


def _told(signal: Signal, actor: Actor, voices: Voices) -> Told:
    return Told(signal=signal, story=story_of(signal.meaning, actor, voices), voices=voices)


def _embedding(meaning: Meaning) -> Embeddings | None:
    return from_bytes(meaning.embedding) if meaning.embedding else None
