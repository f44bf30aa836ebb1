"""Which accounts a signal threatens, as pages show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.models.accounts import AccountRow, ExposureRow
from store.records import JsonObject
from store.users import as_login


@dataclass(frozen=True, slots=True, kw_only=True)
class Threat:
    """An account that a signal threatens; ``score`` in [0, 1] before decay."""

    account_key: str
    account_name: str
    owner: str | None
    score: float
    reasons: tuple[JsonObject, ...]
    observed_at: datetime


def threats_of(session: Session, signal_ids: Iterable[int]) -> dict[int, tuple[Threat, ...]]:
    """Return the accounts each signal threatens, highest score first; one query."""
    query = (
        select(ExposureRow, AccountRow)
        .join(AccountRow, AccountRow.id == ExposureRow.account_id)
        .where(ExposureRow.signal_id.in_(list(signal_ids)), AccountRow.active)
        .order_by(ExposureRow.score.desc(), AccountRow.key)
    )
    found: dict[int, list[Threat]] = defaultdict(list)
    for exposure, account in session.execute(query):
        found[exposure.signal_id].append(
            Threat(
                account_key=account.key,
                account_name=account.name,
                owner=as_login(account.owner),
                score=exposure.score,
                reasons=tuple(exposure.reasons),
                observed_at=exposure.observed_at,
            )
        )
    return {signal: tuple(threats) for signal, threats in found.items()}
