"""What the command prints: results on stdout (text or JSON), messages on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

stderr = Console(stderr=True, highlight=False, soft_wrap=True)
# A pipe has no width; 80 columns would fold keys and addresses that a script looks for.
stdout = Console(highlight=False, width=None if sys.stdout.isatty() else 200)


def print_json(value: Any) -> None:
    """Print one JSON value, indented, keys in the order they were made."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


def print_json_lines(values: Iterable[Any]) -> None:
    """Print one JSON value a line."""
    for value in values:
        sys.stdout.write(json.dumps(value, ensure_ascii=False, default=str) + "\n")


def print_text(text: str) -> None:
    """Print text as it stands: no markup is read from it, because it may hold rivals' words."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]], empty: str) -> None:
    """Print rows as a table that fits the terminal, or the sentence for none."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    count = 0
    for row in rows:
        table.add_row(*(escape("" if cell is None else str(cell)) for cell in row))
        count += 1
    if count:
        stdout.print(table)
    else:
        print_text(empty)


def print_error(text: str) -> None:
    """Print an error message on stderr, each line as it stands."""
    sys.stderr.write("".join(f"error: {line}\n" for line in text.splitlines() or [""]))


def print_note(text: str) -> None:
    """Print a remark for the person on stderr."""
    sys.stderr.write(text + "\n")


@contextmanager
def progress_to(what: str) -> Iterator[Callable[[int, int], None]]:
    """Give a function that takes how much is done and of how much; shown as a bar on a terminal only."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=stderr, transient=True, disable=not stderr.is_terminal) as progress:
        task = progress.add_task("", total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
