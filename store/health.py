"""Health: one row an account and day, with its history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, cast

from sqlalchemy import Select, Table, and_, case, delete, func, insert, select
from sqlalchemy.orm import Session

from store.kinds import Band
from store.models.accounts import HealthRow
from store.records import JsonObject

#: Every day is kept for so long, then one day a week for good: trends and charts need no more.
DAILY = timedelta(weeks=6)
THINNED_AT_ONCE = timedelta(weeks=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """An account's health on one day. Scores are 0-100; None is unknown. ``parts`` and ``moves`` are JSON as stored.

    ``score`` and ``band`` are in force; while ``override_id`` is set, ``computed_*`` say what they would be without.
    """

    account_id: int
    as_of: date
    score: float | None
    band: Band
    score_without_competitors: float | None
    band_without_competitors: Band
    coverage: float
    competitor_activity_index: float | None
    churn_risk: float | None = None
    trend_4w: float | None = None
    trend_13w: float | None = None
    parts: tuple[JsonObject, ...] = ()
    moves: tuple[JsonObject, ...] = ()
    green_again: date | None = None
    computed_at: datetime
    computed_score: float | None = None
    computed_band: Band | None = None
    override_id: int | None = None
    version_id: int | None = None
    expansion: float | None = None
    drivers: JsonObject = field(default_factory=dict)
    activity: JsonObject = field(default_factory=dict)

    @property
    def own_score(self) -> float | None:
        """The computed score, whatever a person says."""
        return self.score if self.override_id is None else self.computed_score

    @property
    def own_band(self) -> Band:
        """The computed band, whatever a person says."""
        return self.band if self.computed_band is None else self.computed_band


def save_health(session: Session, rows: Sequence[Health]) -> None:
    """Write the rows of one day; rows of that day that are there already are replaced."""
    if not rows:
        return
    table = cast(Table, HealthRow.__table__)
    for day in {row.as_of for row in rows}:
        ids = [row.account_id for row in rows if row.as_of == day]
        for start in range(0, len(ids), 500):
            session.execute(
                delete(table).where(table.c.as_of == day, table.c.account_id.in_(ids[start : start + 500]))
            )
    session.execute(insert(table), [_values(row) for row in rows])


def latest_health(session: Session, account_id: int | None = None) -> dict[int, Health]:
    """Return each account's newest row, by account id."""
    query = select(HealthRow.account_id, func.max(HealthRow.as_of).label("as_of")).group_by(
        HealthRow.account_id
    )
    if account_id is not None:
        query = query.where(HealthRow.account_id == account_id)
    return _newest(session, query)


def health_before(session: Session, day: date) -> dict[int, Health]:
    """Return each account's newest row from before a day, by account id."""
    query = select(HealthRow.account_id, func.max(HealthRow.as_of).label("as_of")).where(
        HealthRow.as_of < day
    )
    return _newest(session, query.group_by(HealthRow.account_id))


def scores_between(session: Session, first: date, last: date) -> dict[int, float]:
    """Return each account's newest known score in [first, last], by account id; as computed, not as overridden."""
    newest = (
        select(HealthRow.account_id, func.max(HealthRow.as_of).label("as_of"))
        .where(HealthRow.as_of >= first, HealthRow.as_of <= last, HealthRow.score.is_not(None))
        .group_by(HealthRow.account_id)
        .subquery()
    )
    computed = case((HealthRow.override_id.is_(None), HealthRow.score), else_=HealthRow.computed_score)
    query = select(HealthRow.account_id, computed).join(
        newest, and_(newest.c.account_id == HealthRow.account_id, newest.c.as_of == HealthRow.as_of)
    )
    return {account_id: score for account_id, score in session.execute(query) if score is not None}


def weekly_history(session: Session, account_id: int, since: date) -> list[Health]:
    """Return an account's last row of each ISO week from ``since`` on, oldest first."""
    query = select(HealthRow).where(HealthRow.account_id == account_id, HealthRow.as_of >= since)
    weeks = {row.as_of.isocalendar()[:2]: row for row in session.scalars(query.order_by(HealthRow.as_of))}
    return [_health(row) for row in weeks.values()]


def thin_history(session: Session, today: date) -> int:
    """Keep one day a week (the last computed) of what is older than `DAILY`; return how many days were thinned out."""
    last = today - DAILY
    query = select(HealthRow.as_of).where(HealthRow.as_of < last, HealthRow.as_of >= last - THINNED_AT_ONCE)
    days = sorted(session.scalars(query.distinct()))
    kept = {day.isocalendar()[:2]: day for day in days}
    surplus = [day for day in days if kept[day.isocalendar()[:2]] != day]
    if surplus:
        session.execute(delete(cast(Table, HealthRow.__table__)).where(HealthRow.as_of.in_(surplus)))
    return len(surplus)


def _newest(session: Session, newest: Select[int, date]) -> dict[int, Health]:
    found = newest.subquery()
    query = select(HealthRow).join(
        found, and_(found.c.account_id == HealthRow.account_id, found.c.as_of == HealthRow.as_of)
    )
    return {row.account_id: _health(row) for row in session.scalars(query)}


def _values(row: Health) -> dict[str, Any]:
    return {
        "account_id": row.account_id,
        "as_of": row.as_of,
        "score": row.score,
        "band": row.band.value,
        "score_without_competitors": row.score_without_competitors,
        "band_without_competitors": row.band_without_competitors.value,
        "coverage": row.coverage,
        "competitor_activity_index": row.competitor_activity_index,
        "churn_risk": row.churn_risk,
        "trend_4w": row.trend_4w,
        "trend_13w": row.trend_13w,
        "parts": list(row.parts),
        "moves": list(row.moves),
        "green_again": row.green_again,
        "computed_at": row.computed_at,
        "computed_score": row.computed_score,
        "computed_band": row.computed_band.value if row.computed_band else None,
        "override_id": row.override_id,
        "version_id": row.version_id,
        "expansion": row.expansion,
        "drivers": row.drivers,
        "activity": row.activity,
    }


def _health(row: HealthRow) -> Health:
    return Health(
        account_id=row.account_id,
        as_of=row.as_of,
        score=row.score,
        band=Band(row.band),
        score_without_competitors=row.score_without_competitors,
        band_without_competitors=Band(row.band_without_competitors),
        coverage=row.coverage,
        competitor_activity_index=row.competitor_activity_index,
        churn_risk=row.churn_risk,
        trend_4w=row.trend_4w,
        trend_13w=row.trend_13w,
        parts=tuple(row.parts),
        moves=tuple(row.moves),
        green_again=row.green_again,
        computed_at=row.computed_at,
        computed_score=row.computed_score,
        computed_band=Band(row.computed_band) if row.computed_band else None,
        override_id=row.override_id,
        version_id=row.version_id,
        expansion=row.expansion,
        drivers=dict(row.drivers),
        activity=dict(row.activity),
    )
