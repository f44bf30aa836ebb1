"""Stores outcomes from a thread of its own, in small transactions; a line is printed only after the commit."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy.orm import Session

from config.errors import OperationError
from crawlers.job import Done
from crawlers.outcome import Outcome
from store.blobs import put_blob
from store.database import Database
from store.kinds import FetchState, Look
from store.snapshots import Snapshot, add_snapshot, last_snapshots
from store.sources import lock_sources, record_attempt

BATCH = 32  # outcomes a transaction; at 100 answers a second a lost batch is a third of a second of work.
PENDING = 64  # outcomes; so many bodies may wait in memory before the crawl pauses.
KEPT_HEADERS = 60  # headers a snapshot keeps, each cut at 500 characters.


class Sink(Protocol):
    """Where the spider puts what it found."""

    async def put(self, outcome: Outcome) -> None:
        """Take an outcome; wait if too many are pending. Raises: OperationError if storing is impossible."""


@dataclass
class StoreWriter:
    """A thread that stores outcomes. Use as ``start``, ``put`` …, ``finish``."""

    database: Database
    run_id: int | None
    emit: Callable[[Done], None]

    def __post_init__(self) -> None:
        self._queue: queue.Queue[Outcome | None] = queue.Queue()
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._work, name="store-writer", daemon=True)

    def start(self) -> None:
        """Begin to store."""
        self._thread.start()

    async def put(self, outcome: Outcome) -> None:
        """Hand an outcome over; waits while many are pending. Raises: the error that stopped the thread."""
        while self._queue.qsize() >= PENDING and self._error is None:
            await asyncio.sleep(0.01)
        self._raise()
        self._queue.put(outcome)

    def finish(self) -> None:
        """Store all that is left. Raises: the error that stopped the thread."""
        self._queue.put(None)
        self._thread.join()
        self._raise()

    def _raise(self) -> None:
        if isinstance(self._error, OperationError):
            raise self._error
        if self._error is not None:
            raise OperationError(
                f"storing failed: {type(self._error).__name__}: {self._error}"
            ) from self._error

    def _work(self) -> None:
        open_ended = True
        try:
            while open_ended:
                batch, open_ended = self._next_batch()
                if batch:
                    with self.database.write() as session:
                        done = store_outcomes(session, batch, self.run_id)
                    for line in done:
                        self.emit(line)
        except BaseException as error:
            # Kept for the reactor's thread, which raises it: without a store there is no crawl.
            self._error = error

    def _next_batch(self) -> tuple[list[Outcome], bool]:
        batch: list[Outcome] = []
        item = self._queue.get()
        while item is not None:
            batch.append(item)
            if len(batch) == BATCH:
                return batch, True
            try:
                item = self._queue.get_nowait()
            except queue.Empty:
                return batch, True
        return batch, False


def store_outcomes(session: Session, batch: list[Outcome], run_id: int | None) -> list[Done]:
    """Store outcomes in the caller's transaction; return one line per regular or confirming look."""
    ids = {outcome.source.id for outcome in batch}
    lock_sources(session, ids)
    last = last_snapshots(session, ids)
    lines = [_store(session, outcome, last.get(outcome.source.id, ()), run_id) for outcome in batch]
    return [line for line in lines if line is not None]


def _store(session: Session, outcome: Outcome, last: tuple[Snapshot, ...], run_id: int | None) -> Done | None:
    state = _settled(outcome, last)
    if outcome.answer is not None and _is_new(outcome, state, last):
        add_snapshot(session, _snapshot(session, outcome), run_id)
    if outcome.look is Look.LEARN:
        return None
    done = Done(source=outcome.source.key, state=state, reason=outcome.verdict.reason)
    if outcome.due_at is None:
        return done
    turned = record_attempt(
        session,
        outcome.source.id,
        state,
        outcome.verdict.reason,
        outcome.at,
        outcome.due_at,
        outcome.memory,
    )
    return done.model_copy(update={"turned": turned, "before": outcome.source.state if turned else None})


def _settled(outcome: Outcome, last: tuple[Snapshot, ...]) -> FetchState:
    # The store decides again, for another crawl may have stored the same answer since this one began.
    same = any(
        one.state is FetchState.OK and one.blob_sha256 == outcome.sha256 and one.look is Look.REGULAR
        for one in last
    )
    unchanged = outcome.look is not Look.CONFIRM and outcome.state is FetchState.OK and same
    return FetchState.UNCHANGED if unchanged else outcome.state


def _is_new(outcome: Outcome, state: FetchState, last: tuple[Snapshot, ...]) -> bool:
    if state is FetchState.UNCHANGED:
        return False
    if state is FetchState.OK:
        return True
    # One proof per episode: challenge pages differ at every request, and would fill the store.
    newest = max(last, key=lambda one: one.id, default=None)
    return newest is None or (newest.state, newest.reason) != (state, outcome.verdict.reason)


def _snapshot(session: Session, outcome: Outcome) -> Snapshot:
    answer = outcome.answer
    assert answer is not None
    return Snapshot(
        id=0,
        source_id=outcome.source.id,
        url=answer.url,
        look=outcome.look,
        fetched_at=outcome.at,
        state=outcome.state,
        reason=outcome.verdict.reason,
        status=answer.status,
        headers=kept_headers(answer.headers.items()),
        content_type=answer.content_type,
        rendered=answer.rendered,
        blob_sha256=put_blob(session, answer.body) if answer.body else None,
    )


def kept_headers(headers: object) -> dict[str, str]:
    """Return the headers that a snapshot keeps: without cookies, few enough and short enough to store."""
    pairs = [(str(name), str(value)) for name, value in headers if name != "set-cookie"]  # type: ignore[attr-defined]
    return {name[:100]: value[:500] for name, value in pairs[:KEPT_HEADERS]}
