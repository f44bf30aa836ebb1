"""The demo's folder: configuration, database, mails, the week, and how to log in."""

from __future__ import annotations

import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from demo.errors import DemoFolderError

LOGIN = "demo@us.example"


@dataclass(frozen=True, slots=True)
class DemoFolder:
    """Where everything of one demo lies."""

    root: Path

    @property
    def configuration(self) -> Path:
        """The folder of YAML files."""
        return self.root / "config"

    @property
    def database_url(self) -> str:
        """The address of the database."""
        return f"sqlite:///{self.root.resolve() / 'rivalwatch.db'}"

    @property
    def mails(self) -> Path:
        """The folder that mails are written to."""
        return self.root / "mail"

    @property
    def week_file(self) -> Path:
        """The file that tells the world's week; it also marks the folder as the demo's own."""
        return self.root / "week.txt"

    def start_afresh(self) -> None:
        """Make the folder, or empty it of what an earlier demo left. Raises: DemoFolderError if it is not ours."""
        self.root.mkdir(parents=True, exist_ok=True)
        if any(self.root.iterdir()) and not self.week_file.exists():
            raise DemoFolderError(self.root)
        for name in ("config", "mail"):
            shutil.rmtree(self.root / name, ignore_errors=True)
        for path in self.root.glob("rivalwatch.db*"):
            path.unlink()
        self.week_file.touch()

    def password(self) -> str:
        """Return the demo user's password: random, made once for a folder and kept in it for its owner alone."""
        path = self.root / "login.txt"
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(f"{LOGIN} {secrets.token_urlsafe(12)}\n", encoding="utf-8")
        return path.read_text(encoding="utf-8").split()[1]

    def digests(self) -> list[Path]:
        """Return the mails that can be opened in a browser, oldest first."""
        return sorted(self.mails.glob("*.html"))
