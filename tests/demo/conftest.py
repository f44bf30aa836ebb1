"""A running world, and what a visitor without network needs to look at it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import httpx
import pytest

from demo.calendar import Calendar
from demo.server import DemoServer, write_week

CALENDAR = Calendar(date(2026, 11, 9))


class World:
    """A served world: moves to a week, fetches an address of it."""

    def __init__(self, server: DemoServer, client: httpx.Client) -> None:
        self._server = server
        self._client = client
        self.port = server.port

    def move_to(self, week: int) -> None:
        write_week(self._server.week_file, week, CALENDAR)

    def get(self, url: str, **headers: str) -> httpx.Response:
        """Fetch ``http://name.localhost:port/path``; the name goes into the Host header only."""
        asked = httpx.URL(url)
        return self._client.get(
            asked.copy_with(host="127.0.0.1"), headers={"Host": asked.netloc.decode(), **headers}
        )

    def url(self, host: str, path: str) -> str:
        return f"http://{host}.localhost:{self.port}{path}"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    week_file = tmp_path / "week.txt"
    write_week(week_file, 1, CALENDAR)
    with DemoServer(week_file) as server, httpx.Client(trust_env=False) as client:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield World(server, client)
        server.shutdown()
