"""``evaluate``: the quality figures on labelled data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Protocol

import typer

from config.errors import InputError
from service.commands.classify import settings_or_defaults
from service.context import context_of, require_file
from service.output import print_json, print_text

if TYPE_CHECKING:
    from store.records import JsonObject

app = typer.Typer(help="Quality figures on labelled data.", no_args_is_help=True)

JsonOption = Annotated[bool, typer.Option("--json", help="Machine-readable output.")]


class Report(Protocol):
    """What every evaluation gives."""

    def to_json(self) -> JsonObject:
        """Return the figures."""
        ...

    def to_text(self) -> str:
        """Return the figures as lines for people."""
        ...


@app.command("signals")
def signals(context: typer.Context, file: Path, as_json: JsonOption = False) -> None:
    """Categories on rows with text and label: accuracy, macro-F1, per label, coverage."""
    from classify.classifier import load_classifier
    from classify.measuring.evaluate import evaluate_signals
    from classify.model.head import own_folder

    require_file(file)
    own = own_folder(context_of(context).environment.data_folder)
    classifier = load_classifier(settings_or_defaults(context).classify, own)
    _tell(context, evaluate_signals(file, classifier), as_json)


@app.command("pairs")
def pairs(context: typer.Context, folder: Path, as_json: JsonOption = False) -> None:
    """Change detection on page pairs: false alarms, recall, precision of text, facts."""
    from extract.measuring.evaluate import evaluate_pairs

    _tell(context, evaluate_pairs(_folder(folder)), as_json)


@app.command("facts")
def facts(context: typer.Context, file: Path, as_json: JsonOption = False) -> None:
    """Facts read from texts: how many rows of each kind are exact."""
    from classify.measuring.evaluate_facts import evaluate_facts
    from classify.tagger.tagger import load_tagger

    require_file(file)
    _tell(context, evaluate_facts(file, load_tagger()), as_json)


@app.command("links")
def links(context: typer.Context, folder: Path, as_json: JsonOption = False) -> None:
    """Links between signals and accounts: precision and recall, also of reasons."""
    from linking.evaluate import evaluate_links

    _tell(context, evaluate_links(_folder(folder), settings_or_defaults(context).linking), as_json)


def _tell(context: typer.Context, report: Report, as_json: bool) -> None:
    if as_json or context_of(context).as_json:
        print_json(report.to_json())
    else:
        print_text(report.to_text())


def _folder(path: Path) -> Path:
    if not path.is_dir():
        raise InputError(f"{path}: no such folder; check the path")
    return path
