"""Flags: at most one living flag an account, code and subject; people acknowledge, snooze and close them.

Who asks for an act by a person also writes its audit entry, because only the caller knows where it came from.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from store.errors import StoreError
from store.kinds import FlagState, FlagVerdict
from store.models.accounts import FlagRow
from store.models.health import FlagEventRow
from store.records import JsonObject

log = logging.getLogger(__name__)

CONDITION_ENDED = "condition ended"
MACHINE = "rivalwatch"  # who acts in the trail of a flag when no person does
LIVING = (FlagState.OPEN.value, FlagState.ACKNOWLEDGED.value, FlagState.SNOOZED.value)


class NoSuchFlagError(StoreError):
    """There is no flag with that id, or it is closed already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """Something on an account that its owner should act on. ``subject`` tells flags of one code apart."""

    id: int = 0
    account_id: int
    code: str
    subject: str = ""
    level: int
    state: FlagState = FlagState.OPEN
    owner: str | None = None
    because: str
    play: str = ""
    signal_id: int | None = None
    opened_at: datetime
    due_at: datetime | None = None
    snoozed_until: datetime | None = None
    closed_at: datetime | None = None
    outcome: str | None = None
    verdict: FlagVerdict | None = None
    raised_at: datetime | None = None
    guide: JsonObject = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagEvent:
    """One entry of a flag's trail: opened, raised, acknowledged, snoozed, woken, closed or ended."""

    flag_id: int
    at: datetime
    who: str
    action: str
    level: int
    detail: str = ""


def living_flags(session: Session, account_id: int | None = None) -> dict[int, list[Flag]]:
    """Return the flags that are not closed by account id, the most urgent first."""
    query = select(FlagRow).where(FlagRow.state.in_(LIVING))
    if account_id is not None:
        query = query.where(FlagRow.account_id == account_id)
    result: dict[int, list[Flag]] = {}
    query = query.order_by(FlagRow.level.desc(), FlagRow.opened_at, FlagRow.id)
    # `write_flags` goes past the session, so what it may still hold is read anew.
    for row in session.scalars(query.execution_options(populate_existing=True)):
        result.setdefault(row.account_id, []).append(_flag(row))
    return result


def closed_by_people(session: Session) -> dict[tuple[int, str, str], datetime]:
    """Return (account id, code, subject) → when a person last closed such a flag."""
    query = select(FlagRow.account_id, FlagRow.code, FlagRow.subject, FlagRow.closed_at).where(
        FlagRow.state == FlagState.CLOSED.value, FlagRow.outcome != CONDITION_ENDED
    )
    result: dict[tuple[int, str, str], datetime] = {}
    for account_id, code, subject, closed_at in session.execute(query):
        key = (account_id, code, subject)
        if closed_at is not None and (key not in result or closed_at > result[key]):
            result[key] = closed_at
    return result


def write_flags(
    session: Session,
    *,
    opened: Sequence[Flag] = (),
    updated: Sequence[Flag] = (),
    ended: Sequence[Flag] = (),
    events: Sequence[FlagEvent] = (),
    now: datetime,
) -> None:
    """Store new flags, rewrite living ones, close those whose condition no longer holds, and write the trail.

    A flag that a person has closed meanwhile stays as it is; the partial unique index refuses a second living one.
    """
    table = cast(Table, FlagRow.__table__)
    if ended:
        statement = update(table).where(
            table.c.id == bindparam("of"), table.c.state != FlagState.CLOSED.value
        )
        closing = {"state": FlagState.CLOSED.value, "closed_at": now, "outcome": CONDITION_ENDED}
        session.connection().execute(statement.values(**closing), [{"of": flag.id} for flag in ended])
    if updated:
        rows = [_values(flag) for flag in updated]
        statement = update(table).where(
            table.c.id == bindparam("of"), table.c.state != FlagState.CLOSED.value
        )
        # Named apart, because a parameter named like a column would be taken for the condition's.
        statement = statement.values({name: bindparam(f"to_{name}") for name in rows[0]})
        values = [
            {"of": flag.id, **{f"to_{n}": v for n, v in row.items()}}
            for flag, row in zip(updated, rows, strict=True)
        ]
        session.connection().execute(statement, values)
    trail = list(events)
    trail += [_event(flag.id, now, MACHINE, "ended", flag.level, CONDITION_ENDED) for flag in ended]
    if opened:
        newest = session.scalar(select(func.max(FlagRow.id))) or 0
        session.execute(insert(table), [_values(flag) for flag in opened])
        made = select(FlagRow.id, FlagRow.level, FlagRow.because).where(FlagRow.id > newest)
        trail += [_event(i, now, MACHINE, "opened", level, why) for i, level, why in session.execute(made)]
    add_events(session, trail)


