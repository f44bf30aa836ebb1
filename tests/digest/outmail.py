"""Mails waiting in an outbox, for delivery tests."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from config.settings import MailSettings
from digest.links import Links
from digest.outbox import Envelope, put_in_outbox
from digest.render import RenderedMail
from store.database import Database
from store.kinds import MailKind, MailState
from store.outbox import Mail, list_mails

LINKS = Links(base_url="https://watch.us.example", token="t")


def put(session: Session, now: datetime, recipient: str, settings: MailSettings | None = None) -> None:
    """Queue one small mail. Its lines begin with dots, to see that they arrive as they were."""
    envelope = Envelope(
        recipient=recipient, name="A reader", kind=MailKind.WEEKLY, identity="2026-W47", links=LINKS
    )
    mail = RenderedMail(subject="News", html="<p>News</p>\n.\n..\n", text="News\n.\n..dots\n")
    assert put_in_outbox(session, mail, envelope, settings or MailSettings(), now)


def fill(database: Database, now: datetime, *recipients: str) -> None:
    """Queue one mail a recipient."""
    with database.write() as session:
        for recipient in recipients:
            put(session, now, recipient)


def mails(database: Database) -> dict[str, Mail]:
    """Return the outbox by recipient."""
    with database.read() as session:
        return {mail.recipient: mail for mail in list_mails(session)}


def states(database: Database) -> dict[str, MailState]:
    """Return where each recipient's mail stands."""
    return {recipient: mail.state for recipient, mail in mails(database).items()}
