"""Rendered pages: where the browser is, and what a rendered request asks of it. Loads no Playwright by itself."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from config.settings import CrawlSettings

NAMES = ("chromium", "google-chrome", "chromium-browser", "google-chrome-stable")
FLAGS = (
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--disable-extensions",
    "--disable-dev-shm-usage",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--proxy-bypass-list=<-loopback>",  # Without this, loopback would be asked past the proxy.
)
BLOCKED_RESOURCES = frozenset({"image", "font", "media"})
PAGES = 4  # at the same time; more gain nothing on two cores
REMEDY = "install Chromium, set crawl.browser_path, or run 'playwright install chromium'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Browser:
    """The browser to use; ``problem`` says in one sentence why there is none."""

    path: str | None = None
    problem: str | None = None


def find_browser(settings: CrawlSettings) -> Browser:
    """Return the configured browser, else the system's, else Playwright's own."""
    if settings.browser == "off":
        return Browser(problem="the browser is switched off; set crawl.browser to auto")
    if settings.browser_path:
        if Path(settings.browser_path).is_file():
            return Browser(path=settings.browser_path)
        return Browser(problem=f"there is no browser at {settings.browser_path}; {REMEDY}")
    found = next((path for name in NAMES if (path := shutil.which(name))), None) or _playwrights_own()
    return Browser(path=found) if found else Browser(problem=f"there is no browser; {REMEDY}")


def _playwrights_own() -> str | None:
    from playwright.sync_api import Error, sync_playwright

    try:
        with sync_playwright() as playwright:
            path = playwright.chromium.executable_path
    except (Error, OSError):
        return None
    return path if path and Path(path).is_file() else None


def browser_settings(browser: Browser, settings: CrawlSettings) -> dict[str, Any]:
    """Return Scrapy's settings for a crawl with rendered pages; empty without browser."""
    if browser.path is None:
        return {}
    milliseconds = settings.browser_timeout.total_seconds() * 1000
    return {
        "RIVALWATCH_BROWSER": browser.path,
        "RIVALWATCH_BROWSER_TIMEOUT": settings.browser_timeout.total_seconds(),
        "PLAYWRIGHT_BROWSER_TYPE": "chromium",
        "PLAYWRIGHT_LAUNCH_OPTIONS": {
            "executable_path": browser.path,
            "args": list(FLAGS),
            "chromium_sandbox": os.geteuid() != 0,  # Chromium refuses its sandbox to root.
            "timeout": milliseconds,
        },
        "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": PAGES,
        "PLAYWRIGHT_MAX_CONTEXTS": 1,
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": milliseconds,
        "PLAYWRIGHT_PROCESS_REQUEST_HEADERS": None,
        "PLAYWRIGHT_ABORT_REQUEST": "crawlers.rendering.is_unwanted",
    }
