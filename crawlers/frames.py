"""Lines of JSON through a pipe, each with as many bytes behind it as it says, from the child to the parent."""

from __future__ import annotations

import asyncio
import os
from collections import deque
from collections.abc import Iterator
from typing import IO

from pydantic import BaseModel, ValidationError

from crawlers.job import LINES, Ended, Failed, Finished, Message

PENDING = 16_000_000  # bytes that may wait for the parent before the crawl pauses


class FrameWriter:
    """Writes to a pipe without ever blocking the loop; the parent may be slow, for it stores what it reads."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._waiting: deque[memoryview] = deque()
        self._size = 0
        self._room: asyncio.Event | None = None
        os.set_blocking(descriptor, False)

    async def put(self, line: BaseModel, body: bytes = b"") -> None:
        """Send a line and its bytes; waits while too much is pending. Raises: BrokenPipeError."""
        self._add(line.model_dump_json().encode() + b"\n" + body)
        self._push()
        while self._size > PENDING:
            self._room = self._room or asyncio.Event()
            await self._room.wait()

    def finish(self, line: BaseModel) -> None:
        """Send what is pending and a last line, and wait until all is written."""
        self._add(line.model_dump_json().encode() + b"\n")
        os.set_blocking(self._descriptor, True)
        while self._waiting:
            self._write_once()

    def _add(self, data: bytes) -> None:
        self._waiting.append(memoryview(data))
        self._size += len(data)

    def _push(self) -> None:
        try:
            while self._waiting:
                self._write_once()
        except BlockingIOError:
            asyncio.get_running_loop().add_writer(self._descriptor, self._push_further)

    def _push_further(self) -> None:
        asyncio.get_running_loop().remove_writer(self._descriptor)
        self._push()
        if self._room is not None and self._size <= PENDING // 2:
            self._room.set()
            self._room = None

    def _write_once(self) -> None:
        written = os.write(self._descriptor, self._waiting[0])
        self._size -= written
        if written == len(self._waiting[0]):
            self._waiting.popleft()
        else:
            self._waiting[0] = self._waiting[0][written:]


def read_frames(stream: IO[bytes]) -> Iterator[Message | Finished | Failed]:
    """Yield what the child says until it says no more; what was cut off by its death is left out."""
    for raw in stream:
        try:
            line = LINES.validate_json(raw)
        except ValidationError:
            return  # Half a line: the process was killed while it wrote.
        if isinstance(line, Ended) and line.size:
            body = stream.read(line.size)
            if len(body) < line.size:
                return
            line.body = body
        yield line
