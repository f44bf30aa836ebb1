"""The Competitor Activity Index of an account, and whether it can be known at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from math import sqrt

from config.settings import LinkingSettings
from linking.decay import decayed
from store.exposures import Exposure
from store.kinds import FetchState
from store.sources import Source, Turn

BLIND = frozenset({FetchState.BLOCKED, FetchState.BROKEN, FetchState.EMPTY})
BLIND_WINDOW = timedelta(days=7)
JUMP_WINDOW = timedelta(days=7)


def activity_index(exposures: Iterable[Exposure], now: datetime, linking: LinkingSettings) -> float:
    """Return the index in [0, 100]: 100 · (1 - √Π(1 - exposure left today)), over the window.

    The root leaves room: ten exposures of 0.3 give 83 and not 97, so that a busy market does not read as the worst
    case for everybody. One more exposure never lowers it, and the order does not matter. Retracted signals count zero.
    """
    start = now - linking.window
    left = [
        decayed(item.score, item.observed_at, now, linking.half_life)
        for item in exposures
        if item.counts and start <= item.observed_at <= now
    ]
    rest = 1.0
    for score in sorted(left):
        rest *= 1.0 - min(1.0, max(0.0, score))
    return 100.0 * (1.0 - sqrt(rest))


def blind_shares(sources: Sequence[Source], turns: Sequence[Turn], now: datetime) -> dict[str, float]:
    """Return rival key → share of the last seven days in which its sources could not be read, averaged over them.

    Sources that were never fetched say nothing; a rival without a fetched source is missing from the result.
    """
    by_source: dict[str, list[Turn]] = {}
    for turn in turns:
        by_source.setdefault(turn.source_key, []).append(turn)
    shares: dict[str, list[float]] = {}
    for source in sources:
        share = _blind_share(source, by_source.get(source.key, []), now)
        if share is not None:
            shares.setdefault(source.rival_key, []).append(share)
    return {rival: sum(values) / len(values) for rival, values in shares.items()}


def _blind_share(source: Source, turns: Sequence[Turn], now: datetime) -> float | None:
    start = now - BLIND_WINDOW
    within = sorted((turn for turn in turns if start <= turn.at < now), key=lambda turn: turn.at)
    state = within[0].before if within else source.state
    since = start if within or source.state_since is None else max(start, min(source.state_since, now))
    watched = blind = 0.0
    for until, after in [*((turn.at, turn.after) for turn in within), (now, None)]:
        seconds = max(0.0, (until - since).total_seconds())
        if state is not None:
            watched += seconds
            blind += seconds if state in BLIND else 0.0
        state, since = after, until
    if watched:
        return blind / watched
    return None if source.state is None else float(source.state in BLIND)


def is_blind(threatening: Iterable[str], shares: Mapping[str, float], limit: float) -> bool:
    """Return True if the sources of the threatening rivals were blind for at least ``limit`` of the time."""
    known = [shares[rival] for rival in threatening if rival in shares]
    return bool(known) and sum(known) / len(known) >= limit
