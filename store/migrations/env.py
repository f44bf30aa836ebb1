"""Alembic's entry: migrate over the connection that `store.schema` hands in."""

from __future__ import annotations

from alembic import context

from store.schema import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection, target_metadata=metadata(), render_as_batch=connection.dialect.name == "sqlite"
)
context.run_migrations()
