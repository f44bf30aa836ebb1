"""Digests, their mails and their readers as pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, outerjoin

from config.subscribers import Cadence
from store.kinds import MailKind, MailState
from store.models.people import DigestRow, MailRow, SubscriberRow

_MAILS = outerjoin(
    outerjoin(MailRow, DigestRow, DigestRow.id == MailRow.digest_id),
    SubscriberRow,
    SubscriberRow.id == DigestRow.subscriber_id,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A subscriber. ``weekday`` 0 is Monday; ``send_minute`` counts from local midnight.

    ``weekly`` says whether they asked for the weekly mail; others get alerts or summaries alone.
    """

    id: int
    key: str
    email: str
    name: str
    timezone: str
    weekday: int
    send_minute: int
    token: str
    active: bool
    weekly: bool
    unsubscribed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MailLine:
    """A mail of the outbox in a list. ``reader`` and ``period`` are None for mails to the analysts."""

    id: int
    kind: MailKind
    period: str | None
    reader: str | None
    recipient: str
    subject: str
    state: MailState
    attempts: int
    created_at: datetime
    next_attempt_at: datetime
    sent_at: datetime | None
    last_error: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MailPage:
    """One mail with both bodies. ``token`` is its reader's, so that it can be kept from other eyes."""

    line: MailLine
    html: str
    text: str
    token: str | None


def readers(session: Session) -> list[Reader]:
    """Return the active subscribers by name, unsubscribed ones too."""
    rows = session.scalars(select(SubscriberRow).where(SubscriberRow.active).order_by(SubscriberRow.name))
    return [_reader(row) for row in rows]


def count_mails(session: Session, reader: str | None) -> int:
    """Return how many mails there are, those of one reader's address if given."""
    query = select(func.count()).select_from(_MAILS).where(*_sent_to(reader))
    return session.scalar(query) or 0


def mail_lines(session: Session, reader: str | None, limit: int, offset: int = 0) -> list[MailLine]:
    """Return mails, newest first, those of one reader's address if given."""
    query = select(MailRow, DigestRow.period, SubscriberRow.name).select_from(_MAILS).where(*_sent_to(reader))
    query = query.order_by(MailRow.created_at.desc(), MailRow.id.desc()).limit(limit).offset(offset)
    return [_mail(row, period, name) for row, period, name in session.execute(query)]


def find_mail(session: Session, mail_id: int) -> MailPage | None:
    """Return the mail with that id."""
    query = select(MailRow, DigestRow.period, SubscriberRow.name, SubscriberRow.token).select_from(_MAILS)
    found = session.execute(query.where(MailRow.id == mail_id)).first()
    if found is None:
        return None
    row, period, name, token = found
    return MailPage(line=_mail(row, period, name), html=row.html, text=row.text, token=token)


def mail_states(session: Session) -> dict[MailState, int]:
    """Return how many mails stand in each state."""
    query = select(MailRow.state, func.count()).group_by(MailRow.state)
    return {MailState(state): count for state, count in session.execute(query)}


def _sent_to(reader: str | None) -> list[ColumnElement[bool]]:
    return [] if reader is None else [func.lower(MailRow.recipient) == reader.lower()]


def _mail(row: MailRow, period: str | None, reader: str | None) -> MailLine:
    return MailLine(
        id=row.id,
        kind=MailKind(row.kind),
        period=period,
        reader=reader,
        recipient=row.recipient,
        subject=row.subject,
        state=MailState(row.state),
        attempts=row.attempts,
        created_at=row.created_at,
        next_attempt_at=row.next_attempt_at,
        sent_at=row.sent_at,
        last_error=row.last_error,
    )


def _reader(row: SubscriberRow) -> Reader:
    return Reader(
        id=row.id,
        key=row.key,
        email=row.email,
        name=row.name,
        timezone=row.timezone,
        weekday=row.weekday,
        send_minute=row.send_minute,
        token=row.token,
        active=row.active,
        weekly=Cadence.WEEKLY in row.preferences.get("cadence", [Cadence.WEEKLY]),
        unsubscribed_at=row.unsubscribed_at,
    )
