"""``accounts``: health, flags, exposures with reasons; imports."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.context import context_of, current_time, require_file
from service.output import print_json, print_json_lines, print_table, print_text

app = typer.Typer(help="Key accounts: health, flags, exposures.", no_args_is_help=True)

JsonOption = Annotated[bool, typer.Option("--json", help="Machine-readable output.")]


@app.command("list")
def list_all(context: typer.Context, as_json: JsonOption = False) -> None:
    """List the accounts, the most endangered first."""
    from healthmerge.report import accounts_list

    command = context_of(context)
    with command.database() as database, database.read() as session:
        rows = accounts_list(session, current_time())
    if as_json or command.as_json:
        print_json_lines(rows)
        return
    print_table(
        ("key", "name", "tier", "band", "score", "without rivals", "index", "flags"),
        (
            (
                row["key"],
                row["name"],
                row["tier"],
                row["health"]["band"],
                _number(row["health"]["score"]),
                _number(row["health"]["score_without_competitors"]),
                _number(row["competitor_activity_index"]),
                len(row["flags"]),
            )
            for row in rows
        ),
        "no accounts yet; write accounts.yaml or run 'rivalwatch accounts import FILE.csv'",
    )


def _number(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.0f}"


@app.command("show")
def show(context: typer.Context, key: str, as_json: JsonOption = False) -> None:
    """Show why one account is where it is, each reason with its evidence."""
    from healthmerge.report import account_report
    from healthmerge.report_text import report_text
    from service.errors import UnknownKeyError

    command = context_of(context)
    with command.database() as database, database.read() as session:
        report = account_report(session, key, current_time())
    if report is None:
        raise UnknownKeyError("account", key)
    if as_json or command.as_json:
        print_json(report)
    else:
        print_text(report_text(report))


@app.command("import")
def import_file(context: typer.Context, file: Path) -> None:
    """Import accounts or metrics from CSV: all rows or none."""
    from accounts.importing import import_accounts

    require_file(file)
    with context_of(context).database() as database, database.write() as session:
        report = import_accounts(session, file, current_time())
    print_text(f"{file}: {report}")
