"""Rivals and sources: synchronised from the configuration, and how each source has fared."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any, cast

from sqlalchemy import Table, Update, bindparam, select, update
from sqlalchemy.orm import Session

from config.competitors import CompetitorConfig, SourceConfig
from store.kinds import FetchState
from store.models.watch import RivalRow, SourceRow, SourceTurnRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """A rival as stored."""

    id: int
    key: str
    name: str
    domain: str
    market: str
    aliases: tuple[str, ...] = ()
    products: tuple[tuple[str, tuple[str, ...]], ...] = ()
    regions: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A source as stored, with its state. ``options`` holds what YAML says besides type and address."""

    id: int
    key: str
    rival_id: int
    rival_key: str
    type: str
    url: str
    every: timedelta
    active: bool
    options: dict[str, Any] = field(default_factory=dict)
    state: FetchState | None = None
    reason: str | None = None
    state_since: datetime | None = None
    last_attempt_at: datetime | None = None
    last_success_at: datetime | None = None
    last_change_at: datetime | None = None
    next_due_at: datetime | None = None
    failures: int = 0
    fetches: int = 0
    memory: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """The moment a source's state turned."""

    source_key: str
    at: datetime
    before: FetchState | None
    after: FetchState
    reason: str | None


def sync_rivals(session: Session, competitors: Sequence[CompetitorConfig]) -> None:
    """Make the rival and source rows say what the configuration says; what left it becomes inactive."""
    rivals = {row.key: row for row in session.scalars(select(RivalRow))}
    sources = {row.key: row for row in session.scalars(select(SourceRow))}
    for competitor in competitors:
        row = rivals.pop(competitor.key, None) or _new_rival(session, competitor.key)
        _fill_rival(row, competitor)
        session.flush()
        for source in competitor.sources:
            _fill_source(session, sources.pop(source.key, None), row.id, source)
    for gone_rival in rivals.values():
        gone_rival.active = False
    for gone_source in sources.values():
        gone_source.active = False


def _new_rival(session: Session, key: str) -> RivalRow:
    row = RivalRow(key=key)
    session.add(row)
    return row


def _fill_rival(row: RivalRow, competitor: CompetitorConfig) -> None:
    row.name = competitor.name
    row.domain = competitor.domain
    row.market = competitor.market
    row.aliases = list(competitor.aliases)
    row.products = [{"name": product.name, "tags": list(product.tags)} for product in competitor.products]
    row.regions = list(competitor.regions)
    row.industries = list(competitor.industries)
    row.active = True


def _fill_source(session: Session, row: SourceRow | None, rival_id: int, source: SourceConfig) -> None:
    if row is None:
        row = SourceRow(key=source.key, memory={}, failures=0, fetches=0)
        session.add(row)
    elif (row.type, row.url) != (source.type, source.url):
        # Validators and learned variants belong to the old address; keeping them would hide the new page.
        row.memory = {}
        row.next_due_at = None
    row.rival_id = rival_id
    row.type = source.type
    row.url = source.url
    row.options = source.model_dump(
        mode="json",
        include={
            "render",
            "only",
            "ignore",
            "ignore_text",
            "report",
            "wait_for",
            "steps",
            "base",
            "parameters",
        },
    )
    row.every_seconds = int(source.every.total_seconds())
    row.active = source.enabled


def list_rivals(session: Session) -> list[Rival]:
    """Return the active rivals by key."""
    rows = session.scalars(select(RivalRow).where(RivalRow.active).order_by(RivalRow.key))
    return [_rival(row) for row in rows]


def rivals_by_id(session: Session) -> dict[int, Rival]:
    """Return all rivals, inactive ones too, by id."""
    return {row.id: _rival(row) for row in session.scalars(select(RivalRow))}


def list_sources(session: Session, keys: Iterable[str] | None = None) -> list[Source]:
    """Return the active sources by key; with ``keys``, those only (a rival's key means all its sources)."""
    query = select(SourceRow, RivalRow.key).join(RivalRow).where(SourceRow.active).order_by(SourceRow.key)
    wanted = None if keys is None else set(keys)
    return [
        _source(row, rival)
        for row, rival in session.execute(query)
        if wanted is None or row.key in wanted or rival in wanted
    ]


def get_source(session: Session, source_id: int) -> Source | None:
    """Return the source with that id, active or not."""
    query = select(SourceRow, RivalRow.key).join(RivalRow).where(SourceRow.id == source_id)
    found = session.execute(query).first()
    return _source(found[0], found[1]) if found else None


def sources_of_types(session: Session, types: Collection[str]) -> frozenset[int]:
    """Return the ids of the sources of some types."""
    return frozenset(session.scalars(select(SourceRow.id).where(SourceRow.type.in_(types))))


def due_sources(session: Session, now: datetime) -> list[Source]:
    """Return the active sources whose time has come, longest waiting first."""
    query = (
        select(SourceRow, RivalRow.key)
        .join(RivalRow)
        .where(SourceRow.active, (SourceRow.next_due_at.is_(None)) | (SourceRow.next_due_at <= now))
        .order_by(SourceRow.next_due_at.nulls_first(), SourceRow.id)
    )
    return [_source(row, rival) for row, rival in session.execute(query)]


def lock_sources(session: Session, source_ids: Iterable[int]) -> dict[int, FetchState | None]:
    """Hold the sources until the transaction ends; return their states by id.

    So two crawls of one source store one after the other, and each sees what the other left.
    """
    rows = session.connection().execute(_LOCKED, {"sources": sorted(set(source_ids))})
    return {source_id: FetchState(state) if state else None for source_id, state in rows}


