"""A world of sites on loopback in a process of its own, which counts what it is asked."""

from __future__ import annotations

import asyncio
import multiprocessing
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import cast

ETAG = '"one"'
SLOW = 0.02  # seconds that pages below /slow take
PROSE = (
    b"<p>" + b"Northbeam verifies identities for banks, shops and public offices in forty countries. " * 180
)


@dataclass
class Seen:
    """What the world was asked since it was last looked at. ``gaps`` and ``at_once`` are by host."""

    counts: Counter[str] = field(default_factory=Counter)
    gaps: dict[str, float] = field(default_factory=dict)
    at_once: Counter[str] = field(default_factory=Counter)


class World:
    """Answers for all hosts: 304 to whoever has a page, and below ``/new`` other bytes at every request."""

    def __init__(self) -> None:
        self.seen = Seen()
        self._last: dict[str, float] = {}
        self._under_way: dict[str, int] = defaultdict(int)
        self._number = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection's requests."""
        self.seen.counts["connections"] += 1
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                await self._answer(head, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def _answer(self, head: bytes, writer: asyncio.StreamWriter) -> None:
        host = head.lower().partition(b"\r\nhost: ")[2].partition(b"\r\n")[0].decode()
        path = head.split(b" ", 2)[1]
        self._arrived(host)
        try:
            if path.startswith(b"/slow"):
                await asyncio.sleep(SLOW)
            reply = self._reply(path, ETAG.encode() in head)
            writer.write(reply)
            await writer.drain()
        finally:
            self._under_way[host] -= 1

    def _arrived(self, host: str) -> None:
        now = time.monotonic()
        if host in self._last:
            self.seen.gaps[host] = min(self.seen.gaps.get(host, 1e9), now - self._last[host])
        self._last[host] = now
        self._under_way[host] += 1
        self.seen.at_once[host] = max(self.seen.at_once[host], self._under_way[host])

    def _reply(self, path: bytes, has_it: bool) -> bytes:
        counts = self.seen.counts
        if path == b"/robots.txt":
            counts["robots.txt"] += 1
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        counts["conditional" if has_it else "unconditional"] += 1
        if has_it:
            return b'HTTP/1.1 304 Not Modified\r\nETag: "one"\r\n\r\n'
        self._number += 1
        rests = not path.startswith(b"/new")
        number = b"0" if rests else b"%d" % self._number
        body = b"<html><title>Page %b %b</title><main><h1>Page</h1>%b</main></html>" % (path, number, PROSE)
        counts["body bytes"] += len(body)
        tag = b'ETag: "one"\r\n' if rests else b""
        return (
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n%bContent-Length: %d\r\n\r\n" % (tag, len(body))
            + body
        )


async def _run(pipe: Connection) -> None:
    world = World()
    server = await asyncio.start_server(world.serve, "127.0.0.1", 0)
    pipe.send(server.sockets[0].getsockname()[1])

    def tell() -> None:
        pipe.recv()
        pipe.send(world.seen)
        world.seen = Seen()

    asyncio.get_running_loop().add_reader(pipe.fileno(), tell)
    await server.serve_forever()


def _serve(pipe: Connection) -> None:
    asyncio.run(_run(pipe))


@dataclass(frozen=True)
class RunningWorld:
    """The world's port, and what it was asked."""

    port: int
    pipe: Connection

    def seen(self) -> Seen:
        """Return what was asked since the last call."""
        self.pipe.send(None)
        return cast(Seen, self.pipe.recv())


@contextmanager
def running_world() -> Iterator[RunningWorld]:
    """Run the world for a while."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    try:
        yield RunningWorld(ours.recv(), ours)
    finally:
        process.terminate()
        process.join()
