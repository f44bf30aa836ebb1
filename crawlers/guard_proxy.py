"""A proxy on loopback between the browser and the world: every connection of the browser is checked here.

Route interception sees neither redirects nor web sockets, and a checked name could resolve differently a moment later.
So the browser resolves nothing itself: it asks this proxy, which connects to the address it has checked.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
from urllib.parse import unquote, urlsplit

from crawlers.addresses import AddressGuard, host_of, normal_host
from crawlers.errors import FetchError, FetchReason

REFUSED_HEADER = "x-rivalwatch-refused"
HEAD_LIMIT = 65_536  # bytes of a request's head
CHUNK = 65_536
CONNECT_TIMEOUT = 15.0  # seconds


class GuardProxy:
    """Serves HTTP and CONNECT on a free port of loopback; ``limit`` caps the bytes of one connection's answers."""

    def __init__(self, guard: AddressGuard, limit: int, upstream: str | None = None) -> None:
        self._guard = guard
        self._limit = limit
        self._upstream = upstream
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()

    async def start(self) -> str:
        """Begin to serve; return the proxy's address."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=HEAD_LIMIT)
        port = self._server.sockets[0].getsockname()[1]
        return f"http://127.0.0.1:{port}"

    async def close(self) -> None:
        """Stop serving and cut all connections."""
        if self._server is not None:
            self._server.close()
        for writer in list(self._open):
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), CONNECT_TIMEOUT)
            await self._pass_on(head, reader, writer)
        except FetchError as error:
            await _refuse(writer, error)
        except (TimeoutError, OSError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # The browser sees a broken connection, which is what happened.
        finally:
            self._open.discard(writer)
            writer.close()

    async def _pass_on(self, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        method, target, _ = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ", 2)
        tunnel = method == "CONNECT"
        host, port = _authority(target) if tunnel else _origin(target)
        out_reader, out_writer = await self._connect(host, port)
        self._open.add(out_writer)
        try:
            if tunnel and self._upstream is None:
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
                await writer.drain()
            else:
                out_writer.write(
                    _with_login(head, self._upstream) if self._upstream else _as_origin_form(head, target)
                )
            await _relay(reader, writer, out_reader, out_writer, self._limit)
        finally:
            self._open.discard(out_writer)
            out_writer.close()

    async def _connect(self, host: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._upstream is not None:
            await self._guard.check_behind_proxy(host)
            parts = urlsplit(self._upstream)
            secure = parts.scheme == "https"
            opening = asyncio.open_connection(
                parts.hostname, parts.port or (443 if secure else 80), ssl=secure or None
            )
        else:
            address, family = (await self._guard.resolve(host, port))[0]
            opening = asyncio.open_connection(address, port, family=family)
        try:
            return await asyncio.wait_for(opening, CONNECT_TIMEOUT)
        except (OSError, TimeoutError):
            raise FetchError(FetchReason.REFUSED, "the server takes no connections") from None


def _authority(target: str) -> tuple[str, int]:
    host, _, port = target.rpartition(":")
    return normal_host(host), int(port)


def _origin(target: str) -> tuple[str, int]:
    host = host_of(target)
    parts = urlsplit(target)
    return host, parts.port or (443 if parts.scheme == "https" else 80)


def _with_login(head: bytes, upstream: str) -> bytes:
    """Return the head with the upstream proxy's login, if its address carries one."""
    parts = urlsplit(upstream)
    if parts.username is None:
        return head
    login = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    first, _, rest = head.partition(b"\r\n")
    return b"%b\r\nProxy-Authorization: Basic %b\r\n%b" % (first, base64.b64encode(login.encode()), rest)


def _as_origin_form(head: bytes, target: str) -> bytes:
    """Return the head for the server itself: path instead of address, one answer per connection."""
    parts = urlsplit(target)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    first, *lines = head[:-4].decode("latin-1").split("\r\n")
    method, _, version = first.split(" ", 2)
    kept = [line for line in lines if not line.lower().startswith(("connection:", "proxy-connection:"))]
    return "\r\n".join([f"{method} {path} {version}", *kept, "Connection: close", "", ""]).encode("latin-1")


async def _relay(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    out_reader: asyncio.StreamReader,
    out_writer: asyncio.StreamWriter,
    limit: int,
) -> None:
    upload = asyncio.ensure_future(_copy(reader, out_writer, limit))
    try:
        await _copy(out_reader, writer, limit)
    finally:
        upload.cancel()
        with contextlib.suppress(asyncio.CancelledError, OSError):
            await upload


async def _copy(source: asyncio.StreamReader, target: asyncio.StreamWriter, limit: int) -> None:
    passed = 0
    while passed <= limit and (chunk := await source.read(CHUNK)):
        passed += len(chunk)
        target.write(chunk)
        await target.drain()


async def _refuse(writer: asyncio.StreamWriter, error: FetchError) -> None:
    lines = ("HTTP/1.1 403 Forbidden", f"{REFUSED_HEADER}: {error.reason.value}", "Content-Length: 0")
    writer.write("\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1"))
    with contextlib.suppress(OSError):
        await writer.drain()
