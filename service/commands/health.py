"""``health``: the score's rules, tried and versioned; its history; all accounts together."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Annotated

import typer

from service.context import context_of, current_time, require_file
from service.output import print_json, print_json_lines, print_table, print_text, terminal_width

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from healthmerge.portfolio import Figure
    from store.accounts import Account
    from store.records import JsonObject

app = typer.Typer(help="The health score, its rules, and what became of it.", no_args_is_help=True)

JsonOption = Annotated[bool, typer.Option("--json", help="Machine-readable output.")]


@app.command("try")
def try_file(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Another health.yaml; nothing is written.")],
    as_json: JsonOption = False,
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
    if not trial.changes:
        print_text(f"none of {trial.accounts} accounts would change its band")
        return
    print_table(("key", "name", "now", "tried"), trial_rows(trial.changes), "")
    print_text(f"{len(trial.changes)} of {trial.accounts} accounts would change their band")


@app.command("versions")
def versions(context: typer.Context, as_json: JsonOption = False) -> None:
    """List the versions of health.yaml that were in force; each score names the one that made it."""
    from healthmerge.versions import changed_keys
    from store.health_versions import list_versions

    command = context_of(context)
    with command.database() as database, database.read() as session:
        found = list_versions(session)
    earlier = {newer.id: older for newer, older in pairwise(found)}
    rows: list[JsonObject] = [
        {
            "id": version.id,
            "digest": version.digest[:12],
            "first_used_at": version.first_used_at.isoformat(),
            "last_used_at": version.last_used_at.isoformat(),
            "scores": version.rows,
            "changed": changed_keys(earlier[version.id].content, version.content)
            if version.id in earlier
            else [],
        }
        for version in found
    ]
    if as_json or command.as_json:
        print_json_lines(rows)
        return
    print_table(
        ("version", "first used", "last used", "scores", "what changed"),
        (
            (r["id"], r["first_used_at"][:16], r["last_used_at"][:16], r["scores"], "; ".join(r["changed"]))
            for r in rows
        ),
        "no score was computed yet; run 'rivalwatch process'",
    )


@app.command("history")
def history(context: typer.Context, key: str, as_json: JsonOption = False) -> None:
    """Show an account's scores week by week, and by which version of health.yaml each was made."""
    from healthmerge.report import HISTORY
    from healthmerge.report_health import history_point
    from store.health import weekly_history

    command, now = context_of(context), current_time()
    with command.database() as database, database.read() as session:
        account = known_account(session, key)
        rows = [history_point(row) for row in weekly_history(session, account.id, (now - 2 * HISTORY).date())]
    if as_json or command.as_json:
        print_json_lines(rows)
        return
    columns = ("as_of", "band", "score", "computed_score", "score_without_competitors")
    print_table(
        ("day", "band", "score", "computed", "without rivals", "activity", "version"),
        (
            (
                row["as_of"],
                row["band"],
                *(_number(row[name]) for name in columns[2:]),
                _number(row["competitor_activity_index"]),
                row["version"],
            )
            for row in rows
        ),
        "no score was computed yet; run 'rivalwatch process'",
    )


@app.command("portfolio")
def portfolio(
    context: typer.Context,
    owner: Annotated[str | None, typer.Option(help="Only this person's accounts.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Show all accounts together: retention, lifetime value, coverage, readiness for referrals."""
    from healthmerge.portfolio import portfolio as compute

    command = context_of(context)
    configuration = command.load_configuration()
    with command.database() as database, database.read() as session:
        groups = compute(session, current_time(), configuration.health, owner)
    if as_json or command.as_json:
        print_json([group.to_json() for group in groups])
        return
    currency = configuration.settings.currency
    print_table(
        ("figure", *(f"{group.name} ({group.accounts})" for group in groups), "known of"),
        (
            (
                figure.label,
                *(_figure(group.figures[row], currency) for group in groups),
                f"{figure.known} of {figure.of}",
            )
            for row, figure in enumerate(groups[0].figures)
        ),
        "no accounts yet",
    )
    print_text("")
    for figure in groups[0].figures:
        print_text(fill(f"{figure.label}: {figure.means}", terminal_width() or 200, subsequent_indent="    "))


def _figure(figure: Figure, currency: str) -> str:
    if figure.value is None:
        return "unknown"
    return f"{figure.value:,.0f} {currency}" if figure.unit == "money" else f"{figure.value:.0f} %"


def _number(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.0f}"


def known_account(session: Session, key: str) -> Account:
    """Return the account with that key. Raises: UnknownKeyError."""
    from service.errors import UnknownKeyError
    from store.accounts import get_account

    account = get_account(session, key)
    if account is None:
        raise UnknownKeyError("account", key)
    return account
