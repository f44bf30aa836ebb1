"""Opening the database: SQLite in WAL mode by default, PostgreSQL by URL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from store.errors import StoreError

BUSY_TIMEOUT_MS = 30_000


class Database:
    """One database and how to begin work on it.

    ``write()`` takes SQLite's write lock at the start, so that two processes queue instead of failing half-way;
    ``read()`` never blocks a writer.
    """

    def __init__(self, url: str) -> None:
        self.url = _normalise(url)
        self.engine = _make_engine(self.url)
        self._writing = self.engine.execution_options(begin_immediate=True)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Give a session that is rolled back at the end. Raises: StoreError."""
        with store_errors(self.url), Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Give a session that is committed at the end, or rolled back on any error. Raises: StoreError."""
        with (
            store_errors(self.url),
            Session(self._writing, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    def close(self) -> None:
        """Give back all connections."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


@contextmanager
def store_errors(url: str) -> Iterator[None]:
    """Translate the driver's errors into `StoreError` with a remedy. The URL's password never gets out."""
    try:
        yield
    except DBAPIError as error:
        place = make_url(url).render_as_string(hide_password=True)
        reason = " ".join(str(error.orig).split())
        raise StoreError(f"database {place}: {reason}; {_remedy(error)}") from error


def _remedy(error: DBAPIError) -> str:
    text = str(error.orig).lower()
    if "full" in text or "no space" in text:
        return "free some space on that disk and run the command again; what was committed is kept"
    if "locked" in text:
        return "another process holds it for too long; stop that one or use PostgreSQL"
    if "no such table" in text or "does not exist" in text or "no such column" in text:
        return "run 'rivalwatch db upgrade'"
    if "readonly" in text or "unable to open" in text or "permission" in text:
        return "check that the folder exists and may be written"
    return "check that the database runs and can be reached"


def _normalise(url: str) -> str:
    for prefix in ("postgresql://", "postgres://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _make_engine(url: str) -> Engine:
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() != "sqlite":
            return create_engine(parsed, pool_pre_ping=True)
        if parsed.database and parsed.database != ":memory:":
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(parsed, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000})
    except (ArgumentError, NoSuchModuleError) as error:
        raise StoreError(
            f"not a database address: {error}; write sqlite:///path/file.db or postgresql://host/name"
        ) from error
    except OSError as error:
        raise StoreError(f"database folder cannot be made: {error}") from error
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    # The driver's own transaction handling is switched off, so that BEGIN IMMEDIATE below is really sent.
    assert isinstance(connection, sqlite3.Connection)
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("begin_immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
