"""What was watched and what could not be reached, so that silence is told apart from blindness."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from digest.record import BlindSource, Watch
from digest.words import count, plain, site
from store.kinds import FetchState
from store.readings import SourceReading

MOST_BLIND = 6

# A source that is fetched on time but late by two of its turns has missed something; three days spare the weekend jobs.
OVERDUE_TURNS = 2
OVERDUE_AT_LEAST = timedelta(days=3)

_STATES = {
    FetchState.BLOCKED: "blocks visitors like us",
    FetchState.BROKEN: "is broken",
    FetchState.EMPTY: "shows nothing",
}


def is_blind(source: SourceReading, until: datetime) -> bool:
    """Return True if the source was visited and its last success is no proof of silence any more."""
    if source.state in _STATES:
        return True
    if source.state is None or source.last_success_at is None:
        return False
    return until - source.last_success_at > max(source.every * OVERDUE_TURNS, OVERDUE_AT_LEAST)


def watch(sources: Sequence[SourceReading], until: datetime) -> Watch:
    """Return the count of sources watched and reached, and the blind ones, longest blind first."""
    blind = sorted(
        (source for source in sources if is_blind(source, until)),
        key=lambda source: (
            source.last_success_at is not None,
            source.last_success_at or until,
            source.key,
        ),
    )
    unvisited = sum(source.state is None for source in sources)
    return Watch(
        sources=len(sources),
        reached=len(sources) - len(blind) - unvisited,
        rivals=len({source.rival_key for source in sources}),
        blind=tuple(_blind(source, until) for source in blind[:MOST_BLIND]),
        blind_more=max(0, len(blind) - MOST_BLIND),
        unvisited=unvisited,
    )


def _blind(source: SourceReading, until: datetime) -> BlindSource:
    state = _STATES.get(source.state, "was not visited") if source.state else "was not visited"
    return BlindSource(
        rival=plain(source.rival, 60),
        what=plain(f"{source.type} ({site(source.url)})" if source.url else source.type, 80),
        state=state,
        last_seen=_age(source.last_success_at, until),
    )


def _age(last: datetime | None, until: datetime) -> str:
    if last is None:
        return "never seen so far"
    days = max(0, (until - last).days)
    return f"last seen {count(days, 'day')} ago" if days else "last seen today"
