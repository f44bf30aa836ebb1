"""What every test may ask for: a database (SQLite, and PostgreSQL where a server can run), moments, files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from store.database import Database
from store.schema import upgrade

os.environ["HF_HUB_OFFLINE"] = "1"
for name in [name for name in os.environ if name.startswith("RIVALWATCH_")]:
    del os.environ[name]

NOW = datetime(2026, 11, 16, 6, 0, tzinfo=UTC)  # a Monday


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty, upgraded SQLite database of its own."""
    with Database(f"sqlite:///{tmp_path}/rivalwatch.db") as opened:
        upgrade(opened)
        yield opened
