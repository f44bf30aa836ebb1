"""Scrapy's settings for one job: lean, polite, and without anything that touches the disk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy.logformatter import LogFormatter

from config.proxy import proxy_with_login
from config.settings import CrawlSettings

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.http import Response

REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"


def scrapy_settings(settings: CrawlSettings) -> dict[str, Any]:
    """Return the settings; names beginning with RIVALWATCH are our own parts'."""
    handler = "crawlers.download.CheckedDownloadHandler"
    return {
        "TWISTED_REACTOR": REACTOR,
        "ASYNCIO_EVENT_LOOP": "uvloop.Loop" if _has_uvloop() else None,
        "DOWNLOAD_HANDLERS_BASE": {
            "http": handler,
            "https": handler,
            **dict.fromkeys(("imap", "imaps", "mailfolder"), "crawlers.mail_handler.MailHandler"),
        },
        "DOWNLOADER_MIDDLEWARES_BASE": {},
        "SPIDER_MIDDLEWARES_BASE": {},
        "EXTENSIONS_BASE": {},
        "ITEM_PIPELINES_BASE": {},
        "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",
        "STATS_CLASS": "scrapy.statscollectors.DummyStatsCollector",
        "LOG_FORMATTER": "crawlers.scrapy_settings.SilentFormatter",
        "TELNETCONSOLE_ENABLED": False,
        "LOG_ENABLED": False,
        "LOG_INSTALL_ROOT_HANDLER": False,
        "DOWNLOAD_TIMEOUT": settings.timeout.total_seconds(),
        "DOWNLOAD_DELAY": 0,  # `crawlers.hosts` says when a host is asked, and how many at once.
        "CONCURRENT_REQUESTS": settings.concurrency,
        "CONCURRENT_REQUESTS_PER_DOMAIN": settings.concurrency,
        "USER_AGENT": f"{settings.user_agent} (+{settings.contact})",
        "RIVALWATCH_ALLOW_HOSTS": list(settings.allow_hosts),
        "RIVALWATCH_MAX_BYTES": settings.max_bytes,
        "RIVALWATCH_PROXY": proxy_with_login(settings.proxy),
    }


class SilentFormatter(LogFormatter):
    """Says nothing of single answers: the parent tells how each source ended."""

    def crawled(self, request: Request, response: Response, spider: Spider) -> None:  # type: ignore[override]
        """Give no line."""


def _has_uvloop() -> bool:
    try:
        import uvloop  # noqa: F401
    except ImportError:
        return False
    return True
