"""The crawling process: ``python -m crawlers.child``, a `Job` as one line of JSON in, lines of JSON out.

Standard input stays open as long as the parent lives; when it closes, this process ends at once. Whatever was not
committed by then belongs to sources that are still due.
"""

from __future__ import annotations

import base64
import logging
import os
import re
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from pydantic import BaseModel
from scrapy.crawler import AsyncCrawlerProcess

from config.errors import RivalwatchError
from crawlers.browser import browser_settings
from crawlers.job import Failed, Fetched, Finished, Job
from crawlers.outcome import Outcome
from crawlers.scrapy_settings import scrapy_settings
from crawlers.spider import SourceSpider
from crawlers.writer import StoreWriter, kept_headers
from store.database import Database
from store.kinds import FetchState
from store.robots import RobotsAnswer, read_robots, write_robots
from store.snapshots import last_good_digests

STATUS_FAILED = 3


def main() -> int:
    """Run the job on standard input; return the exit status."""
    logging.basicConfig(stream=sys.stderr, level=logging.ERROR, format="%(levelname)s %(name)s: %(message)s")
    emit = _line_printer()
    job = Job.model_validate_json(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_parent, name="parent-watch", daemon=True).start()
    try:
        run_job(job, emit)
    except RivalwatchError as error:
        emit(Failed(message=str(error)))
        return STATUS_FAILED
    emit(Finished())
    return 0


def run_job(job: Job, emit: Callable[[BaseModel], None]) -> None:
    """Crawl the job's sources. Raises: StoreError if storing is impossible."""
    if job.database_url is None:
        _crawl(job, DrySink(emit), {}, {})
        return
    with Database(job.database_url) as database:
        with database.read() as session:
            known = last_good_digests(session, [source.id for source in job.sources])
            robots = read_robots(session, _origins(job))
        writer = StoreWriter(database, job.run_id, emit)
        writer.start()
        learned = _crawl(job, writer, known, robots)
        writer.finish()
        with database.write() as session:
            write_robots(session, learned.values(), job.now or datetime.now(UTC))


def _origins(job: Job) -> set[str]:
    """Return the origins of the sources' own addresses; where redirects lead is asked anew."""
    found = (re.match(r"https?://[^/?#]+", source.url) for source in job.sources)
    return {match[0] for match in found if match}


def _crawl(
    job: Job, sink: StoreWriter | DrySink, known: dict[int, str], robots: Mapping[str, RobotsAnswer]
) -> dict[str, RobotsAnswer]:
    learned: dict[str, RobotsAnswer] = {}
    process = AsyncCrawlerProcess(scrapy_settings(job.settings) | browser_settings(job.settings))
    process.crawl(
        SourceSpider,
        job=job,
        sink=sink,
        known=known,
        known_robots=robots,
        learned_robots=learned,
    )
    process.start()
    return learned


@dataclass
class DrySink:
    """Prints what was fetched instead of storing it."""

    emit: Callable[[BaseModel], None]
    done: bool = field(default=False, init=False)

    async def put(self, outcome: Outcome) -> None:
        """Print the outcome with its body."""
        answer = outcome.answer
        self.emit(
            Fetched(
                source=outcome.source.key,
                url=answer.url if answer else outcome.source.url,
                state=FetchState(outcome.state),
                reason=outcome.verdict.reason,
                status=answer.status if answer else None,
                headers=kept_headers(answer.headers.items()) if answer else {},
                content_type=answer.content_type if answer else None,
                rendered=answer.rendered if answer else False,
                fetched_at=outcome.at.astimezone(UTC) if outcome.at else datetime.now(UTC),
                body=base64.b64encode(answer.body if answer else b"").decode(),
            )
        )


def _line_printer() -> Callable[[BaseModel], None]:
    lock = threading.Lock()
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Libraries that print must not get between our lines.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def emit(line: BaseModel) -> None:
        with lock:
            out.write(line.model_dump_json().encode() + b"\n")
            out.flush()

    return emit


def _end_with_parent() -> None:
    while sys.stdin.buffer.read(4096):
        pass
    os._exit(STATUS_FAILED)


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    # The watching thread sits in a read, so the interpreter's own farewell would wait for nothing.
    os._exit(status)
