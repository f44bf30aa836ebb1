"""The stage: waiting snapshots to documents and changes."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from config.settings import DetectionSettings
from crawlers.registry import adapter_for
from extract.errors import UnreadableError
from extract.watching.batch import Batch
from extract.watching.entry_run import extract_entries
from extract.watching.noise import record_noise
from extract.watching.page_run import extract_page, read_source_document
from extract.watching.sight import Sight
from store.changes import Change, given_up_changes, set_state
from store.drops import Drop, record_drops
from store.kinds import ChangeState, Stage
from store.records import Suppressed
from store.snapshots import Snapshot, waiting_snapshots
from store.sources import get_source

__all__ = ["read_source_document", "run_extract"]

log = logging.getLogger(__name__)

#: A change whose page could not be reached again for so long is set aside.
LOST_AFTER = timedelta(days=14)

Ahead = Mapping[int, Sight]
NOTHING_AHEAD: Ahead = MappingProxyType({})


def run_extract(
    session: Session,
    now: datetime,
    settings: DetectionSettings,
    *,
    limit: int = 50,
    ahead: Ahead = NOTHING_AHEAD,
) -> int:
    """Handle waiting snapshots, oldest first; return how many were handled, 0 if none waits.

    A snapshot that crashes is dropped with that reason and stops nothing. ``ahead`` holds, by snapshot, what was seen
    outside of this transaction; what no longer holds is looked at again.
    """
    waiting = waiting_snapshots(session, limit)
    if not waiting:
        _settle_given_up(session, now)
        return 0
    batch = Batch.load(session, waiting)
    for snapshot in waiting:
        _handle_safely(session, snapshot, batch, ahead.get(snapshot.id), settings, now)
    batch.write(session, [snapshot.id for snapshot in waiting], now)
    return len(waiting)


def _handle_safely(
    session: Session,
    snapshot: Snapshot,
    batch: Batch,
    ahead: Sight | None,
    settings: DetectionSettings,
    now: datetime,
) -> None:
    try:
        _handle(session, snapshot, batch, ahead, settings, now)
    except OperationalError:
        raise  # The database was busy or gone, which is no fault of the snapshot: the batch is tried again.
    except Exception:
        log.exception("snapshot could not be extracted", extra={"snapshot": snapshot.id})
        drop = Drop(
            stage=Stage.EXTRACT,
            reason="crashed",
            subject=f"snapshot:{snapshot.id}",
            at=now,
            source_id=snapshot.source_id,
        )
        record_drops(session, [drop])


def _handle(
    session: Session,
    snapshot: Snapshot,
    batch: Batch,
    ahead: Sight | None,
    settings: DetectionSettings,
    now: datetime,
) -> None:
    batch.refresh(session, snapshot.source_id)
    watched = batch.watched[snapshot.source_id]
    adapter = adapter_for(watched.type)
    if adapter.is_entries:
        source = get_source(session, snapshot.source_id)
        assert source is not None
        with session.begin_nested():
            extract_entries(session, snapshot, source, adapter, now)
        return
    sight = (
        ahead if ahead is not None and batch.holds(ahead, snapshot) else _look(session, snapshot, batch, now)
    )
    if sight is None:
        return
    if sight.document is None:
        batch.take(session, snapshot, sight, now)
        return
    if batch.is_met(snapshot.source_id):
        batch.write_known(session)
    batch.stale.add(snapshot.source_id)
    with session.begin_nested():
        extract_page(session, snapshot, watched, sight, settings, now, batch.marks.get(snapshot.source_id))


def _look(session: Session, snapshot: Snapshot, batch: Batch, now: datetime) -> Sight | None:
    try:
        return batch.sight(session, snapshot)
    except UnreadableError as error:
        noise = [Suppressed(reason="unreadable", after=str(error))]
        record_noise(session, snapshot.source_id, f"snapshot:{snapshot.id}", noise, now)
        return None


def _settle_given_up(session: Session, now: datetime) -> None:
    """Decide the pending changes whose second look never succeeded.

    A page that was reached since and had not changed again still says it; one never reached again is set aside.
    Likewise talk that a second look met again and that was left to the next regular one.
    """
    for change in given_up_changes(session, now):
        source = get_source(session, change.source_id)
        reached = source.last_success_at if source else None
        if reached is not None and reached > _asked_at(change):
            set_state(session, change.id, ChangeState.CONFIRMED, now)
        elif now - change.observed_at > LOST_AFTER:
            set_state(session, change.id, ChangeState.VARIANT, now)
            noise = Suppressed(
                reason="unconfirmed", before="\n".join(change.removed), after="\n".join(change.added)
            )
            record_noise(session, change.source_id, f"change:{change.id}", [noise], now)


def _asked_at(change: Change) -> datetime:
    """Return from when on a regular look answers for a pending change."""
    return change.observed_at if change.confirm_due_at is not None else change.state_at
