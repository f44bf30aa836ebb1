"""What an analyst decides about a signal that waits for review."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from store.audit import AuditEntry, record_audit
from store.reviews import NotInReviewError, dismiss_signal, release_signal
from web.access import Analyst, Visitor, require_token
from web.errors import RefusedError
from web.listing import RowId
from web.site import site_of

router = APIRouter(dependencies=[Depends(require_token)])


@router.post("/signals/{signal_id}/release")
def release(request: Request, visitor: Analyst, signal_id: RowId) -> Response:
    """Let a signal count from the next run on, as one that was useful."""
    now = site_of(request).now()
    with site_of(request).database.write() as session:
        try:
            release_signal(session, signal_id, visitor.user.email, now)
        except NotInReviewError as error:
            raise RefusedError("this signal does not wait for review any more") from error
        _record(session, visitor, "release signal", signal_id, now)
    return RedirectResponse(f"/signals/{signal_id}", status_code=303)


@router.post("/signals/{signal_id}/dismiss")
def dismiss(request: Request, visitor: Analyst, signal_id: RowId) -> Response:
    """Take a signal back as noise."""
    now = site_of(request).now()
    with site_of(request).database.write() as session:
        try:
            dismiss_signal(session, signal_id, visitor.user.email, now)
        except NotInReviewError as error:
            raise RefusedError("this signal does not wait for review any more") from error
        _record(session, visitor, "dismiss signal", signal_id, now)
    return RedirectResponse(f"/signals/{signal_id}", status_code=303)


def _record(session: Session, visitor: Visitor, action: str, signal_id: int, now: datetime) -> None:
    record_audit(
        session,
        AuditEntry(
            at=now,
            who=visitor.user.email,
            action=action,
            subject=f"signal:{signal_id}",
            from_address=visitor.address,
        ),
    )
