"""Connections: how each fares, what was read through it, and which of its companies is which account."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import cast

from sqlalchemy import Table, bindparam, delete, select, update
from sqlalchemy.orm import Session

from config.connections import CONNECTION_TYPES, Connection, CrmConfig
from store.account_writes import resolve_again
from store.inserts import insert_new
from store.models.accounts import AccountRow
from store.models.connections import AccountLinkRow, ConnectedItemRow, ConnectionRow
from store.records import JsonObject

_BATCH = 500  # SQLite takes 32,766 parameters in one statement; an IN list stays far below


class ItemKind(StrEnum):
    """What a record of a connected system is."""

    COMPANY = "company"
    CONTACT = "contact"
    DEAL = "deal"
    TICKET = "ticket"
    INVOICE = "invoice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One record of a connected system, reduced to what is used. ``parent`` is its company's id, its own for one."""

    kind: ItemKind
    external_id: str
    parent: str
    data: JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionState:
    """How a connection fares. ``error`` stands until a read succeeds."""

    id: int
    key: str
    type: str
    active: bool
    cursor: JsonObject
    counts: JsonObject
    last_attempt_at: datetime | None
    last_success_at: datetime | None
    last_full_at: datetime | None
    failing_since: datetime | None
    failures: int
    error: str | None
    told_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A company of a connected system and the account it is; ``written`` is what was last written back."""

    external_id: str
    account_id: int
    account_key: str
    written: JsonObject


def sync_connections(session: Session, connections: Sequence[Connection], now: datetime) -> None:
    """Make the rows say what ``connections.yaml`` says; accounts follow where the order or who wins has changed."""
    rows = {row.key: row for row in session.scalars(select(ConnectionRow))}
    before = _standing(rows.values())
    for rank, connection in enumerate(connections):
        row = rows.get(connection.key) or _new(session, connection.key)
        rows[connection.key] = row
        if row.type != connection.type:
            row.type, row.cursor, row.last_full_at = connection.type, {}, None
        row.rank, row.active = rank, True
        row.wins = sorted(connection.wins) if isinstance(connection, CrmConfig) else []
    named = {connection.key for connection in connections}
    for row in rows.values():
        if row.type in CONNECTION_TYPES and row.key not in named:
            row.active = False
    session.flush()
    if _standing(rows.values()) != before:
        resolve_again(session, now)


def _standing(rows: Iterable[ConnectionRow]) -> list[tuple[int, str, list[str]]]:
    return sorted((row.rank, row.key, list(row.wins)) for row in rows if row.active)


def _new(session: Session, key: str, kind: str = "") -> ConnectionRow:
    row = ConnectionRow(key=key, type=kind, rank=0, wins=[], active=True, cursor={}, counts={}, failures=0)
    session.add(row)
    return row


def connection_states(session: Session) -> list[ConnectionState]:
    """Return how every active connection fares, failing ones first."""
    query = select(ConnectionRow).where(ConnectionRow.active)
    query = query.order_by(ConnectionRow.error.is_(None), ConnectionRow.rank, ConnectionRow.key)
    return [_state(row) for row in session.scalars(query)]


def connection_state(session: Session, key: str) -> ConnectionState | None:
    """Return how one connection fares."""
    row = session.scalar(select(ConnectionRow).where(ConnectionRow.key == key))
    return _state(row) if row else None


def give_up_imports(session: Session, tried_before: datetime) -> None:
    """Forget the failures of files that nobody tried to import since; what never came in leaves no trace."""
    failed = select(ConnectionRow).where(
        ConnectionRow.type == "file",
        ConnectionRow.error.is_not(None),
        ConnectionRow.last_attempt_at < tried_before,
    )
    for row in session.scalars(failed).all():
        if row.last_success_at is None:
            session.delete(row)
        else:
            row.error, row.failing_since, row.failures, row.told_at = None, None, 0, None
    session.flush()


def note_success(
    session: Session,
    key: str,
    kind: str,
    now: datetime,
    *,
    counts: JsonObject,
    cursor: JsonObject | None = None,
    full: bool = False,
) -> None:
    """Say that data came in; what was failing is mended."""
    row = session.scalar(select(ConnectionRow).where(ConnectionRow.key == key)) or _new(session, key, kind)
    row.last_attempt_at = row.last_success_at = now
    row.counts, row.error, row.failing_since, row.failures, row.told_at = counts, None, None, 0, None
    if cursor is not None:
        row.cursor = cursor
    if full:
        row.last_full_at = now
    session.flush()


def note_failure(session: Session, key: str, kind: str, error: str, now: datetime) -> None:
    """Say that nothing came in and why; it stands until data comes in again."""
    row = session.scalar(select(ConnectionRow).where(ConnectionRow.key == key)) or _new(session, key, kind)
    row.last_attempt_at, row.error = now, error
    row.failing_since, row.failures = row.failing_since or now, row.failures + 1
    session.flush()


def note_told(session: Session, keys: Iterable[str], now: datetime) -> None:
    """Remember that people were told of these failing connections."""
    for row in session.scalars(select(ConnectionRow).where(ConnectionRow.key.in_(list(keys)))):
        row.told_at = now


def write_items(session: Session, connection_id: int, items: Sequence[Item], now: datetime) -> set[str]:
    """Insert or update records; return the companies to which something changed."""
    latest = {(item.kind.value, item.external_id): item for item in items}
    known = _stored(session, connection_id, [key for _, key in latest])
    table = cast(Table, ConnectedItemRow.__table__)
    touched: set[str] = set()
    new, changed = [], []
    for key, item in latest.items():
        number, parent, data = known.get(key, (None, item.parent, None))
        if number is None:
            new.append(_item_values(connection_id, item, now))
        elif (parent, data) != (item.parent, item.data):
            changed.append({"of": number, "to_parent": item.parent, "to_data": item.data})
        else:
            continue
        touched |= {parent, item.parent}
    if new:
        session.execute(insert_new(session, table), new)
    if changed:
        statement = update(table).where(table.c.id == bindparam("of"))
        values = {
            "parent": bindparam("to_parent"),
            "data": bindparam("to_data", type_=table.c.data.type),
            "seen_at": now,
        }
        session.connection().execute(statement.values(values), changed)
    return touched


def _stored(
    session: Session, connection_id: int, external_ids: Sequence[str]
) -> dict[tuple[str, str], tuple[int, str, JsonObject]]:
    """Return what is kept of these records: (kind, external id) → (row, company, data)."""
    row = ConnectedItemRow
    query = select(row.kind, row.external_id, row.id, row.parent, row.data).where(
        row.connection_id == connection_id
    )
    return {
        (kind, key): (number, parent, data)
        for batch in _batches(external_ids)
        for kind, key, number, parent, data in session.execute(query.where(row.external_id.in_(batch)))
    }


def _batches(values: Iterable[str]) -> Iterator[list[str]]:
    listed = list(values)
    for start in range(0, len(listed), _BATCH):
        yield listed[start : start + _BATCH]


def _item_values(connection_id: int, item: Item, now: datetime) -> JsonObject:
    return {
        "connection_id": connection_id,
        "kind": item.kind.value,
        "external_id": item.external_id,
        "parent": item.parent,
        "data": item.data,
        "seen_at": now,
    }


def remove_items(session: Session, connection_id: int, gone: Iterable[tuple[ItemKind, str]]) -> set[str]:
    """Forget records that are no more; return their companies. A company takes what hangs on it along."""
    wanted = {(kind.value, external_id) for kind, external_id in gone}
    companies = {external_id for kind, external_id in wanted if kind == ItemKind.COMPANY.value}
    query = select(
        ConnectedItemRow.id, ConnectedItemRow.kind, ConnectedItemRow.external_id, ConnectedItemRow.parent
    ).where(ConnectedItemRow.connection_id == connection_id)
    doomed = [
        (number, parent)
        for number, kind, external_id, parent in session.execute(query)
        if (kind, external_id) in wanted or parent in companies
    ]
    ids = [number for number, _ in doomed]
    for start in range(0, len(ids), _BATCH):
        session.execute(delete(ConnectedItemRow).where(ConnectedItemRow.id.in_(ids[start : start + _BATCH])))
    return {parent for _, parent in doomed}


def known_items(session: Session, connection_id: int) -> set[tuple[ItemKind, str]]:
    """Return kind and id of every record that was read through a connection."""
    query = select(ConnectedItemRow.kind, ConnectedItemRow.external_id).where(
        ConnectedItemRow.connection_id == connection_id
    )
    return {(ItemKind(kind), external_id) for kind, external_id in session.execute(query)}


def items_by_company(
    session: Session,
    connection_id: int,
    companies: set[str] | None = None,
    kind: ItemKind | None = None,
) -> dict[str, list[Item]]:
    """Return the records of these companies (all without the argument), of that kind, by company, in a fixed order."""
    row = ConnectedItemRow
    query = (
        select(row.kind, row.external_id, row.parent, row.data)
        .where(row.connection_id == connection_id)
        .order_by(row.kind, row.external_id)
    )
    if kind is not None:
        query = query.where(row.kind == kind.value)
    found: dict[str, list[Item]] = {}
    wanted = [query] if companies is None else [query.where(row.parent.in_(b)) for b in _batches(companies)]
    for part in wanted:
        for name, key, parent, data in session.execute(part):
            item = Item(kind=ItemKind(name), external_id=key, parent=parent, data=data)
            found.setdefault(parent, []).append(item)
    return found


def account_links(session: Session, connection_id: int) -> dict[str, Link]:
    """Return which company is which account, by the company's id."""
    query = (
        select(AccountLinkRow, AccountRow.key)
        .join(AccountRow, AccountRow.id == AccountLinkRow.account_id)
        .where(AccountLinkRow.connection_id == connection_id)
    )
    return {
        row.external_id: Link(
            external_id=row.external_id, account_id=row.account_id, account_key=key, written=row.written
        )
        for row, key in session.execute(query)
    }


