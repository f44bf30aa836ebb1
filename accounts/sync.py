"""Reading connected systems: first all that one has to say, then one transaction that takes all of it or none."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib import import_module
from typing import Protocol, cast

from accounts.errors import ConnectionFailedError
from accounts.systems import Access, Pull
from accounts.taking import SyncReport, take, type_of
from config.connections import Connection
from store.connections import ConnectionState, connection_state, note_failure, sync_connections
from store.database import Database
from store.records import JsonObject

log = logging.getLogger(__name__)

_MODULES = {
    "salesforce": "accounts.salesforce",
    "hubspot": "accounts.hubspot",
    "zendesk": "accounts.zendesk",
    "intercom": "accounts.intercom",
    "stripe": "accounts.stripe_invoices",
}


def is_due(state: ConnectionState | None, connection: Connection, now: datetime) -> bool:
    """Return True when a connection's ``every`` has passed since it was last tried."""
    tried = state.last_attempt_at if state else None
    return tried is None or now - tried >= connection.every


def sync_connection(database: Database, access: Access, *, everything: bool = False) -> SyncReport:
    """Read one connection and take what it says; a failure is stored and stands until a read succeeds."""
    connection, now = access.config, access.now
    with database.read() as session:
        state = connection_state(session, connection.key)
    full = everything or _is_full_due(state, access)
    cursor = {} if full or state is None else state.cursor
    try:
        pulled = system_of(access).pull(access, cursor)
    except ConnectionFailedError as error:
        log.warning("connection failed", extra={"connection": connection.key, "reason": error.reason.value})
        with database.write() as session:
            note_failure(session, connection.key, type_of(access), str(error), now)
        return SyncReport(connection=connection.key, error=str(error))
    with database.write() as session:
        return take(session, access, pulled)


def _is_full_due(state: ConnectionState | None, access: Access) -> bool:
    last = state.last_full_at if state else None
    return last is None or access.now - last >= access.config.full_every


class System(Protocol):
    """The shape of a connected system's module; only CRMs are written back into."""

    def pull(self, access: Access, cursor: Mapping[str, object]) -> Pull: ...

    def write_back(self, access: Access, updates: Mapping[str, JsonObject]) -> dict[str, str]: ...


def system_of(access: Access) -> System:
    """Return the module that speaks with the connection's system, imported on first use."""
    return cast(System, import_module(_MODULES[type_of(access)]))


def synchronise(database: Database, connections: Sequence[Connection], now: datetime) -> None:
    """Make the connection rows say what the configuration says."""
    with database.write() as session:
        sync_connections(session, connections, now)
