"""How fast one host is asked: never faster than wished, slower while it labours or says "too often"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

LABOURING = 1.0  # seconds to the first byte; a page from a cache takes 0.05 to 0.4, a built one up to 1.
LONGEST = 60.0  # seconds between two requests to one host
FIRST_STEP = 1.0  # seconds, where there was no pause at all
OVERLOADED = frozenset({429, 503})
LATENCY = "rivalwatch_latency"  # seconds to the first byte, kept with the request


def next_pause(pause: float, least: float, latency: float, status: int) -> float:
    """Return the seconds to wait before a host's next request.

    Doubles where the host is overloaded, moves half the way to the latency where it labours, else halves; stays between
    ``least`` (what the settings, the service or robots.txt ask for) and `LONGEST`.
    """
    if status in OVERLOADED:
        wished = max(pause * 2, FIRST_STEP)
    elif latency >= LABOURING:
        wished = max(latency, (pause + latency) / 2)
    else:
        wished = pause / 2 if pause > 0.05 else 0.0
    return max(least, min(wished, LONGEST))


class PaceMiddleware:
    """Sets the pause of a host after each of its answers."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PaceMiddleware:
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        """Adapt the pause of the host that answered."""
        assert self._crawler.engine is not None
        downloader = self._crawler.engine.downloader
        name = request.meta.get("download_slot", "")
        slot, latency = downloader.slots.get(name), request.meta.get(LATENCY)
        if slot is not None and latency is not None:
            least = downloader.per_slot_settings.get(name, {}).get(
                "delay", self._crawler.settings.getfloat("DOWNLOAD_DELAY")
            )
            slot.delay = next_pause(slot.delay, least, latency, response.status)
        return response


def hold(crawler: Crawler, name: str, seconds: float, **further: int) -> None:
    """Let the host of a slot never be asked sooner than ``seconds`` after the request before, in this whole crawl."""
    assert crawler.engine is not None
    downloader = crawler.engine.downloader
    known = downloader.per_slot_settings.get(name, {})
    if seconds <= known.get("delay", crawler.settings.getfloat("DOWNLOAD_DELAY")):
        return
    downloader.per_slot_settings[name] = {**known, "delay": seconds, **further}
    slot = downloader.slots.get(name)
    if slot is not None:
        slot.delay = max(slot.delay, seconds)
