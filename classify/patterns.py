"""Patterns over many signals: a rival hires or ships far more than it used to, loses leaders, moves as others do.

Nothing is stored: patterns are read from the signals that stand, with the counting that supports them.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from classify.acts import act_of, area_of, leavers, price_moves, with_size
from classify.headline import join_words
from classify.rules.departments import OTHER
from classify.signals import openings_from_json
from classify.whys.hiring import team_of
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
NAMED = 4
NUMBERS = {
    4: "four",
    5: "five",
    6: "six",
    7: "seven",
    8: "eight",
    9: "nine",
    10: "ten",
    11: "eleven",
    12: "twelve",
}
TEMPO = (Category.LAUNCH, Category.PARTNERSHIP, Category.CUSTOMER, Category.EVENT)
SHORTEST = timedelta(weeks=4)  # Less to compare with says nothing of what is usual.
LEAVERS = 3  # leading people within window and baseline, one of them in the window


class PatternCode(StrEnum):
    """What kind of pattern."""

    HIRING_BURST = "hiring_burst"
    TEMPO = "tempo"
    MARKET_MOVE = "market_move"
    AREA = "area"
    DEPARTURES = "departures"


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
class _Counted:
    """What is counted of one rival, with the words that say it, a place for the number in them."""

    code: PatternCode
    said: str
    signals: Sequence[Signal]


def find_patterns(
    signals: Iterable[Signal], markets: Mapping[str, str | None], now: datetime
) -> list[Pattern]:
    """Return the patterns of the four weeks before ``now``, the strongest first.

    ``signals`` reach back over window and baseline (16 weeks); ``markets`` names the market of each rival key.
    Signals that are held back do not count.
    """
    told = [s for s in signals if not s.meaning.held and s.first_seen_at <= now]
    history = min(BASELINE, now - WINDOW - min((s.first_seen_at for s in told), default=now))
    bursts = [*_hiring(told), *_areas(told), *_tempo(told)] if history >= SHORTEST else []
    found = [pattern for counted in bursts if (pattern := _burst(counted, now, history))]
    found = [*_distinct(found), *_departures(told, now), *_market_moves(told, markets, now)]
    return sorted(found, key=lambda pattern: (-len(pattern.rivals), -pattern.count, pattern.headline))


def _hiring(signals: Sequence[Signal]) -> Iterator[_Counted]:
    seen: dict[tuple[str, str], list[Signal]] = defaultdict(list)
    for signal in signals:
        for opening in openings_from_json(signal.meaning.facts):
            if opening.action == "added":
                seen[signal.rival_key, team_of(opening)].append(signal)
    for (_, team), items in seen.items():
        what = "roles in no single department" if team == OTHER else f"{team} roles"
        yield _Counted(code=PatternCode.HIRING_BURST, said=f"advertised {{}} {what}", signals=items)


def _areas(signals: Sequence[Signal]) -> Iterator[_Counted]:
    seen: dict[tuple[str, str], list[Signal]] = defaultdict(list)
    for signal in signals:
        if area := area_of(signal):
            seen[signal.rival_key, area].append(signal)
    for (_, area), items in seen.items():
        yield _Counted(
            code=PatternCode.AREA, said=f"showed {{}} launches and updates about {area}", signals=items
        )


def _tempo(signals: Sequence[Signal]) -> Iterator[_Counted]:
    seen: dict[tuple[str, Category], list[Signal]] = defaultdict(list)
    for signal in signals:
        if signal.meaning.category in TEMPO:
            seen[signal.rival_key, signal.meaning.category].append(signal)
    for (_, category), items in seen.items():
        yield _Counted(code=PatternCode.TEMPO, said=f"showed {{}} {_plural(category)}", signals=items)


def _burst(counted: _Counted, now: datetime, history: timedelta) -> Pattern | None:
    recent = [signal for signal in counted.signals if signal.first_seen_at > now - WINDOW]
    before = sum(1 for s in counted.signals if now - WINDOW - history <= s.first_seen_at <= now - WINDOW)
    usual = before * (WINDOW / history)
    if len(recent) < LEAST or poisson_tail(len(recent), max(QUIET_RATE, usual)) > SURPRISE:
        return None
    return Pattern(
        code=counted.code,
        rivals=(recent[0].rival_key,),
        headline=f"{recent[0].rival} {counted.said.format(len(recent))} in four weeks",
        because=_compared(before, usual, history // timedelta(weeks=1)),
        count=len(recent),
        usual=round(usual, 2),
        signal_ids=_ids(recent),
    )


def _compared(before: int, usual: float, weeks: int) -> str:
    """Return the sentence that says what the weeks before let expect."""
    span = NUMBERS[weeks]
    if not before:
        return f"because the {span} weeks before had none"
    return f"because the {span} weeks before had {before}" + (
        f", which makes {usual:.1f} in four weeks" if weeks > WINDOW // timedelta(weeks=1) else ""
    )


def _distinct(found: Iterable[Pattern]) -> Iterator[Pattern]:
    """Yield patterns without those that count the very signals of one before."""
    told: set[tuple[int, ...]] = set()
    for pattern in found:
        if pattern.code is PatternCode.HIRING_BURST or pattern.signal_ids not in told:
            told.add(pattern.signal_ids)
            yield pattern


def _departures(signals: Sequence[Signal], now: datetime) -> Iterator[Pattern]:
    """Yield the rivals that lost several of their leading people within window and baseline."""
    gone: dict[str, dict[str, Signal]] = defaultdict(dict)
    for signal in signals:
        if signal.first_seen_at > now - WINDOW - BASELINE:
            for name in leavers(signal):
                gone[signal.rival_key].setdefault(name, signal)
    for rival, names in gone.items():
        last = max(signal.first_seen_at for signal in names.values())
        if len(names) >= LEAVERS and last > now - WINDOW:
            yield Pattern(
                code=PatternCode.DEPARTURES,
                rivals=(rival,),
                headline=f"{len(names)} leading people left {next(iter(names.values())).rival} within sixteen weeks",
                because=f"because {join_words(list(names)[:NAMED], len(names) - NAMED)} did",
                count=len(names),
                usual=None,
                signal_ids=_ids(names.values()),
            )


def _market_moves(
    signals: Sequence[Signal], markets: Mapping[str, str | None], now: datetime
) -> Iterator[Pattern]:
    moves: dict[tuple[str, str], list[Signal]] = defaultdict(list)
    for signal in signals:
        market = markets.get(signal.rival_key)
        if market and signal.first_seen_at > now - WINDOW and (act := act_of(signal)):
            moves[market, act].append(signal)
    for (market, act), items in moves.items():
        rivals = {signal.rival_key: signal for signal in items}
        if len(rivals) >= ALIKE:
            yield Pattern(
                code=PatternCode.MARKET_MOVE,
                rivals=tuple(dict.fromkeys(signal.rival_key for signal in items)),
                headline=f"{len(rivals)} rivals in {market.replace('-', ' ')} {act} within four weeks",
                because=f"because {join_words([with_size(s) for s in _largest(items)])} did, in {len(items)} signals",
                count=len(items),
                usual=None,
                signal_ids=_ids(items),
            )


def _largest(signals: Iterable[Signal]) -> list[Signal]:
    """Return one signal of each rival, that with its largest price move."""
    found: dict[str, Signal] = {}
    for signal in signals:
        known = found.setdefault(signal.rival_key, signal)
        if max(map(abs, price_moves(signal)), default=0) > max(map(abs, price_moves(known)), default=0):
            found[signal.rival_key] = signal
    return list(found.values())


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


def _ids(signals: Iterable[Signal]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(signal.id for signal in signals))
