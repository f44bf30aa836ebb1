"""Reading a CSV file as people save it: BOM or none, comma or semicolon, line breaks inside quotes."""

from __future__ import annotations

import csv
import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from accounts.errors import ImportFailedError, RowProblem

DELIMITERS = (",", ";", "\t")
BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
CELL_LIMIT = (
    1_000_000  # characters; the csv module's own 131,072 rejects long alias lists with a vague message
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvRow:
    """One record: its row number as a spreadsheet counts it, the line it starts in, its non-empty cells by column."""

    row: int
    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvFile:
    """A read file: the columns of its header and its records."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[CsvRow, ...]
    problems: tuple[RowProblem, ...]


def read_csv(path: Path) -> CsvFile:
    """Return the records of a CSV file; rows that are too long or too short are its ``problems``.

    Raises: ImportFailedError if it cannot be read as CSV at all.
    """
    text = _decode(path)
    delimiter = _delimiter(text)
    previous = csv.field_size_limit(CELL_LIMIT)
    try:
        return _parse(path.name, text, delimiter)
    except csv.Error as error:
        raise _failed(
            path, 1, f"not CSV: {error}", "check the quotes; save the file as CSV (UTF-8) again"
        ) from error
    finally:
        csv.field_size_limit(previous)


def nearest(word: str, known: Iterable[str]) -> str:
    """Return ``did you mean 'x'?`` if a known word is close, else the list of known words."""
    options = sorted(known)
    close = difflib.get_close_matches(word.lower(), options, n=1, cutoff=0.6)
    return f"did you mean '{close[0]}'?" if close else f"known are {', '.join(options)}"


def header_problems(file: CsvFile, known: Sequence[str], required: Sequence[str]) -> Iterator[RowProblem]:
    """Yield what is wrong with the header: unknown, repeated or missing columns."""
    for index, column in enumerate(file.columns):
        if column in file.columns[:index]:
            yield _at_header(column, "the column stands twice", "remove one of them")
        elif column not in known:
            shown = column or f"(number {index + 1}, without a name)"
            yield _at_header(shown, "unknown column", nearest(column, known))
    for column in required:
        if column not in file.columns:
            yield _at_header(column, "the column is missing", f"add it; known columns are {', '.join(known)}")


def _at_header(column: str, message: str, remedy: str) -> RowProblem:
    return RowProblem(row=1, line=1, column=column, message=message, remedy=remedy)


def _decode(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _failed(path, 1, f"cannot be read: {error.strerror}", "check the path") from error
    encoding = next((name for bom, name in BOMS.items() if data.startswith(bom)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise _failed(
            path,
            line,
            f"not {encoding} text (byte 0x{data[error.start]:02x})",
            "save the file as 'CSV UTF-8'",
        ) from error
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise _failed(
            path, line, "holds a NUL character", "save the file as 'CSV UTF-8', not as a spreadsheet"
        )
    if not text.strip():
        raise _failed(
            path, 1, "the file is empty", "the first row must name the columns, such as key,name,tier"
        )
    return text


def _failed(path: Path, line: int, message: str, remedy: str) -> ImportFailedError:
    return ImportFailedError(
        path.name, [RowProblem(row=line, line=line, column=None, message=message, remedy=remedy)]
    )


def _delimiter(text: str) -> str:
    # The header alone decides: cells further down may hold any of the three inside lists and sentences.
    header = next(line for line in text.splitlines() if line.strip())
    return max(DELIMITERS, key=header.count)


def _parse(name: str, text: str, delimiter: str) -> CsvFile:
    records = _records(text, delimiter)
    _, _, header = next(records)
    columns = tuple(cell.strip().lower() for cell in header)
    rows: list[CsvRow] = []
    problems: list[RowProblem] = []
    for number, line, cells in records:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(columns):
            problems.append(
                RowProblem(
                    row=number,
                    line=line,
                    column=None,
                    message=f"{len(cells)} cells where the header has {len(columns)}",
                    remedy="put cells that hold the delimiter or a line break in double quotes",
                )
            )
            continue
        filled = {
            column: cell.strip()
            for column, cell in zip(columns, cells, strict=True)
            if cell.strip() and column
        }
        rows.append(CsvRow(row=number, line=line, cells=filled))
    return CsvFile(name=name, columns=columns, rows=tuple(rows), problems=tuple(problems))


def _records(text: str, delimiter: str) -> Iterator[tuple[int, int, list[str]]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    started = 1
    number = 0
    for cells in reader:
        if cells or number:
            number += 1
            yield number, started, cells
        started = reader.line_num + 1
