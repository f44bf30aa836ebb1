"""How one visit to a source ended, ready to be stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crawlers.judge import Answer, Verdict
from store.kinds import FetchState, Look
from store.sources import Source


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
