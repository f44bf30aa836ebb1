"""The geometry of the small pictures: sparkline, history, dial. Templates draw them as inline SVG."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from store.pages.accounts import HealthPoint

SPARK_WIDTH, SPARK_HEIGHT, SPARK_MARGIN = 96, 28, 3
CHART_WIDTH, CHART_HEIGHT = 720, 232
CHART_LEFT, CHART_RIGHT, CHART_TOP, CHART_BOTTOM = 32, 12, 10, 24
ACTIVITY_WIDTH, ACTIVITY_HEIGHT = 320, 56
DIAL_RADIUS = 52
DIAL_SWEEP = 0.75  # of a full circle
SHORTEST_RANGE = 12.0  # points; a smaller range would turn a tremor of half a point into a cliff


@dataclass(frozen=True, slots=True, kw_only=True)
class Sparkline:
    """A line over time and its last point, in the coordinates of a box of ``width`` × ``height``."""

    width: int
    height: int
    path: str
    area: str
    last: tuple[float, float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A labelled place on an axis."""

    at: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A day on the chart that answers when pointed at."""

    x: float
    y: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """An account's scores over time, with and without competitors."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    score: str
    without: str
    gap: str
    marks: tuple[Mark, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    green: float
    yellow: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """The Competitor Activity Index over time; ``unknown`` counts the days on which the rivals were not seen."""

    width: int
    height: int
    path: str
    area: str
    first: tuple[date, float]
    last: tuple[date, float]
    unknown: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dial:
    """A gauge of 0-100: dash lengths of the track and of the value on a circle."""

    radius: int
    track: float
    value: float
    round: float


def draw_sparkline(points: Sequence[HealthPoint]) -> Sparkline | None:
    """Return the line of scores; None with fewer than two known scores."""
    known = [(point.as_of, point.score) for point in points if point.score is not None]
    if len(known) < 2:
        return None
    low, high = _range([score for _, score in known])
    first, days = known[0][0], max((known[-1][0] - known[0][0]).days, 1)
    inner_width, inner_height = SPARK_WIDTH - 2 * SPARK_MARGIN, SPARK_HEIGHT - 2 * SPARK_MARGIN
    places = [
        (
            SPARK_MARGIN + inner_width * (day - first).days / days,
            SPARK_MARGIN + inner_height * (high - score) / (high - low),
        )
        for day, score in known
    ]
    path = _path(places)
    area = f"{path}L{places[-1][0]:.1f} {SPARK_HEIGHT}L{places[0][0]:.1f} {SPARK_HEIGHT}Z"
    return Sparkline(width=SPARK_WIDTH, height=SPARK_HEIGHT, path=path, area=area, last=places[-1])


def draw_history(points: Sequence[HealthPoint], green: float, yellow: float) -> History | None:
    """Return the chart of an account's scores; None with fewer than two days. Bands begin at ``green``, ``yellow``."""
    if len(points) < 2:
        return None
    first, last = points[0].as_of, points[-1].as_of
    days = max((last - first).days, 1)
    inner = CHART_WIDTH - CHART_LEFT - CHART_RIGHT

    def x(day: date) -> float:
        return CHART_LEFT + inner * (day - first).days / days

    # As computed: a person's word is no line, and no points that competitors took.
    score = [(x(p.as_of), _y(own)) for p in points if (own := _own(p)) is not None]
    without = [(x(p.as_of), _y(p.without)) for p in points if p.without is not None]
    return History(
        width=CHART_WIDTH,
        height=CHART_HEIGHT,
        left=CHART_LEFT,
        right=CHART_WIDTH - CHART_RIGHT,
        top=CHART_TOP,
        bottom=CHART_HEIGHT - CHART_BOTTOM,
        score=_path(score),
        without=_path(without),
        gap=_between(score, without),
        marks=tuple(
            Mark(x=x(p.as_of), y=_y(own), label=_mark_label(p, own))
            for p in points
            if (own := _own(p)) is not None
        ),
        across=tuple(Tick(at=x(day), label=label) for day, label in _months(first, last)),
        up=tuple(Tick(at=_y(value), label=f"{value:.0f}") for value in (0, yellow, green, 100)),
        green=_y(green),
        yellow=_y(yellow),
    )


def draw_activity(points: Sequence[HealthPoint]) -> Activity | None:
    """Return the line of the Competitor Activity Index; None with fewer than two days on which it was known."""
    known = [(point.as_of, point.index) for point in points if point.index is not None]
    if len(known) < 2:
        return None
    first, days = points[0].as_of, max((points[-1].as_of - points[0].as_of).days, 1)
    places = [
        (ACTIVITY_WIDTH * (day - first).days / days, ACTIVITY_HEIGHT * (100.0 - index) / 100.0)
        for day, index in known
    ]
    path = _path(places)
    area = f"{path}L{places[-1][0]:.1f} {ACTIVITY_HEIGHT}L{places[0][0]:.1f} {ACTIVITY_HEIGHT}Z"
    return Activity(
        width=ACTIVITY_WIDTH,
        height=ACTIVITY_HEIGHT,
        path=path,
        area=area,
        first=known[0],
        last=known[-1],
        unknown=len(points) - len(known),
    )


def draw_dial(score: float | None) -> Dial:
    """Return the gauge of a score; an unknown one shows the empty track."""
    around = 2 * math.pi * DIAL_RADIUS
    share = 0.0 if score is None else min(max(score, 0.0), 100.0) / 100
    return Dial(
        radius=DIAL_RADIUS, track=around * DIAL_SWEEP, value=around * DIAL_SWEEP * share, round=around
    )


def _range(scores: Sequence[float]) -> tuple[float, float]:
    low, high = min(scores), max(scores)
    if high - low < SHORTEST_RANGE:
        middle = (low + high) / 2
        return middle - SHORTEST_RANGE / 2, middle + SHORTEST_RANGE / 2
    return low, high


def _y(score: float) -> float:
    inner = CHART_HEIGHT - CHART_TOP - CHART_BOTTOM
    return CHART_TOP + inner * (100 - min(max(score, 0.0), 100.0)) / 100


def _path(places: Sequence[tuple[float, float]]) -> str:
    return "".join(f"{'L' if index else 'M'}{x:.1f} {y:.1f}" for index, (x, y) in enumerate(places))


def _between(upper: Sequence[tuple[float, float]], lower: Sequence[tuple[float, float]]) -> str:
    if len(upper) < 2 or len(lower) < 2:
        return ""
    return _path([*upper, *reversed(lower)]) + "Z"


def _own(point: HealthPoint) -> float | None:
    return point.score if point.computed is None else point.computed


def _mark_label(point: HealthPoint, score: float) -> str:
    label = f"{point.as_of:%-d %b %Y}: {score:.0f}"
    return label if point.without is None else f"{label}, {point.without:.0f} without competitors"


def _months(first: date, last: date) -> list[tuple[date, str]]:
    if (last - first).days < 45:
        return _weeks(first, last)
    starts = {
        date(day.year, day.month, 1) for day in (first + timedelta(n) for n in range((last - first).days + 1))
    }
    return [(start, f"{start:%b}") for start in sorted(starts) if start >= first]


def _weeks(first: date, last: date) -> list[tuple[date, str]]:
    step = max((last - first).days // 4, 1)
    days = [first + timedelta(n) for n in range(0, (last - first).days + 1, step)]
    return [(day, f"{day:%-d %b}") for day in days if day == first or (last - day).days >= step // 2]


def crossings(points: Sequence[HealthPoint]) -> list[tuple[HealthPoint, HealthPoint]]:
    """Return the pairs of days between which the band turned, newest first."""
    return [(before, after) for before, after in pairwise(points) if before.band is not after.band][::-1]
