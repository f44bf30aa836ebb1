"""What differs between two versions of ``health.yaml``, in a few words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from store.records import JsonObject

SHOWN = 6


def changed_keys(before: JsonObject, after: JsonObject) -> list[str]:
    """Return what changed, such as ``parts.risk.weight 20 → 25``; at most `SHOWN`, then how many more."""
    old, new = dict(_leaves(before)), dict(_leaves(after))
    names = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    shown = [_words(name, old.get(name), new.get(name)) for name in names[:SHOWN]]
    return [*shown, f"{len(names) - SHOWN} more"] if len(names) > SHOWN else shown


def _words(name: str, old: object, new: object) -> str:
    if old is None:
        return f"{name} added"
    if new is None:
        return f"{name} gone"
    if isinstance(old, str) and len(old) + len(str(new)) > 60:
        return f"{name} reworded"
    return f"{name} {old} → {new}"


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, object]]:
    """Yield path and value of everything that is not None; list items are named by their name, code or metric."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(item, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            name = (
                next((item[k] for k in ("name", "code", "metric") if k in item), number)
                if isinstance(item, dict)
                else number
            )
            yield from _leaves(item, f"{path}.{name}")
    elif value is not None:
        yield path, value
