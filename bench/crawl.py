"""Crawl and store beside a bare Scrapy spider that only fetches, in turns, over one world on loopback.

Run from the project's folder: ``python -m bench.crawl [hosts] [pages a host] [rounds]``. Both ask for the same
addresses, 16 at once and 8 a host, without pauses, on uvloop, in a process of their own. The bare spider
(`bench.bare_spider`) obeys no robots.txt and does nothing with an answer; ours checks addresses, reads robots.txt,
judges every answer, and stores it from a second process. The seconds of starting Python, measured by a crawl of one
page in each round, are taken off both; the ratio with them is printed too.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median

from bench.loopback_world import ETAG, RunningWorld, running_world
from config.competitors import CompetitorConfig, SourceConfig
from config.settings import CrawlSettings
from crawlers.run import CrawlReport, crawl
from store.database import Database
from store.schema import upgrade
from store.sources import list_sources, sync_rivals

START = datetime(2026, 11, 16, 6, tzinfo=UTC)
SIX_HOURS = timedelta(hours=6)
PAUSE = timedelta(seconds=0.3)  # of the polite crawl
SETTINGS = CrawlSettings(
    contact="bench@us.example",
    delay=timedelta(0),
    concurrency=16,
    concurrency_per_host=8,
    allow_hosts=("*.localhost",),
    double_first_visit=False,
)
POLITE = SETTINGS.model_copy(update={"delay": PAUSE, "concurrency_per_host": 1, "concurrency": 256})


@dataclass(frozen=True)
class Cost:
    """Seconds of one run: by the wall clock, and of processors (all processes but the server's)."""

    wall: float
    processor: float

    def without(self, start: Cost) -> Cost:
        """Return the cost without that of starting up."""
        return Cost(max(self.wall - start.wall, 0.001), max(self.processor - start.processor, 0.001))

    @classmethod
    def median_of(cls, costs: Sequence[Cost]) -> Cost:
        """Return the medians of several runs."""
        return cls(median(cost.wall for cost in costs), median(cost.processor for cost in costs))


def main(hosts: int, pages: int, rounds: int) -> None:
    """Print how fast both are, what the second visit asked for, and how politely a polite crawl asks."""
    with running_world() as world:
        for name, path in (("every answer 304", "old"), ("every page's bytes differ", "new")):
            asked, costs = "", []
            for _ in range(rounds):
                starts = crawled(world, 1, 1, path).cost, fetched(world, 1, 1, path)
                run = crawled(world, hosts, pages, path)
                costs.append((run.cost, fetched(world, hosts, pages, path), *starts))
                asked = run.asked
            print(f"{name}, median of {rounds} rounds: {_compared(costs, hosts * pages)}")
            print(f"  asked at the second visit: {asked}")
        print(f"polite crawl, pause {PAUSE.total_seconds()} s: {politely(world, hosts, min(pages, 4))}")


def _compared(costs: list[tuple[Cost, Cost, Cost, Cost]], pages: int) -> str:
    ours, bare, our_start, bare_start = (Cost.median_of(column) for column in zip(*costs, strict=True))
    fast, plain = ours.without(our_start), bare.without(bare_start)
    return (
        f"crawl and store {pages / fast.wall:.0f} pages/s, bare fetch {pages / plain.wall:.0f} pages/s,"
        f" ratio {plain.wall / fast.wall:.2f} ({bare.wall / ours.wall:.2f} with starting up);"
        f" processor {1000 * fast.processor / pages:.2f} and {1000 * plain.processor / pages:.2f} ms a page,"
        f" ratio {plain.processor / fast.processor:.2f}"
    )


@dataclass(frozen=True)
class Run:
    """The cost of a second visit, and what it asked for."""

    cost: Cost
    asked: str


def crawled(world: RunningWorld, hosts: int, pages: int, path: str) -> Run:
    """Return what the second visit costs; the first one fills the store."""
    with _watched(world, hosts, pages, path) as database:
        visited(database, SETTINGS, START)
        world.seen()
        before = _processor()
        report = visited(database, SETTINGS, START + SIX_HOURS)
        cost = Cost(report.seconds, _processor() - before)
    assert report.total == hosts * pages
    assert {state.value for state in report.counts} == {"unchanged" if path == "old" else "ok"}, report.counts
    counts = world.seen().counts
    return Run(cost, ", ".join(f"{count} {name}" for name, count in sorted(counts.items())))


def politely(world: RunningWorld, hosts: int, pages: int) -> str:
    """Return the smallest gap and the most requests at once that any host saw over two crawls without a break."""
    with _watched(world, hosts, pages, "slow") as database:
        world.seen()
        seconds = sum(visited(database, POLITE, None).seconds for _ in range(2))
        seen = world.seen()
    return (
        f"{2 * hosts * pages} pages in two crawls, {seconds:.0f} s; smallest gap at any host"
        f" {min(seen.gaps.values()):.3f} s, most requests at once at a host {max(seen.at_once.values())}"
    )


def visited(database: Database, settings: CrawlSettings, now: datetime | None) -> CrawlReport:
    """Crawl all sources of a database."""
    with database.read() as session:
        sources = list_sources(session)
    return crawl(database.url, sources, settings, now=now)


@contextmanager
def _watched(world: RunningWorld, hosts: int, pages: int, path: str) -> Iterator[Database]:
    with tempfile.TemporaryDirectory() as folder, Database(f"sqlite:///{folder}/db") as database:
        upgrade(database)
        with database.write() as session:
            sync_rivals(session, _rivals(world.port, hosts, pages, path))
        yield database


def fetched(world: RunningWorld, hosts: int, pages: int, path: str) -> Cost:
    """Return what the bare spider costs."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.writelines(f"{host} {url}\n" for host, url in _addresses(world.port, hosts, pages, path))
        file.flush()
        conditions = [ETAG] if path == "old" else []
        began, before = time.monotonic(), _processor()
        subprocess.run([sys.executable, "-m", "bench.bare_spider", file.name, *conditions], check=True)
        cost = Cost(time.monotonic() - began, _processor() - before)
    asked = world.seen().counts
    assert asked["conditional"] + asked["unconditional"] == hosts * pages, asked
    return cost


def _processor() -> float:
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(usage.ru_utime + usage.ru_stime for usage in map(resource.getrusage, kinds))


def _addresses(port: int, hosts: int, pages: int, path: str) -> list[tuple[str, str]]:
    return [
        (f"h{host}", f"http://h{host}.localhost:{port}/{path}/{page}")
        for page in range(pages)
        for host in range(hosts)
    ]


def _rivals(port: int, hosts: int, pages: int, path: str) -> list[CompetitorConfig]:
    sources: dict[str, list[SourceConfig]] = {}
    for rival, url in _addresses(port, hosts, pages, path):
        key = f"{rival}/{url.rsplit('/', 1)[1]}"
        sources.setdefault(rival, []).append(
            SourceConfig(key=key, rival=rival, type="page", url=url, every=SIX_HOURS)
        )
    return [
        CompetitorConfig(key=key, name=key, domain=f"{key}.example", market="bench", sources=tuple(found))
        for key, found in sources.items()
    ]


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:4]]
    main(*(*numbers, *(200, 10, 3)[len(numbers) :]))
