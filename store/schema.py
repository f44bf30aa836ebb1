"""Bringing a database to the current schema, through Alembic."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import MetaData, column, inspect, select, table

import store.models.accounts
import store.models.connections
import store.models.evidence
import store.models.health
import store.models.people
import store.models.watch  # noqa: F401
from store.database import Database, store_errors
from store.errors import StoreError
from store.models.base import Base

MIGRATIONS = Path(__file__).parent / "migrations"
VERSION = "alembic_version"


def metadata() -> MetaData:
    """Return the metadata of all tables."""
    return Base.metadata


def upgrade(database: Database) -> None:
    """Create or upgrade all tables; safe to repeat, also beside another process. Raises: StoreError."""
    if current_revision(database) == head_revision():
        return
    # Alembic takes as long to load as all the rest of a small command, and is needed once.
    from alembic import command
    from alembic.config import Config

    with database.write() as session:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = session.connection()
        command.upgrade(config, "head")


def current_revision(database: Database) -> str | None:
    """Return the revision the database is at; None for an empty one."""
    with store_errors(database.url), database.engine.connect() as connection:
        if not inspect(connection).has_table(VERSION):
            return None
        found: str | None = connection.scalar(select(column("version_num")).select_from(table(VERSION)))
        return found


def head_revision() -> str:
    """Return the newest revision this version knows: the number that its file's name begins with."""
    return max(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*_*.py"))


def require_current(database: Database) -> None:
    """Raise StoreError unless the database is at the newest revision."""
    found = current_revision(database)
    if found != head_revision():
        raise StoreError(
            f"the database is at schema {found or 'none'}, this version needs {head_revision()};"
            " run 'rivalwatch db upgrade'"
        )
