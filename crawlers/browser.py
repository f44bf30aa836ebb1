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
    "--js-flags=--max-old-space-size=384",  # megabytes of script memory a page; a page that wants more crashes alone
    "--renderer-process-limit=6",
    "--proxy-bypass-list=<-loopback>",  # Without this, loopback would be asked past the proxy.
)
PAGES = 4  # at the same time; more gain nothing on two cores
REMEDY = "install Chromium, set crawl.browser_path, or run 'playwright install chromium'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Browser:
    """The browser to use; ``problem`` says in one sentence why there is none."""

    path: str | None = None
    problem: str | None = None


def find_browser(choice: str, configured: str | None) -> Browser:
    """Return the configured browser, else the system's, else Playwright's own; ``choice`` is auto or off."""
    if choice == "off":
        return Browser(problem="the browser is switched off; set crawl.browser to auto")
    if configured:
        if Path(configured).is_file():
            return Browser(path=configured)
        return Browser(problem=f"there is no browser at {configured}; {REMEDY}")
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


def browser_settings(settings: CrawlSettings) -> dict[str, Any]:
    """Return Scrapy's settings for rendered pages; the browser is looked for and started at the first of them."""
    milliseconds = settings.browser_timeout.total_seconds() * 1000
    return {
        "RIVALWATCH_BROWSER": settings.browser,
        "RIVALWATCH_BROWSER_PATH": settings.browser_path,
        "RIVALWATCH_BROWSER_TIMEOUT": settings.browser_timeout.total_seconds(),
        "PLAYWRIGHT_BROWSER_TYPE": "chromium",
        "PLAYWRIGHT_LAUNCH_OPTIONS": {
            "args": list(FLAGS),
            "chromium_sandbox": os.geteuid() != 0,  # Chromium refuses its sandbox to root.
            "timeout": milliseconds,
        },
        "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": PAGES
        * 2,  # Renderer holds the limit; this one lets go of crashed pages twice.
        "PLAYWRIGHT_MAX_CONTEXTS": 1,
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": milliseconds,
        "PLAYWRIGHT_PROCESS_REQUEST_HEADERS": None,
        "PLAYWRIGHT_ABORT_REQUEST": "crawlers.rendering.is_unwanted",
    }
