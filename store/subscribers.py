"""Subscribers: synchronised from the configuration, with the token that stands in their links."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.subscribers import Cadence, SubscriberConfig
from store.models.people import SubscriberRow

TOKEN_BYTES = 24

#: What a preference may say besides a list of keys.
ALL = "all"
OWNED = "owned"

Choice = str | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """A reader as stored. ``accounts``, ``competitors`` and ``categories`` are a word or the keys themselves.

    ``weekday`` (0 is Monday) and ``send_minute`` (minute of the day) are local to ``timezone``.
    """

    id: int
    key: str
    email: str
    name: str
    timezone: str
    weekday: int
    send_minute: int
    token: str
    accounts: Choice = OWNED
    competitors: Choice = ALL
    categories: Choice = ALL
    min_impact: float = 0.0
    cadence: tuple[Cadence, ...] = (Cadence.WEEKLY,)
    unsubscribed_at: datetime | None = None

    def reads(self, choice: Choice, key: str) -> bool:
        """Return True if ``choice`` (one of the preferences) takes ``key`` in."""
        return choice == ALL or (choice != OWNED and key in choice)


def sync_subscribers(session: Session, subscribers: Sequence[SubscriberConfig], now: datetime) -> None:
    """Make the rows say what the configuration says; who left it becomes inactive.

    Tokens stay, so that links in old mails keep working; who unsubscribed stays unsubscribed.
    ``now`` is when somebody was taken up again after having left: only then an old unsubscription ends.
    """
    rows = {row.key: row for row in session.scalars(select(SubscriberRow))}
    for subscriber in subscribers:
        row = rows.pop(subscriber.key, None)
        if row is None:
            row = SubscriberRow(key=subscriber.key, token=secrets.token_urlsafe(TOKEN_BYTES))
            session.add(row)
        elif not row.active and row.unsubscribed_at is not None and row.unsubscribed_at < now:
            row.unsubscribed_at = None
        _fill(row, subscriber)
    for gone in rows.values():
        gone.active = False
    session.flush()


def _fill(row: SubscriberRow, subscriber: SubscriberConfig) -> None:
    row.email = subscriber.email
    row.name = subscriber.name
    row.timezone = subscriber.timezone
    row.weekday = subscriber.send.weekday
    row.send_minute = subscriber.send.at.hour * 60 + subscriber.send.at.minute
    row.preferences = subscriber.model_dump(
        mode="json", include={"accounts", "competitors", "categories", "min_impact", "cadence"}
    )
    row.active = True


def list_subscribers(session: Session) -> list[Subscriber]:
    """Return the subscribers who get mail, by key."""
    query = (
        select(SubscriberRow)
        .where(SubscriberRow.active, SubscriberRow.unsubscribed_at.is_(None))
        .order_by(SubscriberRow.key)
    )
    return [_subscriber(row) for row in session.scalars(query)]


def find_subscriber(session: Session, key: str) -> Subscriber | None:
    """Return the active subscriber with that key (the address, in any case), unsubscribed or not."""
    query = select(SubscriberRow).where(SubscriberRow.key == key.strip().lower(), SubscriberRow.active)
    row = session.scalars(query).one_or_none()
    return _subscriber(row) if row else None


def subscriber_by_token(session: Session, token: str) -> Subscriber | None:
    """Return the subscriber whose links bear that token."""
    row = session.scalars(select(SubscriberRow).where(SubscriberRow.token == token)).one_or_none()
    return _subscriber(row) if row else None


def unsubscribe(session: Session, token: str, now: datetime) -> bool:
    """Stop all mail to the token's owner; repeating keeps the first moment. False if no such token."""
    row = session.scalars(select(SubscriberRow).where(SubscriberRow.token == token)).one_or_none()
    if row is None:
        return False
    row.unsubscribed_at = row.unsubscribed_at or now
    return True


def resubscribe(session: Session, token: str) -> bool:
    """Let mail go to the token's owner again. False if no such token."""
    row = session.scalars(select(SubscriberRow).where(SubscriberRow.token == token)).one_or_none()
    if row is None:
        return False
    row.unsubscribed_at = None
    return True


def _choice(value: Any) -> Choice:
    return value if isinstance(value, str) else tuple(value)


def _subscriber(row: SubscriberRow) -> Subscriber:
    wishes = row.preferences
    return Subscriber(
        id=row.id,
        key=row.key,
        email=row.email,
        name=row.name,
        timezone=row.timezone,
        weekday=row.weekday,
        send_minute=row.send_minute,
        token=row.token,
        accounts=_choice(wishes.get("accounts", OWNED)),
        competitors=_choice(wishes.get("competitors", ALL)),
        categories=_choice(wishes.get("categories", ALL)),
        min_impact=float(wishes.get("min_impact", 0.0)),
        cadence=tuple(Cadence(value) for value in wishes.get("cadence", ["weekly"])),
        unsubscribed_at=row.unsubscribed_at,
    )
