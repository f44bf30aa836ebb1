"""What bringing accounts in raises.

InputError
└── ImportFailedError    a CSV file of accounts or metrics has mistakes; nothing of it was written
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from config.errors import InputError

SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class RowProblem:
    """One mistake in a CSV file. Row 1 is the header; ``line`` differs from it where cells hold line breaks."""

    row: int
    line: int
    column: str | None
    message: str
    remedy: str

    def __str__(self) -> str:
        place = f"row {self.row}" if self.row == self.line else f"row {self.row} (line {self.line})"
        where = f"{place}, column '{self.column}'" if self.column else place
        return f"{where}: {self.message}; {self.remedy}"


class ImportFailedError(InputError):
    """A CSV file has mistakes; all of them were found in one pass, and nothing was written."""

    def __init__(self, file: str, problems: Sequence[RowProblem]) -> None:
        self.file = file
        self.problems = tuple(problems)
        lines = [f"{file}: {problem}" for problem in self.problems[:SHOWN]]
        if len(self.problems) > SHOWN:
            lines.append(f"{file}: and {len(self.problems) - SHOWN} more; mend these first")
        lines.append(f"{file}: nothing was imported")
        super().__init__("\n".join(lines))
