"""The error tree of Rivalwatch.

RivalwatchError
├── InputError          the user's input is wrong (exit status 1); says where and what to do
│   └── ConfigurationError   one or more problems in the configuration files
└── OperationError      something failed although the input was right (exit status 3)

Each stage adds its own classes in its ``errors.py`` below one of the two branches.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class RivalwatchError(Exception):
    """Root of every error that Rivalwatch raises on purpose."""


class InputError(RivalwatchError):
    """The user's input is wrong; the message names the place and the remedy."""


class OperationError(RivalwatchError):
    """Something failed although the input was right; the message names the thing and the remedy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One mistake in a configuration file: where it is, what was found, what would be right."""

    file: str
    line: int
    column: int
    message: str
    found: str | None = None
    remedy: str | None = None

    def __str__(self) -> str:
        tail = f"; {self.remedy}" if self.remedy else ""
        return f"{self.file}:{self.line}:{self.column}: {self.message}{tail}"


class ConfigurationError(InputError):
    """The configuration has problems; all of them were found in one pass."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
