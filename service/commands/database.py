"""``db``: upgrade, back up, restore, prune."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from config.errors import InputError
from service.context import context_of, current_time
from service.output import print_text

app = typer.Typer(help="The database.", no_args_is_help=True)


@app.command("upgrade")
def upgrade(context: typer.Context) -> None:
    """Create the tables, or bring them to this version."""
    from store.schema import head_revision

    with context_of(context).database():
        print_text(f"database is at schema {head_revision()}")


@app.command("backup")
def backup(context: typer.Context, file: Path) -> None:
    """Write the whole database, snapshots too, into one file."""
    from store.backup import backup_database

    if file.exists():
        raise InputError(f"{file}: exists already; choose another name, backups are never overwritten")
    with context_of(context).database() as database:
        rows = backup_database(database, file)
    print_text(f"wrote {file}: {rows} rows, {file.stat().st_size / 1e6:.1f} MB")


@app.command("restore")
def restore(
    context: typer.Context,
    file: Path,
    replace: Annotated[bool, typer.Option("--replace", help="Empty a database that has rows first.")] = False,
) -> None:
    """Fill an empty database from a backup: all of it or nothing."""
    from service.context import require_file
    from store.backup import restore_database

    require_file(file)
    with context_of(context).database() as database:
        rows = restore_database(database, file, replace=replace)
    print_text(f"restored {rows} rows from {file}")


@app.command("prune")
def prune(context: typer.Context) -> None:
    """Remove what is older than the retention in settings.yaml, as `serve` does each day; evidence stays."""
    with context_of(context).pipeline() as pipeline:
        report = pipeline.prune(current_time())
    print_text(f"removed {report.snapshots} snapshots, {report.blobs} bodies, {report.drops} drops")
