"""The word patterns of the rules: data under ``data/patterns``, one file a module, so that the rules stay readable."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "data" / "patterns"


@cache
def patterns(module: str) -> Mapping[str, re.Pattern[str]]:
    """Return the patterns of ``data/patterns/<module>.toml`` by name.

    In the file a pattern may be broken over lines after any ``|``; line ends are no part of it. Most are matched
    against folded text (lower case, no accents); with ``case = false`` one reads text as written, in any case.
    """
    return {name: _compiled(entry) for name, entry in _read(module).items() if "pattern" in entry}


@cache
def families(module: str, name: str) -> Mapping[str, re.Pattern[str]]:
    """Return a family of patterns of one file, such as one for each segment, in the file's order."""
    return {key: re.compile(_joined(value)) for key, value in _read(module)[name].items()}


@cache
def words(module: str, name: str) -> Mapping[str, str]:
    """Return a family as plain alternatives, for a rule that puts them into a pattern of its own."""
    return {key: _joined(value) for key, value in _read(module)[name].items()}


@cache
def _read(module: str) -> dict[str, dict[str, Any]]:
    return tomllib.loads((FOLDER / f"{module}.toml").read_text(encoding="utf-8"))


def _compiled(entry: Mapping[str, Any]) -> re.Pattern[str]:
    return re.compile(_joined(entry["pattern"]), 0 if entry.get("case", True) else re.IGNORECASE)


def _joined(text: str) -> str:
    return text.replace("\n", "")
