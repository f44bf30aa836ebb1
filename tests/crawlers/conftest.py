"""The crawler's fixtures: a site on loopback, and a watch of its pages in a database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from config.competitors import CompetitorConfig, SourceConfig
from config.settings import CrawlSettings
from crawlers.run import CrawlReport, crawl
from store.database import Database
from store.kinds import FetchState, Look
from store.snapshots import Snapshot, last_snapshots
from store.sources import Source, list_sources, sync_rivals
from tests.crawlers.site import Site, running_site

QUICK = CrawlSettings(
    contact="watch@us.example",
    delay=timedelta(0),
    timeout=timedelta(seconds=3),
    max_bytes=200_000,
    retries=0,
    concurrency_per_host=8,
    allow_hosts=("*.localhost",),
    double_first_visit=False,
)


@pytest.fixture
def site() -> Iterator[Site]:
    """An empty site on loopback."""
    with running_site() as running:
        yield running


@dataclass
class Watch:
    """A database that watches pages of the site."""

    database: Database
    now: datetime

    def sources(self, *configs: SourceConfig) -> list[Source]:
        """Configure exactly these sources and return them as stored."""
        rival = CompetitorConfig(
            key="north", name="Northbeam", domain="northbeam.example", market="identity", sources=configs
        )
        with self.database.write() as session:
            sync_rivals(session, [rival])
        return self.stored()

    def page(self, name: str, url: str, type: str = "page", **options: object) -> SourceConfig:
        """Return one source of the rival."""
        return SourceConfig.model_validate(
            {
                "key": f"north/{name}",
                "rival": "north",
                "type": type,
                "url": url,
                "every": timedelta(hours=6),
                **options,
            }
        )

    def stored(self) -> list[Source]:
        """Return the sources as stored now."""
        with self.database.read() as session:
            return list_sources(session)

    def crawl(
        self, settings: CrawlSettings = QUICK, look: Look = Look.REGULAR, after: timedelta = timedelta(0)
    ) -> CrawlReport:
        """Crawl all sources, ``after`` the test's now."""
        return crawl(self.database.url, self.stored(), settings, now=self.now + after, look=look)

    def look_at(self, settings: CrawlSettings = QUICK) -> dict[str, tuple[FetchState | None, str | None]]:
        """Crawl all sources; return state and reason by the name of the source."""
        self.crawl(settings)
        return {source.key.split("/")[1]: (source.state, source.reason) for source in self.stored()}

    def snapshots(self, source: Source) -> tuple[Snapshot, ...]:
        """Return the newest good and the newest snapshot of a source."""
        with self.database.read() as session:
            return last_snapshots(session, [source.id]).get(source.id, ())


@pytest.fixture
def watch(database: Database, now: datetime) -> Watch:
    """An empty watch."""
    return Watch(database, now)
