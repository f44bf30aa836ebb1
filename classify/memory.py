"""A rival's standing signals during one batch: read once, kept up as signals are added and told further."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from classify.embed import Embeddings, from_bytes
from classify.signals import Actor
from classify.story import Story
from store.signals import Meaning, Signal, signals_near
from store.sources import Rival

FOREVER = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A standing signal and the story it tells."""

    signal: Signal
    story: Story


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

    def add(self, rival: Rival, signal_id: int, story: str, meaning: Meaning, seen_at: datetime) -> None:
        """Remember a signal that was just stored."""
        signal = Signal(
            id=signal_id,
            rival_id=rival.id,
            rival_key=rival.key,
            rival=rival.name,
            story=story,
            meaning=meaning,
            first_seen_at=seen_at,
            last_seen_at=seen_at,
        )
        self._of(rival)[signal_id] = _told(signal, actor_of(rival))

    def rewrite(self, rival: Rival, signal: Signal, meaning: Meaning, seen_at: datetime) -> None:
        """Remember that a signal was told further."""
        further = replace(
            signal,
            meaning=meaning,
            first_seen_at=min(signal.first_seen_at, seen_at),
            last_seen_at=max(signal.last_seen_at, seen_at),
        )
        self._of(rival)[signal.id] = _told(further, actor_of(rival))

    def forget(self, rival: Rival) -> None:
        """Read the rival's signals anew when they are next asked for."""
        self._told.pop(rival.id, None)

    def _of(self, rival: Rival) -> dict[int, Told]:
        if rival.id not in self._told:
            signals: Iterable[Signal] = signals_near(self._session, rival.id, self._since, FOREVER)
            actor = actor_of(rival)
            self._told[rival.id] = {signal.id: _told(signal, actor) for signal in signals}
        return self._told[rival.id]


def actor_of(rival: Rival) -> Actor:
    """Return a rival as the actor of its headlines."""
    return Actor(name=rival.name, aliases=rival.aliases, products=tuple(name for name, _ in rival.products))


def story_of(meaning: Meaning, actor: Actor, seen: tuple[datetime, datetime] | None = None) -> Story:
    """Return what is compared of a meaning; ``seen`` is the first and the last moment at which it was told."""
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


def _told(signal: Signal, actor: Actor) -> Told:
    seen = (signal.first_seen_at, signal.last_seen_at)
    return Told(signal=signal, story=story_of(signal.meaning, actor, seen))


def _embedding(meaning: Meaning) -> Embeddings | None:
    return from_bytes(meaning.embedding) if meaning.embedding else None
