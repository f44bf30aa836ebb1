"""The whole cycle, crawl and compare, beside a bare Scrapy spider that only fetches, in one run.

Run from the project's folder: ``python -m bench.cycle [pages …]``, by default for 1000, 2000 and 4000. Every page's
bytes differ at every request and 8 % truly change in the second week (`bench.cycle_world`). The seconds of starting
Python are taken off both sides. Medians of three rounds, cycle and bare spider in
turns. Second looks, which come minutes later, are not part of the cycle. The time of the
processors beside the ratio says what a page costs on a machine that others use too.
"""

from __future__ import annotations

import multiprocessing
import resource
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from bench.crawl import SETTINGS, START
from bench.cycle_world import KINDS, is_changed, page_body, serve
from config.competitors import CompetitorConfig, SourceConfig
from config.settings import DetectionSettings
from crawlers.run import crawl
from extract.ahead import Beside, extract_some
from store.changes import list_changes
from store.database import Database
from store.schema import upgrade
from store.sources import list_sources, sync_rivals

DETECTION = DetectionSettings()
ROUNDS = 3
A_HOST = len(KINDS)  # pages a host


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the wall, and of the processors: of this process and of its children."""

    wall: float
    own: float
    children: float

    def __sub__(self, other: Cost) -> Cost:
        return Cost(max(self.wall - other.wall, 0.001), self.own - other.own, self.children - other.children)

    @classmethod
    def now(cls) -> Cost:
        """Return what has been spent so far."""
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return cls(time.monotonic(), time.process_time(), used.ru_utime + used.ru_stime)


def main(sizes: list[int]) -> None:
    """Print pages a second of the cycle and of the bare spider, and their ratio, for each number of pages."""
    size = sum(len(page_body(page, 1)) for page in range(100)) / 100_000
    print(f"{size:.0f} KB a page")
    with _world(max(sizes)) as port:
        idle = _cycle(port, 1)[0], _bare(port, 1)
        for pages in sizes:
            rounds = [_round(port, pages, idle) for _ in range(ROUNDS)]
            for number, name in enumerate(("first visit", "second week")):
                costs = [costs[number] for *costs, _ in rounds]
                bares = [bare for *_, bare in rounds]
                ratio = median(bare.wall / cost.wall for bare, cost in zip(bares, costs, strict=True))
                print(
                    f"{pages} pages, {name}: {pages / median(cost.wall for cost in costs):.0f} pages/s,"
                    f" bare {pages / median(bare.wall for bare in bares):.0f} pages/s, ratio {ratio:.2f};"
                    f" CPU ms a page: crawl {_a_page(costs, pages, 'children'):.2f},"
                    f" compare {_a_page(costs, pages, 'own'):.2f}, bare {_a_page(bares, pages, 'children'):.2f}"
                )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(f"peak memory of the comparing process {peak:.0f} MB")


def _round(port: int, pages: int, idle: tuple[Cost, Cost]) -> tuple[Cost, Cost, Cost]:
    """Return the costs of the first visit, the second week and the bare spider, one after the other."""
    first, second, found = _cycle(port, pages)
    bare = _bare(port, pages) - idle[1]
    true = sum(map(is_changed, range(pages)))
    right = len(found & _changed(pages))
    print(f"  {true} pages truly changed, {right} found, {len(found) - right} wrong")
    return first - idle[0], second - idle[0], bare


def _a_page(costs: list[Cost], pages: int, kind: str) -> float:
    return median(1000 * getattr(cost, kind) / pages for cost in costs)


@contextmanager
def _world(pages: int) -> Iterator[int]:
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs, pages), daemon=True)
    process.start()
    try:
        yield ours.recv()
    finally:
        process.terminate()


def _cycle(port: int, pages: int) -> tuple[Cost, Cost, set[int]]:
    """Return the cost of the first visit and of the second week, and the pages that were reported then."""
    with tempfile.TemporaryDirectory() as folder, Database(f"sqlite:///{folder}/db") as database:
        upgrade(database)
        with database.write() as session:
            sync_rivals(session, _rivals(port, pages))
        _turn(port, 1)
        first = _visit(database, START)
        _turn(port, 2)
        second = _visit(database, START + timedelta(days=7))
        with database.read() as session:
            found = {int(row["url"].rsplit("/", 1)[1]) for row in list_changes(session)}
    return first, second, found


def _visit(database: Database, now: datetime) -> Cost:
    with database.read() as session:
        sources = list_sources(session)
    began = Cost.now()
    with Beside(database.url, DETECTION, lambda: now):
        report = crawl(database.url, sources, SETTINGS, now=now)
    while extract_some(database, now, DETECTION):
        pass
    cost = Cost.now() - began
    assert {state.value for state in report.counts} == {"ok"}, report.counts
    return cost


def _rivals(port: int, pages: int) -> list[CompetitorConfig]:
    hosts: dict[str, list[SourceConfig]] = {}
    for page in range(pages):
        rival, url = _address(port, page)
        source = SourceConfig(
            key=f"{rival}/{page}", rival=rival, type=KINDS[page % A_HOST], url=url, every=timedelta(hours=6)
        )
        hosts.setdefault(rival, []).append(source)
    return [
        CompetitorConfig(key=key, name=key, domain=f"{key}.example", market="bench", sources=tuple(found))
        for key, found in hosts.items()
    ]


def _address(port: int, page: int) -> tuple[str, str]:
    rival = f"h{page // A_HOST}"
    return rival, f"http://{rival}.localhost:{port}/{KINDS[page % A_HOST]}/{page}"


def _changed(pages: int) -> set[int]:
    return {page for page in range(pages) if is_changed(page)}


def _turn(port: int, week: int) -> None:
    urllib.request.urlopen(f"http://127.0.0.1:{port}/week/{week}").close()


def _bare(port: int, pages: int) -> Cost:
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        for page in sorted(range(pages), key=lambda page: page % A_HOST):
            rival, url = _address(port, page)
            file.write(f"{rival} {url.replace(f'{rival}.localhost', '127.0.0.1')}\n")
        file.flush()
        began = Cost.now()
        subprocess.run([sys.executable, "-m", "bench.bare_spider", file.name], check=True)
        return Cost.now() - began


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [1_000, 2_000, 4_000])
