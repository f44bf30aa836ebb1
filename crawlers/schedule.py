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
#: New bytes again within so many intervals are taken for a token or an advertisement, as long as nothing is reported.
RESTLESS_INTERVALS = 4  # More than 1, for a restless page that is asked less often stays restless.
LONGEST_STRETCHED = timedelta(days=7)  # A source is not slowed down beyond this.


def next_due(
    source: Source, verdict: Verdict, at: datetime, slow_down: int = 1, quiet_hours: str | None = None
) -> datetime:
    """Return the next moment: the source's own rhythm, up to ``slow_down`` times slower where news are long ago,
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
    since = _without_news_since(source, verdict, at)
    if since is None or source.every <= timedelta(0):
        return 1
    return max(1, min(slow_down, 1 + (at - since) // (source.every * STILL_INTERVALS)))


def _without_news_since(source: Source, verdict: Verdict, at: datetime) -> datetime | None:
    """Return since when nothing was reported of a source; None if it may be reported soon."""
    changed = moment(source.memory.get("changed_at")) or moment(source.memory.get("full_at"))
    if changed is None or verdict.state not in (FetchState.OK, FetchState.UNCHANGED):
        return None
    # New bytes are news on a page that rests, and noise on one that has new bytes at every visit.
    if verdict.state is FetchState.OK and at - changed > source.every * RESTLESS_INTERVALS:
        return None
    return source.last_change_at or moment(source.memory.get("first_at")) or changed
