"""What `extract` raises.

RivalwatchError
├── InputError
│   └── PairsFolderError     a folder of labelled pairs is missing or holds none
└── OperationError
    └── UnreadableError      the bytes are no page that can be read
"""

from __future__ import annotations

from config.errors import InputError, OperationError


class UnreadableError(OperationError):
    """The bytes are of a kind that cannot be read, or are damaged. ``reason`` says which."""

    def __init__(self, url: str, reason: str) -> None:
        self.url = url
        self.reason = reason
        super().__init__(f"{url}: cannot be read: {reason}; look at what the address serves")


class PairsFolderError(InputError):
    """A folder of labelled pairs cannot be used."""

    def __init__(self, folder: str, reason: str) -> None:
        self.folder = folder
        self.reason = reason
        super().__init__(
            f"{folder}: {reason}; give a folder whose subfolders hold before.*, after.* and expected.json"
        )
