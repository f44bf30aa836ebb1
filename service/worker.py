"""A worker process: takes requests from the queue and does them on the shared database."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from celery.signals import setup_logging

from service.environment import Environment
from service.pipeline import Pipeline
from service.queue import CRAWLS, STAGES, Queue

KINDS: Mapping[str, str] = MappingProxyType({"crawls": CRAWLS, "stages": STAGES})


def work_forever(
    queue: Queue, environment: Environment, *, processes: int, kinds: Iterable[str] = tuple(KINDS)
) -> int:
    """Work until told to stop, finish what is under way then, and return the exit status.

    A second signal stops at once; what was not committed is found waiting by the next.
    """
    queue.serve_tasks(
        lambda: Pipeline.open(environment.config_folder, environment.database_url, environment.data_folder)
    )
    setup_logging.connect(_keep_our_logging)
    worker = queue.app.Worker(
        concurrency=processes,
        hostname=f"rivalwatch-{os.getpid()}@{socket.gethostname()}",
        pool="prefork",
        queues=[KINDS[kind] for kind in kinds],
        quiet=True,
        without_gossip=True,
        without_mingle=True,
    )
    worker.start()
    return int(worker.exitcode or 0)


def _keep_our_logging(**_: object) -> None:
    """Celery leaves logging alone when somebody answers this signal."""
