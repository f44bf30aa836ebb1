"""A real web server on loopback with the behaviours, good and bad, that the crawler must cope with."""

from __future__ import annotations

import gzip
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PROSE = "Northbeam verifies identities for banks, shops and public offices in forty countries. " * 8


def page(title: str = "Northbeam", text: str = PROSE, extra: str = "") -> bytes:
    """Return an ordinary page with navigation."""
    links = "".join(f'<a href="/{name}">{name}</a> ' for name in "abcdefghijkl")
    return (
        f"<!doctype html><html><head><title>{title}</title></head><body><nav>{links}</nav>"
        f"<main><h1>{title}</h1><p>{text}</p>{extra}</main></body></html>"
    ).encode()


@dataclass
class Reply:
    """What the server answers; ``raw`` writes to the connection itself."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str | None = "text/html; charset=utf-8"
    delay: float = 0.0
    raw: Callable[[BaseHTTPRequestHandler], None] | None = None


Route = Reply | Callable[[BaseHTTPRequestHandler], Reply]


@dataclass
class Site:
    """The running server: ``routes`` by path, ``asked`` counts requests, ``seen`` keeps their headers."""

    port: int
    routes: dict[str, Route] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    seen: dict[str, dict[str, str]] = field(default_factory=dict)
    times: list[tuple[str, float]] = field(default_factory=list)
    default_delay: float = 0.0

    def url(self, path: str, host: str = "site.localhost") -> str:
        """Return the address of a path on this server."""
        return f"http://{host}:{self.port}{path}"


def with_etag(body: bytes, etag: str) -> Callable[[BaseHTTPRequestHandler], Reply]:
    """Return a route that knows conditional requests."""

    def answer(handler: BaseHTTPRequestHandler) -> Reply:
        if handler.headers.get("If-None-Match") == etag:
            return Reply(status=304, headers={"ETag": etag}, content_type=None)
        return Reply(body, headers={"ETag": etag, "Last-Modified": "Mon, 09 Nov 2026 08:00:00 GMT"})

    return answer


def bomb(size: int) -> bytes:
    """Return gzip data that unpacks to ``size`` zero bytes."""
    return gzip.compress(b"\0" * size, compresslevel=9)


def drip(handler: BaseHTTPRequestHandler) -> None:
    """Answer one byte every 0.1 s, for ever."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n")
    for _ in range(300):
        handler.wfile.write(b".")
        handler.wfile.flush()
        time.sleep(0.1)


@contextmanager
def running_site() -> Iterator[Site]:
    """Run a server for the time of a test."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = self.path
            site.asked[path] += 1
            site.seen[path] = {name.lower(): value for name, value in self.headers.items()}
            site.times.append((path, time.monotonic()))
            route = site.routes.get(path, Reply(b"nothing here", status=404, content_type="text/plain"))
            reply = route(self) if callable(route) else route
            time.sleep(reply.delay or (site.default_delay if path != "/robots.txt" else 0))
            try:
                self._send(reply)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        do_POST = do_GET  # noqa: N815

        def _send(self, reply: Reply) -> None:
            if reply.raw is not None:
                self.close_connection = True
                reply.raw(self)
                return
            self.send_response(reply.status)
            if reply.content_type:
                self.send_header("Content-Type", reply.content_type)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if reply.status != 304:
                self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site = Site(port=server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
