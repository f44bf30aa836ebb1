"""The outbox: mails rendered once, claimed by one process at a time, and what became of each.

A mail goes *queued* → *handing over* → *sent*. While a process works on a mail, the row names it in ``claimed_by``
until ``next_attempt_at``; every later step is a conditional UPDATE that names the same holder, so that a process whose
claim has run out can no longer act on the mail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Table, func, select, update
from sqlalchemy.orm import Session

from store.inserts import insert_new
from store.kinds import MailKind, MailState
from store.models.people import MailRow


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMail:
    """A rendered mail, to be put in the outbox. ``raw`` is the complete message as it leaves."""

    digest_id: int | None
    kind: MailKind
    message_id: str
    recipient: str
    subject: str
    html: str
    text: str
    raw: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail in the outbox and where it stands. ``attempts`` counts the refusals of this very mail."""

    id: int
    digest_id: int | None
    kind: MailKind
    message_id: str
    recipient: str
    subject: str
    html: str
    text: str
    raw: bytes
    state: MailState
    attempts: int
    created_at: datetime
    next_attempt_at: datetime
    sent_at: datetime | None = None
    last_error: str | None = None


def queue_mail(session: Session, mail: NewMail, now: datetime) -> bool:
    """Put a mail in the outbox; False if it is there already (same Message-ID or digest)."""
    statement = insert_new(session, cast(Table, MailRow.__table__)).values(
        digest_id=mail.digest_id,
        kind=mail.kind.value,
        message_id=mail.message_id,
        recipient=mail.recipient,
        subject=mail.subject,
        html=mail.html,
        text=mail.text,
        raw=mail.raw,
        state=MailState.QUEUED.value,
        attempts=0,
        created_at=now,
        next_attempt_at=now,
    )
    return _rows(session.execute(statement)) > 0


def release_lost_claims(session: Session, now: datetime, is_gone: Callable[[str], bool]) -> list[Mail]:
    """Free the mails of holders that are gone or whose time is over; return those that are now in doubt.

    What was only claimed is queued again. What was being handed over may have arrived, so it becomes *in doubt*.
    """
    query = select(MailRow).where(
        MailRow.claimed_by.is_not(None),
        MailRow.state.in_([MailState.QUEUED.value, MailState.HANDING_OVER.value]),
    )
    doubtful = []
    for row in session.scalars(query).all():
        holder = cast(str, row.claimed_by)
        if row.next_attempt_at > now and not is_gone(holder):
            continue
        if row.state == MailState.QUEUED.value:
            _change(session, row.id, holder, MailState.QUEUED, claimed_by=None, next_attempt_at=now)
        elif _change(session, row.id, holder, MailState.HANDING_OVER, state=MailState.IN_DOUBT.value):
            doubtful.append(row.id)
    session.expire_all()
    return [_mail(session.get_one(MailRow, mail_id)) for mail_id in doubtful]


def claim_next_mail(
    session: Session,
    now: datetime,
    holder: str,
    until: datetime,
    *,
    but: Iterable[int] = (),
    hurry: bool = False,
) -> Mail | None:
    """Claim the queued mail that waits longest and return it; None if none is due.

    ``but`` are ids to leave alone, ``hurry`` takes mails whose next attempt lies in the future as well.
    """
    query = (
        select(MailRow)
        .where(
            MailRow.state == MailState.QUEUED.value,
            MailRow.claimed_by.is_(None),
            MailRow.id.not_in(list(but)),
        )
        .order_by(MailRow.next_attempt_at, MailRow.id)
        .limit(1)
    )
    if not hurry:
        query = query.where(MailRow.next_attempt_at <= now)
    while (row := session.scalars(query).first()) is not None:
        session.expunge(row)
        statement = (
            update(MailRow)
            .where(
                MailRow.id == row.id,
                MailRow.state == MailState.QUEUED.value,
                MailRow.claimed_by.is_(None),
            )
            .values(claimed_by=holder, next_attempt_at=until)
        )
        if _rows(session.execute(statement)):
            return _mail(row)
    return None


def begin_handing_over(session: Session, mail_id: int, holder: str, until: datetime) -> bool:
    """Say that the last byte is about to go out; False if the claim was lost, then it must not go out."""
    return _change(
        session,
        mail_id,
        holder,
        MailState.QUEUED,
        state=MailState.HANDING_OVER.value,
        next_attempt_at=until,
    )


def mark_sent(session: Session, mail_id: int, holder: str, at: datetime) -> bool:
    """Say that the mail was taken over; also settles a doubt that arose meanwhile."""
    return _change(
        session,
        mail_id,
        holder,
        *(MailState.QUEUED, MailState.HANDING_OVER, MailState.IN_DOUBT),
        state=MailState.SENT.value,
        sent_at=at,
        last_error=None,
        claimed_by=None,
    )


