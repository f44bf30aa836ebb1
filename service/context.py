"""What each command gets: the global options, and the things opened with them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from service.environment import Environment

if TYPE_CHECKING:
    from config.configuration import Configuration
    from service.pipeline import Pipeline
    from store.database import Database

LONGEST_NAME = 200  # characters of a path in a message


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandContext:
    """The global options of one call."""

    environment: Environment
    as_json: bool
    verbosity: int

    def load_configuration(self) -> Configuration:
        """Return the checked configuration. Raises: ConfigurationError."""
        from config.load import load_configuration
        from crawlers.registry import catalogue

        return load_configuration(self.environment.config_folder, catalogue())

    @contextmanager
    def database(self) -> Iterator[Database]:
        """Open the database at its current schema (made on first use). Raises: StoreError."""
        from store.database import Database
        from store.schema import upgrade

        with Database(self.environment.database_url) as database:
            upgrade(database)
            yield database

    @contextmanager
    def pipeline(self) -> Iterator[Pipeline]:
        """Open configuration and database, synchronised, ready to run stages."""
        from service.pipeline import Pipeline

        configuration = self.load_configuration()
        with self.database() as database:
            pipeline = Pipeline(database, configuration, self.environment)
            pipeline.synchronise(current_time())
            yield pipeline


def context_of(context: typer.Context) -> CommandContext:
    """Return what the main callback stored."""
    found = context.find_object(CommandContext)
    assert found is not None
    return found


def current_time() -> datetime:
    """Return the present moment; only the edge of the program asks the clock."""
    return datetime.now(UTC)


def parse_since(text: str | None, now: datetime) -> datetime:
    """Return the moment that ``--since`` means: a date, a moment, or a duration ago; all of time when absent.

    Raises: typer.BadParameter.
    """
    from config.durations import parse_duration

    if text is None:
        return datetime(1970, 1, 1, tzinfo=UTC)
    try:
        moment = datetime.fromisoformat(text)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    except ValueError:
        pass
    try:
        return now - parse_duration(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a date (2026-11-16) nor a duration (7d)") from None


def require_file(path: Path, remedy: str = "check the path") -> Path:
    """Return the path if it is a readable file. Raises: InputError that ends with the ``remedy``."""
    from config.errors import InputError

    try:
        if path.is_dir():
            raise InputError(f"{path}: a folder, not a file; {remedy}")
        if path.is_file():
            return path
    except (OSError, ValueError):  # A name that no file can have: too long, or with a zero byte.
        pass
    name = str(path) if len(str(path)) <= LONGEST_NAME else f"{str(path)[:LONGEST_NAME]}…"
    raise InputError(f"{name}: no such file; {remedy}")
