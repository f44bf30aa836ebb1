"""How one visit to a source ended, ready to be stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from crawlers.judge import Answer, Verdict
from crawlers.memory import remembered
from crawlers.schedule import next_due
from store.kinds import FetchState, Look
from store.sources import Source

if TYPE_CHECKING:
    from config.settings import CrawlSettings
    from crawlers.visiting import Ending


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A visit's end. ``answer`` is None if there was none; ``memory`` is None if nothing was learned.

    ``due_at`` is None for looks that do not move the source's rhythm.
    """

    source: Source
    look: Look
    at: datetime
    verdict: Verdict
    answer: Answer | None = None
    sha256: str | None = None
    memory: dict[str, Any] | None = None
    due_at: datetime | None = None

    @property
    def state(self) -> FetchState:
        """The state of the verdict."""
        return self.verdict.state


def outcome_of(source: Source, look: Look, ending: Ending, at: datetime, settings: CrawlSettings) -> Outcome:
    """Return what is to be stored of a visit that ended at ``at``."""
    verdict, answer = ending.verdict, ending.answer
    regular = look is Look.REGULAR
    return Outcome(
        source=source,
        look=look,
        at=at,
        verdict=verdict,
        answer=answer,
        sha256=ending.sha256 or None,
        memory=remembered(source, answer, at, verdict.state is FetchState.OK, ending.listed)
        if regular and answer is not None and _is_complete(answer, verdict)
        else None,
        due_at=next_due(source, verdict, at, settings.slow_down, settings.quiet_hours) if regular else None,
    )


def _is_complete(answer: Answer, verdict: Verdict) -> bool:
    return answer.status != 304 and verdict.state in (FetchState.OK, FetchState.UNCHANGED)