def add_events(session: Session, events: Sequence[FlagEvent]) -> None:
    """Append to the trails of flags."""
    if events:
        session.execute(insert(cast(Table, FlagEventRow.__table__)), [_event_values(e) for e in events])


def _event_values(event: FlagEvent) -> dict[str, Any]:
    return {
        "flag_id": event.flag_id,
        "at": event.at,
        "who": event.who,
        "action": event.action,
        "level": event.level,
        "detail": event.detail,
    }


def flag_trail(session: Session, flag_ids: Collection[int]) -> dict[int, list[FlagEvent]]:
    """Return what happened to each flag, oldest first."""
    found: dict[int, list[FlagEvent]] = {}
    query = select(FlagEventRow).where(FlagEventRow.flag_id.in_(list(flag_ids)))
    for row in session.scalars(query.order_by(FlagEventRow.at, FlagEventRow.id)):
        event = _event(row.flag_id, row.at, row.who, row.action, row.level, row.detail)
        found.setdefault(row.flag_id, []).append(event)
    return found


def _event(flag_id: int, at: datetime, who: str, action: str, level: int, detail: str = "") -> FlagEvent:
    return FlagEvent(flag_id=flag_id, at=at, who=who, action=action, level=level, detail=detail)


def acknowledge(session: Session, flag_id: int, who: str, now: datetime) -> None:
    """Say that somebody has taken a flag on. Raises: NoSuchFlagError."""
    row = _living(session, flag_id)
    row.state, row.snoozed_until = FlagState.ACKNOWLEDGED.value, None
    add_events(session, [_event(flag_id, now, who, "acknowledged", row.level)])
    log.info("flag acknowledged", extra={"flag": flag_id, "who": who, "at": now.isoformat()})
    session.flush()


def snooze(session: Session, flag_id: int, until: datetime, who: str, now: datetime) -> None:
    """Put a flag off until a moment; it opens again then if its condition still holds. Raises: NoSuchFlagError."""
    row = _living(session, flag_id)
    row.state, row.snoozed_until = FlagState.SNOOZED.value, until
    add_events(session, [_event(flag_id, now, who, "snoozed", row.level, f"until {until:%Y-%m-%d}")])
    log.info("flag put off", extra={"flag": flag_id, "who": who, "at": now.isoformat()})
    session.flush()


def close(
    session: Session,
    flag_id: int,
    outcome: str,
    who: str,
    now: datetime,
    verdict: FlagVerdict | None = None,
) -> None:
    """Close a flag with what came of it, in words and, to judge its rule by, as a verdict. Raises: NoSuchFlagError."""
    row = _living(session, flag_id)
    row.verdict = verdict.value if verdict else None
    words = f"{verdict.value.replace('_', ' ')}: {outcome}" if verdict else outcome
    add_events(session, [_event(flag_id, now, who, "closed", row.level, words)])
    row.state, row.closed_at, row.outcome, row.snoozed_until = FlagState.CLOSED.value, now, outcome, None
    log.info("flag closed", extra={"flag": flag_id, "who": who, "at": now.isoformat()})
    session.flush()


def _living(session: Session, flag_id: int) -> FlagRow:
    row = session.get(FlagRow, flag_id, populate_existing=True)
    if row is None or row.state == FlagState.CLOSED.value:
        raise NoSuchFlagError(f"no open flag {flag_id}; reload the account, somebody may have closed it")
    return row


def _values(flag: Flag) -> dict[str, Any]:
    return {
        "account_id": flag.account_id,
        "code": flag.code,
        "subject": flag.subject,
        "level": flag.level,
        "state": flag.state.value,
        "owner": flag.owner,
        "because": flag.because,
        "play": flag.play,
        "signal_id": flag.signal_id,
        "opened_at": flag.opened_at,
        "due_at": flag.due_at,
        "snoozed_until": flag.snoozed_until,
        "closed_at": flag.closed_at,
        "outcome": flag.outcome,
        "verdict": flag.verdict.value if flag.verdict else None,
        "raised_at": flag.raised_at,
        "guide": flag.guide,
    }


def _flag(row: FlagRow) -> Flag:
    return Flag(
        id=row.id,
        account_id=row.account_id,
        code=row.code,
        subject=row.subject,
        level=row.level,
        state=FlagState(row.state),
        owner=row.owner,
        because=row.because,
        play=row.play,
        signal_id=row.signal_id,
        opened_at=row.opened_at,
        due_at=row.due_at,
        snoozed_until=row.snoozed_until,
        closed_at=row.closed_at,
        outcome=row.outcome,
        verdict=FlagVerdict(row.verdict) if row.verdict else None,
        raised_at=row.raised_at,
        guide=dict(row.guide),
    )
