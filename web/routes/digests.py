"""The digests that went out or wait to, shown as their readers see them."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel
from sqlalchemy.orm import Session

from store.audit import AuditEntry, record_audit
from store.kinds import Role
from store.outbox import settle_mail
from store.pages.digests import MailPage, count_mails, find_mail, mail_lines, mail_states, readers
from web.access import Analyst, LoggedIn, Visitor, require_token
from web.errors import NotFoundError, RefusedError
from web.headers import MAIL_POLICY
from web.listing import PAGE_SIZE, ListQuery, RowId, make_pager
from web.rendering import render
from web.routes.overview import next_send
from web.site import site_of

router = APIRouter(dependencies=[Depends(require_token)])
HIDDEN = "0" * 12  # stands where a reader's own token stood, for everybody but that reader


class SettleForm(BaseModel):
    """What a person found out about a mail in doubt."""

    word: Literal["arrived", "again"]


@router.get("/digests")
def show_digests(request: Request, visitor: LoggedIn, query: Annotated[ListQuery, Query()]) -> Response:
    """Show the mails: all of them to analysts, their own to others."""
    site, now = site_of(request), site_of(request).now()
    own = None if visitor.may(Role.ANALYST) else visitor.user.email
    with site.database.read() as session:
        total = count_mails(session, own)
        mails = mail_lines(session, own, PAGE_SIZE, query.offset)
        people = [reader for reader in readers(session) if own is None or reader.email.lower() == own]
        states = mail_states(session)
    return render(
        request,
        "digests.html",
        {
            "mails": mails,
            "people": [
                (reader, next_send(reader, now) if reader.weekly and not reader.unsubscribed_at else None)
                for reader in people
            ],
            "states": states if own is None else {},
            "everybody": own is None,
            "pager": make_pager("/digests", query, total),
        },
    )


@router.get("/digests/{mail_id}")
def show_digest(request: Request, visitor: LoggedIn, mail_id: RowId) -> Response:
    """Show one mail: its HTML in a frame that runs nothing, and its text."""
    with site_of(request).database.read() as session:
        mail = _visible_mail(session, mail_id, visitor)
    return render(request, "digest.html", {"mail": mail.line, "text": _redact(mail.text, mail, visitor)})


@router.get("/digests/{mail_id}/html")
def show_digest_html(request: Request, visitor: LoggedIn, mail_id: RowId) -> Response:
    """Return a mail's HTML for the frame; nothing in it runs or is fetched."""
    with site_of(request).database.read() as session:
        mail = _visible_mail(session, mail_id, visitor)
    headers = {"Content-Security-Policy": MAIL_POLICY, "X-Frame-Options": "SAMEORIGIN"}
    return HTMLResponse(_redact(mail.html, mail, visitor), headers=headers)


@router.post("/digests/{mail_id}/settle")
def settle_digest(
    request: Request, visitor: Analyst, mail_id: RowId, form: Annotated[SettleForm, Form()]
) -> Response:
    """Take a person's word on a mail in doubt or failed: it arrived, or it is to be sent again."""
    now = site_of(request).now()
    with site_of(request).database.write() as session:
        _visible_mail(session, mail_id, visitor)
        if not settle_mail(session, mail_id, form.word == "arrived", now):
            raise RefusedError("this mail is neither in doubt nor failed any more; reload the list")
        record_audit(
            session,
            AuditEntry(
                at=now,
                who=visitor.user.email,
                action="settle mail",
                subject=f"mail:{mail_id}",
                detail={"word": form.word},
                from_address=visitor.address,
            ),
        )
    return RedirectResponse(f"/digests/{mail_id}", status_code=303)


def _visible_mail(session: Session, mail_id: int, visitor: Visitor) -> MailPage:
    mail = find_mail(session, mail_id)
    # A mail that is somebody else's is answered like one that is not there: its number tells nothing.
    if mail is None or not (visitor.may(Role.ANALYST) or mail.line.recipient.lower() == visitor.user.email):
        raise NotFoundError("there is no such mail, or it is somebody else's")
    return mail


def _redact(body: str, mail: MailPage, visitor: Visitor) -> str:
    # The token in a mail's links acts in its reader's name; nobody else gets to see it.
    if mail.token is None or mail.line.recipient.lower() == visitor.user.email:
        return body
    return body.replace(mail.token, HIDDEN)
