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
from crawlers.browser import BLOCKED_RESOURCES
from crawlers.errors import FetchError, FetchReason
from crawlers.guard_proxy import REFUSED_HEADER, GuardProxy

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

SETTLE_MS = 3_000  # Pages that poll for ever never fall silent; after this they are read as they are.
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
    """Return True for what is not needed to read a page."""
    return request.resource_type in BLOCKED_RESOURCES


def render_meta(wait_for: str | None, agent: str, timeout_seconds: float) -> dict[str, Any]:
    """Return what a rendered request carries: one shared context, and what to wait for."""
    methods = [PageMethod(settle)]
    if wait_for:
        methods.append(
            PageMethod("wait_for_selector", wait_for, state="attached", timeout=timeout_seconds * 1000)
        )
    return {
        "playwright": True,
        "playwright_context": "pages",
        "playwright_context_kwargs": {
            "user_agent": agent,
            "locale": "en-US",
            "timezone_id": "UTC",
            "accept_downloads": False,
            "service_workers": "block",
        },
        "playwright_page_goto_kwargs": {"wait_until": "domcontentloaded"},
        "playwright_page_methods": methods,
        "playwright_page_init_callback": remember_page,
    }


async def settle(page: Page) -> None:
    """Wait until the page's scripts have fetched what they need, for a while."""
    with contextlib.suppress(PlaywrightTimeout):
        await page.wait_for_load_state("networkidle", timeout=SETTLE_MS)


async def remember_page(page: Page, request: Request) -> None:
    """Keep the page with its request, so that a page that hangs can be closed."""
    request.meta["rivalwatch_page"] = page


class Renderer:
    """Downloads through the browser: starts the proxy at the first page, closes what hangs."""

    def __init__(self, crawler: Crawler, guard: AddressGuard, limit: int) -> None:
        settings = crawler.settings
        self._limit = limit
        self._timeout = settings.getfloat("RIVALWATCH_BROWSER_TIMEOUT")
        self._proxy = GuardProxy(guard, limit * PAGE_WEIGHT, settings.get("RIVALWATCH_PROXY"))
        self._handler = ScrapyPlaywrightDownloadHandler(crawler)
        self._lock = asyncio.Lock()
        self._started = False

    async def render(self, request: Request) -> Response:
        """Return the page as the browser shows it. Raises: FetchError."""
        await self._start()
        try:
            async with asyncio.timeout(self._timeout * 2 + SETTLE_MS / 1000):
                response: Response = await self._handler.download_request(request)
        except TimeoutError:
            raise FetchError(FetchReason.TIMEOUT, "the page did not come to an end in the browser") from None
        except PlaywrightTimeout as error:
            raise _late(error, request) from error
        except (PlaywrightError, OSError) as error:
            raise browser_error(str(error)) from error
        finally:
            await self._close_page(request)
        refused = response.headers.get(REFUSED_HEADER)
        if refused:
            raise _refused(refused.decode("latin-1"))
        check_size(len(response.body), self._limit)
        return response

    async def _start(self) -> None:
        async with self._lock:
            if not self._started:
                address = await self._proxy.start()
                self._handler.config.launch_options["proxy"] = {"server": address, "bypass": "<-loopback>"}
                self._started = True

    async def _close_page(self, request: Request) -> None:
        page: Page | None = request.meta.pop("rivalwatch_page", None)
        if page is not None and not page.is_closed():
            with contextlib.suppress(PlaywrightError, TimeoutError):
                await asyncio.wait_for(page.close(), SETTLE_MS / 1000)

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
    if code:
        return FetchError(FetchReason.CONNECTION, f"the browser could not load the page ({code.lower()})")
    first = message.strip().splitlines()[0][:160] if message.strip() else "no message"
    return FetchError(FetchReason.BROWSER, f"the browser failed: {first}")


def _late(error: PlaywrightTimeout, request: Request) -> FetchError:
    if "wait_for_selector" in str(error):
        return FetchError(FetchReason.BROWSER, "what 'wait_for' names did not appear on the page")
    return FetchError(FetchReason.TIMEOUT, "no complete answer in time")


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
