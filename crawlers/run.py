"""Crawling: sources in, snapshots and source states stored."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from config.errors import OperationError
from config.settings import CrawlSettings
from crawlers.errors import CrawlerDiedError
from crawlers.job import Done, Fetched, Job
from crawlers.process import ChildProcess
from crawlers.registry import adapters
from store.crawl_runs import finish_run, start_run
from store.database import Database
from store.kinds import FetchState, Look
from store.sources import Source, Turn

Progress = Callable[[str, FetchState], None]


#: How long one crawl may spend on the stated pauses of one service. crt.sh allows one question a minute: with twenty
#: rivals a crawl would last twenty minutes, and everything else that is due would wait for it.
PATIENCE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlReport:
    """What a crawl did: sources per state, states that turned, how long it took.

    ``postponed`` sources of services with long pauses stay due for the next crawl.
    """

    run_id: int | None = None
    counts: Mapping[FetchState, int] = field(default_factory=dict)
    turns: tuple[Turn, ...] = ()
    seconds: float = 0.0
    postponed: int = 0

    @property
    def total(self) -> int:
        """How many sources were visited."""
        return sum(self.counts.values())


def crawl(
    database_url: str,
    sources: Sequence[Source],
    settings: CrawlSettings,
    *,
    now: datetime | None = None,
    look: Look = Look.REGULAR,
    keys: Mapping[str, str] | None = None,
    on_progress: Progress | None = None,
) -> CrawlReport:
    """Visit every source once and store how it ended; sources that were not reached stay due.

    ``now`` replaces the clock (moments are then ``now`` plus the time that has passed); ``keys`` are service keys by
    source type. A confirming look asks without validators and leaves the sources' rhythm and state alone.
    Raises: StoreError, CrawlerDiedError; what was committed by then is kept.
    """
    if not sources:
        return CrawlReport()
    began = time.monotonic()

    def moment() -> datetime:
        return datetime.now(UTC) if now is None else now + timedelta(seconds=time.monotonic() - began)

    chosen = affordable(sources)
    with Database(database_url) as database:
        with database.write() as session:
            run_id = start_run(session, look, moment())
        job = Job(
            sources=chosen,
            settings=settings,
            database_url=database_url,
            run_id=run_id,
            look=look,
            now=now,
            keys=dict(keys or {}),
        )
        done = _run(job, on_progress)
        counts = Counter(line.state for line in done)
        with database.write() as session:
            finish_run(session, run_id, moment(), counts)
    turns = tuple(_turn(line, moment()) for line in done if line.turned)
    return CrawlReport(
        run_id=run_id,
        counts=counts,
        turns=turns,
        seconds=time.monotonic() - began,
        postponed=len(sources) - len(chosen),
    )


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


def _run(job: Job, on_progress: Progress | None) -> list[Done]:
    done: list[Done] = []

    def take(line: Done | Fetched) -> None:
        if isinstance(line, Done):
            done.append(line)
            if on_progress is not None:
                on_progress(line.source, line.state)

    ending = ChildProcess(job, take).run()
    if ending.message is not None:
        raise OperationError(ending.message)
    if not ending.finished or ending.status != 0:
        raise CrawlerDiedError(ending.status, len(done), len(job.sources) - len(done), ending.tail)
    return done


def _turn(line: Done, at: datetime) -> Turn:
    after = FetchState.OK if line.state is FetchState.UNCHANGED else line.state
    return Turn(source_key=line.source, at=at, before=line.before, after=after, reason=line.reason)
