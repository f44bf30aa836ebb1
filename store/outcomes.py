"""What became of accounts and flags, kept so that weights and rules can be judged later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import cast

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from store.inserts import insert_new, inserted
from store.kinds import FlagState, FlagVerdict, OutcomeKind
from store.models.accounts import AccountRow, FlagRow, HealthRow
from store.models.health import AccountOutcomeRow, ChurnFitRow
from store.records import JsonObject

#: An outcome is compared with health as it stood so long before, when there was still time to act on it.
FORESIGHT = timedelta(days=60)
FORESIGHT_SLACK = timedelta(days=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountOutcome:
    """What became of an account on a day, with its annual revenue before and after where known."""

    account_id: int
    account_key: str
    day: date
    kind: OutcomeKind
    arr_before: Decimal | None = None
    arr_after: Decimal | None = None
    note: str = ""
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """An outcome with the account's health of about two months before it, as stored then."""

    outcome: AccountOutcome
    as_of: date
    band: str
    score: float | None
    without: float
    index: float
    parts: tuple[JsonObject, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagResult:
    """A flag as `outcomes` judges its rule: how it ended, and whether anybody acted."""

    code: str
    level: int
    state: FlagState
    verdict: FlagVerdict | None
    outcome: str | None
    opened_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChurnFit:
    """Weights of the churn risk as fitted, with the figures of the fit."""

    weights: JsonObject
    quality: JsonObject
    fitted_at: datetime
    who: str


def record_outcome(session: Session, outcome: AccountOutcome, now: datetime) -> bool:
    """Store what became of an account; False if that account has an outcome of that day."""
    statement = insert_new(session, cast(Table, AccountOutcomeRow.__table__)).values(
        account_id=outcome.account_id,
        day=outcome.day,
        kind=outcome.kind.value,
        arr_before=outcome.arr_before,
        arr_after=outcome.arr_after,
        note=outcome.note,
        who=outcome.who,
        recorded_at=now,
    )
    return inserted(session, statement, AccountOutcomeRow.id) is not None


def list_outcomes(session: Session, since: date = date.min) -> list[AccountOutcome]:
    """Return the outcomes of accounts from a day on, the newest first."""
    query = (
        select(AccountOutcomeRow, AccountRow.key)
        .join(AccountRow, AccountRow.id == AccountOutcomeRow.account_id)
        .where(AccountOutcomeRow.day >= since)
        .order_by(AccountOutcomeRow.day.desc(), AccountOutcomeRow.id.desc())
    )
    return [_outcome(row, key) for row, key in session.execute(query)]


def foreseen_outcomes(session: Session) -> list[Foreseen]:
    """Return the outcomes for which a known health of about two months before is kept, oldest first."""
    found = []
    for outcome in reversed(list_outcomes(session)):
        row = _health_before(session, outcome)
        if row is not None and row.score_without_competitors is not None:
            found.append(
                Foreseen(
                    outcome=outcome,
                    as_of=row.as_of,
                    band=row.computed_band or row.band,
                    score=row.score if row.override_id is None else row.computed_score,
                    without=row.score_without_competitors,
                    index=row.competitor_activity_index or 0.0,
                    parts=tuple(row.parts),
                )
            )
    return found


def _health_before(session: Session, outcome: AccountOutcome) -> HealthRow | None:
    wanted = outcome.day - FORESIGHT
    query = select(HealthRow).where(
        HealthRow.account_id == outcome.account_id,
        HealthRow.as_of <= wanted,
        HealthRow.as_of >= wanted - FORESIGHT_SLACK,
    )
    return session.scalars(query.order_by(HealthRow.as_of.desc()).limit(1)).first()


def flag_results(session: Session, since: datetime) -> list[FlagResult]:
    """Return the flags opened from a moment on, oldest first."""
    query = select(FlagRow).where(FlagRow.opened_at >= since).order_by(FlagRow.opened_at, FlagRow.id)
    return [
        FlagResult(
            code=row.code,
            level=row.level,
            state=FlagState(row.state),
            verdict=FlagVerdict(row.verdict) if row.verdict else None,
            outcome=row.outcome,
            opened_at=row.opened_at,
            closed_at=row.closed_at,
        )
        for row in session.scalars(query)
    ]


def keep_fit(session: Session, fit: ChurnFit) -> None:
    """Store a fit; it is in force from then on."""
    session.add(ChurnFitRow(weights=fit.weights, quality=fit.quality, fitted_at=fit.fitted_at, who=fit.who))
    session.flush()


def latest_fit(session: Session, until: datetime) -> ChurnFit | None:
    """Return the fit in force at a moment; None while the stated weights hold."""
    query = select(ChurnFitRow).where(ChurnFitRow.fitted_at <= until)
    row = session.scalars(query.order_by(ChurnFitRow.fitted_at.desc(), ChurnFitRow.id.desc())).first()
    if row is None:
        return None
    return ChurnFit(
        weights=dict(row.weights), quality=dict(row.quality), fitted_at=row.fitted_at, who=row.who
    )


def arr_changes(outcomes: Sequence[AccountOutcome]) -> dict[int, AccountOutcome]:
    """Return the newest outcome of each account by id, of a list that is newest first."""
    found: dict[int, AccountOutcome] = {}
    for outcome in outcomes:
        found.setdefault(outcome.account_id, outcome)
    return found


def _outcome(row: AccountOutcomeRow, key: str) -> AccountOutcome:
    return AccountOutcome(
        account_id=row.account_id,
        account_key=key,
        day=row.day,
        kind=OutcomeKind(row.kind),
        arr_before=row.arr_before,
        arr_after=row.arr_after,
        note=row.note,
        who=row.who,
    )
