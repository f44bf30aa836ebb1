"""One dry fetch: what the crawler would see, without storing anything."""

from __future__ import annotations

import base64

from config.errors import OperationError
from config.settings import CrawlSettings
from crawlers.errors import CrawlerDiedError
from crawlers.job import Done, Fetched, Job
from crawlers.process import ChildProcess
from store.kinds import Look
from store.snapshots import Snapshot
from store.sources import Source


def fetch_once(
    source: Source, settings: CrawlSettings, *, keys: dict[str, str] | None = None
) -> tuple[Snapshot, bytes]:
    """Return the snapshot that a visit would store (its id is 0), and the body. Raises: CrawlerDiedError."""
    found: list[Fetched] = []

    def take(line: Done | Fetched) -> None:
        if isinstance(line, Fetched):
            found.append(line)

    single = settings.model_copy(update={"double_first_visit": False})
    ending = ChildProcess(Job(sources=(source,), settings=single, keys=keys or {}), take).run()
    if ending.message is not None:
        raise OperationError(ending.message)
    if not found:
        raise CrawlerDiedError(ending.status, 0, 1, ending.tail)
    return _snapshot(source, found[-1]), base64.b64decode(found[-1].body)


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