# Made once: to make a statement costs more than to run it.
_SOURCE = cast(Table, SourceRow.__table__)
_LOCKED = (
    select(_SOURCE.c.id, _SOURCE.c.state)
    .where(_SOURCE.c.id.in_(bindparam("sources", expanding=True)))
    .order_by(_SOURCE.c.id)
    .with_for_update()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """How a fetch ended. ``memory`` is None if nothing was learned."""

    source_id: int
    state: FetchState
    reason: str | None
    at: datetime
    next_due_at: datetime
    memory: dict[str, Any] | None = None

    @property
    def settled(self) -> FetchState:
        """The state that the source has then: an unchanged page is a page that works."""
        return FetchState.OK if self.state is FetchState.UNCHANGED else self.state


def record_attempts(
    session: Session, attempts: Sequence[Attempt], states: Mapping[int, FetchState | None]
) -> set[int]:
    """Write how fetches ended, one of each source at most; return the sources whose state turned (turns are recorded).

    ``states`` are the sources' states so far, as `lock_sources` gives them.
    """
    turned = [attempt for attempt in attempts if attempt.settled is not states.get(attempt.source_id)]
    session.add_all(
        SourceTurnRow(
            source_id=attempt.source_id,
            at=attempt.at,
            before=before.value if (before := states.get(attempt.source_id)) else None,
            after=attempt.settled.value,
            reason=attempt.reason,
        )
        for attempt in turned
    )
    session.flush()
    shapes: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    ids = {attempt.source_id for attempt in turned}
    for attempt in attempts:
        values = _attempt_values(attempt, attempt.source_id in ids)
        shapes.setdefault(tuple(values), []).append(values)
    for shape, rows in shapes.items():
        session.connection().execute(_update_of(shape), rows)
    session.expire_all()
    return ids


def _attempt_values(attempt: Attempt, turned: bool) -> dict[str, Any]:
    works = attempt.settled is FetchState.OK
    values: dict[str, Any] = {
        "of_source": attempt.source_id,
        "new_reason": None if works else attempt.reason,
        "new_last_attempt_at": attempt.at,
        "new_next_due_at": attempt.next_due_at,
    }
    if turned:
        values |= {"new_state": attempt.settled.value, "new_state_since": attempt.at}
    if works:
        values["new_last_success_at"] = attempt.at
    if attempt.memory is not None:
        values["new_memory"] = attempt.memory
    return values


@cache  # Few shapes there are.
def _update_of(shape: tuple[str, ...]) -> Update:
    # One statement for many rows: at a hundred answers a second, a row object for each would be half of the work.
    values: dict[str, Any] = {
        name.removeprefix("new_"): bindparam(name) for name in shape if name != "of_source"
    }
    values["fetches"] = _SOURCE.c.fetches + 1
    values["failures"] = 0 if "last_success_at" in values else _SOURCE.c.failures + 1
    return update(_SOURCE).where(_SOURCE.c.id == bindparam("of_source")).values(values)


def record_attempt(
    session: Session,
    source_id: int,
    state: FetchState,
    reason: str | None,
    at: datetime,
    next_due_at: datetime,
    memory: dict[str, Any] | None = None,
) -> bool:
    """Write how one fetch ended; return True if the source's state turned (a turn is recorded then)."""
    attempt = Attempt(
        source_id=source_id, state=state, reason=reason, at=at, next_due_at=next_due_at, memory=memory
    )
    return bool(record_attempts(session, [attempt], lock_sources(session, [source_id])))


def postpone_sources(session: Session, until: Mapping[int, datetime]) -> None:
    """Say that sources, by id, are due at another moment although they were not asked."""
    if until:
        rows = [{"of_source": source_id, "new_next_due_at": at} for source_id, at in until.items()]
        table = cast(Table, SourceRow.__table__)
        statement = update(table).where(table.c.id == bindparam("of_source"))
        session.connection().execute(statement.values(next_due_at=bindparam("new_next_due_at")), rows)
        session.expire_all()


def source_turns(session: Session, since: datetime, until: datetime) -> list[Turn]:
    """Return the turns in [since, until), oldest first."""
    query = (
        select(SourceTurnRow, SourceRow.key)
        .join(SourceRow, SourceRow.id == SourceTurnRow.source_id)
        .where(SourceTurnRow.at >= since, SourceTurnRow.at < until)
        .order_by(SourceTurnRow.at, SourceTurnRow.id)
    )
    return [
        Turn(
            source_key=key,
            at=row.at,
            before=FetchState(row.before) if row.before else None,
            after=FetchState(row.after),
            reason=row.reason,
        )
        for row, key in session.execute(query)
    ]


def _rival(row: RivalRow) -> Rival:
    return Rival(
        id=row.id,
        key=row.key,
        name=row.name,
        domain=row.domain,
        market=row.market,
        aliases=tuple(row.aliases),
        products=tuple((product["name"], tuple(product["tags"])) for product in row.products),
        regions=tuple(row.regions),
        industries=tuple(row.industries),
    )


def _source(row: SourceRow, rival_key: str) -> Source:
    return Source(
        id=row.id,
        key=row.key,
        rival_id=row.rival_id,
        rival_key=rival_key,
        type=row.type,
        url=row.url,
        every=timedelta(seconds=row.every_seconds),
        active=row.active,
        options=dict(row.options),
        state=FetchState(row.state) if row.state else None,
        reason=row.reason,
        state_since=row.state_since,
        last_attempt_at=row.last_attempt_at,
        last_success_at=row.last_success_at,
        last_change_at=row.last_change_at,
        next_due_at=row.next_due_at,
        failures=row.failures,
        fetches=row.fetches,
        memory=dict(row.memory),
    )
