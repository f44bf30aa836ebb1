"""``init``, ``check``, ``schema``: the configuration files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from config.errors import ConfigurationError
from service.context import context_of
from service.output import print_error, print_json, print_text

JsonOption = Annotated[bool, typer.Option("--json", help="Machine-readable output.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command()(init)
    app.command()(check)
    app.command()(schema)


def init(folder: Annotated[Path, typer.Argument(help="Where to write it.")] = Path("config")) -> None:
    """Write a commented starter configuration."""
    from config.starter import write_starter

    for path in write_starter(folder):
        print_text(f"wrote {path}")
    print_text(f"next: read {folder}/settings.yaml, then run 'rivalwatch --config {folder} check'")


def check(context: typer.Context, as_json: JsonOption = False) -> None:
    """Validate the whole configuration; every problem with file, line, column and remedy."""
    command = context_of(context)
    try:
        configuration = command.load_configuration()
    except ConfigurationError as error:
        if as_json or command.as_json:
            print_json({"valid": False, "problems": [_problem(problem) for problem in error.problems]})
        else:
            print_error(str(error))
            count = len(error.problems)
            print_error(f"{count} problem{'s' if count != 1 else ''} found; nothing was changed")
        raise typer.Exit(1) from None
    summary = {
        "valid": True,
        "problems": [],
        "competitors": len(configuration.competitors),
        "sources": len(configuration.sources),
        "types": len({source.type for source in configuration.sources}),
        "accounts": len(configuration.accounts),
        "subscribers": len(configuration.subscribers),
    }
    if as_json or command.as_json:
        print_json(summary)
        return
    print_text(
        "configuration is valid: {competitors} competitors, {sources} sources of {types} types, "
        "{accounts} accounts, {subscribers} subscribers".format(**summary)
    )


def _problem(problem: object) -> dict[str, object]:
    from dataclasses import asdict

    from config.errors import Problem

    assert isinstance(problem, Problem)
    return asdict(problem)


def schema() -> None:
    """Print the JSON Schema of the configuration files, for editors."""
    from config.schema import json_schema
    from crawlers.registry import catalogue

    print_json(json_schema(catalogue()))
