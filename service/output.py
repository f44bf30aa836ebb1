"""What the command prints: results on stdout (text or JSON), messages on stderr."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.markup import escape
from rich.table import Table

stderr = Console(stderr=True, highlight=False, soft_wrap=True)
# A pipe has no width; 80 columns would fold keys and addresses that a script looks for.
stdout = Console(highlight=False, width=None if sys.stdout.isatty() else 200)
LONGEST_WORD = 28  # columns; a longer word may be broken, so that the other columns have room
_NUMBER = re.compile(r"[+\-]?\d[\d.,]*( ?%)?|unknown|-?")


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


def terminal_width() -> int | None:
    """Return how many columns the person sees; None where nobody looks, as in a pipe or a file."""
    return stdout.width if sys.stdout.isatty() else None


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]], empty: str) -> None:
    """Print rows as a table that fits the terminal, or the sentence for none. Words stay whole where they can."""
    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    if not cells:
        print_text(empty)
        return
    texts = [[row[place] for row in cells] for place in range(len(columns))]
    widths, gap = _widths([[name, *found] for name, found in zip(columns, texts, strict=True)], stdout.width)
    table = Table(
        box=None, header_style="bold", pad_edge=False, collapse_padding=True, padding=(0, gap, 0, 0)
    )
    for name, found, width in zip(columns, texts, widths, strict=True):
        numbers = all(map(_NUMBER.fullmatch, found))
        table.add_column(name, overflow="fold", width=width, justify="right" if numbers else "left")
    for row in cells:
        table.add_row(*map(escape, row))
    stdout.print(table)


def _widths(columns: Sequence[Sequence[str]], room: int) -> tuple[list[int], int]:
    """Return how wide each column may be, its name first among its texts, and the gap between two columns."""
    least = [max(map(_longest_word, column)) for column in columns]
    whole = [max(word, *map(cell_len, column[1:])) for word, column in zip(least, columns, strict=True)]
    gap = 2 if sum(least) + 2 * len(least) <= room else 1
    left = room - gap * (len(least) - 1) - sum(least)
    if left < 0:  # only the last column may lose more than its words
        least[-1] = max(least[-1] + left, 1)
        return least, gap
    # Keys, then short columns are served first: a line saved there is saved in every row.
    for place in sorted(range(len(least)), key=lambda place: (place > 0, whole[place])):
        more = min(whole[place] - least[place], left)
        least[place], left = least[place] + more, left - more
    return least, gap


def _longest_word(text: str) -> int:
    return min(max(map(cell_len, text.split()), default=0), LONGEST_WORD)


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
