"""robots.txt after RFC 9309: read once a day per origin; 4xx allows all, 5xx forbids all and is asked again."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from protego import Protego
from scrapy import Request
from scrapy.http.request import NO_CALLBACK

from crawlers.errors import FetchError, FetchReason
from crawlers.pace import hold
from store.robots import RobotsMemory

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

MAX_BYTES = 512_000  # RFC 9309 asks for at least 500 KiB; 405 KB has been seen.
MAX_REDIRECTS = 5
MAX_CRAWL_DELAY = 120.0  # seconds; a larger wish is treated as this.
FIRST = 1_000  # Scrapy's priority of robots requests, above every page.


@dataclass(frozen=True, slots=True)
class Rules:
    """What one origin's robots.txt says; ``parsed`` is None where everything is allowed."""

    parsed: Protego | None = None

    def allows(self, url: str, agent: str) -> bool:
        """Return True if ``agent`` may ask for ``url``."""
        return self.parsed is None or bool(self.parsed.can_fetch(url, agent))

    def delay(self, agent: str) -> float:
        """Return the pause between requests that the site asks for, in seconds."""
        wish = self.parsed.crawl_delay(agent) if self.parsed is not None else None
        return min(float(wish), MAX_CRAWL_DELAY) if wish and wish > 0 else 0.0


def read_rules(status: int, body: bytes, origin: str) -> Rules:
    """Return the rules of an answer. Raises: FetchError if the server is in trouble, which forbids all."""
    if status >= 500 or status == 429:
        raise FetchError(
            FetchReason.ROBOTS_UNAVAILABLE,
            f"{origin}/robots.txt answers {status}; until it can be read nothing may be fetched there",
        )
    if status >= 300 or body.lstrip()[:1] == b"<":
        return Rules()
    try:
        return Rules(Protego.parse(body[:MAX_BYTES].decode("utf-8-sig", "replace")))
    except (ValueError, RecursionError, IndexError, AttributeError):
        return Rules()


class RobotsMiddleware:
    """Holds back requests that robots.txt forbids; requests marked ``rivalwatch_robots`` False pass."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._agent: str = crawler.settings["RIVALWATCH_ROBOTS_AGENT"]
        self._rules: dict[str, asyncio.Task[Rules]] = {}

    @property
    def _known(self) -> RobotsMemory:
        return self._crawler.spider.robots  # type: ignore[union-attr, no-any-return]

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsMiddleware:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Pass the request on, or refuse it. Raises: FetchError."""
        if not request.meta.get("rivalwatch_robots", True):
            return
        parts = urlsplit(request.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = asyncio.ensure_future(
                self._fetch(origin, request.meta.get("download_slot"))
            )
        rules = await asyncio.shield(self._rules[origin])
        if not rules.allows(request.url, self._agent):
            raise FetchError(
                FetchReason.ROBOTS,
                f"{origin}/robots.txt does not let {self._agent} fetch {parts.path or '/'}",
            )
        hold(self._crawler, request.meta.get("download_slot", ""), rules.delay(self._agent))

    async def _fetch(self, origin: str, slot: str | None) -> Rules:
        known = self._known.fresh(origin)
        if known is not None:
            return read_rules(known.status, known.body.encode(), origin)
        answer = await self._ask(origin, slot)
        if answer is None:
            return Rules()
        rules = read_rules(answer.status, answer.body, origin)
        self._known.learn(origin, answer.status, answer.body)
        return rules

    async def _ask(self, origin: str, slot: str | None) -> Response | None:
        url = f"{origin}/robots.txt"
        for _ in range(MAX_REDIRECTS + 1):
            request = Request(
                url,
                callback=NO_CALLBACK,
                priority=FIRST,
                dont_filter=True,
                meta={"rivalwatch_robots": False, "download_slot": slot},
            )
            assert self._crawler.engine is not None
            answer = await self._crawler.engine.download_async(request)
            target = answer.headers.get("Location")
            if answer.status not in (301, 302, 303, 307, 308) or not target:
                return answer
            url = urljoin(url, target.decode("latin-1"))
        return None
