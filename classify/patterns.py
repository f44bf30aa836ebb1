"""Patterns over many signals: a rival that hires or ships far more than it used to, several rivals moving the same way.

Nothing is stored: patterns are read from the signals that stand, with the counting that supports them.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from classify.headline import join_words
from classify.rules.departments import department
from store.kinds import Category
from store.records import JsonObject
from store.signals import Signal

WINDOW = timedelta(weeks=4)
BASELINE = timedelta(weeks=12)
SURPRISE = (
    0.01  # A burst is a count that the earlier weeks' rate would reach less than once in a hundred windows.
)
LEAST = 5  # openings or signals in the window; fewer are no wave, however quiet it was before
ALIKE = 3  # rivals of one market that move the same way
QUIET_RATE = 0.5  # A rival that showed nothing before is taken to show this many a window, not none.
TEMPO = (Category.LAUNCH, Category.PARTNERSHIP, Category.CUSTOMER, Category.EVENT)
TOGETHER = (Category.PRICING, Category.ACQUISITION, Category.EXPANSION, Category.FINANCE, Category.LEADERSHIP)


class PatternCode(StrEnum):
    """What kind of pattern."""

    HIRING_BURST = "hiring_burst"
    TEMPO = "tempo"
    MARKET_MOVE = "market_move"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A pattern with its sentence and the counting behind it.

    ``usual`` is the count that the weeks before would have let expect; None where none is compared.
    """

    code: PatternCode
    rivals: tuple[str, ...]
    headline: str
    because: str
    count: int
    usual: float | None
    signal_ids: tuple[int, ...]

    def to_json(self) -> JsonObject:
        """Return the shape that ``signals patterns --json`` gives."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """One thing counted: when, and of which signal."""

    at: datetime
    signal: Signal


def find_patterns(
    signals: Iterable[Signal], markets: Mapping[str, str | None], now: datetime
) -> list[Pattern]:
    """Return the patterns of the four weeks before ``now``, the strongest first.

    ``signals`` reach back over window and baseline (16 weeks); ``markets`` names the market of each rival key.
    Signals that are held back do not count.
    """
    told = [s for s in signals if not s.meaning.held and s.first_seen_at <= now]
    found = [*_hiring(told, now), *_tempo(told, now), *_market_moves(told, markets, now)]
    return sorted(found, key=lambda pattern: (-len(pattern.rivals), -pattern.count, pattern.headline))


def _hiring(signals: Sequence[Signal], now: datetime) -> Iterator[Pattern]:
    seen: dict[tuple[str, str], list[_Seen]] = defaultdict(list)
    for signal in signals:
        for opening in signal.meaning.facts.get("openings", ()):
            if opening.get("action") == "added":
                key = (signal.rival, department(opening["title"]))
                seen[key].append(_Seen(at=signal.first_seen_at, signal=signal))
    for (rival, team), items in seen.items():
        yield from _burst(PatternCode.HIRING_BURST, rival, f"{team} roles", "advertised", items, now)


def _tempo(signals: Sequence[Signal], now: datetime) -> Iterator[Pattern]:
    seen: dict[tuple[str, Category], list[_Seen]] = defaultdict(list)
    for signal in signals:
        if signal.meaning.category in TEMPO:
            seen[signal.rival, signal.meaning.category].append(_Seen(at=signal.first_seen_at, signal=signal))
    for (rival, category), items in seen.items():
        yield from _burst(PatternCode.TEMPO, rival, _plural(category), "showed", items, now)


def _burst(
    code: PatternCode, rival: str, what: str, verb: str, items: Sequence[_Seen], now: datetime
) -> Iterator[Pattern]:
    recent = [item for item in items if item.at > now - WINDOW]
    before = sum(1 for item in items if now - WINDOW - BASELINE < item.at <= now - WINDOW)
    usual = max(QUIET_RATE, before * (WINDOW / BASELINE))
    if len(recent) < LEAST or poisson_tail(len(recent), usual) > SURPRISE:
        return
    yield Pattern(
        code=code,
        rivals=(recent[0].signal.rival_key,),
        headline=f"{rival} {verb} {len(recent)} {what} in four weeks",
        because=f"because in the twelve weeks before there were {before}, or {before / 3:.1f} in four weeks",
        count=len(recent),
        usual=round(before * (WINDOW / BASELINE), 2),
        signal_ids=_ids(recent),
    )


def _market_moves(
    signals: Sequence[Signal], markets: Mapping[str, str | None], now: datetime
) -> Iterator[Pattern]:
    moves: dict[tuple[str, str], list[_Seen]] = defaultdict(list)
    for signal in signals:
        market, act = markets.get(signal.rival_key), _act(signal)
        if market and act and signal.first_seen_at > now - WINDOW:
            moves[market, act].append(_Seen(at=signal.first_seen_at, signal=signal))
    for (market, act), items in moves.items():
        rivals = dict.fromkeys(item.signal.rival_key for item in items)
        names = dict.fromkeys(item.signal.rival for item in items)
        if len(rivals) >= ALIKE:
            yield Pattern(
                code=PatternCode.MARKET_MOVE,
                rivals=tuple(rivals),
                headline=f"{len(rivals)} rivals in {market.replace('-', ' ')} {act} within four weeks",
                because=f"because {join_words(list(names))} did, in {len(items)} signals",
                count=len(items),
                usual=None,
                signal_ids=_ids(items),
            )


def _act(signal: Signal) -> str | None:
    """Return what a rival did, in words that fit several of them."""
    category = signal.meaning.category
    if category is Category.PRICING:
        percents = [p["percent"] for p in signal.meaning.facts.get("prices", ()) if p.get("percent")]
        return None if not percents else "raised prices" if sum(percents) > 0 else "cut prices"
    return _ACTS.get(category) if category in TOGETHER else None


_ACTS = {
    Category.ACQUISITION: "made acquisitions",
    Category.EXPANSION: "expanded",
    Category.FINANCE: "told of funding or results",
    Category.LEADERSHIP: "changed their leadership",
}


def poisson_tail(count: int, rate: float) -> float:
    """Return the probability of ``count`` or more events where ``rate`` are expected (Poisson), in [0, 1]."""
    below = sum(math.exp(k * math.log(rate) - rate - math.lgamma(k + 1)) for k in range(count))
    return max(0.0, 1.0 - below)


def _plural(category: Category) -> str:
    return {
        Category.LAUNCH: "launches and updates",
        Category.PARTNERSHIP: "partnerships",
        Category.CUSTOMER: "customer wins",
        Category.EVENT: "events",
    }[category]


def _ids(items: Iterable[_Seen]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(item.signal.id for item in items))
