"""``health``: what another health.yaml would change, before it is in force."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.context import context_of, current_time, require_file
from service.output import print_json, print_table, print_text

app = typer.Typer(help="The health score and its configuration.", no_args_is_help=True)


@app.command("try")
def try_file(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Another health.yaml; nothing is written.")],
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable output.")] = False,
) -> None:
    """Show which accounts would change their band under another health.yaml."""
    from config.load import read_health
    from healthmerge.trial import trial_rows, try_health

    command = context_of(context)
    tried = read_health(require_file(file))
    configuration = command.load_configuration()
    with command.database() as database, database.read() as session:
        trial = try_health(
            session, current_time(), configuration.health, tried, configuration.settings.linking
        )
    if as_json or command.as_json:
        print_json({"accounts": trial.accounts, "changes": [change.to_json() for change in trial.changes]})
        return
    print_table(
        ("key", "name", "now", "tried"), trial_rows(trial.changes), "no account would change its band"
    )
    print_text(f"{len(trial.changes)} of {trial.accounts} accounts would change their band")
