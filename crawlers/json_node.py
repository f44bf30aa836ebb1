"""Reading other people's JSON without trusting its shape."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crawlers.errors import SourceError
from crawlers.plain import moment


@dataclass(frozen=True, slots=True)
class Node:
    """A JSON value. Steps that are not there give an empty node; nothing but `need_list` raises."""

    value: Any = None

    def __getitem__(self, name: str | int) -> Node:
        if isinstance(self.value, dict) and isinstance(name, str):
            return Node(self.value.get(name))
        if (
            isinstance(self.value, list)
            and isinstance(name, int)
            and -len(self.value) <= name < len(self.value)
        ):
            return Node(self.value[name])
        return Node()

    def __iter__(self) -> Iterator[Node]:
        items = self.value if isinstance(self.value, list) else ()
        return (Node(item) for item in items)

    def __bool__(self) -> bool:
        return bool(self.value)

    def text(self, default: str = "") -> str:
        """Return a string or number as text, else ``default``. Half a character of UTF-16 becomes a question mark."""
        if isinstance(self.value, str):
            if self.value.isascii():
                return self.value
            return self.value.encode("utf-8", "replace").decode()
        if isinstance(self.value, (int, float)) and not isinstance(self.value, bool):
            return repr(self.value)
        return default

    def moment(self) -> datetime | None:
        """Return the value as a UTC moment, None if it is none."""
        return moment(self.value)

    def need_list(self, what: str) -> Node:
        """Return this node if it is a list. Raises: SourceError saying what was expected."""
        if not isinstance(self.value, list):
            raise SourceError(f"not {what}: the list is missing")
        return self


def read_json(body: bytes, what: str) -> Node:
    """Return the answer's JSON. Raises: SourceError naming ``what`` was expected."""
    try:
        return Node(json.loads(body.decode("utf-8-sig", "replace")))
    except (ValueError, RecursionError):
        raise SourceError(f"not {what}: the answer is no JSON") from None


def join_json(parts: Sequence[bytes]) -> bytes:
    """Return a JSON list of the answers; a single one stays as it is."""
    return parts[0] if len(parts) == 1 else b"[" + b",".join(parts) + b"]"
