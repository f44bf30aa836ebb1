"""What files and connected systems say of accounts, brought to one row each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.accounts import AccountConfig
from config.connections import CONNECTION_TYPES
from store.accounts import Written
from store.claims import FILES, RULE, YAML, Claim, Voice, resolve
from store.metrics import write_configured_metrics
from store.models.accounts import AccountRow
from store.models.connections import ConnectionRow
from store.records import JsonObject

#: What linking reads of an account; a change of any of these makes earlier signals be linked anew.
LINKED_FIELDS = (
    "name",
    "aliases",
    "domain",
    "industry",
    "segment",
    "regions",
    "uses",
    "rivals_present",
    "rival_standings",
    "stakeholders",
    "renewal",
    "active",
)
_OTHER_FIELDS = ("tier", "owner", "arr", "origin", "origins", "said")


def sync_accounts(session: Session, accounts: Sequence[AccountConfig], now: datetime) -> Written:
    """Make the account rows say what ``accounts.yaml`` says.

    Accounts that left the file become inactive, unless an import or a connected system speaks of them too.
    """
    written = write_accounts(session, accounts, now, origin=YAML)
    listed = {account.key for account in accounts}
    voices = account_voices(session)
    for row in session.scalars(select(AccountRow).where(AccountRow.active)):
        if row.key not in listed and YAML in row.said:
            _take_back(row, YAML, voices, now)
    session.flush()
    return written


def write_accounts(
    session: Session, accounts: Sequence[AccountConfig], now: datetime, *, origin: str
) -> Written:
    """Write what a file says of accounts. ``changed_at`` moves only when a field that linking reads changes."""
    claims = [Claim(account_key=account.key, fields=_said(account)) for account in accounts]
    written = write_claims(session, claims, now, origin=origin)
    write_configured_metrics(session, accounts, now, origin)
    return written


def write_claims(session: Session, claims: Sequence[Claim], now: datetime, *, origin: str) -> Written:
    """Write what one origin says of accounts, each claim in place of its earlier one; new keys are new accounts."""
    voices = account_voices(session)
    rows = {row.key: row for row in session.scalars(select(AccountRow))}
    created = updated = 0
    for claim in claims:
        row = rows.get(claim.account_key)
        said = {**(row.said if row else {}), origin: claim.fields}
        values = _values(said, voices, row.origins if row else {})
        if row is None:
            session.add(AccountRow(key=claim.account_key, changed_at=now, **values))
            created += 1
        elif _fill(row, values, now):
            updated += 1
    session.flush()
    return Written(created=created, updated=updated, unchanged=len(claims) - created - updated)


def take_back_claims(session: Session, keys: Iterable[str], now: datetime, *, origin: str) -> int:
    """Forget what an origin said of these accounts; those of which nobody says anything become inactive."""
    voices, gone = account_voices(session), set(keys)
    rows = [row for row in session.scalars(select(AccountRow)) if row.key in gone and origin in row.said]
    for row in rows:
        _take_back(row, origin, voices, now)
    session.flush()
    return len(rows)


def resolve_again(session: Session, now: datetime) -> None:
    """Bring every account in line after the order of connections, or who wins, has changed."""
    voices = account_voices(session)
    heard = {*FILES, *(voice.key for voice in voices)}
    for row in session.scalars(select(AccountRow).where(AccountRow.active)):
        for origin in [origin for origin in row.said if origin not in heard]:
            _take_back(row, origin, voices, now)
        if row.said:
            _fill(row, _values(row.said, voices, row.origins), now)
    session.flush()


def account_voices(session: Session) -> list[Voice]:
    """Return the connections that speak for accounts, in the order of the configuration."""
    query = select(ConnectionRow).where(ConnectionRow.active, ConnectionRow.type.in_(list(CONNECTION_TYPES)))
    query = query.order_by(ConnectionRow.rank, ConnectionRow.key)
    return [Voice(key=row.key, wins=frozenset(row.wins)) for row in session.scalars(query)]


def write_tiers(session: Session, tiers: Mapping[str, tuple[str, str]]) -> int:
    """Set the tiers that the rule found, account key → (tier, why); said tiers stay. Return how many moved."""
    moved = 0
    for row in session.scalars(select(AccountRow).where(AccountRow.active)):
        if row.key not in tiers or not _may_be_ruled(row.origins):
            continue
        tier, why = tiers[row.key]
        origins = {**row.origins, "tier": f"{RULE}: {why}"}
        if (row.tier, row.origins) != (tier, origins):
            moved += row.tier != tier
            row.tier, row.origins = tier, origins
    session.flush()
    return moved


def drop_ruled_tiers(session: Session) -> None:
    """Give accounts whose tier came from the rule the default tier again: the rule was switched off."""
    for row in session.scalars(select(AccountRow).where(AccountRow.active)):
        if _is_ruled(row.origins):
            row.tier, row.origins = resolve({}, ())[0]["tier"], _without_rule(row.origins)
    session.flush()


def _may_be_ruled(origins: Mapping[str, str]) -> bool:
    return "tier" not in origins or _is_ruled(origins)


def _is_ruled(origins: Mapping[str, str]) -> bool:
    return origins.get("tier", "").startswith(RULE)


def _without_rule(origins: Mapping[str, str]) -> dict[str, str]:
    return {name: origin for name, origin in origins.items() if name != "tier"}


def _take_back(row: AccountRow, origin: str, voices: Sequence[Voice], now: datetime) -> None:
    left = {name: fields for name, fields in row.said.items() if name != origin}
    if left:
        _fill(row, _values(left, voices, row.origins), now)
    else:
        # The row keeps what was last said: its history and its name must stay readable.
        row.said, row.active, row.changed_at = {}, False, now


def _said(account: AccountConfig) -> JsonObject:
    """Return the fields that a file fills, as plain JSON."""
    plain = account.model_dump(mode="json", exclude={"key", "metrics"})
    filled = {name: value for name, value in plain.items() if value not in (None, [], "")}
    if "tier" not in account.model_fields_set:
        filled.pop("tier", None)
    return filled


def _values(
    said: Mapping[str, JsonObject], voices: Sequence[Voice], before: Mapping[str, str]
) -> dict[str, Any]:
    values, origins = resolve(said, voices)
    if "tier" not in origins and _is_ruled(before):
        # The rule looks at all accounts together; until it does, its last word stands.
        values.pop("tier")
        origins["tier"] = before["tier"]
    if not values["name"]:
        # Whoever named it says no name any more; the last one stands.
        values.pop("name")
    origin = next((name for name in FILES if name in said), None) or next(iter(said))
    return {**values, "said": dict(said), "origins": origins, "origin": origin, "active": True}


def _fill(row: AccountRow, values: dict[str, Any], now: datetime) -> bool:
    differing = [
        name
        for name in (*LINKED_FIELDS, *_OTHER_FIELDS)
        if name in values and getattr(row, name) != values[name]
    ]
    for name in differing:
        setattr(row, name, values[name])
    if any(name in LINKED_FIELDS for name in differing):
        row.changed_at = now
    return bool(differing)
