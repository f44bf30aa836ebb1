"""Microdata of a page as the same objects that JSON-LD gives. Pure; references by ``itemref`` are followed once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

MAX_ITEMS = 1_000
MAX_PROPERTIES = 20_000
_LINKS = {"a": "href", "link": "href", "area": "href", "img": "src", "meta": "content", "time": "datetime"}


def read_microdata(tree: etree._Element) -> list[dict[str, Any]]:
    """Return the page's items that belong to no other, each with ``@type`` and its properties."""
    tops = (
        one for one in tree.iter(etree.Element) if "itemscope" in one.attrib and "itemprop" not in one.attrib
    )
    budget = [MAX_PROPERTIES]
    found: list[dict[str, Any]] = []
    for item in tops:
        if len(found) >= MAX_ITEMS or budget[0] <= 0:
            break
        found.append(_item(item, tree, budget, 0))
    return [item for item in found if item.get("@type")]


def _item(item: etree._Element, tree: etree._Element, budget: list[int], depth: int) -> dict[str, Any]:
    values: dict[str, Any] = {"@type": (item.get("itemtype") or "").split()[:5]}
    if item.get("itemid"):
        values["@id"] = item.get("itemid")
    for element in _properties(item, tree if depth == 0 else None):
        budget[0] -= 1
        if budget[0] <= 0:
            break
        nested = "itemscope" in element.attrib and depth < 8
        value = _item(element, tree, budget, depth + 1) if nested else _value(element)
        for name in (element.get("itemprop") or "").split()[:5]:
            before = values.get(name)
            values[name] = (
                value if before is None else [*(before if isinstance(before, list) else [before]), value]
            )
    return values


def _properties(item: etree._Element, tree: etree._Element | None) -> Iterator[etree._Element]:
    references = (item.get("itemref") or "").split()[:20] if tree is not None else []
    others = [one for one in tree.iter(etree.Element) if one.get("id") in references] if references else []  # type: ignore[union-attr]
    stack = [*reversed(list(item)), *reversed(others)]
    while stack:
        element = stack.pop()
        if not isinstance(element.tag, str):
            continue
        if "itemprop" in element.attrib:
            yield element
        if "itemscope" not in element.attrib:
            stack.extend(reversed(list(element)))


def _value(element: etree._Element) -> str:
    attribute = _LINKS.get(str(element.tag), "content")
    given = element.get(attribute) or element.get("content")
    return given if given else " ".join("".join(element.itertext()).split())