def add_links(session: Session, connection_id: int, links: Mapping[str, int]) -> None:
    """Remember which company is which account, external id → account id."""
    if links:
        rows = [
            {"connection_id": connection_id, "external_id": company, "account_id": account, "written": {}}
            for company, account in links.items()
        ]
        session.execute(insert_new(session, cast(Table, AccountLinkRow.__table__)), rows)


def remove_links(session: Session, connection_id: int, companies: Iterable[str]) -> None:
    """Forget the companies that are no more."""
    gone = list(companies)
    for start in range(0, len(gone), _BATCH):
        session.execute(
            delete(AccountLinkRow).where(
                AccountLinkRow.connection_id == connection_id,
                AccountLinkRow.external_id.in_(gone[start : start + _BATCH]),
            )
        )


def note_written(session: Session, connection_id: int, written: Mapping[str, JsonObject]) -> None:
    """Remember what was written back, by the company's id."""
    table = cast(Table, AccountLinkRow.__table__)
    statement = update(table).where(
        table.c.connection_id == connection_id, table.c.external_id == bindparam("of")
    )
    if written:
        session.connection().execute(
            statement.values(written=bindparam("to", type_=table.c.written.type)),
            [{"of": company, "to": values} for company, values in written.items()],
        )


def _state(row: ConnectionRow) -> ConnectionState:
    return ConnectionState(
        id=row.id,
        key=row.key,
        type=row.type,
        active=row.active,
        cursor=dict(row.cursor),
        counts=dict(row.counts),
        last_attempt_at=row.last_attempt_at,
        last_success_at=row.last_success_at,
        last_full_at=row.last_full_at,
        failing_since=row.failing_since,
        failures=row.failures,
        error=row.error,
        told_at=row.told_at,
    )
