"""The scaled-out set-up: steps of the pipeline asked for through Redis and done by Celery workers.

The queue holds no state. `serve` asks for what may be due, workers find out what is; requests expire before the next
ones come, so that a queue without workers does not grow.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from urllib.parse import urlsplit, urlunsplit

from celery import Celery
from kombu.exceptions import OperationalError

from config.errors import OperationError, RivalwatchError
from service.pipeline import Pipeline
from service.steps import crawl_hosts, plan_crawls, run_step
from store.kinds import Look

log = logging.getLogger(__name__)

CRAWLS, STAGES = "rivalwatch-crawls", "rivalwatch-stages"
CRAWL_TASK, STEP_TASK = "rivalwatch.crawl", "rivalwatch.step"
EXPIRES = 300  # Seconds; the periodic request is repeated long before.
REACH_SECONDS = 5
ASKED = Look.REGULAR, Look.CONFIRM  # What a page varies in is learnt by the crawl that first meets it.

Opener = Callable[[], Pipeline]


class Queue:
    """Asks workers for steps. ``app`` is the Celery application that workers run, ``place`` the broker for people."""

    def __init__(self, broker: str) -> None:
        self.place = _without_login(broker)
        self.app = Celery("rivalwatch", broker=broker, set_as_current=False)
        self.app.conf.update(
            accept_content=["json"],
            broker_connection_retry_on_startup=True,
            task_default_queue=STAGES,
            task_ignore_result=True,
            task_serializer="json",
            timezone="UTC",
            worker_hijack_root_logger=False,
            worker_prefetch_multiplier=1,  # A long crawl must not hold requests that another worker could take.
            worker_send_task_events=False,
        )

    def require_broker(self) -> None:
        """Raise OperationError unless the broker can be reached."""
        try:
            with self.app.connection_for_write() as connection:
                connection.ensure_connection(max_retries=1, timeout=REACH_SECONDS)
        except (OperationalError, OSError) as error:
            raise OperationError(
                f"cannot reach the queue at {self.place}: {error}; start Redis there, or set --broker"
            ) from error

    def ask_step(self, name: str) -> None:
        """Ask for a step. Raises: OperationError."""
        self._send(STEP_TASK, [name], STAGES)

    def ask_crawls(self, pipeline: Pipeline, now: datetime) -> int:
        """Ask for crawls of all sources that are due or want a second look; return how many crawls."""
        wanted = [(look, keys) for look in ASKED for keys in plan_crawls(pipeline, now, look)]
        for look, keys in wanted:
            self._send(CRAWL_TASK, [keys, look.value], CRAWLS)
        return len(wanted)

    def serve_tasks(self, opener: Opener) -> None:
        """Register what workers do. ``opener`` is called once in each process that works, after it was forked."""
        pipeline = cache(opener)

        @self.app.task(name=STEP_TASK)
        def step(name: str) -> None:
            def work() -> None:
                for following in run_step(name, pipeline(), datetime.now(UTC)):
                    self.ask_step(following)

            _safely(name, work)

        @self.app.task(name=CRAWL_TASK)
        def crawl(keys: list[str], look: str) -> None:
            def work() -> None:
                if crawl_hosts(pipeline(), keys, Look(look), datetime.now(UTC)):
                    self.ask_step("extract")

            _safely("crawl", work)

    def _send(self, task: str, arguments: list[object], queue: str) -> None:
        try:
            self.app.send_task(task, arguments, queue=queue, expires=EXPIRES, retry=False)
        except OperationalError as error:
            raise OperationError(
                f"cannot reach the queue at {self.place}: {error}; start Redis there"
            ) from error


def _without_login(address: str) -> str:
    parts = urlsplit(address)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _safely(name: str, work: Callable[[], None]) -> None:
    try:
        work()
    except RivalwatchError as error:
        log.warning("work could not be done", extra={"work": name, "error": str(error)})
    except Exception:
        log.exception("work crashed", extra={"work": name})
