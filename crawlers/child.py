"""The crawling process: ``python -m crawlers.child``, a `Job` as one line of JSON in, what it finds out.

It has no database: the parent stores what it says. Standard input stays open as long as the parent lives; when it
closes, this process ends at once. Whatever was not committed by then belongs to sources that are still due.
"""

from __future__ import annotations

import base64
import logging
import os
import sys
import threading
from collections.abc import Iterable
from datetime import UTC, datetime

from scrapy.crawler import AsyncCrawlerProcess

from config.errors import RivalwatchError
from crawlers.browser import browser_settings
from crawlers.errors import PostponedError
from crawlers.frames import FrameWriter
from crawlers.job import Ended, Failed, Fetched, Finished, Head, Job, Learned, Postponed
from crawlers.judge import Answer, blocked
from crawlers.outcome import Outcome
from crawlers.scrapy_settings import scrapy_settings
from crawlers.spider import SourceSpider
from store.kinds import FetchState, Look
from store.sources import Source

STATUS_FAILED = 3
KEPT_HEADERS = 60  # headers a snapshot keeps, each cut at 500 characters.


def main() -> int:
    """Run the job on standard input; return the exit status."""
    logging.basicConfig(stream=sys.stderr, level=logging.ERROR, format="%(levelname)s %(name)s: %(message)s")
    frames = FrameWriter(_own_output())
    job = Job.model_validate_json(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_parent, name="parent-watch", daemon=True).start()
    try:
        run_job(job, frames)
    except RivalwatchError as error:
        frames.finish(Failed(message=str(error)))
        return STATUS_FAILED
    frames.finish(Finished())
    return 0


def run_job(job: Job, frames: FrameWriter) -> None:
    """Crawl the job's sources."""
    sink = DrySink(frames) if job.known is None else FrameSink(frames)
    process = AsyncCrawlerProcess(scrapy_settings(job.settings) | browser_settings(job.settings))
    process.crawl(SourceSpider, job=job, sink=sink)
    process.start()


class FrameSink:
    """Sends what was found to the parent, which stores it."""

    def __init__(self, frames: FrameWriter) -> None:
        self._frames = frames

    async def put(self, outcome: Outcome) -> None:
        """Send an outcome, with the answer if that is to be stored."""
        answer = outcome.answer
        stored = answer is not None and outcome.state is not FetchState.UNCHANGED
        body = answer.body if answer is not None and stored else b""
        await self._frames.put(
            Ended(
                source_id=outcome.source.id,
                look=outcome.look,
                at=outcome.at,
                state=outcome.state,
                reason=outcome.verdict.reason,
                head=_head(answer) if answer is not None and stored else None,
                sha256=outcome.sha256,
                memory=outcome.memory,
                due_at=outcome.due_at,
                size=len(body),
            ),
            body,
        )

    async def postpone(self, source: Source, error: PostponedError) -> None:
        """Say that a source was not asked."""
        await self._frames.put(Postponed(source_id=source.id, until=error.until, why=error.why))

    async def learn(self, learned: Learned) -> None:
        """Say what the next crawl must know of hosts."""
        await self._frames.put(learned)


class DrySink:
    """Shows the parent what was fetched; nothing is stored."""

    def __init__(self, frames: FrameWriter) -> None:
        self._frames = frames

    async def put(self, outcome: Outcome) -> None:
        """Send the outcome with its body."""
        answer = outcome.answer
        await self._frames.put(
            Fetched(
                source=outcome.source.key,
                url=answer.url if answer else outcome.source.url,
                state=outcome.state,
                reason=outcome.verdict.reason,
                status=answer.status if answer else None,
                headers=kept_headers(answer.headers.items()) if answer else {},
                content_type=answer.content_type if answer else None,
                rendered=answer.rendered if answer else False,
                fetched_at=outcome.at.astimezone(UTC),
                body=base64.b64encode(answer.body if answer else b"").decode(),
            )
        )

    async def postpone(self, source: Source, error: PostponedError) -> None:
        """Show that the host asked us to wait."""
        verdict = blocked("rate-limited", f"the host asks us to wait until {error.until:%Y-%m-%d %H:%M} UTC")
        await self.put(Outcome(source=source, look=Look.REGULAR, at=datetime.now(UTC), verdict=verdict))

    async def learn(self, learned: Learned) -> None:
        """Forget it."""


def _head(answer: Answer) -> Head:
    return Head(
        url=answer.url,
        status=answer.status,
        headers=kept_headers(answer.headers.items()),
        content_type=answer.content_type,
        rendered=answer.rendered,
    )


def kept_headers(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the headers that a snapshot keeps: without cookies, few enough and short enough to store."""
    pairs = [(name, value) for name, value in headers if name != "set-cookie"]
    return {name[:100]: value[:500] for name, value in pairs[:KEPT_HEADERS]}


def _own_output() -> int:
    descriptor = os.dup(sys.stdout.fileno())
    # Libraries that print must not get between our lines.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return descriptor


def _end_with_parent() -> None:
    while sys.stdin.buffer.read(4096):
        pass
    os._exit(STATUS_FAILED)


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    # The watching thread sits in a read, so the interpreter's own farewell would wait for nothing.
    os._exit(status)
