"""What classify raises.

OperationError
└── ModelError         the sentence model or the trained head cannot be used; the message says what to do
    └── OutdatedHeadError  the trained head was made by another version of Rivalwatch
InputError
└── TrainingDataError  a row of training or test data cannot be read; names file and line
"""

from __future__ import annotations

from config.errors import InputError, OperationError


class ModelError(OperationError):
    """The sentence model or the trained head is missing, damaged, or does not fit the other."""


class OutdatedHeadError(ModelError):
    """The trained head has other cues or categories than this version of Rivalwatch."""


class TrainingDataError(InputError):
    """A labelled row cannot be read."""

    def __init__(self, path: str, line: int, message: str) -> None:
        self.path = path
        self.line = line
        super().__init__(f"{path}:{line}: {message}")
