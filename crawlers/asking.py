"""Asks for one address: in the host's turn, by our own name, as robots.txt allows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.http.request import NO_CALLBACK

from crawlers.bodies import ACCEPTED
from crawlers.errors import FetchError
from crawlers.hosts import Hosts
from crawlers.judge import Answer
from crawlers.retry_after import retry_after
from crawlers.robots import Robots
from crawlers.visits import Visit, slot_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from scrapy.http import Response

    from config.settings import CrawlSettings

    Download = Callable[[Request], Awaitable[Response]]

SOURCE = "rivalwatch_source"  # the source, for handlers of other schemes than HTTP's
LATENCY = "rivalwatch_latency"  # seconds to the first byte, kept with the request by the download handler
ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
SLOT = "rivalwatch"  # Scrapy's own pauses are not used, so all requests share one of its slots.
_OVERLOADED = frozenset({429, 503})


class Asker:
    """Turns visits into answers. ``download`` is the engine's."""

    def __init__(self, settings: CrawlSettings, hosts: Hosts, robots: Robots, download: Download) -> None:
        self._hosts = hosts
        self._robots = robots
        self._download = download
        self._settings = settings
        self._agent = f"{settings.user_agent} (+{settings.contact})"
        self._headers = {
            "User-Agent": self._agent,
            "Accept": ACCEPT,
            "Accept-Encoding": ACCEPTED,
            "Accept-Language": "en,*;q=0.5",
        }

    async def ask(self, visit: Visit) -> Answer:
        """Return the answer to the visit's next request. Raises: FetchError, PostponedError."""
        name = slot_of(visit.spec.url)
        delay = visit.adapter.min_delay.total_seconds()
        if delay:
            self._hosts.hold(name, delay, at_once=1)
        if self._settings.obey_robots and visit.adapter.robots:
            self._hosts.hold(name, await self._robots.check(visit.spec.url))
        return await self._in_turn(name, self._request(visit), visit.asked, visit.rendered)

    async def ask_plainly(self, url: str, headers: Mapping[str, str]) -> Answer:
        """Return the answer to a request of the crawler's own, e.g. for robots.txt. Raises: as `ask`."""
        request = Request(
            url,
            headers={**self._headers, "Accept": "text/plain,*/*;q=0.8", **headers},
            callback=NO_CALLBACK,
            dont_filter=True,
            meta={"download_slot": SLOT},
        )
        return await self._in_turn(slot_of(url), request, url, rendered=False)

    def _request(self, visit: Visit) -> Request:
        meta: dict[str, Any] = {"download_slot": SLOT, SOURCE: visit.source}
        if visit.rendered:
            meta |= self._render_meta(visit)
        return Request(
            visit.spec.url,
            method=visit.spec.method,
            body=visit.spec.body,
            headers={**self._headers, **visit.spec.headers, **visit.validators},
            callback=NO_CALLBACK,
            dont_filter=True,
            meta=meta,
        )

    def _render_meta(self, visit: Visit) -> dict[str, Any]:
        from crawlers.rendering import render_meta  # Playwright is loaded only where a page is rendered.

        return render_meta(visit.source.options, self._agent, self._settings)

    async def _in_turn(self, name: str, request: Request, asked: str, rendered: bool) -> Answer:
        async with self._hosts.turn(name) as host:
            try:
                response = await self._download(request)
            except FetchError as error:
                self._hosts.failed(host, error)
                raise
            answer = answer_of(response, asked, rendered)
            wait = retry_after(answer.headers) if answer.status in _OVERLOADED else None
            self._hosts.answered(host, answer.status, request.meta.get(LATENCY), wait)
        return answer


def short_name(settings: CrawlSettings) -> str:
    """Return the name by which robots.txt may speak of us."""
    return settings.user_agent.partition("/")[0].split()[0]


def answer_of(response: Response, asked: str, rendered: bool = False) -> Answer:
    """Return Scrapy's response as an answer."""
    headers = {
        name.decode("latin-1").lower(): b", ".join(values).decode("utf-8", "replace")
        for name, values in response.headers.items()
    }
    return Answer(
        asked=asked,
        url=response.url,
        status=response.status,
        headers=headers,
        body=response.body,
        rendered=rendered,
    )
