"""YAML files to values, as far as they are data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import count
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

#: Longer files are read as text: the parser is in Python and takes seconds for each megabyte.
YAML_CHARACTERS = 200_000
#: Values of one file, with what its aliases stand for; a few of them inside one another can stand for millions.
VALUES = 100_000


def is_yaml(text: str) -> bool:
    """Return whether a text is one YAML document with a record or a list at its top."""
    return isinstance(yaml_value(text), dict | list)


@lru_cache(maxsize=1)
def yaml_value(text: str) -> Any:
    """Return the value of a YAML document, days written as in ISO 8601; None if it is none, or is too large."""
    if len(text) > YAML_CHARACTERS:
        return None
    try:
        return _plain(YAML(typ="safe", pure=True).load(text), count())
    except (YAMLError, ValueError, RecursionError):
        return None


def _plain(value: Any, numbers: Iterator[int]) -> Any:
    if next(numbers) > VALUES:
        raise ValueError("aliases stand for too many values")
    if isinstance(value, dict):
        return {str(key): _plain(inner, numbers) for key, inner in value.items()}
    if isinstance(value, list | tuple | set):
        return [_plain(inner, numbers) for inner in value]
    return value.isoformat() if isinstance(value, date) else value
