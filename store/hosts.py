"""How hosts want to be asked, kept between crawls: a pause that a crawl began is kept by the next one too."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import cast

from sqlalchemy import Table, delete, select
from sqlalchemy.orm import Session

from store.inserts import insert_new
from store.models.people import MetaRow

PREFIX = "host "
KEPT = timedelta(days=7)  # No pause is longer.
CHUNK = 500  # keys a query; SQLite builds take 999 bound values at least.


@dataclass(frozen=True, slots=True, kw_only=True)
class HostMemory:
    """A host (``name:port``) may be asked again from ``ready_at`` on, then every ``pause`` seconds.

    ``closed``: the host itself named that moment, so nothing of it is asked before.
    """

    name: str
    ready_at: datetime
    pause: float
    closed: bool = False


def read_hosts(session: Session, names: Iterable[str]) -> dict[str, HostMemory]:
    """Return what is kept of these hosts, by name."""
    keys = sorted({_key(name) for name in names})
    found: dict[str, HostMemory] = {}
    for start in range(0, len(keys), CHUNK):
        for row in session.scalars(select(MetaRow).where(MetaRow.key.in_(keys[start : start + CHUNK]))):
            value = row.value
            found[value["name"]] = HostMemory(
                name=value["name"], ready_at=row.at, pause=value["pause"], closed=value["closed"]
            )
    return found


def write_hosts(session: Session, hosts: Iterable[HostMemory]) -> None:
    """Keep what a crawl knows of hosts, in place of what was known.

    A host that told another crawl to come back later stays closed until then.
    """
    noted = {host.name: host for host in hosts}
    known = read_hosts(session, noted)
    hosts = [_later(host, known.get(name)) for name, host in sorted(noted.items())]
    rows = [
        {
            "key": _key(host.name),
            "value": {"name": host.name, "pause": host.pause, "closed": host.closed},
            "at": host.ready_at.astimezone(UTC),
        }
        for host in hosts
    ]
    if rows:
        session.execute(delete(MetaRow).where(MetaRow.key.in_([row["key"] for row in rows])))
        session.connection().execute(insert_new(session, cast(Table, MetaRow.__table__)), rows)


def _later(host: HostMemory, known: HostMemory | None) -> HostMemory:
    if known is None or not known.closed:
        return host
    # A moment further away than any pause was written when the clock was wrong.
    return known if timedelta(0) < known.ready_at - host.ready_at <= KEPT else host


def forget_hosts(session: Session, now: datetime) -> None:
    """Let go of hosts whose moment is long past."""
    session.execute(delete(MetaRow).where(MetaRow.key.startswith(PREFIX), MetaRow.at < now - KEPT))


def _key(name: str) -> str:
    return PREFIX + hashlib.sha256(name.encode()).hexdigest()[:40]
