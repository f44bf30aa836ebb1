"""Finding parts of a page by their class. Pure."""

from __future__ import annotations

from lxml import etree

_BREAKS = frozenset({"br", "p", "div", "li"})


def has_class(element: etree._Element, name: str) -> bool:
    """Return True if the element carries the class."""
    return name in (element.get("class") or "").split()


def first_of_class(element: etree._Element, name: str) -> etree._Element | None:
    """Return the first element of that class within, None if there is none."""
    return next((one for one in element.iter(etree.Element) if has_class(one, name)), None)


def text_of(element: etree._Element) -> str:
    """Return the text within, line breaks as spaces."""
    parts: list[str] = []
    for one in element.iter(etree.Element):
        if one.tag in _BREAKS:
            parts.append(" ")
        parts.append(one.text or "")
        if one is not element:
            parts.append(one.tail or "")
    return " ".join("".join(parts).split())