def mark_in_doubt(session: Session, mail_id: int, holder: str, error: str) -> bool:
    """Say that the last byte went out and no answer came."""
    return _change(
        session,
        mail_id,
        holder,
        MailState.HANDING_OVER,
        state=MailState.IN_DOUBT.value,
        last_error=error,
    )


def queue_again(
    session: Session, mail_id: int, holder: str, error: str, next_attempt_at: datetime, attempts: int
) -> bool:
    """Let a mail wait for another attempt after the other side said that it did not take it."""
    return _change(
        session,
        mail_id,
        holder,
        *(MailState.QUEUED, MailState.HANDING_OVER),
        state=MailState.QUEUED.value,
        claimed_by=None,
        last_error=error,
        next_attempt_at=next_attempt_at,
        attempts=attempts,
    )


def release_claim(
    session: Session, mail_id: int, holder: str, error: str, next_attempt_at: datetime, attempts: int
) -> bool:
    """Give a mail back that was not handed over; False if it is past that point, then it must stay as it is."""
    return _change(
        session,
        mail_id,
        holder,
        MailState.QUEUED,
        claimed_by=None,
        last_error=error,
        next_attempt_at=next_attempt_at,
        attempts=attempts,
    )


def mark_failed(session: Session, mail_id: int, holder: str, error: str, attempts: int) -> bool:
    """Give the mail up, with the reason."""
    return _change(
        session,
        mail_id,
        holder,
        *(MailState.QUEUED, MailState.HANDING_OVER),
        state=MailState.FAILED.value,
        claimed_by=None,
        last_error=error,
        attempts=attempts,
    )


def note_outage(session: Session, now: datetime, error: str) -> None:
    """Say on every mail that is due why it did not leave; it stays due, and its attempts are not counted."""
    session.execute(
        update(MailRow)
        .where(
            MailRow.state == MailState.QUEUED.value,
            MailRow.claimed_by.is_(None),
            MailRow.next_attempt_at <= now,
        )
        .values(last_error=error)
    )


def settle_mail(session: Session, mail_id: int, arrived: bool, now: datetime) -> bool:
    """A person's word on a mail in doubt or failed: it arrived, or it is to be sent (again)."""
    values: dict[str, Any] = {"state": MailState.QUEUED.value, "next_attempt_at": now, "attempts": 0}
    if arrived:
        values = {"state": MailState.SENT.value, "sent_at": now}
    statement = (
        update(MailRow)
        .where(MailRow.id == mail_id, MailRow.state.in_([MailState.IN_DOUBT.value, MailState.FAILED.value]))
        .values(claimed_by=None, last_error=None, **values)
    )
    return _rows(session.execute(statement)) > 0


def count_mails(session: Session) -> dict[MailState, int]:
    """Return how many mails stand where; states without mails are left out."""
    query = select(MailRow.state, func.count()).group_by(MailRow.state)
    return {MailState(state): count for state, count in session.execute(query)}


def list_mails(session: Session, states: Iterable[MailState] = (), limit: int = 200) -> list[Mail]:
    """Return mails, newest first; with ``states``, those only."""
    query = select(MailRow).order_by(MailRow.created_at.desc(), MailRow.id.desc()).limit(limit)
    if wanted := [state.value for state in states]:
        query = query.where(MailRow.state.in_(wanted))
    return [_mail(row) for row in session.scalars(query)]


def mail_of_digest(session: Session, digest_id: int) -> Mail | None:
    """Return the mail that carries a digest."""
    row = session.scalars(select(MailRow).where(MailRow.digest_id == digest_id)).one_or_none()
    return _mail(row) if row else None


def _change(session: Session, mail_id: int, holder: str, *states: MailState, **values: Any) -> bool:
    statement = (
        update(MailRow)
        .where(
            MailRow.id == mail_id,
            MailRow.claimed_by == holder,
            MailRow.state.in_([state.value for state in states]),
        )
        .values(**values)
    )
    return _rows(session.execute(statement)) > 0


def _rows(result: object) -> int:
    return cast(CursorResult[object], result).rowcount


def _mail(row: MailRow) -> Mail:
    return Mail(
        id=row.id,
        digest_id=row.digest_id,
        kind=MailKind(row.kind),
        message_id=row.message_id,
        recipient=row.recipient,
        subject=row.subject,
        html=row.html,
        text=row.text,
        raw=row.raw,
        state=MailState(row.state),
        attempts=row.attempts,
        created_at=row.created_at,
        next_attempt_at=row.next_attempt_at,
        sent_at=row.sent_at,
        last_error=row.last_error,
    )
