"""The keys of records of data and the heads of tables, as one writes them everywhere: ``jobTitle``, ``job_title``."""

from __future__ import annotations

import re

from extract.reading.piece import Piece


def plain_key(key: str) -> str:
    """Return a key without case, marks and spaces."""
    return re.sub(r"[\W_]", "", key).lower()


def values_of(piece: Piece) -> dict[str, str]:
    """Return the values of a record by plain key, with the whole name where it is kept in two parts."""
    values: dict[str, str] = {}
    for key, text in zip(piece.head, piece.parts, strict=False):
        values.setdefault(plain_key(key), text)
    if "firstname" in values and "lastname" in values and "name" not in values:
        values["name"] = f"{values['firstname']} {values['lastname']}"
    return values
