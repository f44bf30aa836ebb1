"""A bare Scrapy spider that only fetches: ``python -m bench.bare_spider FILE``, one ``host address`` a line.

Scrapy with its own download handler, uvloop, no robots.txt, and a callback that does nothing. With a second argument
every request carries it as If-None-Match.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response
from scrapy.resolver import CachingThreadedResolver
from twisted.internet import defer


class Loopback(CachingThreadedResolver):
    """Knows what is below ``localhost``, as Rivalwatch does; systems take up to seconds to say so."""

    def getHostByName(  # noqa: N802
        self, name: str, timeout: object = None
    ) -> defer.Deferred[str]:
        """Return the address of loopback."""
        return defer.succeed("127.0.0.1")


class BareSpider(Spider):
    """Asks for every address once."""

    name = "bare"

    async def start(self) -> AsyncIterator[Request]:
        """Yield all requests."""
        headers = {"If-None-Match": sys.argv[2]} if len(sys.argv) > 2 else {}
        for line in Path(sys.argv[1]).read_text("ascii").splitlines():
            host, url = line.split()
            meta = {"download_slot": host}
            yield Request(url, callback=self.nothing, dont_filter=True, headers=headers, meta=meta)

    def nothing(self, response: Response) -> None:
        """Do nothing."""


if __name__ == "__main__":
    process = CrawlerProcess(
        {
            "LOG_ENABLED": False,
            "TELNETCONSOLE_ENABLED": False,
            "ROBOTSTXT_OBEY": False,
            "CONCURRENT_REQUESTS": 16,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
            "DOWNLOAD_DELAY": 0,
            "HTTPERROR_ALLOW_ALL": True,
            "TWISTED_REACTOR": "twisted.internet.asyncioreactor.AsyncioSelectorReactor",
            "ASYNCIO_EVENT_LOOP": "uvloop.Loop",
            "TWISTED_DNS_RESOLVER": "bench.bare_spider.Loopback",
            "DNS_RESOLVER": "bench.bare_spider.Loopback",
        }
    )
    process.crawl(BareSpider)
    process.start()
