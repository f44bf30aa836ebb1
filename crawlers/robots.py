"""robots.txt after RFC 9309: read once a day per origin; 4xx allows all, 5xx forbids all and is asked again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from protego import Protego

from crawlers.errors import FetchError, FetchReason
from crawlers.judge import Answer
from store.robots import RobotsAnswer

MAX_BYTES = 512_000  # RFC 9309 asks for at least 500 KiB; 405 KB has been seen.
MAX_REDIRECTS = 5
MAX_CRAWL_DELAY = 120.0  # seconds; a larger wish is treated as this.
_REDIRECTS = frozenset({301, 302, 303, 307, 308})

#: (address, conditional headers) -> answer; raises FetchError and PostponedError.
Ask = Callable[[str, Mapping[str, str]], Awaitable[Answer]]


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


class Robots:
    """The rules of all origins of one crawl. ``known`` is what earlier crawls read, ``agent`` our short name."""

    def __init__(
        self, agent: str, ask: Ask, now: Callable[[], datetime], known: Mapping[str, RobotsAnswer]
    ) -> None:
        self._agent = agent
        self._ask = ask
        self._now = now
        self._known = known
        self._rules: dict[str, Rules] = {}
        self._reading: dict[str, asyncio.Task[Rules]] = {}
        self._learned: list[RobotsAnswer] = []

    async def check(self, url: str) -> float:
        """Return the pause in seconds that the site asks for. Raises: FetchError if it forbids the address."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        rules = self._rules.get(origin) or await self._read_once(origin)
        if not rules.allows(url, self._agent):
            raise FetchError(
                FetchReason.ROBOTS,
                f"{origin}/robots.txt does not let {self._agent} fetch {parts.path or '/'}",
            )
        return rules.delay(self._agent)

    def take_learned(self) -> tuple[RobotsAnswer, ...]:
        """Return what was read since this was last called."""
        learned, self._learned = tuple(self._learned), []
        return learned

    async def _read_once(self, origin: str) -> Rules:
        # All sources of an origin wait for the same reading. What failed is not kept: a second try asks again.
        reading = self._reading.get(origin)
        if reading is None:
            reading = self._reading[origin] = asyncio.ensure_future(self._read(origin))
            reading.add_done_callback(lambda _: self._reading.pop(origin, None))
        return await asyncio.shield(reading)

    async def _read(self, origin: str) -> Rules:
        self._rules[origin] = rules = await self._rules_of(origin)
        return rules

    async def _rules_of(self, origin: str) -> Rules:
        known = self._known.get(origin)
        if known is not None and known.is_fresh(self._now()):
            return read_rules(known.status, known.body.encode(), origin)
        answer = await self._answer(f"{origin}/robots.txt", _conditions(known))
        if answer is None:
            return Rules()
        if answer.status == 304 and known is not None:
            found = replace(known, at=self._now())
        else:
            found = self._found(origin, answer)
        rules = read_rules(found.status, found.body.encode(), origin)
        self._learned.append(found)
        return rules

    def _found(self, origin: str, answer: Answer) -> RobotsAnswer:
        text = answer.body[:MAX_BYTES].decode("utf-8-sig", "replace").replace("\0", "")
        return RobotsAnswer(
            origin=origin,
            status=answer.status,
            body=text,
            at=self._now(),
            etag=answer.headers.get("etag", "")[:500],
            modified=answer.headers.get("last-modified", "")[:100],
        )

    async def _answer(self, url: str, conditions: Mapping[str, str]) -> Answer | None:
        for _ in range(MAX_REDIRECTS + 1):
            answer = await self._ask(url, conditions)
            target = answer.headers.get("location")
            if answer.status not in _REDIRECTS or not target:
                return answer
            url, conditions = urljoin(url, target), {}
        return None


def _conditions(known: RobotsAnswer | None) -> dict[str, str]:
    # A refusal or an empty answer has nothing that "not modified" could stand for.
    if known is None or known.status != 200:
        return {}
    pairs = (("If-None-Match", known.etag), ("If-Modified-Since", known.modified))
    return {name: value for name, value in pairs if value and value.isascii() and value.isprintable()}
