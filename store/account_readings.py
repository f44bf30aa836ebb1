"""Accounts as a digest reads them: health of two days, what moved it, and the flags that wait."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.certainty import Certainty, certainties_of
from store.kinds import Band, FlagState
from store.models.accounts import AccountRow, FlagRow, HealthRow
from store.models.health import HealthOverrideRow
from store.records import NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideReading:
    """A person's word that holds over a computed health, and what was computed; a score of None is unknown."""

    author: str
    reason: str
    last_day: date
    computed_band: Band
    computed_score: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthReading:
    """An account's health on one day; scores are 0-100, None is unknown."""

    as_of: date
    score: float | None
    band: Band
    score_without: float | None
    band_without: Band
    activity: float | None
    coverage: float = 1.0
    green_again: date | None = None
    override: OverrideReading | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveReading:
    """What moved a score on one day: the points it gave or took, and why (begins with *because*)."""

    points: float
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagReading:
    """An open flag of an account; level 3 is the most urgent. ``certainty`` is that of the signal behind it, if any."""

    id: int
    account_id: int
    code: str
    level: int
    state: FlagState
    because: str
    opened_at: datetime
    play: str = ""
    due_at: datetime | None = None
    signal_id: int | None = None
    owner: str | None = None
    guide: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    certainty: Certainty | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountReading:
    """An account with its health now and at the start of the period, and what moved it between, strongest first."""

    id: int
    key: str
    name: str
    tier: str
    owner: str | None = None
    arr: Decimal | None = None
    renewal: date | None = None
    health: HealthReading | None = None
    health_before: HealthReading | None = None
    moves: tuple[MoveReading, ...] = ()
    flags: tuple[FlagReading, ...] = ()


def accounts_with_health(session: Session, before: date, now: date) -> list[AccountReading]:
    """Return the active accounts by name, with their flags of ``now`` and the newest health up to it and ``before``."""
    health, earlier = _healths(session, now), _healths(session, before)
    moves, flags = _moves(session, before, now), _flags(session, now)
    return [
        AccountReading(
            id=row.id,
            key=row.key,
            name=row.name,
            tier=row.tier,
            owner=row.owner,
            arr=row.arr,
            renewal=row.renewal,
            health=health.get(row.id),
            health_before=earlier.get(row.id),
            moves=tuple(sorted(moves[row.id], key=lambda move: -abs(move.points))),
            flags=tuple(flags[row.id]),
        )
        for row in session.scalars(select(AccountRow).where(AccountRow.active).order_by(AccountRow.name))
    ]


def urgent_flags(session: Session, level: int, since: datetime) -> list[FlagReading]:
    """Return the open flags of at least that level, opened or raised to it since then, oldest first."""
    raised_at = func.coalesce(FlagRow.raised_at, FlagRow.opened_at)
    query = (
        select(FlagRow)
        .where(FlagRow.state == FlagState.OPEN.value, FlagRow.level >= level, raised_at >= since)
        .order_by(FlagRow.opened_at, FlagRow.id)
    )
    rows = list(session.scalars(query))
    sure = certainties_of(session, [row.signal_id for row in rows])
    return [_flag(row, sure.get(row.signal_id)) for row in rows]


def _healths(session: Session, until: date) -> dict[int, HealthReading]:
    newest = (
        select(HealthRow.account_id, func.max(HealthRow.as_of).label("as_of"))
        .where(HealthRow.as_of <= until)
        .group_by(HealthRow.account_id)
        .subquery()
    )
    query = select(HealthRow).join(
        newest, (HealthRow.account_id == newest.c.account_id) & (HealthRow.as_of == newest.c.as_of)
    )
    rows = list(session.scalars(query))
    ids = {row.override_id for row in rows if row.override_id is not None}
    words = {
        row.id: row for row in session.scalars(select(HealthOverrideRow).where(HealthOverrideRow.id.in_(ids)))
    }
    return {row.account_id: _health(row, words.get(row.override_id or 0)) for row in rows}


def _health(row: HealthRow, word: HealthOverrideRow | None) -> HealthReading:
    return HealthReading(
        as_of=row.as_of,
        score=row.score,
        band=Band(row.band),
        score_without=row.score_without_competitors,
        band_without=Band(row.band_without_competitors),
        activity=row.competitor_activity_index,
        coverage=row.coverage,
        green_again=row.green_again,
        override=_override(row, word) if word else None,
    )


def _override(row: HealthRow, word: HealthOverrideRow) -> OverrideReading:
    return OverrideReading(
        author=word.author,
        reason=word.reason,
        last_day=(word.expires_at - timedelta(seconds=1)).date(),
        computed_band=Band(row.computed_band or Band.GREY),
        computed_score=row.computed_score,
    )


def _moves(session: Session, after: date, until: date) -> dict[int, list[MoveReading]]:
    found: dict[int, list[MoveReading]] = defaultdict(list)
    query = (
        select(HealthRow.account_id, HealthRow.moves)
        .where(HealthRow.as_of > after, HealthRow.as_of <= until)
        .order_by(HealthRow.as_of.desc())
    )
    for account_id, moves in session.execute(query):
        found[account_id] += [MoveReading(points=move["points"], because=move["because"]) for move in moves]
    return found


def _flags(session: Session, until: date) -> dict[int, list[FlagReading]]:
    found: dict[int, list[FlagReading]] = defaultdict(list)
    # The mail of a month goes out in the next; what came up since belongs to that one.
    end = datetime.combine(until + timedelta(days=1), time(), UTC)
    query = (
        select(FlagRow)
        .where(
            FlagRow.state.in_([FlagState.OPEN.value, FlagState.ACKNOWLEDGED.value]), FlagRow.opened_at < end
        )
        .order_by(FlagRow.level.desc(), FlagRow.opened_at, FlagRow.id)
    )
    rows = list(session.scalars(query))
    sure = certainties_of(session, [row.signal_id for row in rows])
    for row in rows:
        found[row.account_id].append(_flag(row, sure.get(row.signal_id)))
    return found


def _flag(row: FlagRow, certainty: Certainty | None) -> FlagReading:
    return FlagReading(
        id=row.id,
        account_id=row.account_id,
        code=row.code,
        level=row.level,
        state=FlagState(row.state),
        because=row.because,
        opened_at=row.opened_at,
        play=row.play,
        due_at=row.due_at,
        signal_id=row.signal_id,
        owner=row.owner,
        guide=dict(row.guide),
        certainty=certainty,
    )
