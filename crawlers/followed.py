"""A list and the pages of its new entries as one body, so that a snapshot holds all that its entries say. Pure.

The pages stand behind the list's own bytes, in a comment of HTML and XML. A site that writes such a comment by itself
says no more by it than it could say on the pages.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Mapping, Sequence

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from crawlers.bodies import inflate
from crawlers.errors import FetchError

MARK = b"\n<!-- pages of new entries: "
END = b" -->"
LARGEST_PAGE = 1_000_000  # bytes; an article has a tenth of it, and a larger page is told by its title alone.
MOST_PAGES = 10
UNPACKED = (LARGEST_PAGE * 2 + 10_000) * MOST_PAGES  # bytes of all pages as JSON


class FollowedPage(BaseModel):
    """The page of one entry. ``body`` holds the bytes as latin-1, ``entry`` is the entry's id."""

    model_config = ConfigDict(frozen=True)

    entry: str
    url: str
    content_type: str | None
    body: str


_PAGES = TypeAdapter(tuple[FollowedPage, ...])


def with_pages(body: bytes, pages: Sequence[FollowedPage]) -> bytes:
    """Return the list with the pages behind it."""
    if not pages:
        return body
    packed = zlib.compress(json.dumps([page.model_dump() for page in pages]).encode())
    return body + MARK + base64.b64encode(packed) + END


def split_pages(body: bytes) -> tuple[bytes, Mapping[str, FollowedPage]]:
    """Return the list alone, and the pages by the ids of their entries. Never raises."""
    if not body.endswith(END):
        return body, {}
    start = body.rfind(MARK)
    if start < 0:
        return body, {}
    return body[:start], {page.entry: page for page in _unpacked(body[start + len(MARK) : -len(END)])}


def _unpacked(packed: bytes) -> tuple[FollowedPage, ...]:
    try:
        data = inflate(base64.b64decode(packed, validate=True), zlib.MAX_WBITS, UNPACKED)
        return _PAGES.validate_json(data)[:MOST_PAGES] if len(data) <= UNPACKED else ()
    except (binascii.Error, zlib.error, FetchError, ValidationError):
        return ()  # Not ours, or damaged: the list is read all the same.
