"""schema.org items from a page's JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from lxml import etree

ITEMS = 500
DEPTH = 12


def read_structured(root: etree._Element) -> tuple[dict[str, object], ...]:
    """Return every JSON-LD object of the page, nested ones too; broken scripts are left out."""
    found: list[dict[str, object]] = []
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "") and script.text:
            found.extend(_objects(_load(script.text), 0))
    return tuple(found[:ITEMS])


def items_of(items: Iterable[dict[str, object]], kinds: tuple[str, ...]) -> Iterator[dict[str, object]]:
    """Yield the items whose ``@type`` is one of ``kinds``."""
    for item in items:
        types = item.get("@type")
        names = types if isinstance(types, list) else [types]
        if any(isinstance(name, str) and name in kinds for name in names):
            yield item


def _load(text: str) -> object:
    cleaned = re.sub(
        r"^\s*(?:<!--|/\*\s*<!\[CDATA\[\s*\*/|//<!\[CDATA\[)|(?:-->|/\*\s*\]\]>\s*\*/|//\]\]>)\s*$", "", text
    )
    try:
        return json.loads(cleaned, strict=False)
    except (ValueError, RecursionError):
        return None


def _objects(value: object, depth: int) -> Iterator[dict[str, object]]:
    if depth > DEPTH:
        return
    if isinstance(value, dict):
        if "@type" in value:
            yield value
        for inner in value.values():
            yield from _objects(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _objects(inner, depth + 1)
