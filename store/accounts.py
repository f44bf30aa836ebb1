"""Accounts: what files and connected systems say of them, brought to one row each, with their raw metrics."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.orm import Session

from config.accounts import AccountConfig
from config.connections import CONNECTION_TYPES
from store.claims import CSV, DEFAULT, FILES, RULE, YAML, Claim, Voice, resolve
from store.inserts import insert_new
from store.models.accounts import AccountMetricRow, AccountRow
from store.models.connections import ConnectionRow
from store.records import JsonObject

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
    "rival_standings",
    "stakeholders",
    "renewal",
    "active",
)
_OTHER_FIELDS = ("tier", "owner", "arr", "origin", "origins", "said")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stakeholder:
    """A person at the account who decides or influences."""

    name: str
    role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A key account as stored. ``origins`` tells whose word counts for each field that somebody fills."""

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
    origins: Mapping[str, str] = field(default_factory=dict)
    rival_standings: Mapping[str, str] = field(default_factory=dict)
    active: bool = True
    changed_at: datetime | None = None

    @property
    def tier_origin(self) -> str:
        """Whose word the tier is: a file, a connection, the rule (with its reason), or nobody's."""
        return self.origins.get("tier", DEFAULT)


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

    Accounts that left the file become inactive, unless an import or a connected system speaks of them too.
    """
    written = write_accounts(session, accounts, now, origin=YAML)
    listed = {account.key for account in accounts}
    voices = account_voices(session)
    for row in session.scalars(select(AccountRow).where(AccountRow.active)):
        if row.key not in listed and YAML in row.said:
            _take_back(row, YAML, voices, now)
    session.flush()
    return written


def write_accounts(
    session: Session, accounts: Sequence[AccountConfig], now: datetime, *, origin: str
) -> Written:
    """Write what a file says of accounts. ``changed_at`` moves only when a field that linking reads changes."""
    claims = [Claim(account_key=account.key, fields=_said(account)) for account in accounts]
    written = write_claims(session, claims, now, origin=origin)
    _write_configured_metrics(session, accounts, now, origin)
    return written


def write_claims(session: Session, claims: Sequence[Claim], now: datetime, *, origin: str) -> Written:
    """Write what one origin says of accounts, each claim in place of its earlier one; new keys are new accounts."""
    voices = account_voices(session)
    rows = {row.key: row for row in session.scalars(select(AccountRow))}
    created = updated = 0
    for claim in claims:
        row = rows.get(claim.account_key)
        said = {**(row.said if row else {}), origin: claim.fields}
        values = _values(said, voices, row.origins if row else {})
        if row is None:
            session.add(AccountRow(key=claim.account_key, changed_at=now, **values))
            created += 1
        elif _fill(row, values, now):
            updated += 1
    session.flush()
    return Written(created=created, updated=updated, unchanged=len(claims) - created - updated)


def take_back_claims(session: Session, keys: Iterable[str], now: datetime, *, origin: str) -> int:
    """Forget what an origin said of these accounts; those of which nobody says anything become inactive."""
    voices, gone = account_voices(session), set(keys)
    rows = [row for row in session.scalars(select(AccountRow)) if row.key in gone and origin in row.said]
    for row in rows:
        _take_back(row, origin, voices, now)
    session.flush()
    return len(rows)


def resolve_again(session: Session, now: datetime) -> None:
    """Bring every account in line after the order of connections, or who wins, has changed."""
    voices = account_voices(session)
    heard = {*FILES, *(voice.key for voice in voices)}
    for row in session.scalars(select(AccountRow).where(AccountRow.active)):
        for origin in [origin for origin in row.said if origin not in heard]:
            _take_back(row, origin, voices, now)
        if row.said:
            _fill(row, _values(row.said, voices, row.origins), now)
    session.flush()


def account_voices(session: Session) -> list[Voice]:
    """Return the connections that speak for accounts, in the order of the configuration."""
    query = select(ConnectionRow).where(ConnectionRow.active, ConnectionRow.type.in_(list(CONNECTION_TYPES)))
    query = query.order_by(ConnectionRow.rank, ConnectionRow.key)
    return [Voice(key=row.key, wins=frozenset(row.wins)) for row in session.scalars(query)]


def write_tiers(session: Session, tiers: Mapping[str, tuple[str, str]]) -> int:
    """Set the tiers that the rule found, account key → (tier, why); said tiers stay. Return how many moved."""
    moved = 0
    for row in session.scalars(select(AccountRow).where(AccountRow.active)):
        if row.key not in tiers or not _may_be_ruled(row.origins):
            continue
        tier, why = tiers[row.key]
        origins = {**row.origins, "tier": f"{RULE}: {why}"}
        if (row.tier, row.origins) != (tier, origins):
            moved += row.tier != tier
            row.tier, row.origins = tier, origins
    session.flush()
    return moved


def drop_ruled_tiers(session: Session) -> None:
    """Give accounts whose tier came from the rule the default tier again: the rule was switched off."""
    for row in session.scalars(select(AccountRow).where(AccountRow.active)):
        if _is_ruled(row.origins):
            row.tier, row.origins = resolve({}, ())[0]["tier"], _without_rule(row.origins)
    session.flush()


def _may_be_ruled(origins: Mapping[str, str]) -> bool:
    return "tier" not in origins or _is_ruled(origins)


def _is_ruled(origins: Mapping[str, str]) -> bool:
    return origins.get("tier", "").startswith(RULE)


def _without_rule(origins: Mapping[str, str]) -> dict[str, str]:
    return {name: origin for name, origin in origins.items() if name != "tier"}


def _take_back(row: AccountRow, origin: str, voices: Sequence[Voice], now: datetime) -> None:
    left = {name: fields for name, fields in row.said.items() if name != origin}
    if left:
        _fill(row, _values(left, voices, row.origins), now)
    else:
        # The row keeps what was last said: its history and its name must stay readable.
        row.said, row.active, row.changed_at = {}, False, now


def _said(account: AccountConfig) -> JsonObject:
    """Return the fields that a file fills, as plain JSON."""
    plain = account.model_dump(mode="json", exclude={"key", "metrics"})
    filled = {name: value for name, value in plain.items() if value not in (None, [], "")}
    if "tier" not in account.model_fields_set:
        filled.pop("tier", None)
    return filled


def _values(
    said: Mapping[str, JsonObject], voices: Sequence[Voice], before: Mapping[str, str]
) -> dict[str, Any]:
    values, origins = resolve(said, voices)
    if "tier" not in origins and _is_ruled(before):
        # The rule looks at all accounts together; until it does, its last word stands.
        values.pop("tier")
        origins["tier"] = before["tier"]
    if not values["name"]:
        # Whoever named it says no name any more; the last one stands.
        values.pop("name")
    origin = next((name for name in FILES if name in said), None) or next(iter(said))
    return {**values, "said": dict(said), "origins": origins, "origin": origin, "active": True}


def _fill(row: AccountRow, values: dict[str, Any], now: datetime) -> bool:
    differing = [
        name
        for name in (*LINKED_FIELDS, *_OTHER_FIELDS)
        if name in values and getattr(row, name) != values[name]
    ]
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


def list_all_accounts(session: Session) -> list[Account]:
    """Return all accounts by key, inactive ones too."""
    return [_account(row) for row in session.scalars(select(AccountRow).order_by(AccountRow.key))]


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
        origins=dict(row.origins),
        rival_standings=dict(row.rival_standings),
        active=row.active,
        changed_at=row.changed_at,
    )
