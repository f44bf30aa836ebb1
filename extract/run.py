"""The stage: waiting snapshots to documents and changes."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from config.settings import DetectionSettings
from crawlers.registry import adapter_for
from extract.entry_run import extract_entries
from extract.page_run import extract_page, read_source_document
from store.changes import is_given_up, pending_changes, set_state
from store.drops import Drop, record_drops
from store.kinds import ChangeState, PageType, Stage
from store.snapshots import Snapshot, mark_extracted, waiting_snapshots
from store.sources import get_source

__all__ = ["read_source_document", "run_extract"]

log = logging.getLogger(__name__)

#: A change whose page could not be reached again for so long is set aside.
LOST_AFTER = timedelta(days=14)


def run_extract(session: Session, now: datetime, settings: DetectionSettings, *, limit: int = 50) -> int:
    """Handle waiting snapshots, oldest first; return how many were handled, 0 if none waits.

    Each snapshot is handled in a savepoint: one that crashes is dropped with that reason and stops nothing.
    """
    waiting = waiting_snapshots(session, limit)
    for snapshot in waiting:
        _handle_safely(session, snapshot, settings, now)
    if not waiting:
        _settle_given_up(session, now)
    return len(waiting)


def _handle_safely(session: Session, snapshot: Snapshot, settings: DetectionSettings, now: datetime) -> None:
    try:
        with session.begin_nested():
            _handle(session, snapshot, settings, now)
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
    mark_extracted(session, snapshot.id, now)


def _handle(session: Session, snapshot: Snapshot, settings: DetectionSettings, now: datetime) -> None:
    source = get_source(session, snapshot.source_id)
    if source is None:
        return
    adapter = adapter_for(source.type)
    if adapter.is_entries:
        extract_entries(session, snapshot, source, adapter, now)
    else:
        # A plain ``page`` says nothing about its matter: that is guessed from what it holds.
        page_type = None if adapter.page_type is PageType.GENERIC else adapter.page_type
        extract_page(session, snapshot, source, page_type, settings, now)


def _settle_given_up(session: Session, now: datetime) -> None:
    """Decide the pending changes whose second look never succeeded.

    A page that was reached since and had not changed again still says it; one never reached again is set aside.
    """
    for change in pending_changes(session):
        if not is_given_up(session, change, now):
            continue
        source = get_source(session, change.source_id)
        reached = source.last_success_at if source else None
        if reached is not None and reached > change.observed_at:
            set_state(session, change.id, ChangeState.CONFIRMED, now)
        elif now - change.observed_at > LOST_AFTER:
            set_state(session, change.id, ChangeState.VARIANT, now)
            drop = Drop(
                stage=Stage.EXTRACT,
                reason="unconfirmed",
                subject=f"change:{change.id}",
                at=now,
                source_id=change.source_id,
                before="\n".join(change.removed),
                after="\n".join(change.added),
            )
            record_drops(session, [drop])
