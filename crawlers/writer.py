"""Stores what the crawling process says, in small transactions; progress is told only after the commit."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from crawlers.errors import WhyNot
from crawlers.job import Done, Ended, Fetched, Learned, Message, Postponed
from store.blobs import put_blobs
from store.database import Database
from store.hosts import HostMemory, write_hosts
from store.kinds import FetchState, Look
from store.robots import RobotsAnswer, write_robots
from store.snapshots import LastStored, Snapshot, add_snapshots, last_stored
from store.sources import Attempt, Source, lock_sources, postpone_sources, record_attempts

BATCH = 64  # outcomes a transaction
BATCH_BYTES = 8_000_000  # bytes of bodies after which a transaction is closed early
LONGEST_WAIT = 0.25  # seconds an outcome waits for others; what a crash loses is fetched again.


@dataclass(slots=True)
class StoreWriter:
    """Collects messages and stores them together: ``take`` each, ``flush`` at the end and in pauses."""

    database: Database
    run_id: int
    sources: Mapping[int, Source]
    on_done: Callable[[Done], None]
    postponed: Counter[WhyNot] = field(default_factory=Counter)
    _ended: list[Ended] = field(default_factory=list)
    _postponed: list[Postponed] = field(default_factory=list)
    _robots: dict[str, RobotsAnswer] = field(default_factory=dict)
    _hosts: dict[str, HostMemory] = field(default_factory=dict)
    _size: int = 0
    _oldest: float = 0.0

    def take(self, message: Message) -> None:
        """Keep a message, and store all that are kept when it is time. Raises: StoreError."""
        assert not isinstance(message, Fetched)
        if isinstance(message, Learned):
            self._robots |= {answer.origin: answer for answer in message.robots}
            self._hosts |= {host.name: host for host in message.hosts}
            return
        if not self._ended and not self._postponed:
            self._oldest = time.monotonic()
        if isinstance(message, Ended):
            self._ended.append(message)
            self._size += message.size
        else:
            self._postponed.append(message)
        if self._is_time():
            self.flush()

    def _is_time(self) -> bool:
        full = len(self._ended) >= BATCH or self._size >= BATCH_BYTES
        return full or time.monotonic() - self._oldest > LONGEST_WAIT

    def flush(self) -> None:
        """Store all that is kept. Raises: StoreError."""
        if not (self._ended or self._postponed or self._robots or self._hosts):
            return
        with self.database.write() as session:
            done = store_ended(session, self._ended, self.sources, self.run_id)
            postpone_sources(session, {one.source_id: one.until for one in self._postponed})
            write_robots(session, self._robots.values())
            write_hosts(session, self._hosts.values())
        self.postponed.update(one.why for one in self._postponed)
        self._ended, self._postponed, self._robots, self._hosts, self._size = [], [], {}, {}, 0
        for line in done:
            self.on_done(line)


def store_ended(
    session: Session, batch: Sequence[Ended], sources: Mapping[int, Source], run_id: int
) -> list[Done]:
    """Store ends of visits in the caller's transaction; return one line per regular or confirming look."""
    states = lock_sources(session, {ended.source_id for ended in batch})
    # The store decides again, for another crawl may have stored the same answer since this one began.
    last = last_stored(session, {one.source_id for one in batch if one.state is not FetchState.UNCHANGED})
    settled = [_settled(ended, last.get(ended.source_id)) for ended in batch]
    fresh = [
        ended
        for ended, state in zip(batch, settled, strict=True)
        if ended.head is not None and _is_new(ended, state, last.get(ended.source_id))
    ]
    put_blobs(session, {ended.sha256: ended.body for ended in fresh if ended.sha256 and ended.body})
    add_snapshots(session, [_snapshot(ended) for ended in fresh], run_id)
    attempts = [
        attempt for pair in zip(batch, settled, strict=True) if (attempt := _attempt(*pair)) is not None
    ]
    turned = record_attempts(session, attempts, states)
    return [
        _done(sources[ended.source_id], ended, state, turned)
        for ended, state in zip(batch, settled, strict=True)
        if ended.look is not Look.LEARN
    ]


def _settled(ended: Ended, last: LastStored | None) -> FetchState:
    same = last is not None and last.good_sha256 is not None and last.good_sha256 == ended.sha256
    unchanged = ended.look is not Look.CONFIRM and ended.state is FetchState.OK and same
    return FetchState.UNCHANGED if unchanged else ended.state


def _is_new(ended: Ended, state: FetchState, last: LastStored | None) -> bool:
    if state is FetchState.UNCHANGED:
        return False
    if state is FetchState.OK:
        return True
    # One proof per episode: challenge pages differ at every request, and would fill the store.
    return last is None or (last.state, last.reason) != (state, ended.reason)


def _snapshot(ended: Ended) -> Snapshot:
    assert ended.head is not None
    return Snapshot(
        id=0,
        source_id=ended.source_id,
        url=ended.head.url,
        look=ended.look,
        fetched_at=ended.at,
        state=ended.state,
        reason=ended.reason,
        status=ended.head.status,
        headers=ended.head.headers,
        content_type=ended.head.content_type,
        rendered=ended.head.rendered,
        blob_sha256=ended.sha256 if ended.body else None,
    )


def _attempt(ended: Ended, state: FetchState) -> Attempt | None:
    if ended.look is Look.LEARN or ended.due_at is None:
        return None
    return Attempt(
        source_id=ended.source_id,
        state=state,
        reason=ended.reason,
        at=ended.at,
        next_due_at=ended.due_at,
        memory=ended.memory,
    )


def _done(source: Source, ended: Ended, state: FetchState, turned: set[int]) -> Done:
    has_turned = ended.due_at is not None and ended.source_id in turned
    return Done(
        source=source.key,
        state=state,
        reason=ended.reason,
        turned=has_turned,
        before=source.state if has_turned else None,
    )
