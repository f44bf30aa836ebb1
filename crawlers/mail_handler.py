"""Scrapy's download handler for mails: the reading happens in a thread, the answer is like any other."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.http import Response

from crawlers.addresses import AddressGuard
from crawlers.asking import SOURCE
from crawlers.download import fetch_error
from crawlers.mailbox import Peer, read_folder, read_imap
from crawlers.types.newsletter import MailOrder, bundle, order_of

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

    from crawlers.spider import SourceSpider
    from crawlers.types.mail_message import Mail

SLOWNESS = 6  # A mailbox is many answers; it may last as long as so many requests.


class MailHandler(BaseDownloadHandler):
    """Answers ``imaps``, ``imap`` (with STARTTLS) and ``mailfolder`` requests with the list of mails."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        settings = crawler.settings
        self._crawler = crawler
        self._guard = AddressGuard(tuple(settings.getlist("RIVALWATCH_ALLOW_HOSTS")))
        self._limit = settings.getint("RIVALWATCH_MAX_BYTES")
        self._timeout = settings.getfloat("DOWNLOAD_TIMEOUT") * SLOWNESS

    async def download_request(self, request: Request) -> Response:
        """Return the mails as JSON. Raises: FetchError."""
        order = order_of(request.meta[SOURCE])
        password = (request.headers.get("Authorization") or b"").decode("utf-8")
        try:
            mails = await self._mails(order, password)
        except Exception as error:
            raise fetch_error(error) from error
        return Response(
            request.url,
            status=200,
            headers={"Content-Type": "application/json"},
            body=bundle(mails, self._limit),
            request=request,
        )

    async def _mails(self, order: MailOrder, password: str) -> list[Mail]:
        now = cast("SourceSpider", self._crawler.spider).now()
        if order.folder is not None:
            return await asyncio.to_thread(read_folder, order, now)
        pairs = await self._guard.resolve(order.host, order.port)
        peer = Peer(address=pairs[0][0], timeout=self._timeout)
        return await asyncio.to_thread(read_imap, order, peer, password, now)

    async def close(self) -> None:
        """Nothing is held."""
