"""From a rendered digest to a complete message in the outbox."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from sqlalchemy.orm import Session

from config.settings import MailSettings
from digest.links import Links
from digest.render import RenderedMail
from digest.words import plain
from store.kinds import MailKind
from store.outbox import NewMail, queue_mail

NAME_LIMIT = 60

# Quoted-printable lines of at most 76 characters pass every server; the headers stay ASCII.
_POLICY = SMTP.clone(max_line_length=76, cte_type="7bit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A text file that goes with a mail, such as a calendar entry."""

    name: str
    subtype: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """To whom a mail goes, and what identifies it: the same digest always has the same Message-ID."""

    recipient: str
    name: str
    kind: MailKind
    identity: str
    links: Links
    attachments: tuple[Attachment, ...] = ()


def message_id(envelope: Envelope, sender: str) -> str:
    """Return the Message-ID of a digest: the same reader, kind and period always give the same."""
    seed = f"{envelope.recipient.lower()}\0{envelope.kind.value}\0{envelope.identity}"
    digest = hashlib.sha256(seed.encode()).hexdigest()[:32]
    return f"<{envelope.kind.value}.{digest}@{sender.rpartition('@')[2].lower()}>"


def build_message(
    mail: RenderedMail, envelope: Envelope, settings: MailSettings, now: datetime
) -> EmailMessage:
    """Return the complete message. Other people's words reach no header but the subject, as one clean line."""
    message = EmailMessage(policy=_POLICY)
    message["From"] = _address(settings.sender_name, settings.sender)
    message["To"] = _address(envelope.name, envelope.recipient)
    message["Subject"] = plain(mail.subject, 200)
    message["Date"] = now
    message["Message-ID"] = message_id(envelope, settings.sender)
    message["Auto-Submitted"] = "auto-generated"
    message["Precedence"] = "bulk"
    _add_unsubscribe(message, envelope.links, settings)
    message.set_content(mail.text, cte="quoted-printable")
    message.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    # The default boundary is random; a fixed one keeps the bytes of a digest the same however often it is built.
    boundary = "=_" + hashlib.sha256(str(message["Message-ID"]).encode()).hexdigest()[:40]
    message.set_boundary(boundary)
    for attachment in envelope.attachments:
        message.add_attachment(
            attachment.text.encode(),
            maintype="text",
            subtype=attachment.subtype,
            filename=attachment.name,
            params={"charset": "utf-8"},
        )
    if envelope.attachments:
        message.set_boundary(f"{boundary}-whole")
    return message


def put_in_outbox(
    session: Session,
    mail: RenderedMail,
    envelope: Envelope,
    settings: MailSettings,
    now: datetime,
    digest_id: int | None = None,
) -> bool:
    """Store the message for delivery; False if it was there already."""
    message = build_message(mail, envelope, settings, now)
    return queue_mail(
        session,
        NewMail(
            digest_id=digest_id,
            kind=envelope.kind,
            message_id=str(message["Message-ID"]),
            recipient=envelope.recipient,
            subject=str(message["Subject"]),
            html=mail.html,
            text=mail.text,
            raw=message.as_bytes(),
        ),
        now,
    )


def _address(name: str, address: str) -> Address:
    # In two parts, because some addresses in use (two dots in a row) are valid only with the first part quoted.
    user, _, domain = address.rpartition("@")
    return Address(plain(name, NAME_LIMIT), username=user, domain=domain)


def _add_unsubscribe(message: EmailMessage, links: Links, settings: MailSettings) -> None:
    """Add the two headers of RFC 8058; one-click needs https, a mailbox may stand beside it or alone."""
    targets: list[str] = []
    if not links.token:
        return  # a mail to those who run Rivalwatch hangs on no subscription
    if one_click := links.unsubscribe.startswith("https://"):
        targets.append(f"<{links.unsubscribe}>")
    if settings.unsubscribe_mailbox:
        targets.append(f"<mailto:{settings.unsubscribe_mailbox}?subject=unsubscribe>")
    if targets:
        message["List-Unsubscribe"] = ", ".join(targets)
    if one_click:
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
