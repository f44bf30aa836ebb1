"""Flight data: the rendered tree that a page of React server components carries in the strings its scripts push.

Each row is ``id:payload``; an element is ``["$", tag, key, props]``; a text such as ``$L1f`` stands for another row.
The tree is built again as markup and read like any page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree, html

from extract.reading.html_pieces import HtmlReader
from extract.reading.piece import Piece

_PUSH = re.compile(r"self\.__next_f\.push\(\s*(?=\[)")
_ROW = re.compile(rb"([0-9a-f]*):(T([0-9a-f]+),|[A-Z]+|)")
_REFERENCE = re.compile(r"\$L?([0-9a-f]+)")
_TAG = re.compile(r"[a-z][a-z0-9-]*")
_UNREAD = frozenset({"script", "style", "link", "meta", "title", "noscript", "head", "template"})
#: What a component shows in place of its children: another page, or none yet.
_INSTEAD = frozenset({
    "notFound", "forbidden", "unauthorized", "error", "errorScripts", "errorStyles", "loading", "fallback", "template",
    "templateScripts", "templateStyles", "children",
})  # fmt: skip
_ATTRIBUTES = {"className": "class", "id": "id", "href": "href", "src": "src", "alt": "alt", "role": "role"}
FLIGHT_BYTES = 4_000_000
DEPTH = 200
NODES = 100_000  # rendered; rows may stand in many places
APART = 1_000_000  # beyond the numbers of the groups and records of the page's own markup


def flight_pieces(root: etree._Element) -> tuple[tuple[Piece, ...], tuple[Any, ...]]:
    """Return the pieces of the tree that a page's flight data renders, and the data handed to its components."""
    source = "".join(_pushed(root))
    if not source or len(source) > FLIGHT_BYTES:
        return (), ()
    renderer = _Renderer(rows=dict(_rows(source.encode("utf-8", "surrogatepass"))))
    body = renderer.whole()
    reader = HtmlReader()
    reader.read(body)
    return tuple(_apart(piece) for piece in reader.pieces), tuple(renderer.data)


def _pushed(root: etree._Element) -> Iterator[str]:
    for script in root.iter("script"):
        for match in _PUSH.finditer(script.text or ""):
            value = _load((script.text or "")[match.end() :])
            if isinstance(value, list) and len(value) > 1 and isinstance(value[1], str):
                yield value[1]


def _rows(source: bytes) -> Iterator[tuple[str, Any]]:
    """Yield (id, value) of the rows; a row of text says its length in bytes, all others end with their line."""
    place = 0
    while match := _ROW.match(source, place):
        end = match.end() + int(match.group(3), 16) if match.group(3) else source.find(b"\n", match.end())
        payload = source[match.end() : end if end >= 0 else len(source)].decode("utf-8", "replace")
        if match.group(3):
            yield match.group(1).decode(), payload
        elif not match.group(2):
            yield match.group(1).decode(), _load(payload)
        if end < 0:
            return
        place = end if match.group(3) else end + 1


def _load(text: str) -> Any:
    try:
        return json.JSONDecoder().raw_decode(text)[0]
    except (ValueError, RecursionError):
        return None


def _apart(piece: Piece) -> Piece:
    return replace(
        piece, group=piece.group + APART, records=tuple(record + APART for record in piece.records)
    )


