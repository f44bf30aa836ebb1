"""The hosts of one crawl: how many requests each may see at once, how soon, and which are not asked any more."""

from __future__ import annotations

import asyncio
import math
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus

from config.settings import CrawlSettings
from crawlers.errors import FetchError, FetchReason, PostponedError, WhyNot
from crawlers.limits import limit_of
from crawlers.pace import JITTER, LONGEST, beat, next_pause
from crawlers.quiet import after_quiet
from crawlers.retry_after import LONGEST as LONGEST_WAIT
from crawlers.schedule import RATE_LIMIT_PAUSE
from store.hosts import HostMemory

DEAD_AFTER = 3  # failures of the connection in a row, after which a host is not asked again in this crawl
PATIENCE = (
    60.0  # seconds a crawl waits because a host asks it to; longer, and the host's sources are postponed.
)
NOTED_FROM = 0.05  # seconds; shorter pauses are over before another crawl could begin.
NOT_ASKED = "this was not asked in this crawl"
_DEADLY = frozenset(
    {FetchReason.DNS, FetchReason.REFUSED, FetchReason.CONNECTION, FetchReason.TIMEOUT, FetchReason.TLS}
)


@dataclass(slots=True, kw_only=True)
class Host:
    """One host's manners. ``least`` and ``pause`` are seconds, moments are on the monotonic clock.

    ``beat`` stretches the pause that is running; ``not_before`` is what the host itself asked for.
    """

    name: str
    at_once: int
    least: float
    pause: float
    beat: float = 1.0
    asked_at: float = -math.inf
    not_before: float = -math.inf
    under_way: int = 0
    failures: int = 0
    refusals: int = 0
    last_failure: FetchError | None = None
    closed_until: datetime | None = None
    waiting: deque[asyncio.Future[None]] = field(default_factory=deque)

    @property
    def ready_at(self) -> float:
        """When the host may be asked again."""
        return max(self.asked_at + self.pause * self.beat, self.not_before)

    @property
    def is_dead(self) -> bool:
        """True if the host is not asked again in this crawl."""
        return self.failures >= DEAD_AFTER

    async def take_seat(self) -> None:
        """Wait until fewer than ``at_once`` requests are under way."""
        while self.under_way >= self.at_once:
            turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self.waiting.append(turn)
            await turn
        self.under_way += 1

    def leave_seat(self) -> None:
        """Let the next one in."""
        self.under_way -= 1
        while self.waiting and self.under_way < self.at_once:
            turn = self.waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return


