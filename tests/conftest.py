"""What every test may ask for: databases, a moment, the material beside the project where it exists."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import create_engine, text

from store.database import Database
from store.schema import upgrade
from tests.postgres import find_binaries, running_server

# A property says what holds, not how fast: on a busy machine a time limit would fail without a fault.
# The suite tries the same examples each time; `HYPOTHESIS_PROFILE=search` looks for others.
settings.register_profile("suite", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))

os.environ["HF_HUB_OFFLINE"] = "1"
for name in [name for name in os.environ if name.startswith("RIVALWATCH_")]:
    del os.environ[name]

NOW = datetime(2026, 11, 16, 6, 0, tzinfo=UTC)  # a Monday
SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def shared() -> Path:
    """The folder of shared material; tests that need it are an extra check where it exists."""
    if not SHARED.is_dir():
        pytest.skip("the shared material does not stand beside this checkout")
    return SHARED


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty, upgraded SQLite database of its own."""
    with Database(f"sqlite:///{tmp_path}/rivalwatch.db") as opened:
        upgrade(opened)
        yield opened


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server that lives as long as the test run."""
    binaries = find_binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL server is installed (package postgresql)")
    with running_server(binaries) as url:
        yield url


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The address of an empty PostgreSQL database of the test's own."""
    name = f"rw_{uuid.uuid4().hex[:12]}"
    engine = create_engine(
        postgres_server.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield postgres_server.rsplit("/", 1)[0] + f"/{name}"
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def any_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty, upgraded database: the test runs once on SQLite and once on PostgreSQL."""
    url = (
        f"sqlite:///{tmp_path}/any.db"
        if request.param == "sqlite"
        else request.getfixturevalue("postgres_url")
    )
    with Database(url) as opened:
        upgrade(opened)
        yield opened
