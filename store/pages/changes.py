"""Changes and drops as pages show them: what differed, what was suppressed, what was dropped and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, join, outerjoin

from store.kinds import ChangeState, Stage
from store.models.evidence import ChangeRow, DropRow, EvidenceRow, SignalRow, SnapshotRow
from store.models.watch import RivalRow, SourceRow
from store.records import FactChange, Suppressed

_CHANGES = join(
    join(ChangeRow, SourceRow, SourceRow.id == ChangeRow.source_id),
    RivalRow,
    RivalRow.id == SourceRow.rival_id,
)
_DROPS = outerjoin(
    outerjoin(DropRow, SourceRow, SourceRow.id == DropRow.source_id),
    RivalRow,
    RivalRow.id == SourceRow.rival_id,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeFilter:
    """Which changes to show; None is any."""

    rival: str | None = None
    source: str | None = None
    state: ChangeState | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePage:
    """A change with everything about it; snapshot times are None where there is no such snapshot."""

    id: int
    source_key: str
    source_type: str
    rival_key: str
    rival_name: str
    url: str
    title: str | None
    page_type: str
    observed_at: datetime
    published_at: datetime | None
    added: tuple[str, ...]
    removed: tuple[str, ...]
    facts: tuple[FactChange, ...]
    suppressed: tuple[Suppressed, ...]
    importance: float
    state: ChangeState
    state_at: datetime
    confirm_due_at: datetime | None
    before_snapshot_id: int | None
    after_snapshot_id: int
    before_at: datetime | None
    after_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DropFilter:
    """Which drops to show; None is any. ``text`` is searched in both texts, the reason and the source's key."""

    stage: Stage | None = None
    reason: str | None = None
    source: str | None = None
    rival: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DropLine:
    """Something that was not reported, at which stage and why."""

    id: int
    stage: Stage
    reason: str
    subject: str
    source_key: str | None
    rival_name: str | None
    at: datetime
    before: str
    after: str


def count_changes(session: Session, wanted: ChangeFilter) -> int:
    """Return how many changes fit."""
    query = select(func.count()).select_from(_CHANGES)
    return session.scalar(query.where(*_change_conditions(wanted))) or 0


def change_pages(session: Session, wanted: ChangeFilter, limit: int, offset: int = 0) -> list[ChangePage]:
    """Return the fitting changes, newest first; two queries however many there are."""
    query = select(ChangeRow, SourceRow, RivalRow).select_from(_CHANGES).where(*_change_conditions(wanted))
    query = query.order_by(ChangeRow.observed_at.desc(), ChangeRow.id.desc()).limit(limit).offset(offset)
    found = [(change, source, rival) for change, source, rival in session.execute(query)]
    times = _snapshot_times(session, [change for change, _, _ in found])
    return [_change(change, source, rival, times) for change, source, rival in found]


def find_change(session: Session, change_id: int) -> ChangePage | None:
    """Return the change with that id."""
    found = session.execute(
        select(ChangeRow, SourceRow, RivalRow).select_from(_CHANGES).where(ChangeRow.id == change_id)
    ).first()
    return change_page(session, found[0], found[1], found[2]) if found else None


def signals_of_change(session: Session, change_id: int) -> list[tuple[int, str]]:
    """Return (id, headline) of the signals a change is evidence of."""
    query = (
        select(SignalRow.id, SignalRow.headline)
        .join(EvidenceRow, EvidenceRow.signal_id == SignalRow.id)
        .where(EvidenceRow.change_id == change_id)
        .order_by(SignalRow.id)
    )
    return [(signal, headline) for signal, headline in session.execute(query)]


def change_page(session: Session, change: ChangeRow, source: SourceRow, rival: RivalRow) -> ChangePage:
    """Return a change row as a record, with the times of its snapshots."""
    return _change(change, source, rival, _snapshot_times(session, [change]))


def count_drops(session: Session, wanted: DropFilter) -> int:
    """Return how many drops fit."""
    query = select(func.count()).select_from(_DROPS)
    return session.scalar(query.where(*_drop_conditions(wanted))) or 0


def drop_lines(session: Session, wanted: DropFilter, limit: int, offset: int = 0) -> list[DropLine]:
    """Return the fitting drops, newest first."""
    query = select(DropRow, SourceRow.key, RivalRow.name).select_from(_DROPS).where(*_drop_conditions(wanted))
    query = query.order_by(DropRow.at.desc(), DropRow.id.desc()).limit(limit).offset(offset)
    return [
        DropLine(
            id=row.id,
            stage=Stage(row.stage),
            reason=row.reason,
            subject=row.subject,
            source_key=source,
            rival_name=rival,
            at=row.at,
            before=row.before,
            after=row.after,
        )
        for row, source, rival in session.execute(query)
    ]


def drop_reasons(session: Session) -> list[tuple[Stage, str, int]]:
    """Return (stage, reason, how often), most frequent first."""
    query = select(DropRow.stage, DropRow.reason, func.count()).group_by(DropRow.stage, DropRow.reason)
    rows = session.execute(query.order_by(func.count().desc(), DropRow.reason))
    return [(Stage(stage), reason, count) for stage, reason, count in rows]


def _change_conditions(wanted: ChangeFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.rival is not None:
        conditions.append(RivalRow.key == wanted.rival)
    if wanted.source is not None:
        conditions.append(SourceRow.key == wanted.source)
    if wanted.state is not None:
        conditions.append(ChangeRow.state == wanted.state.value)
    if wanted.since is not None:
        conditions.append(ChangeRow.observed_at >= wanted.since)
    return conditions


def _drop_conditions(wanted: DropFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.stage is not None:
        conditions.append(DropRow.stage == wanted.stage.value)
    if wanted.reason is not None:
        conditions.append(DropRow.reason == wanted.reason)
    if wanted.source is not None:
        conditions.append(SourceRow.key == wanted.source)
    if wanted.rival is not None:
        conditions.append(RivalRow.key == wanted.rival)
    if wanted.text:
        searched = (DropRow.before, DropRow.after, DropRow.reason, SourceRow.key, RivalRow.name)
        conditions.append(or_(*(column.icontains(wanted.text, autoescape=True) for column in searched)))
    return conditions


def _snapshot_times(session: Session, changes: list[ChangeRow]) -> dict[int, datetime]:
    ids = {change.after_snapshot_id for change in changes}
    ids |= {change.before_snapshot_id for change in changes if change.before_snapshot_id is not None}
    query = select(SnapshotRow.id, SnapshotRow.fetched_at).where(SnapshotRow.id.in_(ids))
    return dict(session.execute(query).all())


def _change(change: ChangeRow, source: SourceRow, rival: RivalRow, times: dict[int, datetime]) -> ChangePage:
    before = change.before_snapshot_id
    return ChangePage(
        id=change.id,
        source_key=source.key,
        source_type=source.type,
        rival_key=rival.key,
        rival_name=rival.name,
        url=change.url,
        title=change.title,
        page_type=change.page_type,
        observed_at=change.observed_at,
        published_at=change.published_at,
        added=tuple(str(text) for text in change.added),
        removed=tuple(str(text) for text in change.removed),
        facts=tuple(FactChange.from_json(fact) for fact in change.facts),
        suppressed=tuple(Suppressed(**item) for item in change.suppressed),
        importance=change.importance,
        state=ChangeState(change.state),
        state_at=change.state_at,
        confirm_due_at=change.confirm_due_at,
        before_snapshot_id=before,
        after_snapshot_id=change.after_snapshot_id,
        before_at=times.get(before) if before is not None else None,
        after_at=times.get(change.after_snapshot_id),
    )
