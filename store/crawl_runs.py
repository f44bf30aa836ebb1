"""Runs of the crawler: when, which look, how many sources ended in which state."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from store.kinds import FetchState, Look
from store.models.watch import CrawlRunRow


def start_run(session: Session, look: Look, at: datetime) -> int:
    """Record that a crawl begins; return its id."""
    row = CrawlRunRow(started_at=at, look=look.value, counts={})
    session.add(row)
    session.flush()
    return row.id


def finish_run(session: Session, run_id: int, at: datetime, counts: Mapping[FetchState, int]) -> None:
    """Record that a crawl ended by itself; a run without end was cut off."""
    row = session.get_one(CrawlRunRow, run_id)
    row.finished_at = at
    row.counts = {state.value: count for state, count in counts.items() if count}
