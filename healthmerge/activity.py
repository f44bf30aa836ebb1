"""The Competitor Activity Index of an account, and whether it can be known at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from math import log, sqrt

from config.settings import LinkingSettings
from linking.decay import decayed
from store.exposures import Exposure
from store.kinds import FetchState
from store.sources import Source, Turn

BLIND = frozenset({FetchState.BLOCKED, FetchState.BROKEN, FetchState.EMPTY})
BLIND_WINDOW = timedelta(days=7)
JUMP_WINDOW = timedelta(days=7)
CERTAIN = 1e-9  # what an exposure of 1 leaves, so that its logarithm stays a number


def activity_index(exposures: Iterable[Exposure], now: datetime, linking: LinkingSettings) -> float:
    """Return the index in [0, 100]: 100 · (1 - √Π(1 - exposure left today)), over the window.

    The root leaves room: ten exposures of 0.3 give 83 and not 97, so that a busy market does not read as the worst
    case for everybody. One more exposure never lowers it, and the order does not matter. Retracted signals count zero.
    """
    rest = 1.0
    for score in sorted(left for _, left in left_today(exposures, now, linking)):
        rest *= 1.0 - score
    return 100.0 * (1.0 - sqrt(rest))


def left_today(
    exposures: Iterable[Exposure], now: datetime, linking: LinkingSettings
) -> Iterator[tuple[Exposure, float]]:
    """Yield the exposures of the window that count, each with what is left of it today, in [0, 1]."""
    start = now - linking.window
    for item in exposures:
        if item.counts and start <= item.observed_at <= now:
            left = decayed(item.score, item.observed_at, now, linking.half_life)
            yield item, min(1.0, max(0.0, left))


def activity_shares(
    exposures: Iterable[Exposure], now: datetime, linking: LinkingSettings
) -> dict[str, dict[str, float]]:
    """Return ``rivals`` and ``categories``: what share of the index each is behind; each group sums to 1, or is empty.

    An exposure counts with -log(1 - left), because these add up where the factors of the index multiply.
    """
    rivals: dict[str, float] = {}
    categories: dict[str, float] = {}
    for item, left in left_today(exposures, now, linking):
        weight = -log(max(CERTAIN, 1.0 - left))
        rivals[item.rival_key] = rivals.get(item.rival_key, 0.0) + weight
        categories[item.category.value] = categories.get(item.category.value, 0.0) + weight
    return {"rivals": _shared(rivals), "categories": _shared(categories)}


def _shared(weights: Mapping[str, float]) -> dict[str, float]:
    total = sum(weights.values())
    if total <= 0:
        return {}
    ordered = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    return {key: round(weight / total, 4) for key, weight in ordered if weight > 0}


def blind_shares(
    sources: Sequence[Source], turns: Sequence[Turn], now: datetime, window: timedelta = BLIND_WINDOW
) -> dict[str, float]:
    """Return rival key → share of the window in which its sources could not be read, averaged over them.

    Sources that were never fetched say nothing; a rival without a fetched source is missing from the result.
    """
    by_source: dict[str, list[Turn]] = {}
    for turn in turns:
        by_source.setdefault(turn.source_key, []).append(turn)
    shares: dict[str, list[float]] = {}
    for source in sources:
        share = _blind_share(source, by_source.get(source.key, []), now, window)
        if share is not None:
            shares.setdefault(source.rival_key, []).append(share)
    return {rival: sum(values) / len(values) for rival, values in shares.items()}


def _blind_share(source: Source, turns: Sequence[Turn], now: datetime, window: timedelta) -> float | None:
    start = now - window
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


def worst_shares(*windows: Mapping[str, float]) -> dict[str, float]:
    """Return each rival's largest share over several windows: blind this week, or blind for much of the whole."""
    rivals = {rival for shares in windows for rival in shares}
    return {rival: max(shares.get(rival, 0.0) for shares in windows) for rival in sorted(rivals)}


def is_blind(threatening: Iterable[str], shares: Mapping[str, float], limit: float) -> bool:
    """Return True if the sources of the threatening rivals were blind for at least ``limit`` of the time."""
    known = [shares[rival] for rival in threatening if rival in shares]
    return bool(known) and sum(known) / len(known) >= limit
