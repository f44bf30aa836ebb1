"""Serves the world on loopback: ``python -m demo.server --port 8010 --week-file week.txt``.

The week file holds the week and the first day of week 1 (``2 2026-11-15``). It is read at every request, so
that whoever drives the world moves it on by writing the file.
"""

from __future__ import annotations

import argparse
import gzip
import sys
import threading
from collections import Counter
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from demo.calendar import Calendar
from demo.pages import Visit
from demo.site import Answer, answer
from demo.world.state import LAST_WEEK

#: Larger bodies are sent compressed to clients that can read it.
COMPRESS_FROM = 1_000
#: A connection on which nothing comes is closed after this time.
IDLE_SECONDS = 60


class DemoServer(ThreadingHTTPServer):
    """The server of the world. Port 0 asks the system for a free one."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, week_file: Path, port: int = 0) -> None:
        self.week_file = week_file
        self._requests: Counter[str] = Counter()
        self._lock = threading.Lock()
        super().__init__(("127.0.0.1", port), DemoHandler)

    @property
    def port(self) -> int:
        """The port in use."""
        return int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Let a visitor leave in the middle; anything else is a bug and is told."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def visit(self, host: str, path: str) -> Visit:
        """Count a request and return it as a visit."""
        week, calendar = read_week(self.week_file)
        with self._lock:
            counter = self._requests[f"{host}{path}"]
            self._requests[f"{host}{path}"] += 1
        return Visit(week=week, calendar=calendar, origin=f"http://{host}:{self.port}", counter=counter)


class DemoHandler(BaseHTTPRequestHandler):
    """Speaks HTTP/1.1 for `DemoServer`."""

    server: DemoServer
    protocol_version = "HTTP/1.1"
    server_version = "demo"
    disable_nagle_algorithm = True
    timeout = IDLE_SECONDS

    def do_GET(self) -> None:
        """Answer a request."""
        self._serve(with_body=True)

    def do_HEAD(self) -> None:
        """Answer a request without its body."""
        self._serve(with_body=False)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing; the crawler keeps its own record."""

    def _serve(self, *, with_body: bool) -> None:
        host = self.headers.get("Host", "localhost").partition(":")[0].lower()
        path = urlsplit(self.path).path
        found = answer(host, path, self.server.visit(host, path))
        if found.etag is not None and self.headers.get("If-None-Match") == found.etag:
            self.send_response(304)
            self.send_header("ETag", found.etag)
            self.end_headers()
            return
        self._send(found, with_body=with_body)

    def _send(self, found: Answer, *, with_body: bool) -> None:
        body = found.body
        self.send_response(found.status)
        self.send_header("Content-Type", found.content_type)
        if len(body) >= COMPRESS_FROM and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, 1)
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Vary", "Accept-Encoding")
        if found.etag is not None:
            self.send_header("ETag", found.etag)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body:
            self.wfile.write(body)


def read_week(path: Path) -> tuple[int, Calendar]:
    """Return the week and calendar of a week file. A week alone means that this week begins today.

    Raises: ValueError if the file says something else.
    """
    words = path.read_text(encoding="utf-8").split()
    week = int(words[0])
    if not 1 <= week <= LAST_WEEK:
        raise ValueError(f"{path}: week {week} is not in the world; write 1 to {LAST_WEEK}")
    if len(words) > 1:
        return week, Calendar(date.fromisoformat(words[1]))
    return week, Calendar.ending(datetime.now(UTC).date(), week)


def write_week(path: Path, week: int, calendar: Calendar) -> None:
    """Move the world to a week. The file is replaced as a whole, so that no request reads half of it."""
    fresh = path.with_suffix(".new")
    fresh.write_text(f"{week} {calendar.first_day.isoformat()}\n", encoding="utf-8")
    fresh.replace(path)


def main() -> None:
    """Serve until interrupted; the chosen port is written to stdout, for whoever started it."""
    parser = argparse.ArgumentParser(description="Serves the demo world on loopback.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--week-file", type=Path, required=True)
    parser.add_argument(
        "--until-stdin-closes", action="store_true", help="end with the process that started it"
    )
    options = parser.parse_args()
    with DemoServer(options.week_file, options.port) as server:
        sys.stdout.write(f"{server.port}\n")
        sys.stdout.flush()
        if options.until_stdin_closes:
            threading.Thread(target=_end_with_stdin, args=(server,), daemon=True).start()
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return


def _end_with_stdin(server: DemoServer) -> None:
    sys.stdin.read()
    server.shutdown()


if __name__ == "__main__":
    main()
