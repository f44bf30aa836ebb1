"""Snapshot bytes: content-addressed by sha-256, zstd-compressed, stored once."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Mapping
from typing import Any, cast

import zstandard
from sqlalchemy import Table, bindparam, select
from sqlalchemy.orm import Session

from store.errors import BlobMissingError
from store.inserts import insert_new
from store.models.evidence import BlobRow

LEVEL = 3  # 0.14 ms on a company page of 30-150 KB; higher levels cost more than they save.


class _Frames(threading.local):
    """What makes and opens frames, one of each for a thread: to make one costs more than a page's frame."""

    def __init__(self) -> None:
        self.compressor = zstandard.ZstdCompressor(level=LEVEL)
        self.decompressor = zstandard.ZstdDecompressor()


_FRAMES = _Frames()


def compress(data: bytes) -> bytes:
    """Return the zstd frame of ``data``."""
    return _FRAMES.compressor.compress(data)


def decompress(data: bytes) -> bytes:
    """Return what `compress` was given."""
    return _FRAMES.decompressor.decompress(data)


def pack(value: object) -> bytes:
    """Return a JSON value as a zstd frame."""
    return compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def unpack(data: bytes) -> Any:
    """Return the JSON value that `pack` was given."""
    return json.loads(decompress(data))


def put_blob(session: Session, data: bytes) -> str:
    """Store ``data`` unless it is there, and return its sha-256 as hex."""
    sha256 = hashlib.sha256(data).hexdigest()
    if session.get(BlobRow, sha256) is None:
        statement = insert_new(session, cast(Table, BlobRow.__table__))
        session.execute(statement.values(sha256=sha256, size_bytes=len(data), data=compress(data)))
    return sha256


def put_blobs(session: Session, bodies: Mapping[str, bytes]) -> None:
    """Store bodies, by their sha-256 as hex, unless they are there."""
    known = (
        set(session.connection().execute(_STORED, {"digests": list(bodies)}).scalars()) if bodies else set()
    )
    rows = [
        {"sha256": sha256, "size_bytes": len(body), "data": compress(body)}
        for sha256, body in bodies.items()
        if sha256 not in known
    ]
    if rows:
        session.connection().execute(insert_new(session, _BLOB), rows)


def get_blob(session: Session, sha256: str) -> bytes:
    """Return the bytes with that digest. Raises: BlobMissingError."""
    data = session.connection().execute(_DATA, {"digest": sha256}).scalar()
    if data is None:
        raise BlobMissingError(sha256)
    return decompress(data)


_BLOB = cast(Table, BlobRow.__table__)
# Made once: to make a statement costs more than to run it.
_STORED = select(_BLOB.c.sha256).where(_BLOB.c.sha256.in_(bindparam("digests", expanding=True)))
_DATA = select(_BLOB.c.data).where(_BLOB.c.sha256 == bindparam("digest"))
