"""Scrapy's download handler of ours: aiohttp below, every address checked, every size and time capped."""

from __future__ import annotations

import asyncio
import socket
import ssl
import time
from typing import TYPE_CHECKING

import aiohttp
import yarl
from aiohttp.abc import AbstractResolver, ResolveResult
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.http import Headers, Response

from crawlers.addresses import AddressGuard, host_of
from crawlers.asking import LATENCY
from crawlers.bodies import check_size, decoded
from crawlers.errors import FetchError, FetchReason

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

    from crawlers.rendering import Renderer

MAX_HEADER_BYTES = 65_536  # One line; content security policies of 20 KB are in use.

#: The first class that fits says why a request had no answer; the order is from special to general.
_ERRORS: tuple[tuple[type[BaseException], FetchReason], ...] = (
    (aiohttp.ClientConnectorCertificateError, FetchReason.TLS),
    (aiohttp.ClientSSLError, FetchReason.TLS),
    (ssl.SSLError, FetchReason.TLS),
    (TimeoutError, FetchReason.TIMEOUT),
    (aiohttp.InvalidURL, FetchReason.BAD_ADDRESS),
    (aiohttp.ClientConnectorDNSError, FetchReason.DNS),
    (aiohttp.ClientConnectorError, FetchReason.REFUSED),
    (aiohttp.ServerDisconnectedError, FetchReason.CONNECTION),
    (aiohttp.ClientPayloadError, FetchReason.CONNECTION),
    (aiohttp.ClientOSError, FetchReason.CONNECTION),
    (aiohttp.ClientError, FetchReason.BAD_ANSWER),
    (OSError, FetchReason.CONNECTION),
    (ValueError, FetchReason.BAD_ANSWER),
)
_SENTENCES = {
    FetchReason.TLS: "the certificate is not trusted or the encrypted connection failed",
    FetchReason.TIMEOUT: "no complete answer in time",
    FetchReason.BAD_ADDRESS: "the address is malformed",
    FetchReason.DNS: "the host has no address",
    FetchReason.REFUSED: "the server takes no connections",
    FetchReason.CONNECTION: "the connection broke off",
    FetchReason.BAD_ANSWER: "the server's answer is no proper HTTP",
}


def fetch_error(error: BaseException) -> FetchError:
    """Return what a failed request means. Errors that are not the network's are raised again."""
    if isinstance(error, FetchError):
        return error
    for kind, reason in _ERRORS:
        if isinstance(error, kind):
            return FetchError(reason, _SENTENCES[reason])
    raise error


class CheckedResolver(AbstractResolver):
    """Gives aiohttp only addresses that the guard has checked; aiohttp connects to exactly those."""

    def __init__(self, guard: AddressGuard) -> None:
        self._guard = guard

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        pairs = await self._guard.resolve(host, port)
        return [
            ResolveResult(
                hostname=host, host=address, port=port, family=kind, proto=0, flags=socket.AI_NUMERICHOST
            )
            for address, kind in pairs
        ]

    async def close(self) -> None:
        """Nothing is held."""


class CheckedDownloadHandler(BaseDownloadHandler):
    """Downloads http and https; requests marked ``playwright`` go to the browser's handler."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        settings = crawler.settings
        self._guard = AddressGuard(tuple(settings.getlist("RIVALWATCH_ALLOW_HOSTS")))
        self._limit = settings.getint("RIVALWATCH_MAX_BYTES")
        self._timeout = settings.getfloat("DOWNLOAD_TIMEOUT")
        self._concurrency = settings.getint("CONCURRENT_REQUESTS")
        self._proxy, self._login = _proxy(settings.get("RIVALWATCH_PROXY"))
        self._session: aiohttp.ClientSession | None = None
        self._crawler = crawler
        self._renderer: Renderer | None = None

    async def download_request(self, request: Request) -> Response:
        """Return the answer. Raises: FetchError."""
        self._guard.check_url(request.url)
        if request.meta.get("playwright"):
            return await self._rendered(request)
        try:
            async with asyncio.timeout(self._timeout):
                return await self._download(request)
        except Exception as error:
            raise fetch_error(error) from error

    async def _download(self, request: Request) -> Response:
        if self._proxy:
            # The proxy resolves by itself; a name that is private here must not be asked for there either.
            await self._guard.check_behind_proxy(host_of(request.url))
        began = time.monotonic()
        async with self._opened().request(
            request.method,
            yarl.URL(request.url, encoded=True),
            data=request.body or None,
            headers=[
                (name.decode(), value.decode("latin-1"))
                for name, values in request.headers.items()
                for value in values
            ],
            allow_redirects=False,
            proxy=self._proxy,
            proxy_auth=self._login,
        ) as response:
            request.meta[LATENCY] = time.monotonic() - began
            check_size(response.content_length or 0, self._limit)
            body = decoded(
                await self._body(response), response.headers.get("Content-Encoding", ""), self._limit
            )
            return Response(
                request.url, status=response.status, headers=_headers(response), body=body, request=request
            )

    async def _body(self, response: aiohttp.ClientResponse) -> bytes:
        parts = bytearray()
        async for chunk in response.content.iter_any():
            parts += chunk
            check_size(len(parts), self._limit)
        return bytes(parts)

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            trusted = (host_of(str(self._proxy)),) if self._proxy else ()
            guard = AddressGuard((*self._guard.allow_hosts, *trusted))
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(resolver=CheckedResolver(guard), limit=self._concurrency),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                timeout=aiohttp.ClientTimeout(total=None),  # asyncio.timeout covers the whole request.
                skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent"),
                max_line_size=MAX_HEADER_BYTES,
                max_field_size=MAX_HEADER_BYTES,
            )
        return self._session

    async def _rendered(self, request: Request) -> Response:
        if self._renderer is None:
            from crawlers.rendering import Renderer  # Playwright is loaded only where a page is rendered.

            self._renderer = Renderer(self._crawler, self._guard, self._limit)
        return await self._renderer.render(request)

    async def close(self) -> None:
        """Close all connections, and the browser."""
        if self._renderer is not None:
            await self._renderer.close()
        if self._session is not None:
            await self._session.close()


def _proxy(address: str | None) -> tuple[yarl.URL | None, aiohttp.BasicAuth | None]:
    if not address:
        return None, None
    url = yarl.URL(address)
    login = aiohttp.BasicAuth(url.user, url.password or "", encoding="utf-8") if url.user else None
    return url.with_user(None), login


def _headers(response: aiohttp.ClientResponse) -> Headers:
    headers = Headers()
    for name, value in response.headers.items():
        if name.lower() != "content-encoding":
            headers.appendlist(name, value.encode("utf-8", "surrogateescape"))
    return headers
