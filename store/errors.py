"""What the store raises: failures to record stop the run (exit status 3)."""

from __future__ import annotations

from config.errors import OperationError


class StoreError(OperationError):
    """The database cannot be reached, is locked, full or of another version; the message says what to do."""


class BlobMissingError(StoreError):
    """A snapshot's bytes are not in the store (pruned, or a damaged backup)."""

    def __init__(self, sha256: str) -> None:
        self.sha256 = sha256
        super().__init__(
            f"no stored bytes for {sha256[:12]}…; they were pruned or the database is incomplete"
        )
