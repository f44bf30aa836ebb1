"""Overrides: a person's word against the computed health of an account, with reason, author and end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from config.errors import InputError
from store.kinds import Band
from store.models.health import HealthOverrideRow


class NoOverrideError(InputError):
    """Nobody overrides the health of that account."""

    def __init__(self) -> None:
        super().__init__("nobody overrides that account's health; 'rivalwatch health overrides' lists who is")


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """An account's health by a person's word. Without ``score``, the computed one is moved just into the band."""

    id: int = 0
    account_id: int
    band: Band
    score: float | None = None
    reason: str
    author: str
    created_at: datetime
    expires_at: datetime
    ended_at: datetime | None = None
    ended_by: str | None = None

    @property
    def last_day(self) -> date:
        """The last day on which it holds."""
        return (self.expires_at - timedelta(seconds=1)).date()

    def holds(self, now: datetime) -> bool:
        """Return True if the override is in force at a moment."""
        return self.ended_at is None and self.created_at <= now < self.expires_at


def add_override(session: Session, override: Override) -> Override:
    """Store an override and return it with its id; the one in force until then ends."""
    for row in session.scalars(_standing(override.account_id)):
        row.ended_at, row.ended_by = override.created_at, override.author
    row = HealthOverrideRow(
        account_id=override.account_id,
        band=override.band.value,
        score=override.score,
        reason=override.reason,
        author=override.author,
        created_at=override.created_at,
        expires_at=override.expires_at,
    )
    session.add(row)
    session.flush()
    return _override(row)


def end_override(session: Session, account_id: int, who: str, now: datetime) -> Override:
    """End the override in force. Raises: NoOverrideError."""
    row = session.scalars(_standing(account_id).where(HealthOverrideRow.expires_at > now)).first()
    if row is None:
        raise NoOverrideError
    row.ended_at, row.ended_by = now, who
    session.flush()
    return _override(row)


def overrides_in_force(session: Session, now: datetime) -> dict[int, Override]:
    """Return the overrides that hold at a moment, by account id."""
    query = select(HealthOverrideRow).where(
        HealthOverrideRow.ended_at.is_(None),
        HealthOverrideRow.created_at <= now,
        HealthOverrideRow.expires_at > now,
    )
    return {row.account_id: _override(row) for row in session.scalars(query.order_by(HealthOverrideRow.id))}


def overrides_of(session: Session, account_id: int) -> list[Override]:
    """Return all overrides that an account ever had, the newest first."""
    query = select(HealthOverrideRow).where(HealthOverrideRow.account_id == account_id)
    return [_override(row) for row in session.scalars(query.order_by(HealthOverrideRow.id.desc()))]


def _standing(account_id: int) -> Select[HealthOverrideRow]:
    return select(HealthOverrideRow).where(
        HealthOverrideRow.account_id == account_id, HealthOverrideRow.ended_at.is_(None)
    )


def _override(row: HealthOverrideRow) -> Override:
    return Override(
        id=row.id,
        account_id=row.account_id,
        band=Band(row.band),
        score=row.score,
        reason=row.reason,
        author=row.author,
        created_at=row.created_at,
        expires_at=row.expires_at,
        ended_at=row.ended_at,
        ended_by=row.ended_by,
    )
