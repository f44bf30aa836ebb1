"""What stands in a list's address: filters, order and page. Wrong values say what would be right."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import Path
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from store.kinds import HIGHEST_ID, Band, Category, ChangeState, FetchState, FlagState, Stage

PAGE_SIZE = 25


def _none_if_empty(value: object) -> object:
    # A form sends "" for a choice that was left open.
    return None if value == "" else value


def _whole(value: object) -> object:
    # An address holds text; a literal of numbers takes none.
    return int(value) if isinstance(value, str) and value.isdecimal() else _none_if_empty(value)


NONE_IF_EMPTY = BeforeValidator(_none_if_empty)
Word = Annotated[str | None, Field(max_length=200), NONE_IF_EMPTY]
PageNumber = Annotated[int, Field(ge=1, le=10_000)]
#: A row's number in an address; a larger one than the database knows is the visitor's mistake, not its failure.
RowId = Annotated[int, Path(ge=1, le=HIGHEST_ID)]


class AccountOrder(StrEnum):
    """What the accounts may be ordered by; the first is the default."""

    RISK = "risk"
    NAME = "name"
    SCORE = "score"
    TREND = "trend"
    INDEX = "index"
    RENEWAL = "renewal"
    ARR = "arr"


class ListQuery(BaseModel):
    """What every list's address may hold."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    page: PageNumber = 1

    @property
    def offset(self) -> int:
        """How many rows come before this page."""
        return (self.page - 1) * PAGE_SIZE

    def active(self) -> dict[str, str]:
        """Return what is filtered by, without the page."""
        given = self.model_dump(mode="json", exclude={"page"}, exclude_defaults=True, exclude_none=True)
        return {name: str(value) for name, value in given.items()}


class AccountQuery(ListQuery):
    """Which accounts, in which order."""

    scope: Annotated[Literal["mine", "all"] | None, NONE_IF_EMPTY] = None
    band: Annotated[Band | None, NONE_IF_EMPTY] = None
    tier: Word = None
    owner: Word = None
    q: Word = None
    sort: AccountOrder = AccountOrder.RISK


class FlagQuery(ListQuery):
    """Which flags."""

    scope: Annotated[Literal["mine", "all"] | None, NONE_IF_EMPTY] = None
    level: Annotated[Literal[1, 2, 3] | None, BeforeValidator(_whole)] = None
    state: Annotated[FlagState | None, NONE_IF_EMPTY] = None
    code: Word = None
    owner: Word = None


class SignalQuery(ListQuery):
    """Which signals."""

    rival: Word = None
    category: Annotated[Category | None, NONE_IF_EMPTY] = None
    week: Annotated[str | None, Field(pattern=r"^\d{4}-W\d{2}$"), NONE_IF_EMPTY] = None
    queue: Annotated[Literal["review"] | None, NONE_IF_EMPTY] = None
    q: Word = None


class ChangeQuery(ListQuery):
    """Which changes."""

    rival: Word = None
    source: Word = None
    state: Annotated[ChangeState | None, NONE_IF_EMPTY] = None


class DropQuery(ListQuery):
    """Which drops."""

    stage: Annotated[Stage | None, NONE_IF_EMPTY] = None
    reason: Word = None
    rival: Word = None
    source: Word = None
    q: Word = None


class SourceQuery(ListQuery):
    """Which sources."""

    rival: Word = None
    state: Annotated[FetchState | Literal["new"] | None, NONE_IF_EMPTY] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """Where in a list we are, and the addresses of its neighbours."""

    page: int
    total: int
    first: int
    last: int
    previous: str | None
    next: str | None


def make_pager(path: str, query: ListQuery, total: int) -> Pager:
    """Return the pager of a list of ``total`` rows."""
    last = min(query.offset + PAGE_SIZE, total)
    active = query.active()
    return Pager(
        page=query.page,
        total=total,
        first=min(query.offset + 1, total),
        last=last,
        previous=address(path, active, page=query.page - 1) if query.page > 1 else None,
        next=address(path, active, page=query.page + 1) if last < total else None,
    )


def address(path: str, active: Mapping[str, str], **changes: object) -> str:
    """Return the path with the filters as they are, changed as said; None takes one away."""
    merged = {**active, **{name: None if value is None else str(value) for name, value in changes.items()}}
    given = {
        name: value for name, value in merged.items() if value is not None and (name, value) != ("page", "1")
    }
    return f"{path}?{urlencode(given)}" if given else path


def week_of(moment: datetime) -> str:
    """Return the ISO week a moment lies in, in UTC, e.g. ``2026-W47``."""
    year, week, _ = moment.astimezone(UTC).isocalendar()
    return f"{year}-W{week:02d}"


def week_bounds(week: str) -> tuple[datetime, datetime] | None:
    """Return the beginning and the end (exclusive) of an ISO week in UTC; None if there is no such week."""
    match = re.fullmatch(r"(\d{4})-W(\d{2})", week)
    if match is None:
        return None
    try:
        start = datetime.fromisocalendar(int(match[1]), int(match[2]), 1).replace(tzinfo=UTC)
        return start, start + timedelta(weeks=1)
    except (ValueError, OverflowError):
        return None
