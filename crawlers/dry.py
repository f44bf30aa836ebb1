"""Dry fetches: what the crawler would see, without storing anything."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from config.errors import OperationError
from config.settings import CrawlSettings
from crawlers.errors import CrawlerDiedError
from crawlers.job import Fetched, Job, Message
from crawlers.process import ChildProcess
from store.kinds import Look
from store.snapshots import Snapshot
from store.sources import Source


def fetch_once(
    source: Source, settings: CrawlSettings, *, keys: dict[str, str] | None = None
) -> tuple[Snapshot, bytes]:
    """Return the snapshot that a visit would store (its id is 0), and the body. Raises: CrawlerDiedError."""
    return fetch_all((source,), settings, keys=keys)[source.key]


def fetch_all(
    sources: Sequence[Source], settings: CrawlSettings, *, keys: dict[str, str] | None = None
) -> dict[str, tuple[Snapshot, bytes]]:
    """Return the snapshot and body of each source by its key, from one crawling process. Raises: CrawlerDiedError."""
    found: dict[str, Fetched] = {}

    def take(line: Message) -> None:
        if isinstance(line, Fetched):
            found[line.source] = line

    single = settings.model_copy(update={"double_first_visit": False})
    ending = ChildProcess(Job(sources=tuple(sources), settings=single, keys=keys or {}), take).run()
    if ending.message is not None:
        raise OperationError(ending.message)
    missing = sum(source.key not in found for source in sources)
    if missing:
        raise CrawlerDiedError(ending.status, 0, missing, ending.tail)
    return {
        source.key: (_snapshot(source, found[source.key]), base64.b64decode(found[source.key].body))
        for source in sources
    }


def _snapshot(source: Source, line: Fetched) -> Snapshot:
    return Snapshot(
        id=0,
        source_id=source.id,
        url=line.url,
        look=Look.REGULAR,
        fetched_at=line.fetched_at,
        state=line.state,
        reason=line.reason,
        status=line.status,
        headers=line.headers,
        content_type=line.content_type,
        rendered=line.rendered,
    )
