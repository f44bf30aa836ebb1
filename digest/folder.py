"""Mail as files: one ``.eml`` and the ``.html`` beside it, under a name that is the same at every attempt."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

from digest.errors import DeliveryError
from digest.transport import Outcome, Point, Verdict
from store.outbox import Mail

_UNSAFE = re.compile(r"[^A-Za-z0-9@._-]+")
NAME_LIMIT = 100


@dataclass(frozen=True, slots=True)
class FolderTransport:
    """Writes mails into a folder. Writing the same mail again replaces the same files, so nothing doubles."""

    folder: Path

    def open(self) -> None:
        """Make the folder. Raises: DeliveryError."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._error(error) from error

    def hand_over(self, mail: Mail, point_of_no_return: Point) -> Outcome:
        """Write the files; the ``.eml`` comes last and is there in full or not at all. Raises: DeliveryError."""
        name = file_name(mail)
        try:
            write_whole(self.folder / f"{name}.html", mail.html.encode())
            write_whole(self.folder / f"{name}.eml", mail.raw)
        except OSError as error:
            raise self._error(error) from error
        return Outcome(verdict=Verdict.TAKEN)

    def close(self) -> None:
        """Nothing stays open."""

    def _error(self, error: OSError) -> DeliveryError:
        return DeliveryError(
            f"mail folder {self.folder}: {error.strerror or error}; all mail stays queued:"
            " free some space or make the folder writable, and deliver again"
        )


def file_name(mail: Mail) -> str:
    """Return the files' name without ending: day, recipient, kind, and a part that only this mail has."""
    who = _UNSAFE.sub("_", mail.recipient)[:NAME_LIMIT].lstrip(".")
    mark = hashlib.sha256(mail.message_id.encode()).hexdigest()[:12]
    return f"{mail.created_at:%Y-%m-%d}-{who}-{mail.kind.value}-{mark}"


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there in full or not at all, also after a power cut. Raises: OSError."""
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows cannot open folders, and keeps the rename itself
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
