"""Labelled rows: read from JSON Lines, checked, with a digest that ties an artefact to them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from classify.errors import TrainingDataError
from store.kinds import Category

DATA = Path(__file__).parent / "data"
FROZEN = Path(__file__).parent / "frozen"  # Splits that are never trained on.
LESSON = "lesson"  # Origin of a row that people's feedback made.


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledRow:
    """A text with its category, the primary one first. ``origin`` is the file it came from, or `LESSON`."""

    text: str
    labels: tuple[Category, ...]
    origin: str

    @property
    def label(self) -> Category:
        """The primary category."""
        return self.labels[0]


class _Line(BaseModel):
    model_config = ConfigDict(extra="ignore")

    text: str = Field(min_length=1)
    title: str | None = None
    label: Category
    labels: tuple[Category, ...] = ()


def joined(title: str | None, text: str) -> str:
    """Return title and text as one, the way training and use both see it."""
    title = (title or "").strip()
    text = text.strip()
    if not title or text.startswith(title):
        return text
    return f"{title}{'' if title[-1] in '.!?:' else '.'} {text}".strip()


def read_rows(path: Path) -> list[LabelledRow]:
    """Return the rows of one JSON Lines file. Raises: TrainingDataError."""
    return [_row(path, number, line) for number, line in numbered_lines(path)]


def numbered_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines of a text file that hold something, each with its number. Raises: TrainingDataError."""
    number = 0
    try:
        with path.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield number, line
    except UnicodeDecodeError as error:
        raise TrainingDataError(
            str(path), number + 1, f"not written in UTF-8 ({error.reason}); save the file in that encoding"
        ) from None


def first_mistake(error: ValidationError) -> str:
    """Return which field of a row is wrong first, and why: "label: field required"."""
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"]) or "line"
    return f"{place}: {first['msg'].lower()}"


def _row(path: Path, number: int, line: str) -> LabelledRow:
    try:
        parsed = _Line.model_validate_json(line)
    except ValidationError as error:
        raise TrainingDataError(str(path), number, first_mistake(error)) from None
    others = tuple(label for label in parsed.labels if label is not parsed.label)
    return LabelledRow(
        text=joined(parsed.title, parsed.text), labels=(parsed.label, *others), origin=path.name
    )


def training_files(folder: Path = DATA) -> list[Path]:
    """Return the training files by name."""
    return sorted(folder.glob("*.jsonl"))


def training_rows(folder: Path = DATA) -> list[LabelledRow]:
    """Return all training rows, a repeated text once. Raises: TrainingDataError."""
    return list(_distinct(row for path in training_files(folder) for row in read_rows(path)))


def _distinct(rows: Iterator[LabelledRow]) -> Iterator[LabelledRow]:
    seen: set[str] = set()
    for row in rows:
        key = " ".join(row.text.lower().split())
        if key not in seen:
            seen.add(key)
            yield row


def rows_digest(rows: Sequence[LabelledRow]) -> str:
    """Return the sha-256 of texts and labels in order, as hex."""
    digest = hashlib.sha256()
    for row in rows:
        digest.update(json.dumps([row.text, row.labels], ensure_ascii=False).encode())
        digest.update(b"\n")
    return digest.hexdigest()


def file_digests(rows: Sequence[LabelledRow]) -> dict[str, str]:
    """Return the digest of each file's rows, by its name."""
    by_file: dict[str, list[LabelledRow]] = {}
    for row in rows:
        by_file.setdefault(row.origin, []).append(row)
    return {name: rows_digest(own) for name, own in sorted(by_file.items())}
