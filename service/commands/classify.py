"""``classify``: signals for texts, JSON Lines in and out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from config.errors import InputError
from service.context import context_of, require_file
from service.output import print_json_lines, print_text

if TYPE_CHECKING:
    from classify.classifier import TextInput
    from classify.signals import TextSignal
    from config.settings import Settings

BATCH = 256


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(classify)


def classify(
    context: typer.Context,
    file: Annotated[
        str, typer.Argument(help="JSON Lines file with id and text, or - for standard input.")
    ] = "-",
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable output.")] = False,
) -> None:
    """Say what texts mean: category, confidence, impact, headline, facts."""
    from classify.classifier import load_classifier
    from classify.model.head import own_folder

    command = context_of(context)
    rows = iter(read_rows(file))
    own = own_folder(command.environment.data_folder)
    classifier = load_classifier(settings_or_defaults(context).classify, own)
    while batch := list(islice(rows, BATCH)):
        results = classifier.classify(batch)
        if as_json or command.as_json:
            print_json_lines(result.to_json() for result in results)
        else:
            for result in results:
                print_text(_line(result))


def _line(result: TextSignal) -> str:
    doubt = ", held" if result.held else ", not certain" if result.review else ""
    return f"{result.id}\t{result.category.value}\t{result.confidence:.2f}{doubt}\t{result.headline}"


def settings_or_defaults(context: typer.Context) -> Settings:
    """Return the configured settings where there is a settings file, else the defaults."""
    from config.settings import Settings

    command = context_of(context)
    if not (command.environment.config_folder / "settings.yaml").is_file():
        return Settings()
    return command.load_configuration().settings


def read_rows(file: str) -> Iterator[TextInput]:
    """Give the texts of JSON Lines, one at a time. Raises: InputError naming the line."""
    if file == "-":
        yield from _parse("standard input", sys.stdin)
        return
    with require_file(Path(file)).open(encoding="utf-8", errors="replace") as lines:
        yield from _parse(file, lines)


def _parse(name: str, lines: Iterable[str]) -> Iterator[TextInput]:
    from pydantic import ValidationError

    from classify.classifier import TextInput

    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield TextInput.model_validate(json.loads(line))
        except (ValueError, ValidationError) as error:
            reason = str(error).splitlines()[0]
            raise InputError(
                f'{name}:{number}: {reason}; write one JSON object a line with "id" and "text"'
            ) from None
