"""When a source is due again, after how its fetch ended. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from crawlers.judge import Verdict
from store.kinds import FetchState
from store.sources import Source

FIRST_RETRY = timedelta(minutes=15)
RATE_LIMIT_PAUSE = timedelta(hours=1)  # Where a server says "too often" without saying how long.


def next_due(source: Source, verdict: Verdict, at: datetime) -> datetime:
    """Return the next moment: the source's own rhythm, sooner after a passing failure, never before Retry-After."""
    pause = source.every
    if verdict.transient:
        pause = min(pause, FIRST_RETRY * 2 ** min(source.failures, 10))
    if verdict.code == "rate-limited":
        pause = max(pause, RATE_LIMIT_PAUSE)
    if verdict.wait is not None and verdict.state not in (FetchState.OK, FetchState.UNCHANGED):
        pause = max(pause, verdict.wait)
    return at + pause
