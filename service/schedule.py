"""When the stages run in ``serve``: APScheduler jobs over the pipeline that the commands drive, or over the queue."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from threading import Thread
from typing import TYPE_CHECKING, Any

from apscheduler.executors.base import BaseExecutor, run_job
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from config.errors import RivalwatchError
from service.pipeline import Pipeline

if TYPE_CHECKING:
    from service.queue import Queue

log = logging.getLogger(__name__)

CRAWL_SECONDS = 60  # how often due sources are looked for; their own cadence decides whether one is fetched
PROCESS_SECONDS = 60
DIGEST_SECONDS = 60
DELIVERY_SECONDS = 30
CONNECTIONS_SECONDS = 60  # how often due connections are looked for; their own `every` decides
WRITE_BACK_SECONDS = 3600  # health moves once a day, and only what differs leaves
PRUNE_SECONDS = 86_400


Job = Callable[[datetime], object]
Jobs = Mapping[str, tuple[int, Job]]


def own_jobs(pipeline: Pipeline) -> Jobs:
    """Return the jobs of one process that does everything itself: seconds between runs, and the work."""
    return {
        "crawl": (CRAWL_SECONDS, pipeline.crawl),
        "process": (PROCESS_SECONDS, pipeline.process),
        "digests": (DIGEST_SECONDS, pipeline.compose),
        "delivery": (DELIVERY_SECONDS, pipeline.deliver),
        "connections": (CONNECTIONS_SECONDS, pipeline.connect),
        "write-back": (WRITE_BACK_SECONDS, pipeline.write_back),
        "prune": (PRUNE_SECONDS, pipeline.prune),
    }


def queued_jobs(pipeline: Pipeline, queue: Queue) -> Jobs:
    """Return the same jobs for a process that only asks workers for them."""

    def ask(*steps: str) -> Job:
        def job(_: datetime) -> None:
            for step in steps:
                queue.ask_step(step)

        return job

    return {
        "crawl": (CRAWL_SECONDS, lambda now: queue.ask_crawls(pipeline, now)),
        "process": (PROCESS_SECONDS, ask("extract", "classify", "link", "health")),
        "digests": (DIGEST_SECONDS, ask("compose")),
        "delivery": (DELIVERY_SECONDS, ask("deliver")),
        "connections": (CONNECTIONS_SECONDS, ask("connect")),
        "write-back": (WRITE_BACK_SECONDS, ask("write-back")),
        "prune": (PRUNE_SECONDS, ask("prune")),
    }


class LooseThreads(BaseExecutor):  # type: ignore[misc]  # the library has no types
    """Runs each job in a thread that the program's end does not wait for.

    A crawl of slow hosts takes minutes. What was committed is kept, so it may be left at any point, and the crawling
    process ends with this one.
    """

    def _do_submit_job(self, job: Any, run_times: list[datetime]) -> None:
        def work() -> None:
            self._run_job_success(job.id, run_job(job, job._jobstore_alias, run_times, self._logger.name))

        Thread(target=work, name=f"job {job.id}", daemon=True).start()


def make_scheduler(jobs: Jobs) -> BackgroundScheduler:
    """Return a scheduler, not started. A job never overlaps itself, and missed runs are made up once."""
    scheduler = BackgroundScheduler(
        timezone=UTC,
        executors={"default": LooseThreads()},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    for name, (seconds, work) in jobs.items():
        scheduler.add_job(
            guarded(name, work),
            IntervalTrigger(seconds=seconds, timezone=UTC),
            id=name,
            next_run_time=datetime.now(UTC),
        )
    return scheduler


def guarded(name: str, work: Job) -> Callable[[], None]:
    """Return a job that logs what went wrong and lets the next run try again: the job's edge."""

    def job() -> None:
        try:
            work(datetime.now(UTC))
        except RivalwatchError as error:
            log.warning("job could not do its work", extra={"job": name, "error": str(error)})
        except Exception:
            log.exception("job crashed", extra={"job": name})

    return job
