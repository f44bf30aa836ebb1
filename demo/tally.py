"""Counts what was reported against what truly happened.

A signal is right about a truth if week and rival are the same, the category is the truth's own or one listed beside
it, and all strings of the truth are found in its headline, facts and quotes. A truth that no signal is right about
is missed; a signal that is right about no truth is wrong, whether it was mailed or waits for review. A signal that
is right only about truths found before it is a duplicate: not wrong, and shown by itself.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from demo.calendar import WEEK, Calendar
from demo.matching import holds_all, normalised
from demo.truth import Truth
from store.kinds import Category

JsonObject = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A signal that is right about no truth. ``near`` names the truth that it would be right about in its category."""

    signal: int
    week: int
    rival: str
    category: str
    headline: str
    review: bool
    near: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Found, missed and wrong, of a week, a category or all."""

    found: int = 0
    missed: int = 0
    wrong: int = 0
    duplicates: int = 0

    @property
    def recall(self) -> float | None:
        """The share of true changes that were found; None if there was none."""
        total = self.found + self.missed
        return self.found / total if total else None

    @property
    def precision(self) -> float | None:
        """The share of right ones among signals that are no duplicates; None if there was none."""
        total = self.found + self.wrong
        return self.found / total if total else None

    def to_json(self) -> JsonObject:
        """Return the counts and shares."""
        return {
            "found": self.found,
            "missed": self.missed,
            "wrong": self.wrong,
            "duplicates": self.duplicates,
            "recall": None if self.recall is None else round(self.recall, 4),
            "precision": None if self.precision is None else round(self.precision, 4),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How well the world was reported. Account links are counted on found truths that concern an account."""

    found: tuple[Truth, ...]
    missed: tuple[Truth, ...]
    wrong: tuple[Mistake, ...]
    duplicates: tuple[Mistake, ...]
    links_found: int
    links_missed: int

    def total(self) -> Count:
        """Return the counts over everything."""
        return Count(
            found=len(self.found),
            missed=len(self.missed),
            wrong=len(self.wrong),
            duplicates=len(self.duplicates),
        )

    def by_week(self) -> dict[int, Count]:
        """Return the counts by week."""
        return {int(week): count for week, count in self._by("week").items()}

    def by_category(self) -> dict[str, Count]:
        """Return the counts by category, in the categories' own order."""
        counts = self._by("category")
        return {category.value: counts[category.value] for category in Category if category.value in counts}

    def to_json(self) -> JsonObject:
        """Return everything, for machines."""
        return {
            "total": self.total().to_json(),
            "weeks": {str(week): count.to_json() for week, count in self.by_week().items()},
            "categories": {name: count.to_json() for name, count in self.by_category().items()},
            "links": {"found": self.links_found, "missed": self.links_missed},
            "missed": [truth.name for truth in self.missed],
            "wrong": [_mistake_json(mistake) for mistake in self.wrong],
            "duplicates": [_mistake_json(mistake) for mistake in self.duplicates],
        }

    def _by(self, attribute: str) -> dict[str, Count]:
        columns = {
            "found": Counter(str(getattr(item, attribute)) for item in self.found),
            "missed": Counter(str(getattr(item, attribute)) for item in self.missed),
            "wrong": Counter(str(getattr(item, attribute)) for item in self.wrong),
            "duplicates": Counter(str(getattr(item, attribute)) for item in self.duplicates),
        }
        names = sorted(set().union(*columns.values()))
        return {name: Count(**{column: counts[name] for column, counts in columns.items()}) for name in names}


@dataclass(slots=True)
class _Counting:
    found: dict[str, Truth] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)
    links: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    wrong: list[Mistake] = field(default_factory=list)
    duplicates: list[Mistake] = field(default_factory=list)


def tally(signals: Iterable[JsonObject], true: Sequence[Truth], calendar: Calendar) -> Tally:
    """Compare signals in the shape of ``signals list --json`` with what truly happened."""
    counting = _Counting()
    for signal in sorted(signals, key=lambda signal: int(signal["id"])):
        _count(signal, true, calendar, counting)
    expected = [truth for truth in true if truth.expected]
    found = tuple(truth for truth in expected if truth.name in counting.found)
    linked = sum(len(counting.links[truth.name] & set(truth.accounts)) for truth in found)
    return Tally(
        found=found,
        missed=tuple(truth for truth in expected if truth.name not in counting.found),
        wrong=tuple(counting.wrong),
        duplicates=tuple(counting.duplicates),
        links_found=linked,
        links_missed=sum(len(truth.accounts) for truth in found) - linked,
    )