@dataclass
class _Renderer:
    """Builds the tree; ``data`` is what components are given besides their children."""

    rows: dict[str, Any]
    data: list[Any] = field(default_factory=list)
    _open: set[str] = field(default_factory=set)
    _count: int = 0
    _length: int = 0

    def whole(self) -> etree._Element:
        """Return the tree of the first row, or of all rows that stand in no other where that renders nothing."""
        body = html.Element("body")
        self._walk(self.rows.get("0"), body, 0)
        inner = set() if len(body) else set(_referred(list(self.rows.values())))
        for key, value in self.rows.items() if not len(body) else ():
            if key not in inner:
                self._walk(value, body, 0)
        return body

    def _walk(self, value: Any, parent: etree._Element, depth: int) -> None:
        """Render the elements inside a value that is no element itself; its other texts are no text of the page."""
        if depth > DEPTH:
            return
        if _is_element(value) or (isinstance(value, str) and _REFERENCE.fullmatch(value)):
            self._render(value, parent, depth)
        elif isinstance(value, list | dict):
            for inner in value.values() if isinstance(value, dict) else value:
                self._walk(inner, parent, depth + 1)

    def _render(self, value: Any, parent: etree._Element, depth: int) -> None:
        self._count += 1
        if depth > DEPTH or self._count > NODES:
            return
        if _is_element(value):
            self._element(value, parent, depth)
        elif isinstance(value, list):
            for inner in value:
                self._render(inner, parent, depth + 1)
        elif isinstance(value, str):
            self._text(value, parent, depth)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            self._append(parent, str(value))

    def _text(self, value: str, parent: etree._Element, depth: int) -> None:
        match = _REFERENCE.fullmatch(value)
        if match and match.group(1) in self.rows and match.group(1) not in self._open:
            self._open.add(match.group(1))
            self._render(self.rows[match.group(1)], parent, depth + 1)
            self._open.discard(match.group(1))
        elif value.startswith("$$"):
            self._append(parent, value[1:])
        elif not value.startswith("$"):
            self._append(parent, value)

    def _append(self, parent: etree._Element, text: str) -> None:
        self._length += len(text)
        last = parent[-1] if len(parent) else None
        if self._length > FLIGHT_BYTES:
            return
        if last is None:
            parent.text = (parent.text or "") + _clean(text)
        else:
            last.tail = (last.tail or "") + _clean(text)

    def _element(self, value: list[Any], parent: etree._Element, depth: int) -> None:
        tag, props = value[1], value[3]
        if tag in _UNREAD:
            return
        if not _TAG.fullmatch(tag):
            self._component(props, parent, depth)
            return
        element = etree.SubElement(parent, tag)
        for key, name in _ATTRIBUTES.items():
            if isinstance(props.get(key), str):
                element.set(name, _clean(props[key]))
        markup = props.get("dangerouslySetInnerHTML")
        if isinstance(markup, dict) and isinstance(markup.get("__html"), str) and markup["__html"].strip():
            element.extend(html.fragments_fromstring(f"<div>{markup['__html']}</div>"))
        self._render(props.get("children"), element, depth + 1)

    def _component(self, props: dict[str, Any], parent: etree._Element, depth: int) -> None:
        for key, inner in props.items():
            if key not in _INSTEAD and isinstance(inner, list | dict):
                (self._walk if _holds_element(inner) else self._give)(inner, parent, depth + 1)
        self._render(props.get("children"), parent, depth + 1)

    def _give(self, value: Any, parent: etree._Element, depth: int) -> None:
        self.data.append(self._resolved(value, depth))

    def _resolved(self, value: Any, depth: int) -> Any:
        """Return data with the texts of other rows in their places, and without marks of types."""
        if depth > DEPTH:
            return None
        if isinstance(value, dict):
            return {key: self._resolved(inner, depth + 1) for key, inner in value.items()}
        if isinstance(value, list):
            return [self._resolved(inner, depth + 1) for inner in value]
        if not isinstance(value, str) or not value.startswith("$"):
            return value
        match = _REFERENCE.fullmatch(value)
        row = self.rows.get(match.group(1)) if match else None
        if not isinstance(row, str):
            return value[1:] if value.startswith("$$") else None
        self._length += len(row)
        return row if self._length <= FLIGHT_BYTES else None


def _is_element(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) > 3
        and value[0] == "$"
        and isinstance(value[1], str)
        and isinstance(value[3], dict)
    )


def _holds_element(value: Any, depth: int = 0) -> bool:
    if _is_element(value) or depth > DEPTH:
        return True
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(_holds_element(one, depth + 1) for one in inner)


def _referred(value: Any, depth: int = 0) -> Iterator[str]:
    """Yield the ids of the rows that a value stands for or holds."""
    if isinstance(value, str):
        if match := _REFERENCE.fullmatch(value):
            yield match.group(1)
    elif depth <= DEPTH and isinstance(value, list | dict):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _referred(inner, depth + 1)


def _clean(text: str) -> str:
    """Return a text without the characters that markup cannot hold."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text)
