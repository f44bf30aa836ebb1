"""From what systems report to the values that the score is made of: formulas, latest values, and their age."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import hypot, isfinite, sqrt

from config.health import ComputedConfig, HealthConfig
from store.accounts import Account

#: Metric name → (period, value) in ascending order.
History = Mapping[str, Sequence[tuple[date, float]]]
Series = list[tuple[date, float]]

#: A value older than this still counts, so that a metric that stops coming improves nothing, but it is not coverage.
STALE = timedelta(days=180)
STABILITY_PERIODS, STABILITY_LEAST = 12, 3
YEAR_SPAN = 3  # periods on each side of the comparison with last year, so that one odd month decides nothing
YEAR_SLACK = timedelta(days=20)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The values of one account today: by metric name, which of them are stale, and the history with formulas."""

    values: Mapping[str, float]
    stale: frozenset[str]
    history: History


def account_figures(account: Account, history: History, config: HealthConfig, today: date) -> Figures:
    """Return the latest value of each metric, reported or computed, and which are too old to be coverage.

    What the account's own fields say stands in for what nobody reports: days to the renewal, and its revenue. A renewal
    day that has passed counts as 0 days until a new one is known: letting it pass must not improve a score.
    """
    whole = dict(history)
    if account.arr is not None and "arr" not in whole:
        whole["arr"] = [(today, float(account.arr))]
    for formula in config.computed:
        if computed := compute(formula, whole, today):
            whole[formula.metric] = _joined(computed, whole.get(formula.metric, ()))
    if account.renewal is not None and "days_to_renewal" not in whole:
        whole["days_to_renewal"] = [(today, float(max(0, (account.renewal - today).days)))]
    values = {name: points[-1][1] for name, points in whole.items() if points}
    stale = frozenset(name for name, points in whole.items() if points and today - points[-1][0] > STALE)
    return Figures(values=values, stale=stale, history=whole)


def _joined(computed: Series, reported: Sequence[tuple[date, float]]) -> Series:
    # What somebody reports of a period is believed before what we work out of it.
    return sorted({**dict(computed), **dict(reported)}.items())


def compute(formula: ComputedConfig, history: History, today: date) -> Series:
    """Return what a formula gives for each period of which its figures are known; nothing that is not a number."""
    points = history.get(formula.of)
    if not points:
        return []
    found = _FORMULAS[formula.how](formula, points, history, today)
    return [(period, value) for period, value in found if isfinite(value)]


def _value(_: ComputedConfig, points: Sequence[tuple[date, float]], history: History, today: date) -> Series:
    return list(points)


def _ratio(
    formula: ComputedConfig, points: Sequence[tuple[date, float]], history: History, today: date
) -> Series:
    below = dict(history.get(formula.to or "", ()))
    return [
        (period, value / below[period] * _factor(formula, period))
        for period, value in points
        if below.get(period, 0.0) > 0
    ]


def _remainder(
    formula: ComputedConfig, points: Sequence[tuple[date, float]], history: History, today: date
) -> Series:
    below = dict(history.get(formula.to or "", ()))
    return [
        (period, 100.0 * (1.0 - value / below[period]))
        for period, value in points
        if below.get(period, 0.0) > 0
    ]


def _factor(formula: ComputedConfig, period: date) -> float:
    if formula.times == "days_in_period":
        return float(monthrange(period.year, period.month)[1])
    return float(formula.times)


def _change(_: ComputedConfig, points: Sequence[tuple[date, float]], history: History, today: date) -> Series:
    return [
        (period, 100.0 * (now - before) / before)
        for (_, before), (period, now) in pairwise(points)
        if before > 0
    ]


def _year_change(
    _: ComputedConfig, points: Sequence[tuple[date, float]], history: History, today: date
) -> Series:
    last = points[-YEAR_SPAN:]
    earlier = [value for period, _ in last if (value := _a_year_before(points, period)) is not None]
    if len(last) < YEAR_SPAN or len(earlier) < YEAR_SPAN or sum(earlier) <= 0:
        return []
    return [(last[-1][0], 100.0 * (sum(value for _, value in last) / sum(earlier) - 1.0))]


def _a_year_before(points: Sequence[tuple[date, float]], period: date) -> float | None:
    wanted = period - timedelta(days=365)
    return next((value for at, value in points if abs(at - wanted) <= YEAR_SLACK), None)


def _stability(
    _: ComputedConfig, points: Sequence[tuple[date, float]], history: History, today: date
) -> Series:
    amounts = [value for _, value in points[-STABILITY_PERIODS:]]
    mean = sum(amounts) / len(amounts)
    if len(amounts) < STABILITY_LEAST or mean <= 0:
        return []
    # In shares of the mean, so that no amount is too large to be squared.
    deviation = hypot(*(value / mean - 1.0 for value in amounts)) / sqrt(len(amounts))
    return [(points[-1][0], max(0.0, 100.0 * (1.0 - deviation)))]


def _fading(
    formula: ComputedConfig, points: Sequence[tuple[date, float]], history: History, today: date
) -> Series:
    period, days = points[-1]
    silent = max(0.0, days) + max(0, (today - period).days)
    assert not isinstance(formula.times, str)
    return [(period, 100.0 * (1.0 - 0.5 ** (silent / formula.times)))]


_Formula = Callable[[ComputedConfig, Sequence[tuple[date, float]], History, date], Series]
_FORMULAS: Mapping[str, _Formula] = {
    "value": _value,
    "ratio": _ratio,
    "remainder": _remainder,
    "change": _change,
    "year_change": _year_change,
    "stability": _stability,
    "fading": _fading,
}
