"""Accounts: synchronised from the configuration, imported from CSV, with their raw metrics."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.orm import Session

from config.accounts import AccountConfig
from store.inserts import insert_new
from store.models.accounts import AccountMetricRow, AccountRow

YAML = "yaml"
CSV = "csv"

#: What linking reads of an account; a change of any of these makes earlier signals be linked anew.
LINKED_FIELDS = (
    "name",
    "aliases",
    "domain",
    "industry",
    "segment",
    "regions",
    "uses",
    "rivals_present",
    "stakeholders",
    "renewal",
    "active",
)
_OTHER_FIELDS = ("tier", "owner", "arr", "origin")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stakeholder:
    """A person at the account who decides or influences."""

    name: str
    role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A key account as stored."""

    id: int
    key: str
    name: str
    tier: str = "growth"
    aliases: tuple[str, ...] = ()
    domain: str | None = None
    owner: str | None = None
    industry: str | None = None
    segment: str | None = None
    regions: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    rivals_present: tuple[str, ...] = ()
    stakeholders: tuple[Stakeholder, ...] = ()
    renewal: date | None = None
    arr: Decimal | None = None
    origin: str = YAML
    active: bool = True
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricValue:
    """A raw value of one metric of an account; ``period`` is the period's first day."""

    account_key: str
    name: str
    period: date
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """How many rows a write made new, changed, or found as they were."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0


def sync_accounts(session: Session, accounts: Sequence[AccountConfig], now: datetime) -> Written:
    """Make the account rows say what ``accounts.yaml`` says.

    Accounts that left the file become inactive; accounts that came by CSV are kept until the file names them too.
    """
    written = write_accounts(session, accounts, now, origin=YAML)
    listed = {account.key for account in accounts}
    gone = select(AccountRow).where(AccountRow.active, AccountRow.origin == YAML)
    for row in session.scalars(gone):
        if row.key not in listed:
            row.active, row.changed_at = False, now
    session.flush()
    return written


def write_accounts(
    session: Session, accounts: Sequence[AccountConfig], now: datetime, *, origin: str
) -> Written:
    """Insert or update accounts by key. ``changed_at`` moves only when a field that linking reads changes."""
    rows = {row.key: row for row in session.scalars(select(AccountRow))}
    created = updated = 0
    for account in accounts:
        row = rows.get(account.key)
        values = _values(account, origin)
        if row is None:
            session.add(AccountRow(key=account.key, changed_at=now, **values))
            created += 1
        elif _fill(row, values, now):
            updated += 1
    session.flush()
    _write_configured_metrics(session, accounts, now, origin)
    return Written(created=created, updated=updated, unchanged=len(accounts) - created - updated)


def _values(account: AccountConfig, origin: str) -> dict[str, Any]:
    return {
        "name": account.name,
        "aliases": list(account.aliases),
        "domain": account.domain,
        "tier": account.tier.value,
        "owner": account.owner.lower() if account.owner else None,
        "industry": account.industry,
        "segment": account.segment,
        "regions": list(account.regions),
        "uses": list(account.uses),
        "rivals_present": list(account.rivals_present),
        "stakeholders": [{"name": person.name, "role": person.role} for person in account.stakeholders],
        "renewal": account.renewal,
        "arr": account.arr,
        "origin": origin,
        "active": True,
    }


def _fill(row: AccountRow, values: dict[str, Any], now: datetime) -> bool:
    differing = [name for name in (*LINKED_FIELDS, *_OTHER_FIELDS) if getattr(row, name) != values[name]]
    for name in differing:
        setattr(row, name, values[name])
    if any(name in LINKED_FIELDS for name in differing):
        row.changed_at = now
    return bool(differing)


def _write_configured_metrics(
    session: Session, accounts: Sequence[AccountConfig], now: datetime, origin: str
) -> None:
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


def account_ids(session: Session) -> dict[str, int]:
    """Return the id of every account by key, inactive ones too."""
    return {row.key: row.id for row in session.execute(select(AccountRow.key, AccountRow.id))}


def list_accounts(session: Session, *, keys: Iterable[str] | None = None) -> list[Account]:
    """Return the active accounts by key; with ``keys``, those only."""
    query = select(AccountRow).where(AccountRow.active).order_by(AccountRow.key)
    wanted = None if keys is None else set(keys)
    return [_account(row) for row in session.scalars(query) if wanted is None or row.key in wanted]


def get_account(session: Session, key: str) -> Account | None:
    """Return the account with that key, active or not."""
    row = session.scalars(select(AccountRow).where(AccountRow.key == key)).first()
    return _account(row) if row else None


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


def _account(row: AccountRow) -> Account:
    return Account(
        id=row.id,
        key=row.key,
        name=row.name,
        tier=row.tier,
        aliases=tuple(row.aliases),
        domain=row.domain,
        owner=row.owner,
        industry=row.industry,
        segment=row.segment,
        regions=tuple(row.regions),
        uses=tuple(row.uses),
        rivals_present=tuple(row.rivals_present),
        stakeholders=tuple(Stakeholder(name=p["name"], role=p.get("role")) for p in row.stakeholders),
        renewal=row.renewal,
        arr=row.arr,
        origin=row.origin,
        active=row.active,
        changed_at=row.changed_at,
    )
