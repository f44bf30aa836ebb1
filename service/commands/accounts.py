"""``accounts``: health, flags, exposures with reasons; imports."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.context import context_of, current_time, require_file
from service.output import print_json, print_json_lines, print_note, print_table, print_text, terminal_width

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
    from healthmerge.wording import tier_words
    from service.commands.classify import settings_or_defaults
    from service.errors import UnknownKeyError
    from store.accounts import get_account

    command = context_of(context)
    linking = settings_or_defaults(context).linking
    with command.database() as database, database.read() as session:
        report = account_report(session, key, current_time(), linking)
        account = get_account(session, key)
    if report is None or account is None:
        raise UnknownKeyError("account", key)
    if as_json or command.as_json:
        print_json({**report, "tier_origin": account.tier_origin, "origins": dict(account.origins)})
    else:
        print_text(report_text(report, terminal_width()))
        print_text(f"\nThe tier is {account.tier}, {tier_words(account.tier_origin)}.")


@app.command("import")
def import_file(context: typer.Context, file: Path) -> None:
    """Import accounts or metrics from CSV: all rows or none. A failed import stands until the file comes in."""
    from accounts.errors import ImportFailedError
    from accounts.importing import import_accounts
    from store.connections import note_failure, note_success

    require_file(file)
    now, key = current_time(), f"file:{file.name}"[:120]
    with context_of(context).database() as database:
        try:
            with database.write() as session:
                report = import_accounts(session, file, now)
                note_success(session, key, "file", now, counts={report.kind: report.rows})
        except ImportFailedError as error:
            first = str(error).partition("\n")[0]
            found = len(error.problems)
            mistakes = f"{found} mistake{'s' if found != 1 else ''}, the first: {first}"
            with database.write() as session:
                note_failure(session, key, "file", mistakes, now)
            raise
    print_text(f"{file}: {report}")


@app.command("sync")
def sync(
    context: typer.Context,
    connection: Annotated[
        list[str] | None,
        typer.Option("--connection", help="Key of a connection; may be given again. All without."),
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="Read everything, not only what changed.")] = False,
    write_back: Annotated[
        bool,
        typer.Option("--write-back/--no-write-back", help="Also write health where connections ask for it."),
    ] = True,
    as_json: JsonOption = False,
) -> None:
    """Read connected systems now: accounts, people, rivals, figures. Each is taken whole or not at all."""
    from dataclasses import asdict

    from accounts.errors import NoSuchConnectionError
    from config.errors import OperationError
    from service.commands.run import tell_connections

    command = context_of(context)
    with command.pipeline() as pipeline:
        known = [found.key for found in pipeline.configuration.connections]
        for key in connection or ():
            if key not in known:
                raise NoSuchConnectionError(key, known)
        now = current_time()
        reports = pipeline.connect(now, keys=connection or known, everything=full)
        written = pipeline.write_back(now, keys=connection or known) if write_back else []
    if as_json or command.as_json:
        print_json({"read": [asdict(r) for r in reports], "written": [asdict(r) for r in written]})
    elif not known:
        print_text("nothing is connected; write connections.yaml, see docs/connections.md")
    else:
        tell_connections([report for report in reports if not report.error])
        tell_connections([report for report in written if not report.error])
    failed = [str(r) for r in reports if r.error] + [str(r) for r in written if r.error]
    if failed:
        raise OperationError("\n".join(failed))


@app.command("check")
def check(context: typer.Context, as_json: JsonOption = False) -> None:
    """List what is wrong with the accounts' data: impossible, out of range, missing, stale, unknown, ambiguous."""
    from collections import Counter
    from dataclasses import asdict

    from accounts.checks import check_accounts

    command = context_of(context)
    health = command.load_configuration().health
    with command.database() as database, database.read() as session:
        problems = check_accounts(session, current_time(), health)
    if as_json or command.as_json:
        print_json_lines(asdict(problem) for problem in problems)
        return
    print_table(
        ("account", "what", "kind", "from", "found", "remedy"),
        ((p.subject, p.field, p.kind.value, p.origin, p.message, p.remedy) for p in problems),
        "nothing is wrong with the accounts' data",
    )
    counts = Counter(problem.kind.value for problem in problems)
    if counts:
        print_note(", ".join(f"{number} {kind}" for kind, number in sorted(counts.items())))
