"""Flags as pages show them, with the account each stands on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from store.certainty import CERTAINTY, Certainty, certainty_from
from store.flags import FlagEvent, flag_trail
from store.kinds import FlagState, FlagVerdict
from store.models.accounts import AccountRow, FlagRow
from store.models.evidence import SignalRow
from store.records import JsonObject
from store.users import as_login


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagLine:
    """A flag with the account it stands on; ``certainty`` is that of the signal behind it, if there is one."""

    id: int
    account_key: str
    account_name: str
    account_owner: str | None
    code: str
    level: int
    state: FlagState
    owner: str | None
    because: str
    play: str
    signal_id: int | None
    opened_at: datetime
    due_at: datetime | None
    snoozed_until: datetime | None
    closed_at: datetime | None
    outcome: str | None
    verdict: FlagVerdict | None = None
    guide: JsonObject = field(default_factory=dict)
    trail: tuple[FlagEvent, ...] = ()
    certainty: Certainty | None = None


def flag_lines(session: Session, *, account_key: str | None = None, living: bool = False) -> list[FlagLine]:
    """Return flags of active accounts, gravest and oldest first, closed ones last unless ``living`` leaves them out."""
    query = _query().where(AccountRow.active)
    if account_key is not None:
        query = query.where(AccountRow.key == account_key)
    if living:
        query = query.where(FlagRow.state != FlagState.CLOSED.value)
    query = query.order_by(
        FlagRow.state == FlagState.CLOSED.value, FlagRow.level.desc(), FlagRow.opened_at, FlagRow.id
    )
    return [_read(*row) for row in session.execute(query)]


def find_flag(session: Session, flag_id: int) -> FlagLine | None:
    """Return the flag with that id."""
    found = session.execute(_query().where(FlagRow.id == flag_id)).first()
    return _read(*found) if found else None


def with_trails(session: Session, flags: list[FlagLine]) -> tuple[FlagLine, ...]:
    """Return the flags with what was done about each."""
    trails = flag_trail(session, [flag.id for flag in flags])
    return tuple(replace(flag, trail=tuple(trails.get(flag.id, ()))) for flag in flags)


def open_flag_counts(session: Session) -> dict[int, tuple[int, int]]:
    """Return account id → (flags that are open or acknowledged, the gravest level of them)."""
    query = (
        select(FlagRow.account_id, func.count(), func.max(FlagRow.level))
        .where(FlagRow.state.in_((FlagState.OPEN.value, FlagState.ACKNOWLEDGED.value)))
        .group_by(FlagRow.account_id)
    )
    return {account: (count, level) for account, count, level in session.execute(query)}


def _query() -> Select[FlagRow, AccountRow, float, bool, bool, datetime | None]:
    return (
        select(FlagRow, AccountRow, *CERTAINTY)
        .join(AccountRow, AccountRow.id == FlagRow.account_id)
        .outerjoin(SignalRow, SignalRow.id == FlagRow.signal_id)
    )


def _read(
    flag: FlagRow,
    account: AccountRow,
    confidence: float | None,
    review: bool | None,
    held: bool | None,
    retracted_at: datetime | None,
) -> FlagLine:
    return _flag(flag, account, certainty_from(confidence, review, held, retracted_at))


def _flag(flag: FlagRow, account: AccountRow, certainty: Certainty | None) -> FlagLine:
    return FlagLine(
        id=flag.id,
        account_key=account.key,
        account_name=account.name,
        account_owner=as_login(account.owner),
        code=flag.code,
        level=flag.level,
        state=FlagState(flag.state),
        owner=as_login(flag.owner),
        because=flag.because,
        play=flag.play,
        signal_id=flag.signal_id,
        opened_at=flag.opened_at,
        due_at=flag.due_at,
        snoozed_until=flag.snoozed_until,
        closed_at=flag.closed_at,
        outcome=flag.outcome,
        verdict=FlagVerdict(flag.verdict) if flag.verdict else None,
        guide=dict(flag.guide),
        certainty=certainty,
    )
