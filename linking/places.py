"""Places in texts: country names, other names, demonyms, cities and groups, as ISO 3166 country codes."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel import Locale

DATA = Path(__file__).parent / "data" / "places.toml"
CASED = re.compile(r"^[A-Z][A-Z.&-]+\d*$")
#: Country names that are common words or first names in English; they count only in a longer name.
AMBIGUOUS = {
    "Jersey",
    "Man",
    "Chad",
    "Jordan",
    "Georgia",
    "Guinea",
    "Mali",
    "Niger",
    "Togo",
    "Cuba",
    "Perth",
    "Cork",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place named in a sentence, by its range there."""

    start: int
    end: int
    name: str
    codes: frozenset[str]
    demonym: bool


@cache
def _table() -> tuple[dict[str, tuple[frozenset[str], bool]], re.Pattern[str]]:
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    table: dict[str, tuple[frozenset[str], bool]] = {}
    for code, name in Locale("en").territories.items():
        if len(code) == 2 and code.isalpha() and code not in {"EU", "EZ", "UN", "ZZ", "QO"}:
            table[name] = (frozenset({code}), False)
    kinds = ("cities", "more_cities", "names", "more_names", "demonyms", "more_demonyms")
    for kind in kinds:
        for code, names in data[kind].items():
            for name in names:
                table[name] = (frozenset({code}), kind.endswith("demonyms"))
    for group in data["groups"]:
        codes = frozenset(group["codes"].split())
        for name in group["names"]:
            table[name] = (
                codes,
                name.endswith(("an", "ean", "ic", "ian", "speaking"))
                and not name.endswith(("ASEAN", "Pacific")),
            )
    for name in AMBIGUOUS - {"Cork", "Perth", "Jordan"}:
        table.pop(name, None)
    alternatives = "|".join(re.escape(name) for name in sorted(table, key=len, reverse=True))
    return table, re.compile(rf"(?<![\w.])(?:{alternatives})(?!\w)")


def find_places(sentence: str) -> list[Place]:
    """Return the places a sentence names, in order. Names are matched with their capitals."""
    table, pattern = _table()
    found = []
    for match in pattern.finditer(sentence):
        codes, demonym = table[match.group()]
        found.append(
            Place(start=match.start(), end=match.end(), name=match.group(), codes=codes, demonym=demonym)
        )
    return found
