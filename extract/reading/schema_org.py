"""schema.org items from a page's JSON-LD, and the events of its microdata."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from lxml import etree

ITEMS = 500
DEPTH = 12
MARKED_EVENT = "microdata event"
_EVENT = re.compile(r"schema\.org/\w*Event\b")


def read_structured(root: etree._Element) -> tuple[dict[str, object], ...]:
    """Return every JSON-LD object of the page, nested ones too; broken scripts are left out."""
    found: list[dict[str, object]] = []
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "") and script.text:
            found.extend(_objects(_load(script.text), 0))
    return tuple(found[:ITEMS])


def read_microdata(root: etree._Element) -> tuple[dict[str, object], ...]:
    """Return the events that a page marks with microdata, as JSON-LD would state them."""
    marked = (
        element for element in root.iterfind(".//*[@itemtype]") if _EVENT.search(element.get("itemtype", ""))
    )
    found = map(_event, marked)
    return tuple(event for event in found if "name" in event and "startDate" in event)[:ITEMS]


def _event(element: etree._Element) -> dict[str, object]:
    values: dict[str, object] = {"@type": MARKED_EVENT}
    for inner in element.iterdescendants(etree.Element):
        key = inner.get("itemprop")
        scope = next((one for one in inner.iterancestors() if one.get("itemtype")), None)
        if key not in ("name", "startDate", "location") or key in values or scope is not element:
            continue
        text = " ".join("".join(inner.itertext()).split())
        value = inner.get("content") or inner.get("datetime") or text
        values[key] = {"name": text} if key == "location" else value
    return values


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
