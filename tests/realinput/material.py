"""Real material as sources: page pairs (before, then after) and recorded payloads (an entry short, then whole)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PAGE_TYPES = {"policy": "terms"}
CONTENT_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".json": "application/json",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two captures of one page and what should be said of them."""

    id: str
    type: str
    content_type: str
    before: bytes
    after: bytes
    noise: bool
    added: Sequence[str]
    removed: Sequence[str]


def read_pairs(folder: Path) -> Iterator[Pair]:
    """Give every pair below a folder."""
    for expected in sorted(folder.glob("*/expected.json")):
        facts = json.loads(expected.read_text(encoding="utf-8"))
        (before,) = expected.parent.glob("before.*")
        yield Pair(
            id=expected.parent.name,
            type=PAGE_TYPES.get(facts["page_type"], facts["page_type"]),
            content_type=CONTENT_TYPES[before.suffix],
            before=before.read_bytes(),
            after=before.with_name(f"after{before.suffix}").read_bytes(),
            noise=facts["noise"],
            added=facts["added"],
            removed=facts["removed"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """A recorded answer of an API or feed. ``path`` is where the source type will ask below its base."""

    name: str
    source: str
    path: str
    content_type: str
    whole: bytes
    short: bytes


def without_first_item(body: bytes, tag: str) -> bytes:
    """Return a feed without its first item."""
    return re.sub(rf"<{tag}[\s>].*?</{tag}>".encode(), b"", body, count=1, flags=re.S)


def without_first_element(body: bytes, *keys: str) -> bytes:
    """Return JSON whose list below ``keys`` lacks its first element."""
    data: Any = json.loads(body)
    at = data
    for key in keys:
        at = at[key]
    del at[0]
    return json.dumps(data).encode()


def without_first_filing(body: bytes) -> bytes:
    """Return an EDGAR submissions document whose column arrays all lack their first value."""
    data = json.loads(body)
    for column in data["filings"]["recent"].values():
        del column[0]
    return json.dumps(data).encode()
