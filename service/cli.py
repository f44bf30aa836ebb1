"""The command ``rivalwatch``: global options, exit statuses, and the commands' modules.

Exit status: 0 done, 1 the user's input is wrong, 2 usage, 3 something failed although the input was right.
"""

from __future__ import annotations

import os
import sys
from importlib import metadata
from pathlib import Path
from typing import Annotated

import typer

from config.errors import InputError, RivalwatchError
from service.commands import (
    accounts,
    classify,
    compare,
    configuration,
    crawl,
    database,
    digest,
    discover,
    evaluate,
    health,
    people,
    replay,
    run,
    signals,
    sources,
    train,
    verdicts,
)
from service.context import CommandContext
from service.environment import read_environment
from service.output import print_error

INPUT_WRONG, FAILED, INTERRUPTED = 1, 3, 130
COMMAND_GROUP = "rivalwatch.commands"

app = typer.Typer(
    name="rivalwatch",
    help="Watch competitors, link what they do to key accounts, mail the week.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"rivalwatch {metadata.version('rivalwatch')}")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    config: Annotated[
        Path | None, typer.Option(help="Configuration folder (default config/, or $RIVALWATCH_CONFIG).")
    ] = None,
    db: Annotated[
        str | None, typer.Option(help="Database address (default SQLite in data/, or $RIVALWATCH_DB).")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Machine-readable output where there is one.")
    ] = False,
    verbose: Annotated[int, typer.Option("-v", count=True, help="Say more; twice for everything.")] = 0,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True)] = False,
) -> None:
    """Read the global options."""
    from service.logs import configure_logging

    configure_logging(verbose)
    context.obj = CommandContext(environment=read_environment(config, db), as_json=as_json, verbosity=verbose)


configuration.register(app)
crawl.register(app)
run.register(app)
discover.register(app)
replay.register(app)
compare.register(app)
classify.register(app)
train.register(app)
app.add_typer(sources.app, name="sources")
app.add_typer(signals.changes_app, name="changes")
app.add_typer(signals.app, name="signals")
app.add_typer(signals.drops_app, name="drops")
app.add_typer(accounts.app, name="accounts")
app.add_typer(health.app, name="health")
verdicts.register(health.app)
app.add_typer(digest.app, name="digest")
app.add_typer(evaluate.app, name="evaluate")
app.add_typer(database.app, name="db")
app.add_typer(people.app, name="users")


def add_commands_of_upper_layers() -> None:
    """Add what is wired in through entry points, so that nothing here imports upwards."""
    for point in metadata.entry_points(group=COMMAND_GROUP):
        app.command(name=point.name)(point.load())


def main() -> None:
    """Run the command and turn errors into messages and exit statuses."""
    add_commands_of_upper_layers()
    try:
        app()
    except InputError as error:
        print_error(str(error))
        sys.exit(INPUT_WRONG)
    except RivalwatchError as error:
        print_error(str(error))
        sys.exit(FAILED)
    except BrokenPipeError:
        # The reader of our output went away (head, less): that is no failure.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except SystemExit as end:
        if end.code == INTERRUPTED:  # Typer makes this of Ctrl-C, without a word.
            print_error("interrupted; what was committed is kept, run the command again to go on")
        raise


if __name__ == "__main__":
    main()
