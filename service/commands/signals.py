"""``signals`` and ``changes``: what was reported."""

from __future__ import annotations

from typing import Annotated

import typer

from service.context import context_of, current_time, parse_since
from service.output import print_json, print_json_lines, print_table, print_text

app = typer.Typer(help="What the changes mean, with evidence.", no_args_is_help=True)
changes_app = typer.Typer(help="What the comparison reported, whatever became of it.", no_args_is_help=True)

SinceOption = Annotated[str | None, typer.Option(help="A date (2026-11-16) or a duration ago (7d).")]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON Lines.")]


@app.command("list")
def list_signals(context: typer.Context, since: SinceOption = None, as_json: JsonOption = False) -> None:
    """List signals, newest first."""
    from store.signals import list_signals

    command = context_of(context)
    with command.database() as database, database.read() as session:
        rows = list_signals(session, parse_since(since, current_time()))
    if as_json or command.as_json:
        print_json_lines(rows)
        return
    print_table(
        ("id", "first seen", "rival", "category", "impact", "headline"),
        (
            (
                row["id"],
                row["first_seen"][:10],
                row["rival"],
                row["category"],
                f"{row['impact']:.2f}",
                row["headline"],
            )
            for row in rows
        ),
        "no signals yet; 'rivalwatch run --once' crawls and processes",
    )


@app.command("show")
def show_signal(context: typer.Context, signal_id: Annotated[int, typer.Argument(metavar="ID")]) -> None:
    """Show one signal with all its evidence."""
    from service.errors import UnknownKeyError
    from store.signals import show_signal

    with context_of(context).database() as database, database.read() as session:
        found = show_signal(session, signal_id)
    if found is None:
        raise UnknownKeyError("signal", str(signal_id))
    print_json(found)


@changes_app.command("list")
def list_changes(context: typer.Context, since: SinceOption = None, as_json: JsonOption = False) -> None:
    """List changes, newest first."""
    from store.changes import list_changes

    command = context_of(context)
    with command.database() as database, database.read() as session:
        rows = list_changes(session, parse_since(since, current_time()))
    if as_json or command.as_json:
        print_json_lines(rows)
        return
    for row in rows:
        print_text(f"{row['id']}  {row['observed_at'][:16]}  {row['state']}  {row['source']}  {row['url']}")
        for text in row["removed"]:
            print_text(f"    - {text[:200]}")
        for text in row["added"]:
            print_text(f"    + {text[:200]}")
    if not rows:
        print_text("no changes yet; 'rivalwatch run --once' crawls and processes")
