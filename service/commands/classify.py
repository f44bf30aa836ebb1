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
    from classify.signals import TextSignal
    from classify.text_input import TextInput
    from config.settings import Settings

BATCH = 256
_REMEDY = "check the path, or give a text itself with --text"


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(classify)


def classify(
    context: typer.Context,
    file: Annotated[
        str,
        typer.Argument(
            help="JSON Lines file with id and text (and title, page_type, rival if known), or - for standard input."
        ),
    ] = "-",
    text: Annotated[
        list[str] | None, typer.Option("--text", help="A text itself instead of a file; may be repeated.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable output.")] = False,
) -> None:
    """Say what texts mean: category, confidence, impact, headline, facts."""
    from classify.classifier import load_classifier
    from classify.model.head import own_folder

    command = context_of(context)
    rows = _given(text) if text else read_rows(file)
    batch = list(islice(rows, BATCH))  # A mistake in it is told before the model is loaded.
    if not batch:
        return
    own = own_folder(command.environment.data_folder)
    classifier = load_classifier(settings_or_defaults(context).classify, own)
    while batch:
        results = classifier.classify(batch)
        if as_json or command.as_json:
            print_json_lines(result.to_json() for result in results)
        else:
            for result in results:
                print_text(_line(result))
        batch = list(islice(rows, BATCH))


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


def _given(texts: Iterable[str]) -> Iterator[TextInput]:
    from classify.text_input import TextInput

    return (TextInput(id=number, text=text) for number, text in enumerate(texts, start=1))


def read_rows(file: str) -> Iterator[TextInput]:
    """Give the texts of JSON Lines, one at a time. Raises: InputError naming the line."""
    if file == "-":
        yield from _parse("standard input", sys.stdin)
        return
    with require_file(Path(file), remedy=_REMEDY).open(encoding="utf-8-sig", errors="replace") as lines:
        yield from _parse(file, lines)


def _parse(name: str, lines: Iterable[str]) -> Iterator[TextInput]:
    from pydantic import ValidationError

    from classify.text_input import TextInput

    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield TextInput.model_validate(_object(line))
        except ValidationError as error:
            first = error.errors()[0]
            reason = f"{first['loc'][0]}: {first['msg'].lower()}"
        except ValueError as error:
            reason = str(error)
        else:
            continue
        raise InputError(f'{name}:{number}: {reason}; write one JSON object a line with "id" and "text"')


def _object(line: str) -> object:
    """Return the JSON object of a line. Raises: ValueError."""
    try:
        found = json.loads(line)
    except RecursionError:
        raise ValueError("too deeply nested") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"no JSON, {error.msg.lower()} at column {error.colno}") from None
    if not isinstance(found, dict):
        raise ValueError(f"found {line.strip()[:40]} where an object is wanted")
    return found
