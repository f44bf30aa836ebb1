"""Rendering a page through scrapy-playwright, with the guard's proxy in front of the browser."""

from __future__ import annotations

import asyncio
import contextlib
import re
from typing import TYPE_CHECKING, Any

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page
from playwright.async_api import Request as BrowserRequest
from playwright.async_api import TimeoutError as PlaywrightTimeout
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler
from scrapy_playwright.page import PageMethod

from crawlers.addresses import AddressGuard
from crawlers.bodies import check_size
from crawlers.browser import PAGES, Browser, find_browser
from crawlers.errors import FetchError, FetchReason
from crawlers.guard_proxy import REFUSED_HEADER, GuardProxy
from crawlers.page_steps import SETTLE_MS, RenderPlan, prepare
from crawlers.trackers import BLOCKED_KINDS, is_tracker

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from config.settings import CrawlSettings

CLOSE_SECONDS = 3.0  # for a page to close; one that hangs is left to the browser's own end
PAGE_WEIGHT = 10  # A page may load so many times crawl.max_bytes over one connection.
_CODE = re.compile(r"net::ERR_([A-Z_]+)")

#: Chromium's error names, by their beginning; Playwright gives them in its message only.
_ERRORS: tuple[tuple[str, FetchReason, str], ...] = (
    ("NAME_NOT_RESOLVED", FetchReason.DNS, "the host has no address"),
    ("CERT_", FetchReason.TLS, "the certificate is not trusted"),
    ("SSL_", FetchReason.TLS, "the encrypted connection failed"),
    ("TOO_MANY_REDIRECTS", FetchReason.REDIRECTS, "redirects in a circle"),
    ("CONNECTION_REFUSED", FetchReason.REFUSED, "the server takes no connections"),
    ("TIMED_OUT", FetchReason.TIMEOUT, "no complete answer in time"),
    ("CONNECTION_", FetchReason.CONNECTION, "the connection broke off"),
    ("TUNNEL_", FetchReason.CONNECTION, "the connection could not be made"),
    ("EMPTY_RESPONSE", FetchReason.CONNECTION, "the connection broke off"),
)


def is_unwanted(request: BrowserRequest) -> bool:
    """Return True for what is not needed to read a page. Pages of those who make trackers load their own."""
    if request.is_navigation_request():
        return False
    return request.resource_type in BLOCKED_KINDS or (
        is_tracker(request.url) and not is_tracker(request.frame.url)
    )


def render_meta(options: Mapping[str, Any], agent: str, settings: CrawlSettings) -> dict[str, Any]:
    """Return what a rendered request carries: the context that all pages share, and what to do on the page."""
    plan = RenderPlan(
        limit=settings.max_bytes,
        wait_for=options.get("wait_for"),
        steps=options.get("steps") or (),
        timeout_seconds=settings.browser_timeout.total_seconds(),
    )
    return {
        "playwright": True,
        "playwright_context": "pages",
        "playwright_context_kwargs": {
            "user_agent": agent,
            "locale": "en-US",
            "timezone_id": "UTC",
            "viewport": {"width": 1366, "height": 900},
            "reduced_motion": "reduce",
            "accept_downloads": False,
            "service_workers": "block",
        },
        "playwright_page_goto_kwargs": {"wait_until": "domcontentloaded"},
        "playwright_page_methods": [PageMethod(prepare, plan)],
        "playwright_page_init_callback": guard_page,
    }


async def guard_page(page: Page, request: Request) -> None:
    """Keep the page with its request, so that one that hangs can be closed; let it open no windows."""
    request.meta["rivalwatch_page"] = page
    page.on("popup", _close_quietly)


async def _close_quietly(page: Page) -> None:
    with contextlib.suppress(PlaywrightError, TimeoutError):
        await asyncio.wait_for(page.close(), CLOSE_SECONDS)


