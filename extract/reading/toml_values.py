"""TOML files to values, as far as they are data."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

#: Longer files are read as text.
TOML_CHARACTERS = 1_000_000


@lru_cache(maxsize=1)
def toml_value(text: str) -> Any:
    """Return the value of a TOML document, days written as in ISO 8601; None if it is none, or is too large."""
    if len(text) > TOML_CHARACTERS:
        return None
    try:
        return _plain(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, RecursionError):
        return None


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date | datetime | time) else value
