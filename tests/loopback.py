"""A site on loopback whose pages the test sets, by host and path."""

from __future__ import annotations

import hashlib
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(slots=True)
class LoopbackSite:
    """Pages by (host without port, path with query); ``requests`` counts what was asked for."""

    port: int = 0
    pages: dict[tuple[str, str], tuple[str, bytes]] = field(default_factory=dict)
    requests: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    delay: float = 0.0

    def put(self, host: str, path: str, body: bytes, content_type: str = "text/html; charset=utf-8") -> str:
        """Serve a page from now on and return its address."""
        self.pages[host, path] = (content_type, body)
        return f"http://{host}:{self.port}{path}"


@contextmanager
def serve_loopback() -> Iterator[LoopbackSite]:
    """Run a server on a free port; pages answer conditional requests."""
    site = LoopbackSite()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            host = (self.headers.get("Host") or "").partition(":")[0]
            found = site.pages.get((host, self.path)) or site.pages.get((host, self.path.partition("?")[0]))
            if site.delay and self.path != "/robots.txt":
                threading.Event().wait(site.delay)
            if found is None:
                self.answer(404, host, b"not found", "text/plain")
                return
            etag = f'"{hashlib.sha256(found[1]).hexdigest()[:16]}"'
            if self.headers.get("If-None-Match") == etag:
                self.answer(304, host, b"", found[0], etag)
            else:
                self.answer(200, host, found[1], found[0], etag)

        def answer(self, status: int, host: str, body: bytes, content_type: str, etag: str = "") -> None:
            site.requests[host, self.path, status] += 1
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            if etag:
                self.send_header("ETag", etag)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Keep the tests' output clean."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128

        def handle_error(self, *_: object) -> None:
            """A client that hangs up (a killed crawl) is part of the tests."""

    server = Server(("127.0.0.1", 0), Handler)
    site.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
