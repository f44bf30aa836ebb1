"""What an analyst answers about a signal that waits for review."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from classify.correcting import release as answer
from store.audit import AuditEntry, record_audit
from store.kinds import Category
from store.records import JsonObject
from store.reviews import NotInReviewError, dismiss_signal
from web.access import Analyst, Visitor, require_token
from web.errors import RefusedError
from web.listing import NONE_IF_EMPTY, RowId
from web.site import site_of

router = APIRouter(dependencies=[Depends(require_token)])

#: The queue with its filters, as `web.listing.address` writes it: no other page is gone back to.
QUEUE = r"^/signals\?[A-Za-z0-9_=&%.+~-]*$"
NOT_ASKED = "this signal does not wait for review any more"


class AnswerForm(BaseModel):
    """An answer. ``category`` is given when another one is right; ``back`` is the queue it was given from."""

    category: Annotated[Category | None, Field(default=None), NONE_IF_EMPTY] = None
    back: Annotated[str | None, Field(max_length=1000, pattern=QUEUE), NONE_IF_EMPTY] = None


@router.post("/signals/{signal_id}/release")
def release(
    request: Request, visitor: Analyst, signal_id: RowId, form: Annotated[AnswerForm, Form()]
) -> Response:
    """Say that a signal is right as it is, or of another category, as which it is told anew; it counts from now on."""
    if form.category is Category.NONE:
        raise RefusedError("what is no news is dismissed")
    now = site_of(request).now()
    with site_of(request).database.write() as session:
        try:
            detail = answer(session, signal_id, visitor.user.email, now, form.category)
        except NotInReviewError as error:
            raise RefusedError(NOT_ASKED) from error
        _record(session, visitor, "release signal", signal_id, now, detail)
    return _back(form, signal_id)


@router.post("/signals/{signal_id}/dismiss")
def dismiss(
    request: Request, visitor: Analyst, signal_id: RowId, form: Annotated[AnswerForm, Form()]
) -> Response:
    """Take a signal back as noise."""
    now = site_of(request).now()
    with site_of(request).database.write() as session:
        try:
            dismiss_signal(session, signal_id, visitor.user.email, now)
        except NotInReviewError as error:
            raise RefusedError(NOT_ASKED) from error
        _record(session, visitor, "dismiss signal", signal_id, now, {})
    return _back(form, signal_id)


def _back(form: AnswerForm, signal_id: int) -> Response:
    return RedirectResponse(form.back or f"/signals/{signal_id}", status_code=303)


def _record(
    session: Session, visitor: Visitor, action: str, signal_id: int, now: datetime, detail: JsonObject
) -> None:
    record_audit(
        session,
        AuditEntry(
            at=now,
            who=visitor.user.email,
            action=action,
            subject=f"signal:{signal_id}",
            detail=detail,
            from_address=visitor.address,
        ),
    )
