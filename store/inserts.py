"""Inserts that a unique key makes harmless to repeat, on SQLite and PostgreSQL."""

from __future__ import annotations

from functools import cache
from typing import TypeVar, cast

from sqlalchemy import Insert, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.dml import ReturningInsert

from store.records import JsonObject

T = TypeVar("T")


def insert_new(session: Session, table: Table) -> Insert:
    """Return an INSERT for the session's database whose ``on_conflict_do_nothing`` is already set.

    This is how a unique key makes repeated work harmless.
    """
    return _insert_new(session.get_bind().dialect.name, table)


def inserted(session: Session, statement: Insert, column: InstrumentedAttribute[T]) -> T | None:
    """Run an INSERT of one row and return the new row's column; None if the row was there before.

    RETURNING, because PostgreSQL's driver gives no row count for such a statement.
    """
    return cast("T | None", session.scalar(statement.returning(column)))


def insert_row(
    session: Session, table: Table, values: JsonObject, column: InstrumentedAttribute[T]
) -> T | None:
    """Insert one row and return its ``column``; None if the row was there before.

    For what is stored by the hundred: the statement is made once, which for each row costs more than to run it.
    """
    statement = _insert_returning(session.get_bind().dialect.name, table, column)
    return cast("T | None", session.scalar(statement, values))


@cache
def _insert_new(dialect: str, table: Table) -> Insert:
    if dialect == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()


@cache
def _insert_returning(dialect: str, table: Table, column: InstrumentedAttribute[T]) -> ReturningInsert[T]:
    return _insert_new(dialect, table).returning(column)
