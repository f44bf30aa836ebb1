"""The world's days on a real calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Places day 0, the first day of week 1, on a date."""

    first_day: date

    @classmethod
    def ending(cls, today: date, weeks: int) -> Calendar:
        """Return the calendar in which the last of ``weeks`` weeks begins today."""
        return cls(today - WEEK * (weeks - 1))

    def date_of(self, day: int) -> date:
        """Return the date of a day of the world."""
        return self.first_day + timedelta(days=day)

    def moment_of(self, day: int) -> datetime:
        """Return nine in the morning, UTC, of a day of the world."""
        return datetime.combine(self.date_of(day), time(9, 0), tzinfo=UTC)

    def day_of_week(self, week: int) -> int:
        """Return the day on which a week is looked at."""
        return 7 * (week - 1)


def written(moment: date, style: str) -> str:
    """Write a date as sites do: ``long`` 6 November 2026, ``short`` Nov 6, 2026, ``iso`` 2026-11-06."""
    if style == "iso":
        return moment.strftime("%Y-%m-%d")
    if style == "short":
        return f"{moment:%b} {moment.day}, {moment.year}"
    return f"{moment.day} {moment:%B} {moment.year}"
