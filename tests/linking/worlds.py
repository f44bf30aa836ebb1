"""Small worlds for the tests of linking and healthmerge: a rival, accounts, signals in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from config.accounts import AccountConfig, StakeholderConfig
from config.competitors import CompetitorConfig, ProductConfig, SourceConfig
from store.account_writes import sync_accounts
from store.models.evidence import SignalRow
from store.sources import list_rivals, sync_rivals

NORTHBEAM = CompetitorConfig(
    key="northbeam",
    name="Northbeam Identity",
    domain="northbeam.example",
    aliases=("Northbeam",),
    market="identity-verification",
    products=(ProductConfig(name="VerifyFlow", tags=("kyc", "document-verification")),),
    sources=(
        SourceConfig(
            key="northbeam/pricing",
            rival="northbeam",
            type="pricing",
            url="https://northbeam.example/pricing",
            every=timedelta(hours=6),
        ),
    ),
)
HARBOUR = AccountConfig(
    key="harbour-bank",
    name="Harbour Bank",
    aliases=("Harbour Bank plc",),
    domain="harbourbank.example",
    owner="dana@us.example",
    industry="banking",
    regions=("GB", "IE"),
    uses=("kyc", "document-verification"),
    rivals_present=("northbeam",),
    stakeholders=(StakeholderConfig(name="Mara Quill", role="CISO"),),
    renewal=date(2027, 1, 31),
)
LIND = AccountConfig(
    key="lindqvist", name="Lindqvist Forsikring", industry="insurance", regions=("DK",), uses=("kyc",)
)
FREIGHT = AccountConfig(
    key="oakline", name="Oakline Freight", industry="logistics", regions=("GB",), uses=("route-planning",)
)
ACCOUNTS = (HARBOUR, LIND, FREIGHT)


def settle(session: Session, now: datetime, accounts: Sequence[AccountConfig] = ACCOUNTS) -> None:
    """Store the rival and the accounts."""
    sync_rivals(session, [NORTHBEAM])
    sync_accounts(session, accounts, now - timedelta(days=200))


def add_signal(session: Session, at: datetime, headline: str, category: str = "launch", **more: Any) -> int:
    """Store a signal of Northbeam that waits for linking, and return its id."""
    [rival] = list_rivals(session)
    values: dict[str, Any] = {
        "story": f"{category}:{headline}"[:120],
        "confidence": 0.9,
        "impact": 0.7,
        "why": "",
        "text": headline,
        "last_seen_at": at,
        **more,
    }
    row = SignalRow(rival_id=rival.id, category=category, headline=headline, first_seen_at=at, **values)
    session.add(row)
    session.flush()
    return row.id
