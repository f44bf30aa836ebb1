"""When a source is due again, after how its fetch ended. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from crawlers.judge import Verdict
from crawlers.plain import moment
from crawlers.quiet import after_quiet
from store.kinds import FetchState
from store.sources import Source

FIRST_RETRY = timedelta(minutes=15)
RATE_LIMIT_PAUSE = timedelta(hours=1)  # Where a server says "too often" without saying how long.


#: Without news for so many of its own intervals a source is asked half as often, for twice as many a third as often …
STILL_INTERVALS = 20
LONGEST_STRETCHED = timedelta(days=7)  # A source is not slowed down beyond this.


def next_due(
    source: Source, verdict: Verdict, at: datetime, slow_down: int = 1, quiet_hours: str | None = None
) -> datetime:
    """Return the next moment: the source's own rhythm, slower where nothing ever changes (up to ``slow_down`` times),
    sooner after a passing failure, never before Retry-After, and not within the quiet hours.
    """
    pause = source.every * _stretch(source, verdict, at, slow_down)
    pause = max(source.every, min(pause, LONGEST_STRETCHED))
    if verdict.transient:
        pause = min(pause, FIRST_RETRY * 2 ** min(source.failures, 10))
    if verdict.code == "rate-limited":
        pause = max(pause, RATE_LIMIT_PAUSE)
    if verdict.wait is not None and verdict.state not in (FetchState.OK, FetchState.UNCHANGED):
        pause = max(pause, verdict.wait)
    return after_quiet(at + pause, quiet_hours)


def _stretch(source: Source, verdict: Verdict, at: datetime, slow_down: int) -> int:
    since = moment(source.memory.get("full_at"))
    if verdict.state is not FetchState.UNCHANGED or since is None or source.every <= timedelta(0):
        return 1
    still = moment(source.memory.get("changed_at")) or since
    return max(1, min(slow_down, 1 + (at - still) // (source.every * STILL_INTERVALS)))
