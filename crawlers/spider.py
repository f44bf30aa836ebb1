"""The spider: one request per source, redirects and second looks followed, every source ends in one outcome."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from scrapy import Request, Spider

from crawlers.bodies import ACCEPTED
from crawlers.download import fetch_error
from crawlers.errors import FetchError, FetchReason, SourceError, SourceSettingsError
from crawlers.judge import UNCHANGED, Answer, Verdict, broken, judge, judge_failure
from crawlers.memory import remembered, same_options, validators
from crawlers.meta_refresh import refresh_target
from crawlers.outcome import Outcome
from crawlers.pace import hold
from crawlers.registry import adapter_for
from crawlers.render_mode import may_need_browser, wants_browser, without_browser
from crawlers.schedule import next_due
from crawlers.visits import (
    REDIRECTS,
    Visit,
    in_browser,
    interleaved,
    next_part,
    redirected,
    slot_of,
    whole,
    with_part,
)
from store.kinds import FetchState, Look
from store.robots import RobotsAnswer, RobotsMemory

if TYPE_CHECKING:
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from crawlers.job import Job
    from crawlers.writer import Sink
    from store.sources import Source

log = logging.getLogger(__name__)

LONGEST_BACKOFF = 30.0  # seconds between two attempts within one crawl
ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


class SourceSpider(Spider):
    """Visits the sources of one job. ``known`` holds the sha-256 of each source's last good answer."""

    name = "sources"

    def __init__(
        self,
        job: Job,
        sink: Sink,
        known: dict[int, str],
        known_robots: Mapping[str, RobotsAnswer] | None = None,
        learned_robots: dict[str, RobotsAnswer] | None = None,
    ) -> None:
        super().__init__()
        self._job = job
        self._sink = sink
        self._known = known
        self._agent = f"{job.settings.user_agent} (+{job.settings.contact})"
        self._started = time.monotonic()
        learned = {} if learned_robots is None else learned_robots
        self.robots = RobotsMemory(now=self.now, known=known_robots or {}, learned=learned)

    def now(self) -> datetime:
        """Return the moment in the job's own time: its ``now`` plus what has passed since, or the clock's."""
        if self._job.now is None:
            return datetime.now(UTC)
        return self._job.now + timedelta(seconds=time.monotonic() - self._started)

    async def start(self) -> AsyncIterator[Request]:
        """Yield the first request of every source."""
        for source in interleaved(self._job.sources):
            try:
                request = self._first_request(source)
            except (FetchError, SourceSettingsError, KeyError, ValueError) as error:
                await self._sink.put(self._ended(source, _start_problem(source, error)))
                continue
            yield request

    def _first_request(self, source: Source) -> Request:
        adapter = adapter_for(source.type)
        key = self._job.keys.get(adapter.spec.name)
        if adapter.key_required and not key:
            raise FetchError(FetchReason.KEY_MISSING, f"key missing; put it in ${adapter.key_variable}")
        spec = adapter.address(source, key)
        rendered = not adapter.is_entries and wants_browser(source, self.now())
        look = self._job.look
        visit = Visit(source=source, adapter=adapter, spec=spec, asked=spec.url, look=look, rendered=rendered)
        return self._request(visit)

    def _request(self, visit: Visit) -> Request:
        conditional = {}
        if visit.look is Look.REGULAR and visit.source.id in self._known and not visit.rendered:
            conditional = validators(visit.source, visit.spec.url, self.now())
        visit = replace(visit, validators=conditional)
        meta: dict[str, Any] = {
            "visit": visit,
            "download_slot": self._slot(visit),
            "rivalwatch_robots": visit.adapter.robots and self._job.settings.obey_robots,
        }
        if visit.rendered:
            from crawlers.rendering import render_meta  # Playwright is loaded only where a page is rendered.

            meta |= render_meta(visit.source.options, self._agent, self._job.settings)
        headers = {
            "User-Agent": self._agent,
            "Accept": ACCEPT,
            "Accept-Encoding": ACCEPTED,
            "Accept-Language": "en,*;q=0.5",
        }
        return Request(
            visit.spec.url,
            method=visit.spec.method,
            body=visit.spec.body,
            headers={**headers, **visit.spec.headers, **conditional},
            callback=self.answered,
            errback=self.failed,
            dont_filter=True,
            meta=meta,
        )

    def _slot(self, visit: Visit) -> str:
        name = slot_of(visit.spec.url)
        hold(self.crawler, name, visit.adapter.min_delay.total_seconds(), concurrency=1)
        return name

    async def answered(self, response: Response) -> AsyncIterator[Request]:
        """Follow the answer up, or end the visit."""
        visit: Visit = response.meta["visit"]
        try:
            if response.status in REDIRECTS and (location := response.headers.get("Location")):
                target = location.decode("utf-8", "replace")
                yield self._onward(visit, response.status, target)
                return
            if (refresh := _refresh(visit, response)) is not None:
                yield self._onward(visit, 302, refresh)
                return
            async for request in self._conclude(visit, _answer(visit, response)):
                yield request
        except FetchError as error:
            await self._end(visit, judge_failure(error))
        except SourceError as error:
            await self._end(visit, broken("unreadable", f"the answer is {error}"))
        except Exception:
            # The one place where a bug in judging one source must not stop the others.
            log.exception("source crashed", extra={"source": visit.source.key})
            await self._end(visit, _crashed())

    def _onward(self, visit: Visit, status: int, target: str) -> Request:
        return self._request(redirected(visit, status, target, self._job.settings.max_redirects))

    async def failed(self, failure: Failure) -> AsyncIterator[Request]:
        """End the visit without an answer, or try again."""
        visit: Visit = failure.request.meta["visit"]  # type: ignore[attr-defined]
        verdict = _crashed()
        try:
            verdict = judge_failure(fetch_error(failure.value or RuntimeError("no error given")))
        except Exception:
            log.exception("request crashed", extra={"source": visit.source.key})
        if visit.static is not None and verdict.code == FetchReason.BROWSER_MISSING:
            verdict = without_browser(visit.static, verdict)
        if self._tries_again(visit, verdict):
            yield await self._again(visit)
        else:
            await self._end(visit, verdict)

    async def _conclude(self, visit: Visit, answer: Answer) -> AsyncIterator[Request]:
        verdict, sha256 = await asyncio.to_thread(self._judged, visit, answer)
        if not visit.rendered and may_need_browser(visit.source, verdict):
            yield self._request(in_browser(visit, verdict))
            return
        if self._tries_again(visit, verdict):
            yield await self._again(visit)
            return
        if visit.adapter.follow is not None and verdict.state is FetchState.OK:
            visit = with_part(visit, answer)
            if visit.waiting:
                yield self._request(next_part(visit))
                return
            if len(visit.parts) > 1:
                answer = whole(visit)
                verdict, sha256 = await asyncio.to_thread(self._judged, visit, answer)
        await self._end(visit, verdict, answer, sha256)
        if self._wants_second_look(visit, verdict):
            self._known[visit.source.id] = sha256
            yield self._request(replace(visit, look=Look.LEARN, attempt=0))

    def _judged(self, visit: Visit, answer: Answer) -> tuple[Verdict, str]:
        if answer.status == 304 and not visit.validators:
            return broken(
                "bad-answer", "the server answers 'not modified' although nothing was asked about"
            ), ""
        sha256 = hashlib.sha256(answer.body).hexdigest()
        same = self._known.get(visit.source.id) == sha256
        if same and answer.status == 200 and visit.look is not Look.CONFIRM and same_options(visit.source):
            return UNCHANGED, sha256
        return judge(answer, visit.adapter, visit.source.options), sha256

    def _tries_again(self, visit: Visit, verdict: Verdict) -> bool:
        return verdict.transient and verdict.wait is None and visit.attempt < self._job.settings.retries

    async def _again(self, visit: Visit) -> Request:
        pause = self._job.settings.delay.total_seconds() * 2**visit.attempt
        await asyncio.sleep(min(max(pause, 0.05), LONGEST_BACKOFF))
        return self._request(replace(visit, attempt=visit.attempt + 1))

    def _wants_second_look(self, visit: Visit, verdict: Verdict) -> bool:
        first = visit.source.id not in self._known and visit.look is Look.REGULAR
        return (
            first
            and verdict.state is FetchState.OK
            and self._job.settings.double_first_visit
            and not visit.adapter.is_entries
        )

    async def _end(
        self, visit: Visit, verdict: Verdict, answer: Answer | None = None, sha256: str = ""
    ) -> None:
        if visit.look is Look.LEARN and (
            verdict.state is not FetchState.OK or self._known.get(visit.source.id) == sha256
        ):
            return
        await self._sink.put(self._ended(visit.source, verdict, visit, answer, sha256))

    def _ended(
        self,
        source: Source,
        verdict: Verdict,
        visit: Visit | None = None,
        answer: Answer | None = None,
        sha256: str = "",
    ) -> Outcome:
        at = self.now()
        look = visit.look if visit else self._job.look
        complete = (
            answer is not None
            and answer.status != 304
            and verdict.state in (FetchState.OK, FetchState.UNCHANGED)
        )
        return Outcome(
            source=source,
            look=look,
            at=at,
            verdict=verdict,
            answer=answer,
            sha256=sha256 or None,
            memory=remembered(source, answer, at, verdict.state is FetchState.OK)
            if answer and complete and look is Look.REGULAR
            else None,
            due_at=self._due(source, verdict, at) if look is Look.REGULAR else None,
        )

    def _due(self, source: Source, verdict: Verdict, at: datetime) -> datetime:
        settings = self._job.settings
        return next_due(source, verdict, at, settings.slow_down, settings.quiet_hours)


def _crashed() -> Verdict:
    return judge_failure(
        FetchError(FetchReason.CRASHED, "this source made the crawler fail; the log has the details")
    )


def _start_problem(source: Source, error: Exception) -> Verdict:
    if isinstance(error, FetchError):
        return judge_failure(error)
    if isinstance(error, SourceSettingsError):
        return broken("settings", str(error))
    if isinstance(error, KeyError):
        return broken("settings", f"there is no source type {source.type!r}")
    return broken("bad-address", "the address is malformed")


def _refresh(visit: Visit, response: Response) -> str | None:
    """Return where the page's markup sends the reader, None if it stays: a page that reloads itself does."""
    if response.status != 200 or visit.rendered:
        return None
    target = refresh_target(response.body)
    try:
        return target if target and urljoin(response.url, target) != response.url else None
    except ValueError:
        return target


def _answer(visit: Visit, response: Response) -> Answer:
    headers = {
        name.decode("latin-1").lower(): b", ".join(values).decode("utf-8", "replace")
        for name, values in response.headers.items()
    }
    return Answer(
        asked=visit.asked,
        url=response.url,
        status=response.status,
        headers=headers,
        body=response.body,
        rendered=visit.rendered,
    )
