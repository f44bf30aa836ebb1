"""Accounts as pages show them: one line each in the table, everything on their own page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from store.claims import DEFAULT
from store.exposures import Proof, proofs_of
from store.kinds import Band
from store.models.accounts import AccountRow, ExposureRow, HealthRow
from store.models.evidence import SignalRow
from store.models.watch import RivalRow
from store.overrides import Override, overrides_of
from store.pages.flags import FlagLine, flag_lines, open_flag_counts, with_trails
from store.records import JsonObject
from store.users import as_login

HISTORY = timedelta(weeks=26)
SPARKLINE = timedelta(weeks=13)
MOVES = timedelta(weeks=4)
MOVES_SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthPoint:
    """An account's scores on one day, 0-100; None is unknown. ``computed`` is the score whatever a person said."""

    as_of: date
    score: float | None
    without: float | None
    index: float | None
    band: Band
    computed: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLine:
    """One account in the table. ``latest`` is None before the first health was computed."""

    key: str
    name: str
    tier: str
    owner: str | None
    industry: str | None
    renewal: date | None
    arr: Decimal | None
    latest: HealthPoint | None
    trend_4w: float | None
    churn_risk: float | None
    points: tuple[HealthPoint, ...]
    flags: int
    worst_flag: int

    @property
    def band(self) -> Band:
        """The band now; grey while unknown."""
        return self.latest.band if self.latest else Band.GREY


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """An account's newest health in full; ``parts`` and ``moves`` as stored."""

    as_of: date
    score: float | None
    band: Band
    score_without: float | None
    band_without: Band
    coverage: float
    index: float | None
    churn_risk: float | None
    trend_4w: float | None
    trend_13w: float | None
    parts: tuple[JsonObject, ...]
    green_again: date | None
    computed_at: datetime
    computed_score: float | None = None
    computed_band: Band | None = None
    expansion: float | None = None
    drivers: JsonObject = field(default_factory=dict)
    activity: JsonObject = field(default_factory=dict)
    version_id: int | None = None

    @property
    def own_score(self) -> float | None:
        """The computed score, whatever a person says."""
        return self.score if self.computed_band is None else self.computed_score

    @property
    def own_band(self) -> Band:
        """The computed band, whatever a person says."""
        return self.computed_band or self.band


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What moved an account's score on one day, by how many points; ``signal_id`` where a signal is behind it."""

    as_of: date
    points: float
    because: str
    signal_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposureLine:
    """How one signal threatens one account; ``score`` in [0, 1] before decay."""

    signal_id: int
    headline: str
    category: str
    rival_key: str
    rival_name: str
    score: float
    reasons: tuple[JsonObject, ...]
    observed_at: datetime
    retracted: bool
    review: bool = False
    held: bool = False
    confidence: float = 1.0
    proofs: tuple[Proof, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPage:
    """Everything the page of one account shows."""

    key: str
    name: str
    domain: str | None
    tier: str
    tier_origin: str
    owner: str | None
    industry: str | None
    segment: str | None
    regions: tuple[str, ...]
    uses: tuple[str, ...]
    rivals_present: tuple[str, ...]
    stakeholders: tuple[Mapping[str, Any], ...]
    renewal: date | None
    arr: Decimal | None
    health: Health | None
    points: tuple[HealthPoint, ...]
    moves: tuple[Move, ...]
    exposures: tuple[ExposureLine, ...]
    flags: tuple[FlagLine, ...]
    overrides: tuple[Override, ...] = ()


def account_lines(session: Session, today: date) -> list[AccountLine]:
    """Return the active accounts by name, with 13 weeks of health; three queries however many there are."""
    points = _points(session, today - SPARKLINE)
    flags = open_flag_counts(session)
    rows = session.scalars(select(AccountRow).where(AccountRow.active).order_by(AccountRow.name))
    return [_line(row, points.get(row.id, []), flags.get(row.id, (0, 0))) for row in rows]


def account_page(session: Session, key: str, today: date, since: datetime) -> AccountPage | None:
    """Return everything about one account, with exposures observed from ``since`` on."""
    row = session.scalar(select(AccountRow).where(AccountRow.key == key))
    if row is None:
        return None
    points = _points(session, today - HISTORY, row.id).get(row.id, [])
    return AccountPage(
        key=row.key,
        name=row.name,
        domain=row.domain,
        tier=row.tier,
        tier_origin=row.origins.get("tier", DEFAULT),
        owner=as_login(row.owner),
        industry=row.industry,
        segment=row.segment,
        regions=tuple(row.regions),
        uses=tuple(row.uses),
        rivals_present=tuple(row.rivals_present),
        stakeholders=tuple(row.stakeholders),
        renewal=row.renewal,
        arr=row.arr,
        health=_health(session, row.id),
        points=tuple(point for point, _, _ in points),
        moves=_moves(session, row.id, today - MOVES),
        exposures=_exposures(session, row.id, since),
        flags=with_trails(session, flag_lines(session, account_key=key)),
        overrides=tuple(overrides_of(session, row.id)),
    )


_Point = tuple[HealthPoint, float | None, float | None]


def _points(session: Session, since: date, account_id: int | None = None) -> dict[int, list[_Point]]:
    # Columns, not rows: parts and moves are large and the table needs neither.
    query = select(
        HealthRow.account_id,
        HealthRow.as_of,
        HealthRow.score,
        HealthRow.score_without_competitors,
        HealthRow.competitor_activity_index,
        HealthRow.band,
        HealthRow.trend_4w,
        HealthRow.churn_risk,
        case((HealthRow.override_id.is_(None), HealthRow.score), else_=HealthRow.computed_score),
    ).where(HealthRow.as_of >= since)
    if account_id is not None:
        query = query.where(HealthRow.account_id == account_id)
    found: dict[int, list[_Point]] = defaultdict(list)
    for owner, as_of, score, without, index, band, trend, churn, computed in session.execute(
        query.order_by(HealthRow.as_of)
    ):
        point = HealthPoint(
            as_of=as_of, score=score, without=without, index=index, band=Band(band), computed=computed
        )
        found[owner].append((point, trend, churn))
    return found


def _line(row: AccountRow, points: list[_Point], flags: tuple[int, int]) -> AccountLine:
    latest, trend, churn = points[-1] if points else (None, None, None)
    return AccountLine(
        key=row.key,
        name=row.name,
        tier=row.tier,
        owner=as_login(row.owner),
        industry=row.industry,
        renewal=row.renewal,
        arr=row.arr,
        latest=latest,
        trend_4w=trend,
        churn_risk=churn,
        points=tuple(point for point, _, _ in points),
        flags=flags[0],
        worst_flag=flags[1],
    )


def _health(session: Session, account_id: int) -> Health | None:
    query = select(HealthRow).where(HealthRow.account_id == account_id)
    row = session.scalars(query.order_by(HealthRow.as_of.desc()).limit(1)).first()
    if row is None:
        return None
    return Health(
        as_of=row.as_of,
        score=row.score,
        band=Band(row.band),
        score_without=row.score_without_competitors,
        band_without=Band(row.band_without_competitors),
        coverage=row.coverage,
        index=row.competitor_activity_index,
        churn_risk=row.churn_risk,
        trend_4w=row.trend_4w,
        trend_13w=row.trend_13w,
        parts=tuple(row.parts),
        green_again=row.green_again,
        computed_at=row.computed_at,
        computed_score=row.computed_score,
        computed_band=Band(row.computed_band) if row.computed_band else None,
        expansion=row.expansion,
        drivers=dict(row.drivers),
        activity=dict(row.activity),
        version_id=row.version_id,
    )


def _moves(session: Session, account_id: int, since: date) -> tuple[Move, ...]:
    query = (
        select(HealthRow.as_of, HealthRow.moves)
        .where(HealthRow.account_id == account_id, HealthRow.as_of >= since)
        .order_by(HealthRow.as_of.desc())
    )
    found = [
        Move(
            as_of=as_of,
            points=float(move["points"]),
            because=str(move["because"]),
            signal_id=move.get("signal"),
        )
        for as_of, moves in session.execute(query)
        for move in moves
    ]
    return tuple(found[:MOVES_SHOWN])


def _exposures(session: Session, account_id: int, since: datetime) -> tuple[ExposureLine, ...]:
    query = (
        select(ExposureRow, SignalRow, RivalRow)
        .join(SignalRow, SignalRow.id == ExposureRow.signal_id)
        .join(RivalRow, RivalRow.id == SignalRow.rival_id)
        .where(ExposureRow.account_id == account_id, ExposureRow.observed_at >= since)
        .order_by(ExposureRow.observed_at.desc(), ExposureRow.id)
    )
    found = [(exposure, signal, rival) for exposure, signal, rival in session.execute(query)]
    proofs = proofs_of(session, [signal.id for _, signal, _ in found])
    return tuple(
        ExposureLine(
            signal_id=signal.id,
            headline=signal.headline,
            category=signal.category,
            rival_key=rival.key,
            rival_name=rival.name,
            score=exposure.score,
            reasons=tuple(exposure.reasons),
            observed_at=exposure.observed_at,
            retracted=signal.retracted_at is not None,
            review=signal.review,
            held=signal.held,
            confidence=signal.confidence,
            proofs=tuple(proofs.get(signal.id, ())),
        )
        for exposure, signal, rival in found
    )
