"""Accounts as they stand: one row each, by key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.claims import DEFAULT, YAML
from store.models.accounts import AccountRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Stakeholder:
    """A person at the account who decides or influences."""

    name: str
    role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A key account as stored. ``origins`` tells whose word counts for each field that somebody fills."""

    id: int
    key: str
    name: str
    tier: str = "growth"
    aliases: tuple[str, ...] = ()
    domain: str | None = None
    owner: str | None = None
    industry: str | None = None
    segment: str | None = None
    regions: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    rivals_present: tuple[str, ...] = ()
    stakeholders: tuple[Stakeholder, ...] = ()
    renewal: date | None = None
    arr: Decimal | None = None
    origin: str = YAML
    origins: Mapping[str, str] = field(default_factory=dict)
    rival_standings: Mapping[str, str] = field(default_factory=dict)
    active: bool = True
    changed_at: datetime | None = None

    @property
    def tier_origin(self) -> str:
        """Whose word the tier is: a file, a connection, the rule (with its reason), or nobody's."""
        return self.origins.get("tier", DEFAULT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """How many rows a write made new, changed, or found as they were."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0


def account_ids(session: Session) -> dict[str, int]:
    """Return the id of every account by key, inactive ones too."""
    return {row.key: row.id for row in session.execute(select(AccountRow.key, AccountRow.id))}


def list_accounts(session: Session, *, keys: Iterable[str] | None = None) -> list[Account]:
    """Return the active accounts by key; with ``keys``, those only."""
    query = select(AccountRow).where(AccountRow.active).order_by(AccountRow.key)
    wanted = None if keys is None else set(keys)
    return [_account(row) for row in session.scalars(query) if wanted is None or row.key in wanted]


def list_all_accounts(session: Session) -> list[Account]:
    """Return all accounts by key, inactive ones too."""
    return [_account(row) for row in session.scalars(select(AccountRow).order_by(AccountRow.key))]


def get_account(session: Session, key: str) -> Account | None:
    """Return the account with that key, active or not."""
    row = session.scalars(select(AccountRow).where(AccountRow.key == key)).first()
    return _account(row) if row else None


def _account(row: AccountRow) -> Account:
    return Account(
        id=row.id,
        key=row.key,
        name=row.name,
        tier=row.tier,
        aliases=tuple(row.aliases),
        domain=row.domain,
        owner=row.owner,
        industry=row.industry,
        segment=row.segment,
        regions=tuple(row.regions),
        uses=tuple(row.uses),
        rivals_present=tuple(row.rivals_present),
        stakeholders=tuple(Stakeholder(name=p["name"], role=p.get("role")) for p in row.stakeholders),
        renewal=row.renewal,
        arr=row.arr,
        origin=row.origin,
        origins=dict(row.origins),
        rival_standings=dict(row.rival_standings),
        active=row.active,
        changed_at=row.changed_at,
    )
