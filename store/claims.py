"""Whose word counts: what files and connected systems say of one account, brought to one account.

For each field the first that fills it counts: connections that ``wins`` names it for, then ``accounts.yaml``, then
imported CSV, then the other connections in their order. Whole fields are taken, lists are not merged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from store.records import JsonObject

YAML = "yaml"
CSV = "csv"
FILES = (YAML, CSV)
RULE = "rule"
DEFAULT = "default"

FIELDS = (
    "name",
    "aliases",
    "domain",
    "tier",
    "owner",
    "industry",
    "segment",
    "regions",
    "uses",
    "rivals_present",
    "rival_standings",
    "stakeholders",
    "renewal",
    "arr",
)
_LISTS = frozenset({"aliases", "regions", "uses", "rivals_present", "stakeholders"})
_DEFAULT_TIER = "growth"


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A connection that may speak for accounts, and the fields in which it goes before the files."""

    key: str
    wins: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one origin says of one account: only the fields that it fills, as plain JSON values."""

    account_key: str
    fields: JsonObject


def resolve(said: Mapping[str, JsonObject], voices: Sequence[Voice]) -> tuple[JsonObject, dict[str, str]]:
    """Return the account's fields as table values, and whose word each is. Fields nobody fills have no origin."""
    values: JsonObject = {}
    origins: dict[str, str] = {}
    for field in FIELDS:
        origin = next((o for o in _order(field, voices) if said.get(o, {}).get(field)), None)
        found = said[origin][field] if origin else None
        values[field] = _value(field, found)
        if origin:
            origins[field] = origin
    # Who is the incumbent is part of the same word as who is present.
    standings = said.get(origins.get("rivals_present", ""), {}).get("rival_standings") or {}
    values["rival_standings"] = dict(standings)
    origins.pop("rival_standings", None)
    return values, origins


def _order(field: str, voices: Sequence[Voice]) -> Iterator[str]:
    yield from (voice.key for voice in voices if field in voice.wins)
    yield from FILES
    yield from (voice.key for voice in voices if field not in voice.wins)


def _value(field: str, found: object) -> object:
    if field in _LISTS:
        return list(found) if isinstance(found, list) else []
    if field == "renewal":
        return date.fromisoformat(str(found)) if found else None
    if field == "arr":
        return Decimal(str(found)) if found else None
    if field == "owner":
        return str(found).lower() if found else None
    if field == "tier":
        return found or _DEFAULT_TIER
    return found
