"""Locks between processes on many machines, kept by the database: PostgreSQL's advisory locks.

They belong to a connection, so a process that dies gives them back, and no row has to be cleaned up after it. A pooler
that hands one connection to several clients in turns (PgBouncer's transaction mode) cannot carry them.
Source: PostgreSQL documentation, 13.3.5 Advisory Locks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

from store.database import Database, store_errors
from store.errors import StoreError

#: The first of the two keys, so that other programs on the same database do not meet ours.
SPACE = 0x52_57  # "RW"
_TAKE = text("SELECT pg_try_advisory_lock(:space, hashtext(:name))")
_GIVE_BACK = text("SELECT pg_advisory_unlock(:space, hashtext(:name))")


@contextmanager
def hold(database: Database, names: Iterable[str]) -> Iterator[frozenset[str]]:
    """Take those of the names that nobody else holds, without waiting, and keep them until the block ends.

    Raises: StoreError if the database has no such locks.
    """
    require_locks(database)
    with store_errors(database.url), database.engine.connect() as plain:
        connection = plain.execution_options(isolation_level="AUTOCOMMIT")
        held = frozenset(name for name in sorted(set(names)) if _take(connection, name))
        try:
            yield held
        finally:
            for name in held:
                connection.execute(_GIVE_BACK, {"space": SPACE, "name": name})


def require_locks(database: Database) -> None:
    """Raise StoreError unless several machines can share this database."""
    if database.engine.dialect.name != "postgresql":
        raise StoreError(
            "workers share their work through PostgreSQL, this database is "
            f"{database.engine.dialect.name}; set --db postgresql://host/name or $RIVALWATCH_DB"
        )


def _take(connection: Connection, name: str) -> bool:
    return bool(connection.execute(_TAKE, {"space": SPACE, "name": name}).scalar_one())
