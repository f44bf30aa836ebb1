"""Crawl and store beside a bare Scrapy spider that only fetches, in one run, over a loopback world.

Run from the project's folder: ``python -m bench.crawl [hosts] [pages a host]``. The bare spider is Scrapy with its own
download handler, robots.txt off and a callback that does nothing; ours checks addresses, obeys robots.txt, judges every
answer and stores it. Both are processes of their own; the seconds of starting Python are taken off both.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection

from config.competitors import CompetitorConfig, SourceConfig
from config.settings import CrawlSettings
from crawlers.run import crawl
from store.database import Database
from store.schema import upgrade
from store.sources import list_sources, sync_rivals

START = datetime(2026, 11, 16, 6, tzinfo=UTC)
PROSE = (
    b"<p>" + b"Northbeam verifies identities for banks, shops and public offices in forty countries. " * 180
)
SETTINGS = CrawlSettings(
    contact="bench@us.example",
    delay=timedelta(0),
    concurrency=16,
    concurrency_per_host=8,
    allow_hosts=("*.localhost",),
    double_first_visit=False,
)
BARE = """
import sys, scrapy
from scrapy.crawler import CrawlerProcess
class Bare(scrapy.Spider):
    name = "bare"
    async def start(self):
        for line in open(sys.argv[1]):
            host, url = line.split()
            yield scrapy.Request(url, callback=self.nothing, dont_filter=True, meta={"download_slot": host})
    def nothing(self, response):
        return None
process = CrawlerProcess({
    "LOG_ENABLED": False, "TELNETCONSOLE_ENABLED": False, "ROBOTSTXT_OBEY": False, "CONCURRENT_REQUESTS": 16,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 8, "DOWNLOAD_DELAY": 0, "HTTPERROR_ALLOW_ALL": True,
    "TWISTED_REACTOR": "twisted.internet.asyncioreactor.AsyncioSelectorReactor",
    "ASYNCIO_EVENT_LOOP": "uvloop.Loop",
    "DEFAULT_REQUEST_HEADERS": {"If-None-Match": '"one"'} if sys.argv[2] == "304" else {},
})
process.crawl(Bare)
process.start()
"""


def serve(pipe: Connection) -> None:
    """Serve pages for ever: 304 to whoever has them, and below ``/new`` other bytes at every request."""
    asyncio.run(_serve(pipe))


async def _serve(pipe: Connection) -> None:
    count = 0

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal count
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                count += 1
                writer.write(_reply(head, count))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    pipe.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()


def _reply(head: bytes, count: int) -> bytes:
    path = head.split(b" ", 2)[1]
    if path == b"/robots.txt":
        return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
    if b'"one"' in head:
        return b'HTTP/1.1 304 Not Modified\r\nETag: "one"\r\n\r\n'
    number = b"%d" % count if path.startswith(b"/new") else b"0"
    body = (
        b"<html><title>Page "
        + path
        + b" "
        + number
        + b"</title><main><h1>Page</h1>"
        + PROSE
        + b"</main></html>"
    )
    tag = b"" if path.startswith(b"/new") else b'ETag: "one"\r\n'
    return (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n%sContent-Length: %d\r\n\r\n" % (tag, len(body))
        + body
    )


def main(hosts: int, pages: int) -> None:
    """Print pages a second of both, and their ratio, for the world that rests and for the one that changes."""
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs,), daemon=True)
    server.start()
    port = ours.recv()
    try:
        idle_ours, idle_bare = _crawled(port, 1, 1, "old"), _bare(port, 1, 1, "old")
        for world, path in (("every answer 304", "old"), ("every page's bytes differ", "new")):
            stored = max(_crawled(port, hosts, pages, path) - idle_ours, 0.001)
            fetched = max(_bare(port, hosts, pages, path) - idle_bare, 0.001)
            count = hosts * pages
            print(
                f"{world}: crawl and store {count / stored:.0f} pages/s, bare fetch {count / fetched:.0f} pages/s,"
                f" ratio {fetched / stored:.2f}"
            )
    finally:
        server.terminate()


def _addresses(port: int, hosts: int, pages: int, path: str) -> list[tuple[str, str]]:
    return [
        (f"h{host}", f"http://h{host}.localhost:{port}/{path}/{page}")
        for page in range(pages)
        for host in range(hosts)
    ]


def _crawled(port: int, hosts: int, pages: int, path: str) -> float:
    """Return the seconds of the second visit; the first one fills the store."""
    with tempfile.TemporaryDirectory() as folder, Database(f"sqlite:///{folder}/db") as database:
        upgrade(database)
        with database.write() as session:
            sync_rivals(session, _rivals(port, hosts, pages, path))
        seconds = 0.0
        for visit in range(2):
            with database.read() as session:
                sources = list_sources(session)
            began = time.monotonic()
            report = crawl(database.url, sources, SETTINGS, now=START + visit * timedelta(hours=6))
            seconds = time.monotonic() - began
        assert sum(report.counts.values()) == hosts * pages
        assert {state.value for state in report.counts} == {"unchanged" if path == "old" else "ok"}, (
            report.counts
        )
    return seconds


def _rivals(port: int, hosts: int, pages: int, path: str) -> list[CompetitorConfig]:
    sources: dict[str, list[SourceConfig]] = {}
    for rival, url in _addresses(port, hosts, pages, path):
        key = f"{rival}/{url.rsplit('/', 1)[1]}"
        sources.setdefault(rival, []).append(
            SourceConfig(key=key, rival=rival, type="page", url=url, every=timedelta(hours=6))
        )
    return [
        CompetitorConfig(key=key, name=key, domain=f"{key}.example", market="bench", sources=tuple(found))
        for key, found in sources.items()
    ]


def _bare(port: int, hosts: int, pages: int, path: str) -> float:
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        # By address: looking names up below localhost takes the bare spider seconds on some systems.
        addresses = _addresses(port, hosts, pages, path)
        file.writelines(
            f"{host} {url.replace(f'{host}.localhost', '127.0.0.1')}\n" for host, url in addresses
        )
        file.flush()
        began = time.monotonic()
        subprocess.run([sys.executable, "-c", BARE, file.name, "304" if path == "old" else "200"], check=True)
        return time.monotonic() - began


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:3]]
    main(*(numbers or (200, 10)))
