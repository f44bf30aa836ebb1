"""``signals`` and ``changes``: what was reported."""

from __future__ import annotations

from typing import Annotated

import typer

from service.commands.signal_answers import SignalId, correct_category, dismiss, release
from service.context import context_of, current_time, parse_since
from service.output import print_json, print_json_lines, print_note, print_table, print_text
from store.records import JsonObject

app = typer.Typer(help="What the changes mean, with evidence.", no_args_is_help=True)
changes_app = typer.Typer(help="What the comparison reported, whatever became of it.", no_args_is_help=True)

SinceOption = Annotated[str | None, typer.Option(help="A date (2026-11-16) or a duration ago (7d).")]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON Lines.")]
drops_app = typer.Typer(help="What was not reported, and why.", no_args_is_help=True)


@app.command("list")
def list_signals(context: typer.Context, since: SinceOption = None, as_json: JsonOption = False) -> None:
    """List signals, newest first."""
    from store.signal_listing import list_signals

    command = context_of(context)
    with command.database() as database, database.read() as session:
        rows = list_signals(session, parse_since(since, current_time()))
    if as_json or command.as_json:
        print_json_lines(rows)
        return
    print_table(
        ("id", "first seen", "rival", "category", "sure", "impact", "headline"),
        (
            (
                row["id"],
                row["first_seen"][:10],
                row["rival"],
                row["category"],
                _sureness(row),
                f"{row['impact']:.2f}",
                row["headline"],
            )
            for row in rows
        ),
        f"no signals since {since}"
        if since
        else "no signals yet; 'rivalwatch run --once' crawls and processes",
    )


def _sureness(row: JsonObject) -> str:
    """Return how sure the category is, and what that means for the signal where it is not sure enough."""
    share = f"{row['confidence'] * 100:.0f} %"
    return f"{share}, held" if row["held"] else f"{share}, not certain" if row["review"] else share


@app.command("show")
def show_signal(
    context: typer.Context,
    signal_id: SignalId,
    as_json: Annotated[bool, typer.Option("--json", help="What is printed is JSON with or without.")] = False,
) -> None:
    """Show one signal with all its evidence, as JSON."""
    from service.errors import UnknownKeyError
    from store.signal_listing import show_signal

    with context_of(context).database() as database, database.read() as session:
        found = show_signal(session, signal_id)
    if found is None:
        raise UnknownKeyError("signal", str(signal_id))
    print_json(found)


app.command("release")(release)
app.command("correct")(correct_category)
app.command("dismiss")(dismiss)


@app.command("patterns")
def patterns(context: typer.Context, as_json: JsonOption = False) -> None:
    """Show bursts of one rival and moves of several over the last four weeks, with the counting."""
    from classify.patterns import BASELINE, WINDOW, find_patterns
    from store.signals import signals_since
    from store.sources import rivals_by_id

    command, now = context_of(context), current_time()
    with command.database() as database, database.read() as session:
        markets = {rival.key: rival.market for rival in rivals_by_id(session).values()}
        found = find_patterns(signals_since(session, now - WINDOW - BASELINE), markets, now)
    if as_json or command.as_json:
        print_json_lines(pattern.to_json() for pattern in found)
        return
    for pattern in found:
        print_text(
            f"{pattern.headline}\n    {pattern.because}; signals {', '.join(map(str, pattern.signal_ids))}"
        )
    if not found:
        print_text("no pattern in the last four weeks")


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
        print_text(
            f"no changes since {since}"
            if since
            else "no changes yet; 'rivalwatch run --once' crawls and processes"
        )


@drops_app.command("list")
def list_drops(
    context: typer.Context,
    since: SinceOption = None,
    source: Annotated[str | None, typer.Option(help="Only of this source.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1_000_000, help="How many at most.")] = 500,
    as_json: JsonOption = False,
) -> None:
    """List what was dropped, newest first: stage, reason and words."""
    from dataclasses import asdict

    from service.errors import UnknownKeyError
    from store.drops import drops_since
    from store.sources import list_sources

    command = context_of(context)
    with command.database() as database, database.read() as session:
        keys = {row.id: row.key for row in list_sources(session)}
        wanted = next((number for number, key in keys.items() if key == source), None)
        if source is not None and wanted is None:
            raise UnknownKeyError("source", source)
        found = drops_since(session, parse_since(since, current_time()), wanted, limit + 1)
    rows = found[:limit]
    if len(found) > limit:
        print_note(
            f"more than {limit} were dropped in that time, these are the newest; raise --limit for the others"
        )
    if as_json or command.as_json:
        print_json_lines(asdict(row) | {"source": keys.get(row.source_id or 0)} for row in rows)
        return
    print_table(
        ("when", "stage", "reason", "source", "words"),
        (
            (
                f"{row.at:%Y-%m-%d %H:%M}",
                row.stage.value,
                row.reason,
                keys.get(row.source_id or 0),
                (row.after or row.before)[:120],
            )
            for row in rows
        ),
        "nothing was dropped in that time",
    )
