"""Scrapy's settings for one job: lean, polite, and without anything that touches the disk."""

from __future__ import annotations

from typing import Any

from config.settings import CrawlSettings

#: Seconds. Without any pause Scrapy starts all that waits for a host at once, past the limit per host.
SMALLEST_DELAY = 0.001
REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"


def scrapy_settings(settings: CrawlSettings) -> dict[str, Any]:
    """Return the settings; names beginning with RIVALWATCH are our own parts'."""
    handler = "crawlers.download.CheckedDownloadHandler"
    return {
        "TWISTED_REACTOR": REACTOR,
        "ASYNCIO_EVENT_LOOP": "uvloop.Loop" if _has_uvloop() else None,
        "DOWNLOAD_HANDLERS_BASE": {"http": handler, "https": handler},
        "DOWNLOADER_MIDDLEWARES_BASE": {
            "crawlers.robots.RobotsMiddleware": 100,
            "crawlers.pace.PaceMiddleware": 200,
        },
        "SPIDER_MIDDLEWARES_BASE": {},
        "EXTENSIONS_BASE": {},
        "ITEM_PIPELINES_BASE": {},
        "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",
        "STATS_CLASS": "scrapy.statscollectors.DummyStatsCollector",
        "SCHEDULER_PRIORITY_QUEUE": "scrapy.pqueues.DownloaderAwarePriorityQueue",
        "SCHEDULER_MEMORY_QUEUE": "scrapy.squeues.FifoMemoryQueue",
        "TELNETCONSOLE_ENABLED": False,
        "LOG_ENABLED": False,
        "LOG_INSTALL_ROOT_HANDLER": False,
        "CONCURRENT_ITEMS": 1,  # Scrapy starts so many tasks for every answer; ours give one request at most.
        "DOWNLOAD_TIMEOUT": settings.timeout.total_seconds(),
        "DOWNLOAD_DELAY": max(settings.delay.total_seconds(), SMALLEST_DELAY),
        "DOWNLOAD_DELAY_JITTER": 0,
        "CONCURRENT_REQUESTS": settings.concurrency,
        "CONCURRENT_REQUESTS_PER_DOMAIN": settings.concurrency_per_host,
        "USER_AGENT": f"{settings.user_agent} (+{settings.contact})",
        "RIVALWATCH_ROBOTS_AGENT": settings.user_agent.partition("/")[0].split()[0],
        "RIVALWATCH_ALLOW_HOSTS": list(settings.allow_hosts),
        "RIVALWATCH_MAX_BYTES": settings.max_bytes,
        "RIVALWATCH_PROXY": settings.proxy,
    }


def _has_uvloop() -> bool:
    try:
        import uvloop  # noqa: F401
    except ImportError:
        return False
    return True
