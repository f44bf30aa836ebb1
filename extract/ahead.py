"""Extraction beside a crawl: pages are read outside of any write transaction, in a thread of their own.

A crawl runs in a child process and leaves this one idle. What is seen ahead is pure, so a crash loses nothing, and the
write transaction that follows is short: the crawl's own writes need not wait for the reading.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Self

from sqlalchemy.orm import Session

from config.errors import OperationError
from config.settings import DetectionSettings
from crawlers.registry import adapter_for
from extract.run import run_extract
from extract.watching.batch import Batch
from extract.watching.sight import Sight
from store.database import Database
from store.snapshots import waiting_snapshots

log = logging.getLogger(__name__)

BATCH = 100  # snapshots; about a tenth of a second, half a second if all must be read
PAUSE = 0.05  # seconds between two looks while nothing waits


def see_ahead(session: Session, limit: int) -> tuple[int, dict[int, Sight]]:
    """Look at the pages that wait; return how many snapshots wait, and what was seen of them. Writes nothing.

    What cannot be read is left out: the stage meets it again and says so.
    """
    waiting = waiting_snapshots(session, limit)
    batch = Batch.load(session, waiting, bodies=True)
    seen: dict[int, Sight] = {}
    for snapshot in waiting:
        if adapter_for(batch.watched[snapshot.source_id].type).is_entries:
            continue
        try:
            seen[snapshot.id] = batch.sight(session, snapshot)
        except Exception:
            log.debug("snapshot is left to the stage", extra={"snapshot": snapshot.id})
    return len(waiting), seen


def extract_some(
    database: Database, now: datetime, settings: DetectionSettings, *, limit: int = BATCH
) -> int:
    """Read what waits, then handle it in one transaction; return how many were handled, 0 if none waits."""
    with database.read() as session:
        waiting, seen = see_ahead(session, limit)
    with database.write() as session:
        return run_extract(session, now, settings, limit=waiting or limit, ahead=seen)


@dataclass
class Beside:
    """Extracts in a thread while the block runs. What it did not reach waits for the stage's own turn."""

    database_url: str
    settings: DetectionSettings
    clock: Callable[[], datetime]
    handled: int = 0
    _stop: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._work, name="extract-beside", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()

    def _work(self) -> None:
        try:
            with Database(self.database_url) as database:
                while not self._stop.is_set():
                    self._some(database)
        except OperationError:
            # The rows still wait; the stage's own turn meets the same trouble and tells it.
            log.warning("extraction beside the crawl stopped", exc_info=True)

    def _some(self, database: Database) -> None:
        with database.read() as session:
            waiting, seen = see_ahead(session, BATCH)
        if not waiting:
            self._stop.wait(PAUSE)
            return
        # What came since then is left to the next turn: reading it here would keep the crawl from writing.
        with database.write() as session:
            self.handled += run_extract(session, self.clock(), self.settings, limit=waiting, ahead=seen)
