"""What sites' robots.txt said, kept for a day so that a crawl every hour does not ask for it every hour."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import cast

from sqlalchemy import Table, delete, select
from sqlalchemy.orm import Session

from store.inserts import insert_new
from store.models.people import MetaRow

KEPT = timedelta(hours=24)  # RFC 9309: no longer than a day.
MAX_CHARACTERS = 512_000
PREFIX = "robots "
CHUNK = 500  # keys a query; SQLite builds take 999 bound values at least.


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsAnswer:
    """The answer of one origin at one moment."""

    origin: str
    status: int
    body: str
    at: datetime


@dataclass(slots=True, kw_only=True)
class RobotsMemory:
    """What is known at the start of a crawl, and what the crawl learned."""

    now: Callable[[], datetime]
    known: Mapping[str, RobotsAnswer] = field(default_factory=dict)
    learned: dict[str, RobotsAnswer] = field(default_factory=dict)

    def fresh(self, origin: str) -> RobotsAnswer | None:
        """Return what the origin said within the last day."""
        found = self.known.get(origin)
        return found if found and timedelta(0) <= self.now() - found.at < KEPT else None

    def learn(self, origin: str, status: int, body: bytes) -> None:
        """Keep what the origin says now."""
        text = body.decode("utf-8-sig", "replace").replace("\0", "")[:MAX_CHARACTERS]
        self.learned[origin] = RobotsAnswer(origin=origin, status=status, body=text, at=self.now())


def read_robots(session: Session, origins: Iterable[str]) -> dict[str, RobotsAnswer]:
    """Return what is stored of these origins (``https://host``)."""
    keys = sorted({_key(origin) for origin in origins})
    found: dict[str, RobotsAnswer] = {}
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        for row in session.scalars(select(MetaRow).where(MetaRow.key.in_(chunk))):
            value = row.value
            found[value["origin"]] = RobotsAnswer(
                origin=value["origin"], status=value["status"], body=value["body"], at=row.at
            )
    return found


def write_robots(session: Session, answers: Iterable[RobotsAnswer], now: datetime) -> None:
    """Store the answers in place of older ones; what is older than a day goes."""
    session.execute(delete(MetaRow).where(MetaRow.key.startswith(PREFIX), MetaRow.at < now - KEPT))
    for answer in answers:
        key = _key(answer.origin)
        session.execute(delete(MetaRow).where(MetaRow.key == key))
        value = {"origin": answer.origin, "status": answer.status, "body": answer.body}
        statement = insert_new(session, cast(Table, MetaRow.__table__))
        session.execute(statement.values(key=key, value=value, at=answer.at.astimezone(UTC)))


def _key(origin: str) -> str:
    return PREFIX + hashlib.sha256(origin.encode()).hexdigest()[:40]
