"""Bringing a database to the current schema, through Alembic."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData

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


def metadata() -> MetaData:
    """Return the metadata of all tables."""
    return Base.metadata


def upgrade(database: Database) -> None:
    """Create or upgrade all tables; safe to repeat, also beside another process. Raises: StoreError."""
    if current_revision(database) == head_revision():
        return
    with database.write() as session:
        connection = session.connection()
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def current_revision(database: Database) -> str | None:
    """Return the revision the database is at; None for an empty one."""
    with store_errors(database.url), database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head_revision() -> str | None:
    """Return the newest revision this version knows."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def require_current(database: Database) -> None:
    """Raise StoreError unless the database is at the newest revision."""
    found = current_revision(database)
    if found != head_revision():
        raise StoreError(
            f"the database is at schema {found or 'none'}, this version needs {head_revision()};"
            " run 'rivalwatch db upgrade'"
        )


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config
