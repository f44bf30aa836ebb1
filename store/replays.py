"""What the stages made, under keys that stay the same when they run again: for comparing two runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.models.accounts import AccountRow, ExposureRow, HealthRow
from store.models.evidence import ChangeRow, EvidenceRow, SignalRow, SnapshotRow
from store.models.watch import RivalRow, SourceRow

DIGITS = 4  # decimals that are compared: sums of floats differ in the last ones from machine to machine.


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One thing that a stage made. ``name`` is for people; ``fields`` are compared."""

    kind: str
    key: tuple[str, ...]
    at: str
    name: str
    fields: dict[str, Any] = field(default_factory=dict)


def results(session: Session, since: datetime) -> Iterator[Result]:
    """Yield the changes, signals, exposures and health rows of that moment and later."""
    yield from _changes(session, since)
    yield from _signals(session, since)
    yield from _exposures(session, since)
    yield from _healths(session, since)


def _changes(session: Session, since: datetime) -> Iterator[Result]:
    query = (
        select(ChangeRow, SourceRow.key, SnapshotRow.fetched_at)
        .join(SourceRow, SourceRow.id == ChangeRow.source_id)
        .join(SnapshotRow, SnapshotRow.id == ChangeRow.after_snapshot_id)
        .where(ChangeRow.observed_at >= since)
        .order_by(ChangeRow.observed_at, ChangeRow.after_snapshot_id, ChangeRow.unit)
    )
    for row, source, fetched_at in session.execute(query):
        shown = row.title or next(iter([*row.added, *row.removed]), "") or row.unit
        yield Result(
            kind="change",
            key=(source, fetched_at.isoformat(), row.unit),
            at=row.observed_at.isoformat(),
            name=f"{source}: {shown}",
            fields={
                "added": row.added,
                "removed": row.removed,
                "facts": row.facts,
                "page_type": row.page_type,
                "state": row.state,
            },
        )


def _signals(session: Session, since: datetime) -> Iterator[Result]:
    query = (
        select(SignalRow, RivalRow.key)
        .join(RivalRow, RivalRow.id == SignalRow.rival_id)
        .where(SignalRow.first_seen_at >= since)
        .order_by(SignalRow.first_seen_at, RivalRow.key, SignalRow.story)
    )
    for row, rival in session.execute(query):
        yield Result(
            kind="signal",
            key=(rival, row.story),
            at=row.first_seen_at.isoformat(),
            name=row.headline,
            fields={
                "category": row.category,
                "headline": row.headline,
                "confidence": round(row.confidence, DIGITS),
                "impact": round(row.impact, DIGITS),
                "review": row.review,
                "held": row.held,
                "retracted": row.retracted_at is not None,
                "evidence": _evidence(session, row.id),
            },
        )


def _evidence(session: Session, signal_id: int) -> list[str]:
    query = select(EvidenceRow.url, EvidenceRow.quote).where(EvidenceRow.signal_id == signal_id)
    return sorted(f"{url} {quote}" for url, quote in session.execute(query))


def _exposures(session: Session, since: datetime) -> Iterator[Result]:
    query = (
        select(ExposureRow, AccountRow.key, RivalRow.key, SignalRow.story, SignalRow.headline)
        .join(AccountRow, AccountRow.id == ExposureRow.account_id)
        .join(SignalRow, SignalRow.id == ExposureRow.signal_id)
        .join(RivalRow, RivalRow.id == SignalRow.rival_id)
        .where(ExposureRow.observed_at >= since)
        .order_by(ExposureRow.observed_at, AccountRow.key, RivalRow.key, SignalRow.story)
    )
    for row, account, rival, story, headline in session.execute(query):
        codes = sorted(str(reason["code"]) for reason in row.reasons)
        yield Result(
            kind="exposure",
            key=(account, rival, story),
            at=row.observed_at.isoformat(),
            name=f"{account}: {headline}",
            fields={"score": round(row.score, DIGITS), "reasons": codes},
        )


def _healths(session: Session, since: datetime) -> Iterator[Result]:
    query = (
        select(HealthRow, AccountRow.key)
        .join(AccountRow, AccountRow.id == HealthRow.account_id)
        .where(HealthRow.as_of >= since.date())
        .order_by(HealthRow.as_of, AccountRow.key)
    )
    for row, account in session.execute(query):
        yield Result(
            kind="health",
            key=(account, row.as_of.isoformat()),
            at=row.as_of.isoformat(),
            name=f"{account} on {row.as_of}",
            fields={
                "score": _rounded(row.score),
                "band": row.band,
                "without competitors": _rounded(row.score_without_competitors),
                "activity": _rounded(row.competitor_activity_index),
            },
        )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
