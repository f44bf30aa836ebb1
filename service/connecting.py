"""Connected systems: read when due, health written back, people told of what fails."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from accounts.sync import is_due, sync_connection
from accounts.systems import Access
from accounts.taking import SyncReport
from accounts.tiers import apply_tier_rule
from accounts.writeback import WriteBackReport, write_health_back
from config.configuration import Configuration
from config.connections import Connection
from service.environment import Environment
from store.connections import connection_states
from store.database import Database


def read_connections(
    database: Database,
    configuration: Configuration,
    environment: Environment,
    now: datetime,
    *,
    keys: Sequence[str] | None = None,
    everything: bool = False,
) -> list[SyncReport]:
    """Read the connections that are due, or those with the keys; one that fails does not stop the others."""
    with database.read() as session:
        states = {state.key: state for state in connection_states(session)}
    chosen = [
        connection
        for connection in configuration.connections
        if (
            connection.key in keys
            if keys is not None
            else is_due(states.get(connection.key), connection, now)
        )
    ]
    reports = [
        sync_connection(database, _access(connection, environment, now), everything=everything)
        for connection in chosen
    ]
    if chosen:
        with database.write() as session:
            apply_tier_rule(session, configuration.settings.tiers)
    return reports


def write_back_health(
    database: Database,
    configuration: Configuration,
    environment: Environment,
    now: datetime,
    *,
    keys: Sequence[str] | None = None,
) -> list[WriteBackReport]:
    """Write health into the systems whose connections name fields for it; only what differs leaves."""
    return [
        write_health_back(database, _access(connection, environment, now))
        for connection in configuration.connections
        if keys is None or connection.key in keys
    ]


def _access(connection: Connection, environment: Environment, now: datetime) -> Access:
    return Access(config=connection, secrets=environment.secrets, now=now)
