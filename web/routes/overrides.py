"""A person's word against the computed health of an account, said and taken back on its page."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from healthmerge.overrides import BadOverrideError, end_of, lift_override, put_override
from store.accounts import Account, get_account
from store.audit import AuditEntry, record_audit
from store.kinds import Band
from store.overrides import NoOverrideError, Override
from web.access import Manager, Visitor, require_token
from web.errors import NotFoundError, RefusedError
from web.site import site_of

router = APIRouter(dependencies=[Depends(require_token)])


class OverrideForm(BaseModel):
    """Which band, why, and until when."""

    band: Literal["green", "yellow", "red"]
    reason: str = Field(min_length=10, max_length=1_000)
    until: date


@router.post("/accounts/{key}/override")
def override_health(
    request: Request, visitor: Manager, key: str, form: Annotated[OverrideForm, Form()]
) -> Response:
    """Say that an account's health is another than computed."""
    site, now = site_of(request), site_of(request).now()
    with site.database.write() as session:
        account = _account(session, key)
        try:
            override = Override(
                account_id=account.id,
                band=Band(form.band),
                reason=form.reason.strip(),
                author=visitor.user.email,
                created_at=now,
                expires_at=end_of(form.until),
            )
            put_override(session, account, override, site.health.for_tier(account.tier).bands, now)
        except BadOverrideError as error:
            raise RefusedError(str(error)) from error
        detail = {"band": form.band, "reason": override.reason, "until": form.until.isoformat()}
        _record(session, visitor, "override health", key, now, detail)
    return _back(key)


@router.post("/accounts/{key}/override/lift")
def lift(request: Request, visitor: Manager, key: str) -> Response:
    """Take an override back before its time."""
    now = site_of(request).now()
    with site_of(request).database.write() as session:
        account = _account(session, key)
        try:
            lift_override(session, account, visitor.user.email, now)
        except NoOverrideError as error:
            raise RefusedError("this override has ended in the meantime") from error
        _record(session, visitor, "lift override", key, now, {})
    return _back(key)


def _account(session: Session, key: str) -> Account:
    account = get_account(session, key)
    if account is None:
        raise NotFoundError(f"there is no account {key[:60]!r}; the list shows all of them")
    return account


def _record(
    session: Session, visitor: Visitor, action: str, key: str, now: datetime, detail: dict[str, str]
) -> None:
    record_audit(
        session,
        AuditEntry(
            at=now,
            who=visitor.user.email,
            action=action,
            subject=f"account:{key}",
            detail=detail,
            from_address=visitor.address,
        ),
    )


def _back(key: str) -> Response:
    return RedirectResponse(f"/accounts/{key}#why", status_code=303)
