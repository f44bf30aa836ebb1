"""Rendered pages: where the browser is, how it is started, and what a rendered request asks of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from config.settings import CrawlSettings
    from store.sources import Source

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def browser_meta(source: Source, settings: CrawlSettings) -> dict[str, Any]:
    """Return what Scrapy must know of a rendered request."""
    return {"playwright": True}
