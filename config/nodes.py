"""What a configuration file says, with the place of every key and value.

YAML and CSV are read into the same tree, so that one validator and one wording of messages serve both.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass, field

ScalarValue = str | int | float | bool | None


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Line and column, both counted from 1."""

    line: int
    column: int


START = Place(1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalar:
    """A single value; ``text`` is what stands in the file (``0001234567`` where ``value`` is 1234567)."""

    place: Place
    value: ScalarValue
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """A list."""

    place: Place
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """Keys with their values and places."""

    place: Place
    entries: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Place] = field(default_factory=dict)


Node = Scalar | Items | Mapping


def is_empty(node: Node | None) -> bool:
    """True where nothing was written: a key without value, ``~``, or no node at all."""
    return node is None or (isinstance(node, Scalar) and node.value is None)


def plain(node: Node, as_text: Set[Place] = frozenset()) -> object:
    """Return the tree as plain values; scalars at the places ``as_text`` stay as they are written.

    A key without value is left out, as if it were not there: people comment out all items of a list.
    """
    if isinstance(node, Scalar):
        return node.text if node.place in as_text else node.value
    if isinstance(node, Items):
        return [plain(item, as_text) for item in node.items]
    return {key: plain(value, as_text) for key, value in node.entries.items() if not is_empty(value)}


def walk(node: Node) -> Iterator[Node]:
    """Yield the node and all below it, in the order of the file."""
    yield node
    children = node.items if isinstance(node, Items) else ()
    for child in node.entries.values() if isinstance(node, Mapping) else children:
        yield from walk(child)


def child(node: Node | None, key: str) -> Node | None:
    """Return the value under ``key`` if the node is a mapping that has it."""
    return node.entries.get(key) if isinstance(node, Mapping) else None


def scalars(node: Node | None) -> tuple[Scalar, ...]:
    """Return the scalars of a list, or the scalar itself as the only one."""
    if isinstance(node, Items):
        return tuple(item for item in node.items if isinstance(item, Scalar))
    return (node,) if isinstance(node, Scalar) and node.value is not None else ()


def number_of(node: Node | None) -> float | None:
    """Return the number that stands there; None where something else or nothing does."""
    is_number = isinstance(node, Scalar) and type(node.value) in (int, float)
    return float(str(node.value)) if is_number and isinstance(node, Scalar) else None


def kind_of(node: Node) -> str:
    """Return what the node is, for messages."""
    if isinstance(node, Items):
        return "a list"
    if isinstance(node, Mapping):
        return "a group of keys"
    names = {str: "text", bool: "true or false", int: "a number", float: "a number"}
    return names.get(type(node.value), "nothing")
