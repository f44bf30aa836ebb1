"""Crawling: sources in, snapshots and source states stored."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from config.errors import OperationError
from config.settings import CrawlSettings
from crawlers.errors import CrawlerDiedError, WhyNot
from crawlers.job import Done, Job
from crawlers.process import ChildProcess
from crawlers.registry import adapters
from crawlers.told import told_entries
from crawlers.visits import host_name, known_addresses, origin_of
from crawlers.writer import StoreWriter
from store.crawl_runs import finish_run, start_run
from store.database import Database
from store.hosts import forget_hosts, read_hosts
from store.kinds import FetchState, Look
from store.robots import forget_robots, read_robots
from store.snapshots import last_good_digests
from store.sources import Source, Turn

Progress = Callable[[str, FetchState], None]


#: How long one crawl may spend on the stated pauses of one service. crt.sh allows one question a minute: with twenty
#: rivals a crawl would last twenty minutes, and everything else that is due would wait for it.
PATIENCE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlReport:
    """What a crawl did: sources per state, states that turned, how long it took.

    ``not_asked`` are the sources that stay due, by why they were not asked.
    """

    run_id: int | None = None
    counts: Mapping[FetchState, int] = field(default_factory=dict)
    turns: tuple[Turn, ...] = ()
    seconds: float = 0.0
    not_asked: Mapping[WhyNot, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many sources were visited."""
        return sum(self.counts.values())

    @property
    def postponed(self) -> int:
        """How many sources were not asked."""
        return sum(self.not_asked.values())


def crawl(
    database_url: str,
    sources: Sequence[Source],
    settings: CrawlSettings,
    *,
    now: datetime | None = None,
    look: Look = Look.REGULAR,
    keys: Mapping[str, str] | None = None,
    in_quiet_hours: bool = False,
    on_progress: Progress | None = None,
) -> CrawlReport:
    """Visit every source once and store how it ended; sources that were not reached stay due.

    ``now`` replaces the clock (moments are then ``now`` plus the time that has passed); ``keys`` are service keys by
    source type. A confirming look asks without validators and leaves the sources' rhythm and state alone.
    ``in_quiet_hours`` asks then too, because a person wants to know now.
    Raises: StoreError, CrawlerDiedError; what was committed by then is kept.
    """
    if not sources:
        return CrawlReport()
    clock = _Clock(now)
    chosen = affordable(sources)
    with Database(database_url) as database:
        job = _job(database, chosen, settings, now, look, keys, in_quiet_hours)
        writer, done = _stored(database, job, clock, on_progress)
    few = len(sources) - len(chosen)
    turns = tuple(_turn(line, clock()) for line in done if line.turned)
    return CrawlReport(
        run_id=writer.run_id,
        counts=Counter(line.state for line in done),
        turns=turns,
        seconds=clock.seconds,
        not_asked=writer.postponed + Counter({WhyNot.FEW: few}),
    )


class _Clock:
    """Gives the crawl's moments: the real ones, or ``now`` plus the time that has passed since."""

    def __init__(self, now: datetime | None) -> None:
        self._now = now
        self._began = time.monotonic()

    def __call__(self) -> datetime:
        return datetime.now(UTC) if self._now is None else self._now + timedelta(seconds=self.seconds)

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._began


def _job(
    database: Database,
    sources: tuple[Source, ...],
    settings: CrawlSettings,
    now: datetime | None,
    look: Look,
    keys: Mapping[str, str] | None,
    in_quiet_hours: bool,
) -> Job:
    urls = [url for source in sources for url in known_addresses(source)]
    with database.read() as session:
        return Job(
            sources=sources,
            settings=settings,
            look=look,
            now=now,
            in_quiet_hours=in_quiet_hours,
            keys=dict(keys or {}),
            known=last_good_digests(session, [source.id for source in sources]),
            told=told_entries(session, sources),
            robots=read_robots(session, {origin for url in urls if (origin := origin_of(url))}),
            hosts=read_hosts(session, {host for url in urls if (host := host_name(url))}),
        )


def _stored(
    database: Database, job: Job, clock: _Clock, on_progress: Progress | None
) -> tuple[StoreWriter, list[Done]]:
    done: list[Done] = []

    def tell(line: Done) -> None:
        done.append(line)
        if on_progress is not None:
            on_progress(line.source, line.state)

    with database.write() as session:
        run_id = start_run(session, job.look, clock())
        forget_robots(session, clock())
        forget_hosts(session, clock())
    writer = StoreWriter(database, run_id, {source.id: source for source in job.sources}, tell)
    _run(job, writer, done)
    with database.write() as session:
        finish_run(session, run_id, clock(), Counter(line.state for line in done))
    return writer, done


def _run(job: Job, writer: StoreWriter, done: list[Done]) -> None:
    ending = ChildProcess(job, writer.take, writer.flush).run()
    if ending.message is not None:
        raise OperationError(ending.message)
    if not ending.finished or ending.status != 0:
        waiting = len(job.sources) - len(done) - writer.postponed.total()
        raise CrawlerDiedError(ending.status, len(done), waiting, ending.tail)


def affordable(sources: Sequence[Source]) -> tuple[Source, ...]:
    """Return the sources whose services' stated pauses fit into `PATIENCE`, at least one of each, in their order."""
    pauses = {adapter.spec.name: adapter.min_delay.total_seconds() for adapter in adapters()}
    spent: dict[str, float] = defaultdict(float)
    chosen = []
    for source in sources:
        pause = pauses.get(source.type, 0.0)  # a type that left the catalogue is told so by its visit
        if spent[source.type] and spent[source.type] + pause > PATIENCE.total_seconds():
            continue
        spent[source.type] += pause
        chosen.append(source)
    return tuple(chosen)


def _turn(line: Done, at: datetime) -> Turn:
    after = FetchState.OK if line.state is FetchState.UNCHANGED else line.state
    return Turn(source_key=line.source, at=at, before=line.before, after=after, reason=line.reason)
