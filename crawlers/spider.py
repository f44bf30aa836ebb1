"""The spider: hosts side by side, the sources of one host one after the other, every source ends in one outcome."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from itertools import zip_longest
from typing import TYPE_CHECKING, Protocol

from scrapy import Request, Spider

from crawlers.asking import Asker, short_name
from crawlers.errors import FetchError, FetchReason, PostponedError
from crawlers.hosts import Hosts
from crawlers.job import Learned
from crawlers.judge import judge_failure
from crawlers.outcome import Outcome, outcome_of
from crawlers.registry import adapter_for
from crawlers.robots import Robots
from crawlers.visiting import Ending, Visitor
from crawlers.visits import lanes_of
from store.kinds import FetchState, Look

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawlers.job import Job
    from crawlers.judge import Answer
    from store.sources import Source

log = logging.getLogger(__name__)


class Sink(Protocol):
    """Where the spider puts what it found; waits if too much is pending."""

    async def put(self, outcome: Outcome) -> None:
        """Take an outcome."""

    async def postpone(self, source: Source, error: PostponedError) -> None:
        """Take note that a source was not asked."""

    async def learn(self, learned: Learned) -> None:
        """Take what is to be known of hosts in the next crawl."""


class SourceSpider(Spider):
    """Visits the sources of one job. Scrapy's scheduler is not used: a source is followed by one coroutine."""

    name = "sources"

    def __init__(self, job: Job, sink: Sink) -> None:
        super().__init__()
        self._job = job
        self._sink = sink
        self._known = job.known or {}
        self._started = time.monotonic()

    def now(self) -> datetime:
        """Return the moment in the job's own time: its ``now`` plus what has passed since, or the clock's."""
        if self._job.now is None:
            return datetime.now(UTC)
        return self._job.now + timedelta(seconds=time.monotonic() - self._started)

    async def start(self) -> AsyncIterator[Request]:
        """Visit every source; yields no request, for each is sent where its answer is wanted."""
        assert self.crawler.engine is not None
        settings = self._job.settings
        if self._job.known is None or self._job.in_quiet_hours:  # A dry fetch is a person's wish.
            settings = settings.model_copy(update={"quiet_hours": None})
        self._hosts = Hosts(settings, self.now, self._job.hosts)
        self._robots = Robots(short_name(settings), self._ask_plainly, self.now, self._job.robots)
        self._asker = Asker(settings, self._hosts, self._robots, self.crawler.engine.download_async)
        self._visitor = Visitor(self._job, self._asker, self._known, self.now)
        await asyncio.gather(*(self._work(lane) for lane in self._lanes()))
        await self._tell_learned()
        none: tuple[Request, ...] = ()
        for request in none:
            yield request

    def _lanes(self) -> list[Iterator[Source]]:
        """Return one lane for each request that a host may see at once; those of one host share its sources.

        The first lanes of all hosts come before the second ones, so that no host with many sources goes first.
        """
        shared = lanes_of(self._job.sources)
        numbers = [min(self._job.settings.concurrency_per_host, len(sources)) for sources in shared]
        lanes = [[iter(sources)] * number for sources, number in zip(shared, numbers, strict=True)]
        return [lane for turn in zip_longest(*lanes) for lane in turn if lane is not None]

    async def _ask_plainly(self, url: str, headers: Mapping[str, str]) -> Answer:
        return await self._asker.ask_plainly(url, headers)

    async def _work(self, lane: Iterable[Source]) -> None:
        for source in lane:
            try:
                await self._visit(source)
            except PostponedError as error:
                await self._sink.postpone(source, error)

    async def _visit(self, source: Source) -> None:
        ending = await self._ending(source, self._job.look)
        await self._put(source, self._job.look, ending)
        if self._wants_second_look(source, ending):
            with contextlib.suppress(
                PostponedError
            ):  # The first look is stored, and the next visit is regular.
                await self._look_again(source, ending)

    async def _look_again(self, source: Source, first: Ending) -> None:
        again = await self._ending(source, Look.LEARN)
        if again.verdict.state is FetchState.OK and again.sha256 != first.sha256:
            await self._put(source, Look.LEARN, again)

    async def _ending(self, source: Source, look: Look) -> Ending:
        try:
            return await self._visitor.visit(source, look)
        except PostponedError:
            raise
        except Exception:
            # The one place where a bug in visiting one source must not stop the others.
            log.exception("source crashed", extra={"source": source.key})
            return _CRASHED

    async def _put(self, source: Source, look: Look, ending: Ending) -> None:
        await self._sink.put(outcome_of(source, look, ending, self.now(), self._job.settings))
        await self._tell_learned()

    async def _tell_learned(self) -> None:
        hosts, robots = self._hosts.take_noted(), self._robots.take_learned()
        if hosts or robots:
            await self._sink.learn(Learned(hosts=hosts, robots=robots))

    def _wants_second_look(self, source: Source, ending: Ending) -> bool:
        return (
            self._job.look is Look.REGULAR
            and self._job.settings.double_first_visit
            and source.id not in self._known
            and ending.verdict.state is FetchState.OK
            and not adapter_for(source.type).is_entries
        )


_CRASHED = Ending(
    verdict=judge_failure(
        FetchError(FetchReason.CRASHED, "this source made the crawler fail; the log has the details")
    )
)