class Hosts:
    """All hosts of one crawl. ``known`` is what earlier crawls left, ``now`` the crawl's clock."""

    def __init__(
        self, settings: CrawlSettings, now: Callable[[], datetime], known: Mapping[str, HostMemory]
    ) -> None:
        self._settings = settings
        self._now = now
        self._known = known
        self._hosts: dict[str, Host] = {}
        self._noted: dict[str, Host] = {}
        self._all = asyncio.Semaphore(settings.concurrency)

    def of(self, name: str) -> Host:
        """Return the host of that name (``host:port``)."""
        host = self._hosts.get(name)
        if host is None:
            host = self._hosts[name] = self._new(name)
        return host

    def _new(self, name: str) -> Host:
        settings, limit = self._settings, limit_of(name.rpartition(":")[0])
        least = settings.delay.total_seconds()
        at_once = settings.concurrency_per_host
        if limit is not None:
            least = max(least, limit.pause.total_seconds())
            at_once = min(at_once, limit.at_once or at_once)
        host = Host(name=name, at_once=at_once, least=least, pause=least)
        memory = self._known.get(name)
        if memory is not None:
            self._remember(host, memory)
        return host

    def _remember(self, host: Host, memory: HostMemory) -> None:
        wait = (memory.ready_at - self._now()).total_seconds()
        longest = LONGEST_WAIT.total_seconds() if memory.closed else LONGEST * (1 + JITTER)
        if not 0 < wait <= longest:
            return  # Over, or written when the clock was wrong.
        host.pause = max(host.least, memory.pause)
        if memory.closed:
            host.closed_until = memory.ready_at
        else:
            host.not_before = time.monotonic() + wait

    def hold(self, name: str, seconds: float, at_once: int | None = None) -> None:
        """Let a host never be asked sooner than ``seconds`` after the request before."""
        host = self.of(name)
        if at_once is not None:
            host.at_once = min(host.at_once, at_once)
        if seconds > host.least:
            host.least = seconds
            host.pause = max(host.pause, seconds)

    @asynccontextmanager
    async def turn(self, name: str) -> AsyncIterator[Host]:
        """Wait for the moment at which a host may be asked. Raises: FetchError, PostponedError if it may not."""
        host = self.of(name)
        await host.take_seat()
        try:
            await self._begin(host)
        except BaseException:
            host.leave_seat()
            raise
        try:
            try:
                yield host
            finally:
                self._all.release()
        finally:
            # The pause counts from the answer: when the request reached the server, only the server knows.
            host.asked_at = time.monotonic()
            self._note(host)
            host.leave_seat()

    async def _begin(self, host: Host) -> None:
        while True:
            self._check(host)
            wait = host.ready_at - time.monotonic()
            if wait > 0:
                await asyncio.sleep(wait)
                continue
            await self._all.acquire()
            # Another may have gone first while this one waited for a place among all hosts.
            if host.ready_at <= time.monotonic() and not host.is_dead and self._quiet_until() is None:
                host.asked_at, host.beat = time.monotonic(), beat()
                self._note(host)
                return
            self._all.release()

    def _check(self, host: Host) -> None:
        if host.is_dead and host.last_failure is not None:
            raise FetchError(
                host.last_failure.reason,
                f"{host.last_failure.detail}; the host failed {host.failures} times in a row, so {NOT_ASKED}",
            )
        if (quiet_until := self._quiet_until()) is not None:
            raise PostponedError(quiet_until, WhyNot.QUIET)
        if host.closed_until is not None:
            raise PostponedError(host.closed_until, WhyNot.LATER)

    def _quiet_until(self) -> datetime | None:
        if self._settings.quiet_hours is None:
            return None
        now = self._now()
        end = after_quiet(now, self._settings.quiet_hours)
        return end if end > now else None

    def answered(self, host: Host, status: int, latency: float | None, wait: timedelta | None) -> None:
        """Adapt to an answer; ``wait`` is what the host asks us to wait."""
        host.failures, host.last_failure = 0, None
        if latency is not None:
            host.pause = next_pause(host.pause, host.least, latency, status)
            self._note(host)
        host.refusals = host.refusals + 1 if status == HTTPStatus.TOO_MANY_REQUESTS else 0
        if wait is None and host.refusals >= DEAD_AFTER:
            wait = RATE_LIMIT_PAUSE
        if wait is not None:
            self._obey(host, wait)

    def _obey(self, host: Host, wait: timedelta) -> None:
        seconds = wait.total_seconds()
        if seconds > PATIENCE:
            host.closed_until = self._now() + wait
        host.not_before = max(host.not_before, time.monotonic() + seconds)
        self._note(host)

    def failed(self, host: Host, error: FetchError) -> None:
        """Count a request without answer, if it says something of the host."""
        if error.reason in _DEADLY:
            host.failures += 1
            host.last_failure = error

    def _note(self, host: Host) -> None:
        if host.pause >= NOTED_FROM or host.closed_until is not None:
            self._noted[host.name] = host

    def take_noted(self) -> tuple[HostMemory, ...]:
        """Return what another crawl must know of the hosts that were asked since this was last called."""
        if not self._noted:
            return ()
        hosts, self._noted = tuple(self._noted.values()), {}
        return tuple(self._memory(host) for host in hosts)

    def _memory(self, host: Host) -> HostMemory:
        wait = timedelta(seconds=max(host.ready_at - time.monotonic(), 0.0))
        closed = host.closed_until is not None
        ready_at = host.closed_until if host.closed_until is not None else self._now() + wait
        return HostMemory(name=host.name, ready_at=ready_at, pause=host.pause, closed=closed)
