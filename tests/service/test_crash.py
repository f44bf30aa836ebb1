"""Kill it anywhere, run it again: nothing is lost, nothing is reported or sent twice."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import text

from store.database import Database
from tests.loopback import LoopbackSite, serve_loopback

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = 40
PATIENCE_SECONDS = 60


@pytest.fixture
def site() -> Iterator[LoopbackSite]:
    with serve_loopback() as running:
        yield running


def page(number: int, price: int) -> bytes:
    return (
        f"<html><head><title>Pricing {number}</title></head><body><h1>Plans of house {number}</h1>"
        f"<table><tr><th>Plan</th><th>Price</th></tr><tr><td>Team {number}</td><td>${price} per month</td></tr></table>"
        f"<p>Every plan of house {number} comes with support by mail and a yearly review of what you use.</p>"
        "</body></html>"
    ).encode()


def write_configuration(folder: Path, site: LoopbackSite, subscribers: int, smtp_port: int) -> None:
    (folder / "competitors").mkdir(parents=True)
    (folder / "settings.yaml").write_text(
        'crawl: {allow_hosts: ["*.localhost"], delay: 0s, contact: test@example.com, double_first_visit: false,'
        " concurrency_per_host: 4}\n"
        "detection: {confirm_after: 0s}\n"
        f"mail: {{delivery: smtp, host: 127.0.0.1, port: {smtp_port}, security: none, sender: watch@example.com}}\n"
    )
    (folder / "accounts.yaml").write_text(
        "- {key: harbour-bank, name: Harbour Bank, rivals_present: [houses]}\n"
    )
    (folder / "subscribers.yaml").write_text(
        "".join(
            f"- {{email: reader{n}@example.com, name: Reader {n}, accounts: all, min_impact: 0}}\n"
            for n in range(subscribers)
        )
    )
    lines = ["name: Houses", "domain: houses.example", "market: identity", "sources:"]
    for number in range(PAGES):
        url = site.put("houses.localhost", f"/pricing/{number}", page(number, 49))
        lines.append(f"  - {{name: house-{number}, type: pricing, url: {url}}}")
    (folder / "competitors" / "houses.yaml").write_text("\n".join(lines) + "\n")


class Place:
    """One folder with configuration, database and mail, driven through the command line."""

    def __init__(self, folder: Path, site: LoopbackSite, subscribers: int = 1, smtp_port: int = 1) -> None:
        write_configuration(folder / "config", site, subscribers, smtp_port)
        self.folder = folder
        self.url = f"sqlite:///{folder}/data/rivalwatch.db"
        self.environment = {**os.environ, "RIVALWATCH_DATA": str(folder / "data")}

    def start(self, *command: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "service.cli", "--config", str(self.folder / "config"), *command],
            cwd=ROOT,
            env=self.environment,
            start_new_session=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, *command: str) -> str:
        process = self.start(*command)
        output, _ = process.communicate(timeout=300)
        assert process.returncode == 0, output
        return output

    def count(self, query: str) -> int:
        with Database(self.url) as database, database.read() as session:
            return int(session.scalar(text(query)) or 0)

    def kill_when(self, process: subprocess.Popen[str], reached: Callable[[], bool]) -> None:
        """SIGKILL the command and all it started, once the condition holds."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not reached():
            assert process.poll() is None, f"ended before it could be killed: {process.communicate()[0]}"
            assert time.monotonic() < deadline, "never got half-way"
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def stored(place: Place) -> int:
    path = place.folder / "data" / "rivalwatch.db"
    try:
        return place.count("SELECT count(*) FROM snapshot") if path.exists() else 0
    except Exception:  # the tables may not be there yet
        return 0


@pytest.mark.slow
def test_a_crawl_killed_half_way_loses_nothing_and_repeats_nothing(
    tmp_path: Path, site: LoopbackSite
) -> None:
    place = Place(tmp_path, site)
    site.delay = 0.15
    process = place.start("crawl", "--all")
    place.kill_when(process, lambda: 0 < stored(place) < PAGES)
    half = stored(place)
    assert 0 < half < PAGES
    site.delay = 0.0
    place.run("crawl", "--due")
    assert place.count("SELECT count(*) FROM snapshot") == PAGES
    assert place.count("SELECT count(DISTINCT source_id) FROM snapshot") == PAGES
    place.run("process")
    for number in range(PAGES):
        site.put("houses.localhost", f"/pricing/{number}", page(number, 59))
    process = place.start("crawl", "--all")
    place.kill_when(process, lambda: stored(place) > PAGES)
    process = place.start("process")
    time.sleep(1.5)  # anywhere in the middle of the stages will do
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    place.run("crawl", "--all")
    place.run("process")
    assert place.count("SELECT count(*) FROM change WHERE state = 'confirmed'") == PAGES
    assert place.count("SELECT count(DISTINCT source_id) FROM change WHERE state = 'confirmed'") == PAGES
    evidence = place.count("SELECT count(*) FROM evidence")
    assert evidence == place.count("SELECT count(DISTINCT change_id) FROM evidence") == PAGES
    place.run("process")
    assert place.count("SELECT count(*) FROM evidence") == evidence


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def in_doubt(place: Place) -> set[str]:
    with Database(place.url) as database, database.read() as session:
        return set(session.scalars(text("SELECT recipient FROM mail WHERE state = 'in_doubt'")))


class SlowServer:
    """Takes its time over every message, and remembers whom it got one for."""

    def __init__(self) -> None:
        self.received: Counter[str] = Counter()
        self.pause = 0.15

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        import asyncio

        await asyncio.sleep(self.pause)
        self.received.update(envelope.rcpt_tos)
        return "250 OK"


@pytest.mark.slow
def test_a_delivery_killed_half_way_sends_nothing_twice_and_loses_nothing(
    tmp_path: Path, site: LoopbackSite
) -> None:
    readers = 12
    server = SlowServer()
    port = free_port()
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        place = Place(tmp_path, site, subscribers=readers, smtp_port=port)
        place.run("crawl", "--all")
        place.run("process")
        week = datetime.now(UTC).strftime("%G-W%V")
        process = place.start("digest", "send", "--week", week)
        place.kill_when(process, lambda: len(server.received) >= 3)
        threading.Event().wait(1.0)  # let the server finish what it had taken
        assert len(server.received) < readers, "killed too late to prove anything"
        output = place.run("digest", "send", "--week", week)
        # This server forgets a message whose sender hung up before the answer; ours cannot know, and must say so.
        everybody = {f"reader{n}@example.com" for n in range(readers)}
        assert set(server.received) | in_doubt(place) == everybody, output
        assert set(server.received.values()) == {1}
        assert place.count("SELECT count(*) FROM mail") == readers
        assert place.count("SELECT count(*) FROM mail WHERE state NOT IN ('sent', 'in_doubt')") == 0
        assert place.count("SELECT count(*) FROM mail WHERE state = 'in_doubt'") <= 1
        place.run("digest", "send", "--week", week)
        assert set(server.received.values()) == {1}
    finally:
        controller.stop()