def _count(signal: JsonObject, true: Sequence[Truth], calendar: Calendar, counting: _Counting) -> None:
    week = week_of(signal, calendar)
    about = [truth for truth in true if truth.week == week and _is_about(signal, truth)]
    right = [truth for truth in about if signal["category"] in truth.categories]
    near = next((truth.name for truth in about), None)
    if not right:
        counting.wrong.append(_mistake(signal, week, near))
        return
    names = {truth.name for truth in right}
    if names <= counting.told:
        counting.duplicates.append(_mistake(signal, week, None))
    counting.told |= names
    for truth in right:
        counting.found[truth.name] = truth
        counting.links[truth.name] |= {account["key"] for account in signal.get("accounts") or ()}


def week_of(signal: JsonObject, calendar: Calendar) -> int:
    """Return the week of the world in which a signal was first seen."""
    seen = datetime.fromisoformat(signal["first_seen"])
    day = (seen if seen.tzinfo else seen.replace(tzinfo=UTC)).astimezone(UTC).date()
    return 1 + (day - calendar.first_day) // WEEK


def _is_about(signal: JsonObject, truth: Truth) -> bool:
    if signal["rival"] != truth.rival:
        return False
    text = _text(signal)
    return any(holds_all(text, wanted) for wanted in {truth.what, *truth.sources.values()})


def _text(signal: JsonObject) -> str:
    quotes = [str(evidence.get("quote") or "") for evidence in signal.get("evidence") or ()]
    parts = [str(signal["headline"]), *_leaves(signal.get("facts") or {}), *quotes]
    return normalised("\n".join(parts))


def _leaves(value: object) -> list[str]:
    if isinstance(value, Mapping):
        return [leaf for item in value.values() for leaf in _leaves(item)]
    if isinstance(value, list | tuple):
        return [leaf for item in value for leaf in _leaves(item)]
    return [] if value is None else [str(value)]


def _mistake(signal: JsonObject, week: int, near: str | None) -> Mistake:
    return Mistake(
        signal=int(signal["id"]),
        week=week,
        rival=signal["rival"],
        category=signal["category"],
        headline=signal["headline"],
        review=bool(signal.get("review")),
        near=near,
    )


def _mistake_json(mistake: Mistake) -> JsonObject:
    return {
        "signal": mistake.signal,
        "week": mistake.week,
        "rival": mistake.rival,
        "category": mistake.category,
        "headline": mistake.headline,
        "review": mistake.review,
        "near": mistake.near,
    }


def tally_text(result: Tally) -> str:
    """Return the tally as plain text: a table by week and category, then what was missed and what was wrong."""
    rows: list[tuple[str, ...]] = [("", "found", "missed", "wrong", "again", "recall", "precision")]
    rows += [(f"week {week}", *_cells(count)) for week, count in result.by_week().items()]
    rows += [("in sum", *_cells(result.total()))]
    rows += [(name, *_cells(count)) for name, count in result.by_category().items()]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [_aligned(row, widths) for row in rows]
    lines.append(f"account links on found changes: {result.links_found} found, {result.links_missed} missed")
    lines += [f"missed: {truth.name}" for truth in result.missed]
    lines += [_mistake_line("wrong", mistake) for mistake in result.wrong]
    lines += [_mistake_line("again", mistake) for mistake in result.duplicates]
    return "\n".join(lines) + "\n"


def _aligned(row: tuple[str, ...], widths: Sequence[int]) -> str:
    name, *numbers = row
    return "  ".join([name.ljust(widths[0]), *map(str.rjust, numbers, widths[1:])])


def _cells(count: Count) -> tuple[str, ...]:
    numbers = (count.found, count.missed, count.wrong, count.duplicates)
    return (*map(str, numbers), _share(count.recall), _share(count.precision))


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.0%}"


def _mistake_line(word: str, mistake: Mistake) -> str:
    where = (
        f"week {mistake.week}, {mistake.rival}, {mistake.category}{' (in review)' if mistake.review else ''}"
    )
    near = f" [truth: {mistake.near}]" if mistake.near else ""
    return f"{word}: {where}: {json.dumps(mistake.headline, ensure_ascii=False)}{near}"
