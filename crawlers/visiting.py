"""Follows one source from its first request to its end: redirects, further pages, second tries, the browser."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from crawlers.addresses import host_of
from crawlers.errors import FetchError, FetchReason, SourceError, SourceSettingsError
from crawlers.followed import with_pages
from crawlers.follower import Follower
from crawlers.judge import FEEDS, OK, UNCHANGED, Answer, Verdict, broken, judge, judge_failure
from crawlers.memory import same_options, validators
from crawlers.meta_refresh import refresh_target
from crawlers.quick_look import is_surely_readable
from crawlers.registry import adapter_for
from crawlers.render_mode import may_need_browser, wants_browser, without_browser
from crawlers.visits import REDIRECTS, Visit, in_browser, next_part, redirected, whole, with_part
from store.kinds import FetchState, Look

if TYPE_CHECKING:
    from crawlers.asking import Asker
    from crawlers.job import Job
    from store.sources import Source

log = logging.getLogger(__name__)

LONGEST_BACKOFF = 30.0  # seconds between two attempts within one crawl
INLINE = 65_536  # bytes; a larger body is judged in a thread, for its parsing would hold up all other hosts.


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a visit ended. ``answer`` is None if there was none.

    ``listed`` is the sha-256 of the list alone, where pages of its entries follow it in the answer.
    """

    verdict: Verdict
    answer: Answer | None = None
    sha256: str = ""
    listed: str = ""


