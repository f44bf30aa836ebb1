"""Raw metrics of accounts, by account, name and period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.orm import Session

from config.accounts import AccountConfig
from store.accounts import Written, account_ids
from store.claims import CSV
from store.inserts import insert_new
from store.models.accounts import AccountMetricRow, AccountRow


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricValue:
    """A raw value of one metric of an account; ``period`` is the period's first day."""

    account_key: str
    name: str
    period: date
    value: float


def write_configured_metrics(
    session: Session, accounts: Sequence[AccountConfig], now: datetime, origin: str
) -> None:
    """Write the values that a file states for accounts, each from the month in which the file began to say it."""
    # A value in the file is an undated "latest". It counts from the month in which the file began to say it, so
    # that a value left standing for a year neither looks fresh nor hides what was imported since.
    carrying = [account for account in accounts if account.metrics]
    if not carrying:
        return
    month = now.date().replace(day=1)
    said = _latest_of_origin(session, origin)
    fresh = [
        MetricValue(account_key=account.key, name=name, period=month, value=value)
        for account in carrying
        for name, value in account.metrics.items()
        if said.get((account.key, name)) != value
    ]
    write_metrics(session, fresh, origin=origin)


def _latest_of_origin(session: Session, origin: str) -> dict[tuple[str, str], float]:
    query = (
        select(AccountRow.key, AccountMetricRow.name, AccountMetricRow.value)
        .join(AccountRow, AccountRow.id == AccountMetricRow.account_id)
        .where(AccountMetricRow.origin == origin)
        .order_by(AccountMetricRow.period)
    )
    return {(key, name): value for key, name, value in session.execute(query)}


def write_metrics(session: Session, values: Sequence[MetricValue], *, origin: str = CSV) -> Written:
    """Insert or update raw metric values by (account, name, period). The accounts must exist."""
    if not values:
        return Written()
    ids = account_ids(session)
    known = _stored_metrics(session, {ids[value.account_key] for value in values})
    wanted = {(ids[value.account_key], value.name, value.period): value.value for value in values}
    new = [key for key in wanted if key not in known]
    changed = [key for key in wanted if key in known and known[key] != wanted[key]]
    table = cast(Table, AccountMetricRow.__table__)
    if new:
        session.execute(
            insert_new(session, table),
            [
                {"account_id": i, "name": n, "period": p, "value": wanted[i, n, p], "origin": origin}
                for i, n, p in new
            ],
        )
    if changed:
        # Through the connection: the ORM's bulk update wants primary keys, and this key is the natural one.
        statement = update(table).where(
            table.c.account_id == bindparam("of"),
            table.c.name == bindparam("named"),
            table.c.period == bindparam("at"),
        )
        session.connection().execute(
            statement.values(value=bindparam("to"), origin=origin),
            [{"of": i, "named": n, "at": p, "to": wanted[i, n, p]} for i, n, p in changed],
        )
    return Written(created=len(new), updated=len(changed), unchanged=len(wanted) - len(new) - len(changed))


def _stored_metrics(session: Session, accounts: set[int]) -> dict[tuple[int, str, date], float]:
    query = select(
        AccountMetricRow.account_id, AccountMetricRow.name, AccountMetricRow.period, AccountMetricRow.value
    )
    return {
        (account, name, period): value
        for account, name, period, value in session.execute(query)
        if account in accounts
    }


def metric_history(session: Session, since: date) -> dict[int, dict[str, list[tuple[date, float]]]]:
    """Return account id → metric name → (period, value) in ascending order, for periods from ``since`` on."""
    query = (
        select(
            AccountMetricRow.account_id,
            AccountMetricRow.name,
            AccountMetricRow.period,
            AccountMetricRow.value,
        )
        .where(AccountMetricRow.period >= since)
        .order_by(AccountMetricRow.account_id, AccountMetricRow.name, AccountMetricRow.period)
    )
    result: dict[int, dict[str, list[tuple[date, float]]]] = {}
    for account, name, period, value in session.execute(query):
        result.setdefault(account, {}).setdefault(name, []).append((period, value))
    return result
