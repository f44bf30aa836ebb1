"""All flags that stand, and what their owners do about them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from store.audit import AuditEntry, record_audit
from store.flags import acknowledge, close, snooze
from store.kinds import FlagState, FlagVerdict, Role
from store.pages.flags import FlagLine, find_flag, flag_lines
from web.access import LoggedIn, Manager, Visitor, require_token
from web.errors import NotFoundError, RefusedError
from web.listing import NONE_IF_EMPTY, FlagQuery, RowId
from web.rendering import render
from web.site import site_of

router = APIRouter(dependencies=[Depends(require_token)])
LONGEST_SNOOZE = timedelta(days=90)


class SnoozeForm(BaseModel):
    """Until which day a flag is put off."""

    until: date


class CloseForm(BaseModel):
    """What came of a flag: in words, and as a verdict by which its rule is judged later."""

    outcome: str = Field(min_length=3, max_length=2_000)
    verdict: Annotated[FlagVerdict | None, NONE_IF_EMPTY] = None


@router.get("/flags")
def show_flags(request: Request, visitor: LoggedIn, query: Annotated[FlagQuery, Query()]) -> Response:
    """Show the flags that stand, a manager's own ones first; the gravest come first."""
    site = site_of(request)
    with site.database.read() as session:
        flags = flag_lines(session, living=True)
    mine = [flag for flag in flags if visitor.user.email in (flag.owner, flag.account_owner)]
    scope = query.scope or ("mine" if mine and visitor.user.role is Role.MANAGER else "all")
    pool = mine if scope == "mine" else flags
    return render(
        request,
        "flags.html",
        {
            "flags": pick_flags(pool, query),
            "pool": pool,
            "scope": scope,
            "mine": len(mine),
            "everything": len(flags),
            "query": query,
            "active": query.active(),
            "codes": sorted({flag.code for flag in pool}),
            "owners": sorted({owner for flag in flags if (owner := flag.owner or flag.account_owner)}),
        },
    )


def pick_flags(flags: Sequence[FlagLine], query: FlagQuery) -> list[FlagLine]:
    """Return the flags that fit the filters."""
    return [
        flag
        for flag in flags
        if query.level in (None, flag.level)
        and query.state in (None, flag.state)
        and query.code in (None, flag.code)
        and query.owner in (None, flag.owner, flag.account_owner)
    ]


@router.post("/flags/{flag_id}/acknowledge")
def acknowledge_flag(request: Request, visitor: Manager, flag_id: RowId) -> Response:
    """Say that somebody has taken a flag on."""
    now = site_of(request).now()
    with site_of(request).database.write() as session:
        flag = _living_flag(session, flag_id)
        acknowledge(session, flag_id, visitor.user.email, now)
        _record(session, visitor, "acknowledge flag", flag, now)
    return _back(flag)


@router.post("/flags/{flag_id}/snooze")
def snooze_flag(
    request: Request, visitor: Manager, flag_id: RowId, form: Annotated[SnoozeForm, Form()]
) -> Response:
    """Put a flag off until a day."""
    now = site_of(request).now()
    until = datetime.combine(form.until, time(6), UTC)
    if not now < until <= now + LONGEST_SNOOZE + timedelta(days=1):
        raise RefusedError(f"choose a day after today and within {LONGEST_SNOOZE.days} days")
    with site_of(request).database.write() as session:
        flag = _living_flag(session, flag_id)
        snooze(session, flag_id, until, visitor.user.email, now)
        _record(session, visitor, "snooze flag", flag, now, until=form.until.isoformat())
    return _back(flag)


@router.post("/flags/{flag_id}/close")
def close_flag(
    request: Request, visitor: Manager, flag_id: RowId, form: Annotated[CloseForm, Form()]
) -> Response:
    """Close a flag with what came of it."""
    now = site_of(request).now()
    with site_of(request).database.write() as session:
        flag = _living_flag(session, flag_id)
        close(session, flag_id, form.outcome.strip(), visitor.user.email, now, form.verdict)
        verdict = form.verdict.value if form.verdict else "none"
        _record(session, visitor, "close flag", flag, now, outcome=form.outcome.strip(), verdict=verdict)
    return _back(flag)


def _living_flag(session: Session, flag_id: int) -> FlagLine:
    flag = find_flag(session, flag_id)
    if flag is None:
        raise NotFoundError("there is no such flag; its account's page shows those that stand")
    if flag.state is FlagState.CLOSED:
        raise RefusedError("this flag was closed in the meantime; its account's page shows by which outcome")
    return flag


def _record(
    session: Session, visitor: Visitor, action: str, flag: FlagLine, now: datetime, **detail: str
) -> None:
    record_audit(
        session,
        AuditEntry(
            at=now,
            who=visitor.user.email,
            action=action,
            subject=f"flag:{flag.id}",
            detail={"account": flag.account_key, "code": flag.code, **detail},
            from_address=visitor.address,
        ),
    )


def _back(flag: FlagLine) -> Response:
    return RedirectResponse(f"/accounts/{flag.account_key}#flags", status_code=303)
