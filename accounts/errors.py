"""What bringing accounts in raises.

InputError
├── ImportFailedError    a CSV file of accounts or metrics has mistakes; nothing of it was written
├── PushRefusedError     pushed metrics have mistakes; nothing of them was written
└── NoSuchConnectionError   a connection is not configured
OperationError
└── ConnectionFailedError   a connected system could not be read or written; `reason` tells what can be done about it
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from config.errors import InputError, OperationError

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


class PushRefusedError(InputError):
    """Pushed metrics have mistakes; all of them were found in one pass, and nothing was written."""

    def __init__(self, problems: Sequence[RowProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems[:SHOWN]))


class NoSuchConnectionError(InputError):
    """The key names no connection in ``connections.yaml``."""

    def __init__(self, key: str, known: Sequence[str]) -> None:
        self.key = key
        listed = f"known are {', '.join(known)}" if known else "there is none in connections.yaml"
        super().__init__(f"no connection '{key}'; {listed}")


class Trouble(StrEnum):
    """Why a connected system could not be read, by what can be done about it."""

    CREDENTIALS = "credentials"
    LIMIT = "limit"
    UNREACHABLE = "unreachable"
    BROKEN_ANSWER = "broken answer"
    REFUSED = "refused"
    NO_CLIENT = "client not installed"


#: Troubles that may pass by themselves within a minute.
PASSING = frozenset({Trouble.LIMIT, Trouble.UNREACHABLE})


class ConnectionFailedError(OperationError):
    """A connected system could not be read or written. ``retry_after`` are the seconds it asked us to wait."""

    def __init__(
        self, connection: str, reason: Trouble, detail: str, retry_after: float | None = None
    ) -> None:
        self.connection, self.reason, self.retry_after = connection, reason, retry_after
        super().__init__(f"connection '{connection}': {detail}")
