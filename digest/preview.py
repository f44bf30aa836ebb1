"""What a reader's mail looks like, without sending anything."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from config.settings import Settings
from digest.errors import UnknownSubscriberError
from digest.render import RenderedMail
from digest.run import render_for
from digest.week import week_of, week_period
from store.digests import find_digest
from store.outbox import mail_of_digest
from store.subscribers import Subscriber, find_subscriber


def coming_week(session: Session, subscriber_key: str, now: datetime) -> str:
    """Return the ISO week that it is where the reader lives. Raises: UnknownSubscriberError."""
    return week_of(now, _reader(session, subscriber_key).timezone)


def preview(session: Session, subscriber_key: str, week: str, settings: Settings) -> RenderedMail:
    """Return the weekly mail of that ISO week: as it was made, or as it would be if it is not made yet.

    Raises: UnknownSubscriberError, PeriodError.
    """
    reader = _reader(session, subscriber_key)
    period = week_period(reader, week)
    made = find_digest(session, reader.id, period.kind, period.key)
    mail = mail_of_digest(session, made.id) if made else None
    if mail is not None:
        return RenderedMail(subject=mail.subject, html=mail.html, text=mail.text)
    return render_for(session, reader, period, settings)[1]


def _reader(session: Session, key: str) -> Subscriber:
    reader = find_subscriber(session, key)
    if reader is None:
        raise UnknownSubscriberError(key)
    return reader