class Visitor:
    """Visits sources. ``known`` holds the sha-256 of each source's last good answer, ``now`` is the crawl's clock."""

    def __init__(self, job: Job, asker: Asker, known: Mapping[int, str], now: Callable[[], datetime]) -> None:
        self._job = job
        self._asker = asker
        self._known = known
        self._now = now
        self._follower = Follower(self._arrived, job.told, now)

    async def visit(self, source: Source, look: Look) -> Ending:
        """Return how the visit ended. Raises: PostponedError."""
        try:
            first = self._first(source, look)
        except (FetchError, SourceSettingsError, KeyError, ValueError) as error:
            return Ending(verdict=_start_problem(source, error))
        try:
            return await self._with_pages(first, await self._whole(first))
        except FetchError as error:
            return Ending(verdict=judge_failure(error))
        except SourceError as error:
            return Ending(verdict=broken("unreadable", f"the answer is {error}"))

    def _first(self, source: Source, look: Look) -> Visit:
        adapter = adapter_for(source.type)
        key = self._job.keys.get(adapter.spec.name)
        if adapter.key_required and not key:
            raise FetchError(FetchReason.KEY_MISSING, f"key missing; put it in ${adapter.key_variable}")
        spec = adapter.address(source, key)
        if not spec.url.startswith(adapter.own_schemes):
            host_of(spec.url)
        rendered = not adapter.is_entries and wants_browser(source, self._now())
        return Visit(source=source, adapter=adapter, spec=spec, asked=spec.url, look=look, rendered=rendered)

    async def _whole(self, visit: Visit) -> Ending:
        """Return the ending of all answers that belong to one visit: one, or the pages of a list."""
        visit, ending = await self._tried(visit)
        if visit.adapter.follow is None:
            return ending
        while ending.verdict.state is FetchState.OK and ending.answer is not None:
            visit = with_part(visit, ending.answer)
            if not visit.waiting:
                break
            visit, ending = await self._tried(next_part(visit))
        if ending.verdict.state is FetchState.OK and len(visit.parts) > 1:
            return await self._judged(visit, whole(visit))
        return ending

    async def _with_pages(self, visit: Visit, ending: Ending) -> Ending:
        """Return the ending with the pages of new entries behind the list."""
        if ending.verdict.state is not FetchState.OK or ending.answer is None or visit.adapter.opens is None:
            return ending
        pages = await self._follower.pages(visit, ending.answer)
        if not pages:
            return ending
        body = with_pages(ending.answer.body, pages)
        return replace(
            ending,
            answer=replace(ending.answer, body=body),
            sha256=hashlib.sha256(body).hexdigest(),
            listed=ending.sha256,
        )

    async def _tried(self, visit: Visit) -> tuple[Visit, Ending]:
        """Return the ending after as many tries as it is worth, and in the browser if nothing else helps."""
        for attempt in range(self._job.settings.retries + 1):
            reached, ending = await self._once(visit)
            passing = ending.verdict.transient and ending.verdict.wait is None
            if not passing or attempt == self._job.settings.retries:
                break
            pause = self._job.settings.delay.total_seconds() * 2**attempt
            await asyncio.sleep(min(max(pause, 0.05), LONGEST_BACKOFF))
        if not visit.rendered and may_need_browser(visit.source, ending.verdict):
            return await self._tried(in_browser(visit, ending.verdict))
        if visit.static is not None and ending.verdict.code == FetchReason.BROWSER_MISSING:
            return reached, replace(ending, verdict=without_browser(visit.static, ending.verdict))
        return reached, ending

    async def _once(self, visit: Visit) -> tuple[Visit, Ending]:
        try:
            visit, answer = await self._arrived(visit)
        except FetchError as error:
            return visit, Ending(verdict=judge_failure(error))
        return visit, await self._judged(visit, answer)

    async def _arrived(self, visit: Visit) -> tuple[Visit, Answer]:
        """Return the answer that redirects lead to, and the visit that got it. Raises: FetchError, PostponedError."""
        while True:
            visit = self._conditional(visit)
            answer = await self._asker.ask(visit)
            onward = _onward(visit, answer)
            if onward is None:
                return visit, answer
            visit = redirected(visit, *onward, self._job.settings.max_redirects)

    def _conditional(self, visit: Visit) -> Visit:
        if visit.look is not Look.REGULAR or visit.source.id not in self._known or visit.rendered:
            return visit
        found = validators(visit.source, visit.spec.url, self._now())
        return replace(visit, validators=found) if found else visit

    async def _judged(self, visit: Visit, answer: Answer) -> Ending:
        if answer.status == 304:
            return Ending(verdict=UNCHANGED if visit.validators else _UNASKED, answer=answer)
        sha256 = hashlib.sha256(answer.body).hexdigest()
        same = self._is_same(visit, answer, sha256)
        if same and visit.adapter.spec.name not in FEEDS:  # A feed in which nothing happens may have died.
            return Ending(verdict=UNCHANGED, answer=answer, sha256=sha256)
        verdict = await _verdict(visit, answer, self._now())
        return Ending(verdict=UNCHANGED if same and verdict == OK else verdict, answer=answer, sha256=sha256)

    def _is_same(self, visit: Visit, answer: Answer, sha256: str) -> bool:
        known = self._known.get(visit.source.id)
        return (
            answer.status == 200
            and visit.look is not Look.CONFIRM
            and known is not None
            and sha256 in (known, visit.source.memory.get("listed"))
            and same_options(visit.source)
        )


_UNASKED = broken("bad-answer", "the server answers 'not modified' although nothing was asked about")


async def _verdict(visit: Visit, answer: Answer, now: datetime) -> Verdict:
    if is_surely_readable(answer, visit.adapter, visit.source.options):
        return OK
    if len(answer.body) <= INLINE and not visit.adapter.is_entries:
        return judge(answer, visit.adapter, visit.source.options, now)
    return await asyncio.to_thread(judge, answer, visit.adapter, visit.source.options, now)


def _onward(visit: Visit, answer: Answer) -> tuple[int, str] | None:
    """Return status and address of where an answer sends its reader; None if it is to be read itself."""
    if answer.status in REDIRECTS and (location := answer.headers.get("location")):
        return answer.status, location
    if answer.status != 200 or visit.rendered:
        return None
    target = refresh_target(answer.body)
    try:
        return (302, target) if target and urljoin(answer.url, target) != answer.url else None
    except ValueError:
        return 302, target or ""


def _start_problem(source: Source, error: Exception) -> Verdict:
    if isinstance(error, FetchError):
        return judge_failure(error)
    if isinstance(error, SourceSettingsError):
        return broken("settings", str(error))
    if isinstance(error, KeyError):
        return broken("settings", f"there is no source type {source.type!r}")
    return broken("bad-address", "the address is malformed")
