"""Reading a connection from the stand-in server into a database."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.sync import sync_connection
from accounts.systems import Access
from accounts.taking import SyncReport
from config.competitors import CompetitorConfig
from config.connections import CONNECTION_TYPES, Connection
from store.connections import sync_connections
from store.database import Database
from store.sources import sync_rivals
from tests.accounts.vendors import Vendor

SECRETS = {
    "RIVALWATCH_CRM_TOKEN": "good",
    "RIVALWATCH_DESK_TOKEN": "good",
    "RIVALWATCH_BILLING_TOKEN": "good",
}
NONE: dict[str, str] = {}
RIVALS = [
    CompetitorConfig(
        key="northbeam", name="Northbeam Identity", domain="northbeam.example", market="identity"
    ),
    CompetitorConfig(
        key="veriplex", name="Veriplex", domain="veriplex.example", market="identity", aliases=("VPX",)
    ),
]


def connection(vendor: Vendor, kind: str, **more: Any) -> Connection:
    """Return a connection of that kind to the stand-in."""
    return CONNECTION_TYPES[kind].model_validate({"type": kind, "url": vendor.url, "timeout": "5s", **more})


def prepare(database: Database, connections: list[Connection], now: datetime) -> None:
    """Make rivals and connections known."""
    with database.write() as session:
        sync_rivals(session, RIVALS)
        sync_connections(session, connections, now)


def access(
    config: Connection, now: datetime, waited: list[float] | None = None, secrets: dict[str, str] = NONE
) -> Access:
    """Return the access that remembers how long it was to wait, and does not."""
    pauses = waited if waited is not None else []
    return Access(config=config, secrets={**SECRETS, **secrets}, now=now, wait=pauses.append)


def read(database: Database, config: Connection, now: datetime, *, everything: bool = False) -> SyncReport:
    """Read the connection once."""
    return sync_connection(database, access(config, now), everything=everything)
