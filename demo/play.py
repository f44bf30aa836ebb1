"""Plays the world's weeks through the ordinary pipeline, on a clock whose last week is now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from crawlers.run import CrawlReport
from demo.calendar import WEEK, Calendar
from demo.configuration import write_configuration
from demo.folder import LOGIN, DemoFolder
from demo.server import write_week
from demo.tally import Tally, tally
from demo.truth import truths
from digest.week import send_moment, week_of
from service.pipeline import Pipeline, ProcessReport, Progress
from store.kinds import Role
from store.signal_listing import list_signals
from store.subscribers import Subscriber, list_subscribers
from store.users import add_user

#: The last week begins this long before now, so that what is stored of it does not lie in the future.
LEAD = timedelta(minutes=10)
#: Mails are composed this long after the processing, because a period ends before its last moment.
AFTER_PROCESSING = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekReport:
    """What happened in one week."""

    week: int
    crawled: CrawlReport | None
    processed: ProcessReport
    mails: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """One run of the demo: ``weeks`` weeks, the last of which is at ``now``."""

    folder: DemoFolder
    world_port: int
    web_port: int
    weeks: int
    now: datetime

    @property
    def calendar(self) -> Calendar:
        """The calendar on which the last week begins today."""
        return Calendar.ending((self.now - LEAD).date(), self.weeks)

    def prepare(self) -> None:
        """Write the configuration and put the world in week 1. Raises: DemoFolderError."""
        write_week(self.folder.week_file, 1, self.calendar)
        today = self.now.date()
        write_configuration(self.folder.configuration, self.world_port, today=today, web_port=self.web_port)

    def open(self) -> Pipeline:
        """Open the pipeline on the demo's folder, with its user."""
        pipeline = Pipeline.open(self.folder.configuration, self.folder.database_url, self.folder.root)
        pipeline.synchronise(self._moment(1))
        with pipeline.database.write() as session:
            add_user(session, LOGIN, "Demo", Role.ADMIN, self.folder.password(), self._moment(1))
        return pipeline

    def week(self, pipeline: Pipeline, week: int, on_progress: Progress | None = None) -> WeekReport:
        """Move the world to a week, crawl everything, process it and send the digests of it."""
        write_week(self.folder.week_file, week, self.calendar)
        moment = self._moment(week)
        crawled = pipeline.crawl(moment, "all", clock=moment, on_progress=on_progress)
        # The crawler's clock went on while it worked; what follows must not lie before what it stored.
        moment += timedelta(seconds=(crawled.seconds if crawled else 0) + 1)
        processed = pipeline.process(moment, clock=moment)
        mails = send_week(pipeline, moment + AFTER_PROCESSING) if week > 1 else 0
        return WeekReport(week=week, crawled=crawled, processed=processed, mails=mails)

    def tally(self, pipeline: Pipeline) -> Tally:
        """Count what was reported against what truly happened."""
        with pipeline.database.read() as session:
            signals = list_signals(session)
        return tally(signals, truths(*range(2, self.weeks + 1)), self.calendar)

    def _moment(self, week: int) -> datetime:
        return self.now - LEAD - WEEK * (self.weeks - week)


def send_week(pipeline: Pipeline, now: datetime) -> int:
    """Compose and deliver the weekly mail that comes next for each reader; return how many left."""
    with pipeline.database.read() as session:
        readers = list_subscribers(session)
    for reader in readers:
        pipeline.compose(now, week=next_week(reader, now), subscriber=reader.key)
    return pipeline.deliver(now).sent


def next_week(reader: Subscriber, now: datetime) -> str:
    """Return the week whose mail is the next to leave for the reader; asked for early, it ends now."""
    week = week_of(now, reader.timezone)
    return week if send_moment(reader, week) > now else week_of(now + WEEK, reader.timezone)
