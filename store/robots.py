"""What sites' robots.txt said: believed for a day, then asked about again, and kept while it is asked about."""

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

BELIEVED = timedelta(hours=24)  # RFC 9309: no longer than a day.
KEPT = timedelta(days=30)  # An old answer saves its transfer when the site says that it still holds.
PREFIX = "robots "
CHUNK = 500  # keys a query; SQLite builds take 999 bound values at least.


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsAnswer:
    """The answer of one origin (``https://host``) at one moment, with its validators (empty where it gave none)."""

    origin: str
    status: int
    body: str
    at: datetime
    etag: str = ""
    modified: str = ""

    def is_fresh(self, now: datetime) -> bool:
        """Return True if the answer may be relied on without asking again."""
        return timedelta(0) <= now - self.at < BELIEVED


def read_robots(session: Session, origins: Iterable[str]) -> dict[str, RobotsAnswer]:
    """Return what is stored of these origins."""
    keys = sorted({_key(origin) for origin in origins})
    found: dict[str, RobotsAnswer] = {}
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        for row in session.scalars(select(MetaRow).where(MetaRow.key.in_(chunk))):
            found[row.value["origin"]] = RobotsAnswer(**row.value, at=row.at)
    return found


def write_robots(session: Session, answers: Iterable[RobotsAnswer]) -> None:
    """Store the answers in place of older ones of the same origins."""
    rows = {_key(answer.origin): answer for answer in answers}
    if rows:
        session.execute(delete(MetaRow).where(MetaRow.key.in_(rows)))
        statement = insert_new(session, cast(Table, MetaRow.__table__))
        values = [
            {"key": key, "value": _value(answer), "at": answer.at.astimezone(UTC)}
            for key, answer in rows.items()
        ]
        session.connection().execute(statement, values)


def forget_robots(session: Session, now: datetime) -> None:
    """Let go of answers that nobody asked about for long."""
    session.execute(delete(MetaRow).where(MetaRow.key.startswith(PREFIX), MetaRow.at < now - KEPT))


def _value(answer: RobotsAnswer) -> dict[str, str | int]:
    return {
        "origin": answer.origin,
        "status": answer.status,
        "body": answer.body,
        "etag": answer.etag,
        "modified": answer.modified,
    }


def _key(origin: str) -> str:
    return PREFIX + hashlib.sha256(origin.encode()).hexdigest()[:40]
