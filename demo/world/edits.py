"""What a rival does, as edits of its record, and how a week's record follows from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from demo.world.records import Rival
from store.kinds import Category


@dataclass(frozen=True, slots=True)
class Put:
    """Put an item at the top of a list."""

    field: str
    item: Any


@dataclass(frozen=True, slots=True)
class Drop:
    """Take the item of that name off a list."""

    field: str
    name: str


@dataclass(frozen=True, slots=True)
class Alter:
    """Give the item of that name another value of one attribute."""

    field: str
    name: str
    attribute: str
    value: Any


@dataclass(frozen=True, slots=True)
class Say:
    """Replace a sentence of the rival's own, such as its slogan."""

    field: str
    value: str


Edit = Put | Drop | Alter | Say


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Something a rival truly did, visible from ``week`` on.

    ``what`` are strings that every page showing it holds, and every good report of it must hold.
    ``or_else`` are categories a careful reader would accept as well. ``gone`` means that the strings leave the
    pages. A move that is not ``expected`` may be reported or left out: both are right.
    """

    week: int
    rival: str
    category: Category
    what: tuple[str, ...]
    edits: tuple[Edit, ...]
    accounts: tuple[str, ...] = ()
    or_else: tuple[Category, ...] = ()
    gone: bool = False
    expected: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Chaff:
    """New text that means nothing to a reader of the digest, such as a how-to post; reporting it is wrong."""

    week: int
    rival: str
    edits: tuple[Edit, ...]


def apply_edits(rival: Rival, edits: Iterable[Edit]) -> Rival:
    """Return the rival after the edits. Raises: LookupError if an edit names an item that is not there."""
    for edit in edits:
        rival = replace(rival, **{edit.field: _edited(getattr(rival, edit.field), edit)})
    return rival


def _edited(value: Any, edit: Edit) -> Any:
    if isinstance(edit, Say):
        return edit.value
    if isinstance(edit, Put):
        return (edit.item, *value)
    if not any(item.name == edit.name for item in value):
        raise LookupError(f"no {edit.name!r} in {edit.field}")
    if isinstance(edit, Drop):
        return tuple(item for item in value if item.name != edit.name)
    return tuple(
        replace(item, **{edit.attribute: edit.value}) if item.name == edit.name else item for item in value
    )
