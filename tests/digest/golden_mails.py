"""The golden mails: what three readers get. Renewed by ``python -m tests.digest.golden_mails --write``."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from config.settings import Settings
from digest.preview import preview
from digest.render import RenderedMail
from store.database import Database
from store.schema import upgrade
from store.subscribers import Subscriber
from tests.digest import worlds
from tests.digest.seed import World

FOLDER = Path(__file__).parent / "golden"
NOW = datetime(2026, 11, 16, 6, 0, tzinfo=UTC)
READERS: dict[str, Callable[[World], Subscriber]] = {
    "rich": worlds.rich,
    "empty": worlds.empty,
    "hostile": worlds.hostile,
}


def golden_settings() -> Settings:
    return Settings.model_validate({"company": "Us Ltd", "web": {"base_url": "https://watch.us.example"}})


def render(name: str, folder: Path) -> RenderedMail:
    """Return the mail of that reader, made in a database of its own."""
    with Database(f"sqlite:///{folder}/{name}.db") as database:
        upgrade(database)
        with database.write() as session:
            reader = READERS[name](World(session, NOW))
            return preview(session, reader.key, "2026-W47", golden_settings())


def files(name: str, mail: RenderedMail) -> dict[Path, str]:
    """Return what stands in the folder for that reader."""
    return {
        FOLDER / f"{name}.html": mail.html,
        FOLDER / f"{name}.txt": f"Subject: {mail.subject}\n\n{mail.text}",
    }


def write() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name in READERS:
            for path, text in files(name, render(name, Path(folder))).items():
                path.write_text(text, encoding="utf-8")


if __name__ == "__main__" and sys.argv[1:] == ["--write"]:
    write()
