"""What truly changed in the demo world, derived from the same moves that change its pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from demo.world.state import MOVES, sights
from store.kinds import Category


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """One true change.

    ``what`` are strings that a good report holds, all of them. ``sources`` are the keys of the sources that show
    the change, with the strings to be found there. ``gone`` means that the strings left the sources.
    ``categories`` begins with the category and goes on with those a careful reader would accept as well.
    A truth that is not ``expected`` may be reported or left out.
    """

    week: int
    rival: str
    category: Category
    what: tuple[str, ...]
    sources: Mapping[str, tuple[str, ...]]
    accounts: tuple[str, ...]
    categories: tuple[Category, ...]
    gone: bool
    expected: bool

    @property
    def name(self) -> str:
        """What a person calls it."""
        return f"week {self.week}, {self.rival}, {self.category.value}: {', '.join(self.what)}"


def truths(*weeks: int) -> tuple[Truth, ...]:
    """Return what truly changed in these weeks, in the world's order; without weeks, in all of them."""
    return tuple(
        Truth(
            week=move.week,
            rival=move.rival,
            category=move.category,
            what=move.what,
            sources=sights(move),
            accounts=move.accounts,
            categories=(move.category, *move.or_else),
            gone=move.gone,
            expected=move.expected,
        )
        for move in MOVES
        if not weeks or move.week in weeks
    )
