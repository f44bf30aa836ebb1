"""What can go wrong with the demo itself.

DemoFolderError (wrong input)   the folder holds something else
WorldNotStartedError            the world's server did not come up
"""

from __future__ import annotations

from pathlib import Path

from config.errors import InputError, OperationError


class DemoFolderError(InputError):
    """The folder is not one that the demo made, so nothing in it is touched."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(f"{folder} holds other files; name an empty or new folder with --folder")


class WorldNotStartedError(OperationError):
    """The server of the world did not start."""

    def __init__(self, port: int, detail: str) -> None:
        self.port = port
        super().__init__(
            f"the demo world could not be served on port {port} ({detail}); choose another with --world-port"
        )
