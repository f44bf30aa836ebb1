"""Which of a rival's standing signals tells an act already, and by what it was known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from classify.parts.filings import NEAR, explains, is_filing
from classify.tellings.because import days_apart, same_words_because, why_joined
from classify.tellings.memory import StoryMemory, Told
from classify.tellings.merge import same_wave
from classify.tellings.stories import contradict, likeness, retold
from classify.tellings.story import Story
from store.changes import Change
from store.kinds import PageType
from store.signal_voices import published_at
from store.signals import Meaning, Signal
from store.sources import Rival

WAVE = timedelta(
    days=1
)  # Job boards give each opening as its own entry; those of one day are one act of hiring.
STORY_WINDOW = timedelta(days=14)
RELISTED = timedelta(
    days=45
)  # A news list rarely keeps more; the same words later are told of something else.


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A signal that stands, and why a change is told to be one more proof of it."""

    signal: Signal
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What a change tells, as a signal would hold it, under the key that its signal would have."""

    change: Change
    story: str
    meaning: Meaning
    compared: Story

    @property
    def seen(self) -> datetime:
        """When it was told: by the date of publication if known."""
        return self.change.published_at or self.change.observed_at


def told_before(session: Session, rival: Rival, telling: Telling, memory: StoryMemory) -> Standing | None:
    """Return the rival's signal that tells this act already: the very same one first, else one like it."""
    near = memory.near(rival, telling.seen - RELISTED, telling.change.observed_at + STORY_WINDOW)
    for told in near:
        if told.signal.story == telling.story:
            return Standing(signal=told.signal, because="the same change")
    others = of_other_changes(near, telling.change)
    recent = [told for told in others if told.signal.last_seen_at >= telling.seen - STORY_WINDOW]
    return (
        told_alike(recent, telling)
        or _filed_with(session, recent, telling.change, telling.meaning)
        or _listed_again(others, telling)
    )


def of_other_changes(near: Sequence[Told], change: Change) -> list[Told]:
    """Return the signals that another change founded: units of one change are different acts by construction."""
    return [told for told in near if not told.signal.story.startswith(f"change:{change.id}:")]


def told_alike(near: Sequence[Told], telling: Telling) -> Standing | None:
    """Return the signal most like a telling, if it is like enough; a filing that names nothing is like none."""
    if is_filing(telling.meaning):
        return None
    told = [one for one in near if not is_filing(one.signal.meaning)]
    for one in told:
        apart = abs(one.signal.first_seen_at - telling.seen)
        if same_wave(telling.meaning, one.signal.meaning) and apart <= WAVE:
            return Standing(
                signal=one.signal, because=f"job ads that appeared {days_apart(apart, 'on one day')}"
            )
    alike = [(likeness(telling.compared, one.story), -one.signal.id, one) for one in told]
    best = max(alike, key=lambda item: item[:2], default=None)
    if best is None or best[0] <= 0:
        return None
    return Standing(signal=best[2].signal, because=why_joined(telling.compared, best[2].story, best[0]))


def _filed_with(session: Session, near: Sequence[Told], change: Change, meaning: Meaning) -> Standing | None:
    """Return the news that a filing is about, or the filing that the news explain; the nearest in time."""
    signals = [told.signal for told in near if _explained(meaning, told.signal.meaning)]
    if not signals:
        return None
    pairs = [
        (_apart(change, signal, published), signal)
        for signal, published in zip(signals, published_at(session, [s.id for s in signals]), strict=True)
    ]
    within = [(apart, -signal.id, signal) for apart, signal in pairs if apart <= NEAR]
    if not within:
        return None
    apart, _, signal = min(within, key=lambda item: item[:2])
    said = "a filing of that kind" if is_filing(meaning) else "news of the kind that the filing reports"
    return Standing(signal=signal, because=f"{said}, {days_apart(apart)}")


def _explained(one: Meaning, other: Meaning) -> bool:
    return (is_filing(one) and explains(one, other)) or (is_filing(other) and explains(other, one))


def _apart(change: Change, signal: Signal, published: datetime | None) -> timedelta:
    """Return the time between both, by the dates of publication where both are known."""
    if change.published_at is not None and published is not None:
        return abs(change.published_at - published)
    return abs(change.observed_at - signal.first_seen_at)


def _listed_again(near: Sequence[Told], telling: Telling) -> Standing | None:
    """Return an older story in the very same words: a list that was rebuilt shows its entries anew."""
    change, mine = telling.change, telling.compared
    if change.page_type is PageType.STATUS or change.published_at is not None or is_filing(telling.meaning):
        return None
    return next(
        (
            Standing(
                signal=one.signal, because=f"{same_words_because(mine, one.story)}, in a list shown anew"
            )
            for one in near
            if retold(mine, one.story) and not contradict(mine, one.story)
        ),
        None,
    )
