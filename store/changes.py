"""Changes: what the comparison reported, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import Select, Table, bindparam, func, select, update
from sqlalchemy.orm import Session

from store.inserts import insert_row
from store.kinds import Category, ChangeState, FetchState, Look, PageType
from store.models.evidence import ChangeRow, SnapshotRow
from store.models.watch import SourceRow
from store.records import FactChange, JsonObject, Suppressed

#: After so many failed second looks, or so long, the next regular visit decides.
CONFIRM_TRIES = 3
CONFIRM_FOR = timedelta(days=2)
PAGE_UNIT = "page"
ENTRY_ID_LENGTH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a text of a change stands: under which headings, and from where to where in the snapshot it is read from.

    ``start`` and ``end`` count characters of the snapshot's decoded text, ``end`` not included; None: not located.
    """

    added: bool
    text: str
    path: tuple[str, ...] = ()
    start: int | None = None
    end: int | None = None

    def to_json(self) -> JsonObject:
        """Return the JSON shape of ``rivalwatch changes list --json``."""
        return {
            "side": "added" if self.added else "removed",
            "text": self.text,
            "path": list(self.path),
            "start": self.start,
            "end": self.end,
        }

    @classmethod
    def from_json(cls, data: JsonObject) -> Place:
        """Read what `to_json` wrote."""
        return cls(
            added=data["side"] == "added",
            text=data["text"],
            path=tuple(data["path"]),
            start=data["start"],
            end=data["end"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change as stored. ``unit`` is ``page`` or an entry's id; ``importance`` lies in [0, 1]."""

    id: int = 0
    source_id: int
    before_snapshot_id: int | None
    after_snapshot_id: int
    unit: str = PAGE_UNIT
    url: str
    title: str | None = None
    observed_at: datetime
    published_at: datetime | None = None
    page_type: PageType
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    facts: tuple[FactChange, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    places: tuple[Place, ...] = ()
    category_hint: Category | None = None
    importance: float = 0.0
    state: ChangeState = ChangeState.CONFIRMED
    state_at: datetime
    confirm_due_at: datetime | None = None
    classified_at: datetime | None = None


def add_change(session: Session, change: Change) -> bool:
    """Store a change (its ``id`` is ignored); return False if this snapshot's unit was stored before."""
    values = {
        "source_id": change.source_id,
        "before_snapshot_id": change.before_snapshot_id,
        "after_snapshot_id": change.after_snapshot_id,
        "unit": change.unit[:ENTRY_ID_LENGTH],
        "url": change.url,
        "title": change.title,
        "observed_at": change.observed_at,
        "published_at": change.published_at,
        "page_type": change.page_type.value,
        **_content(change),
        "suppressed": [item.to_json() for item in change.suppressed],
        "places": [place.to_json() for place in change.places],
        "category_hint": change.category_hint.value if change.category_hint else None,
        "importance": change.importance,
        "state": change.state.value,
        "state_at": change.state_at,
        "confirm_due_at": change.confirm_due_at,
        "classified_at": None,
    }
    if insert_row(session, cast(Table, ChangeRow.__table__), values, ChangeRow.id) is None:
        return False
    session.connection().execute(_CHANGED, {"source": change.source_id, "at": change.observed_at})
    return True


def get_change(session: Session, change_id: int) -> Change | None:
    """Return the change with that id."""
    row = session.get(ChangeRow, change_id, populate_existing=True)
    return _change(row) if row else None


def waiting_changes(session: Session, limit: int) -> list[Change]:
    """Return confirmed changes that wait for `classify`, oldest first."""
    query = select(ChangeRow).where(*_WAITING).order_by(ChangeRow.observed_at, ChangeRow.id).limit(limit)
    return _read(session, query)


def count_waiting_changes(session: Session) -> int:
    """Return how many confirmed changes wait for `classify`."""
    return session.scalar(select(func.count()).select_from(ChangeRow).where(*_WAITING)) or 0


def mark_classified(session: Session, change_ids: Sequence[int], now: datetime) -> None:
    """Say that changes no longer wait."""
    if change_ids:
        session.execute(
            update(ChangeRow)
            .where(ChangeRow.id.in_(list(change_ids)))
            .values(classified_at=now)
            .execution_options(synchronize_session=False)
        )


def set_state(session: Session, change_id: int, state: ChangeState, now: datetime) -> None:
    """Write what a change turned out to be."""
    session.execute(
        update(ChangeRow)
        .where(ChangeRow.id == change_id)
        .values(state=state.value, state_at=now, confirm_due_at=None)
    )


def look_again(session: Session, change_id: int, due_at: datetime | None, now: datetime) -> None:
    """Leave a change pending after a look that met it again; None leaves it to the next regular look."""
    session.execute(
        update(ChangeRow).where(ChangeRow.id == change_id).values(state_at=now, confirm_due_at=due_at)
    )


def looks_since(session: Session, source_id: int, since: datetime) -> dict[Look, int]:
    """Return how many regular and second looks have reached a source after that moment."""
    query = (
        select(SnapshotRow.look, func.count())
        .where(
            SnapshotRow.source_id == source_id,
            SnapshotRow.fetched_at > since,
            SnapshotRow.state == FetchState.OK.value,
        )
        .group_by(SnapshotRow.look)
    )
    found = {Look(look): count for look, count in session.execute(query)}
    return {look: found.get(look, 0) for look in (Look.REGULAR, Look.CONFIRM)}


def narrow_change(session: Session, change: Change) -> None:
    """Write a change's texts and facts anew, after a second look saw only part of them."""
    session.execute(update(ChangeRow).where(ChangeRow.id == change.id).values(**_content(change)))


def pending_changes(session: Session, source_id: int | None = None) -> list[Change]:
    """Return changes that wait for a second look, oldest first; of one source if given."""
    query = select(ChangeRow).where(ChangeRow.state == ChangeState.PENDING.value)
    if source_id is not None:
        query = query.where(ChangeRow.source_id == source_id)
    return _read(session, query.order_by(ChangeRow.observed_at, ChangeRow.id))


def changes_to_confirm(session: Session, now: datetime) -> list[int]:
    """Return the ids of sources that need a second look now: a pending change is due and not given up."""
    given_up = {change.id for change in given_up_changes(session, now)}
    wanted = [
        change.source_id
        for change in pending_changes(session)
        if change.confirm_due_at is not None and change.confirm_due_at <= now and change.id not in given_up
    ]
    return list(dict.fromkeys(wanted))


def given_up_changes(session: Session, now: datetime) -> list[Change]:
    """Return pending changes of which no more second looks are taken: tried in vain, or left to a regular look."""
    pending = pending_changes(session)
    failed = _failed_looks(session) if pending else {}
    return [change for change in pending if _is_given_up(change, failed.get(change.id, 0), now)]


def _is_given_up(change: Change, failed: int, now: datetime) -> bool:
    if change.confirm_due_at is None or failed >= CONFIRM_TRIES:
        return True
    return now - max(change.observed_at, change.state_at) >= CONFIRM_FOR


def _failed_looks(session: Session) -> dict[int, int]:
    """Return how many second looks have failed since each pending change was observed, where some have."""
    query = (
        select(ChangeRow.id, func.count().label("failed"))
        .join(SnapshotRow, SnapshotRow.source_id == ChangeRow.source_id)
        .where(
            ChangeRow.state == ChangeState.PENDING.value,
            SnapshotRow.look == Look.CONFIRM.value,
            SnapshotRow.fetched_at >= ChangeRow.observed_at,
            SnapshotRow.state != FetchState.OK.value,
        )
        .group_by(ChangeRow.id)
    )
    return {row.id: row.failed for row in session.execute(query)}


def changes_between(
    session: Session, source_id: int, since: datetime, states: Sequence[ChangeState]
) -> list[Change]:
    """Return a source's page changes observed since then that are in one of the states, newest first."""
    query = (
        select(ChangeRow)
        .where(
            ChangeRow.source_id == source_id,
            ChangeRow.unit == PAGE_UNIT,
            ChangeRow.observed_at >= since,
            ChangeRow.state.in_([state.value for state in states]),
        )
        .order_by(ChangeRow.observed_at.desc(), ChangeRow.id.desc())
    )
    return _read(session, query)


def newly_reverted(session: Session, since: datetime) -> list[Change]:
    """Return changes that were undone since then, after they had been classified."""
    query = select(ChangeRow).where(
        ChangeRow.state == ChangeState.REVERTED.value,
        ChangeRow.state_at >= since,
        ChangeRow.classified_at.is_not(None),
    )
    return _read(session, query.order_by(ChangeRow.state_at, ChangeRow.id))


def list_changes(session: Session, since: datetime | None = None) -> list[JsonObject]:
    """Return changes in the shape of ``rivalwatch changes list --json``, newest first."""
    query = select(ChangeRow, SourceRow.key).join(SourceRow, SourceRow.id == ChangeRow.source_id)
    if since is not None:
        query = query.where(ChangeRow.observed_at >= since)
    query = query.order_by(ChangeRow.observed_at.desc(), ChangeRow.id.desc())
    return [
        {
            "id": row.id,
            "url": row.url,
            "source": key,
            "observed_at": row.observed_at.isoformat(),
            "page_type": row.page_type,
            "added": list(row.added),
            "removed": list(row.removed),
            "facts": list(row.facts),
            "places": _standing_places(row),
            "state": row.state,
        }
        for row, key in session.execute(query)
    ]


_SOURCE = cast(Table, SourceRow.__table__)
_CHANGED = update(_SOURCE).where(_SOURCE.c.id == bindparam("source")).values(last_change_at=bindparam("at"))
_WAITING = (ChangeRow.classified_at.is_(None), ChangeRow.state == ChangeState.CONFIRMED.value)


def _standing_places(row: ChangeRow) -> list[JsonObject]:
    # A second look may have narrowed the texts since the places were found.
    texts = {"added": set(row.added), "removed": set(row.removed)}
    return [place for place in row.places if place["text"] in texts[place["side"]]]


def _content(change: Change) -> JsonObject:
    return {
        "added": list(change.added),
        "removed": list(change.removed),
        "facts": [fact.to_json() for fact in change.facts],
    }


def _read(session: Session, query: Select[ChangeRow]) -> list[Change]:
    return [_change(row) for row in session.scalars(query.execution_options(populate_existing=True))]


def _change(row: ChangeRow) -> Change:
    return Change(
        id=row.id,
        source_id=row.source_id,
        before_snapshot_id=row.before_snapshot_id,
        after_snapshot_id=row.after_snapshot_id,
        unit=row.unit,
        url=row.url,
        title=row.title,
        observed_at=row.observed_at,
        published_at=row.published_at,
        page_type=PageType(row.page_type),
        added=tuple(row.added),
        removed=tuple(row.removed),
        facts=tuple(FactChange.from_json(fact) for fact in row.facts),
        suppressed=tuple(
            Suppressed(reason=item["reason"], before=item["before"], after=item["after"])
            for item in row.suppressed
        ),
        places=tuple(Place.from_json(place) for place in _standing_places(row)),
        category_hint=Category(row.category_hint) if row.category_hint else None,
        importance=row.importance,
        state=ChangeState(row.state),
        state_at=row.state_at,
        confirm_due_at=row.confirm_due_at,
        classified_at=row.classified_at,
    )
