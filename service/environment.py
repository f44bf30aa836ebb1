"""What the process environment says; nothing else in Rivalwatch reads it (besides `config/`)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """Places and secrets. ``database_url`` is SQLite in the data folder unless given.

    ``broker`` is the queue of the scaled-out set-up, None: all in one process. ``secrets`` are all variables that
    begin with RIVALWATCH_, by name: source types name the one with their key.
    """

    config_folder: Path
    data_folder: Path
    database_url: str
    smtp_password: str | None
    broker: str | None
    secrets: Mapping[str, str]


def read_environment(
    config: Path | None = None, database: str | None = None, variables: Mapping[str, str] | None = None
) -> Environment:
    """Return the places and secrets; arguments go before variables, variables before defaults.

    Variables: RIVALWATCH_CONFIG, RIVALWATCH_DB, RIVALWATCH_DATA, RIVALWATCH_SMTP_PASSWORD, RIVALWATCH_BROKER, and those
    that source types name for their keys.
    """
    values = os.environ if variables is None else variables
    data = Path(values.get("RIVALWATCH_DATA", "data"))
    return Environment(
        config_folder=config or Path(values.get("RIVALWATCH_CONFIG", "config")),
        data_folder=data,
        database_url=database or values.get("RIVALWATCH_DB") or f"sqlite:///{data / 'rivalwatch.db'}",
        smtp_password=values.get("RIVALWATCH_SMTP_PASSWORD"),
        broker=values.get("RIVALWATCH_BROKER"),
        secrets={name: value for name, value in values.items() if name.startswith("RIVALWATCH_") and value},
    )