class Renderer:
    """Downloads through the browser: finds and starts it at the first page, with the proxy; closes what hangs."""

    def __init__(self, crawler: Crawler, guard: AddressGuard, limit: int) -> None:
        self._settings = crawler.settings
        self._limit = limit
        self._timeout = self._settings.getfloat("RIVALWATCH_BROWSER_TIMEOUT")
        self._proxy = GuardProxy(guard, limit * PAGE_WEIGHT, self._settings.get("RIVALWATCH_PROXY"))
        self._handler = ScrapyPlaywrightDownloadHandler(crawler)
        self._handler.config.target_closed_max_retries = 1
        self._lock = asyncio.Lock()
        self._pages = asyncio.Semaphore(PAGES)
        self._browser: Browser | None = None

    async def render(self, request: Request) -> Response:
        """Return the page as the browser shows it. Raises: FetchError."""
        async with self._pages:  # Waiting for one's turn is not the page's time.
            await self._start()
            response = await self._opened(request)
        refused = response.headers.get(REFUSED_HEADER)
        if refused:
            raise _refused(refused.decode("latin-1"))
        check_size(len(response.body), self._limit)
        return response

    async def _opened(self, request: Request) -> Response:
        try:
            async with asyncio.timeout(self._timeout * 2 + SETTLE_MS / 1000):
                response: Response = await self._handler.download_request(request)
        except PlaywrightTimeout as error:
            raise FetchError(FetchReason.TIMEOUT, "no complete answer in time") from error
        except TimeoutError:
            raise FetchError(FetchReason.TIMEOUT, "the page did not come to an end in the browser") from None
        except (PlaywrightError, OSError) as error:
            raise browser_error(str(error)) from error
        finally:
            await self._close_page(request)
        return response

    async def _start(self) -> None:
        async with self._lock:
            if self._browser is None:
                self._browser = await asyncio.to_thread(
                    find_browser,
                    self._settings.get("RIVALWATCH_BROWSER"),
                    self._settings.get("RIVALWATCH_BROWSER_PATH"),
                )
                if self._browser.path:
                    await self._launch(self._browser.path)
        if self._browser.problem:
            raise FetchError(FetchReason.BROWSER_MISSING, self._browser.problem)

    async def _launch(self, path: str) -> None:
        options = self._handler.config.launch_options
        options["executable_path"] = path
        options["proxy"] = {"server": await self._proxy.start(), "bypass": "<-loopback>"}
        # The handler starts Playwright when the engine starts, which is long ago: most crawls render nothing.
        await self._handler._maybe_launch_in_thread()

    async def _close_page(self, request: Request) -> None:
        page: Page | None = request.meta.pop("rivalwatch_page", None)
        if page is not None and not page.is_closed():
            await _close_quietly(page)

    async def close(self) -> None:
        """Close the browser and the proxy."""
        with contextlib.suppress(PlaywrightError):
            await self._handler.close()
        await self._proxy.close()


def browser_error(message: str) -> FetchError:
    """Return what an error of the browser means."""
    found = _CODE.search(message)
    code = found[1] if found else ""
    for beginning, reason, sentence in _ERRORS:
        if code.startswith(beginning):
            return FetchError(reason, sentence)
    if "crashed" in message:
        return FetchError(FetchReason.BROWSER, "the page made the browser crash")
    if code:
        return FetchError(FetchReason.CONNECTION, f"the browser could not load the page ({code.lower()})")
    first = message.strip().splitlines()[0][:160] if message.strip() else "no message"
    return FetchError(FetchReason.BROWSER, f"the browser failed: {first}")


def _refused(code: str) -> FetchError:
    try:
        reason = FetchReason(code)
    except ValueError:
        reason = FetchReason.BROWSER
    sentences = {
        FetchReason.UNSAFE_ADDRESS: "leads to an address that is not public; see crawl.allow_hosts",
        FetchReason.DNS: "the host has no address",
        FetchReason.REFUSED: "the server takes no connections",
    }
    return FetchError(reason, sentences.get(reason, "the connection was refused"))
