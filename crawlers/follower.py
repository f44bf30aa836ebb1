"""Opens the pages of a list's new entries: politely, a few a visit, and no failure of one is a failure of the list."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import datetime

from crawlers.adapter import RequestSpec
from crawlers.errors import FetchError, PostponedError, SourceError
from crawlers.followed import LARGEST_PAGE, FollowedPage
from crawlers.following import Scope, new_addresses, scope_of
from crawlers.judge import Answer, judge
from crawlers.registry import adapter_for
from crawlers.visits import Visit
from store.kinds import FetchState, Look

log = logging.getLogger(__name__)

PATIENCE = 60.0  # seconds after which no further page of a list is opened
FAILURES = 3  # pages in a row that could not be read, after which no further one is opened

Arrive = Callable[[Visit], Awaitable[tuple[Visit, Answer]]]


class Follower:
    """Opens pages. ``arrive`` asks for one and goes where it redirects; ``told`` are the marks of known entries."""

    def __init__(self, arrive: Arrive, told: dict[int, frozenset[str]], now: Callable[[], datetime]) -> None:
        self._arrive = arrive
        self._told = told
        self._now = now

    async def pages(self, visit: Visit, answer: Answer) -> tuple[FollowedPage, ...]:
        """Return the pages of the list's new entries, as many as could be read. A first visit opens none.

        No failure of a page is a failure of the list. Raises: SourceError if the list can not be read.
        """
        scope = scope_of(visit.source, answer.url, visit.adapter.opens)
        told = self._told.get(visit.source.id)
        if scope is None or not told or visit.look is not Look.REGULAR:
            return ()
        entries = await asyncio.to_thread(
            visit.adapter.parse, answer.body, answer.url, answer.content_type, visit.source.options
        )
        return await self._opened(visit, new_addresses(entries, told, scope, answer.url), scope)

    async def _opened(self, visit: Visit, wanted: dict[str, str], scope: Scope) -> tuple[FollowedPage, ...]:
        found: list[FollowedPage] = []
        failures, until = 0, time.monotonic() + PATIENCE
        for address, entry in wanted.items():
            if failures >= FAILURES or time.monotonic() > until:
                break
            try:
                page = await self._page(visit, address, entry, scope)
            except PostponedError:
                break  # The host wants no more now. The list is stored, and these entries are told by their titles.
            failures = 0 if page is not None else failures + 1
            if page is not None:
                found.append(page)
        return tuple(found)

    async def _page(self, visit: Visit, address: str, entry: str, scope: Scope) -> FollowedPage | None:
        adapter = adapter_for("page")
        child = Visit(
            source=visit.source,
            adapter=adapter,
            spec=RequestSpec(url=address),
            asked=address,
            look=Look.LEARN,  # No validators: they belong to the list.
            within=scope.admits,
        )
        try:
            _, answer = await self._arrive(child)
            verdict = await asyncio.to_thread(judge, answer, adapter, {}, self._now())
        except (FetchError, SourceError) as error:
            log.info("page of an entry not read", extra={"source": visit.source.key, "reason": str(error)})
            return None
        if verdict.state is not FetchState.OK or len(answer.body) > LARGEST_PAGE:
            return None
        return FollowedPage(
            entry=entry,
            url=answer.url,
            content_type=answer.content_type,
            body=answer.body.decode("latin-1"),
        )
