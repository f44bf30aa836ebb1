"""The accounts, one account, and what its owner does about a flag."""

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
from store.kinds import FlagState, Role
from store.pages.accounts import AccountLine, FlagLine, account_lines, account_page, find_flag
from store.pages.sources import rival_names
from web.access import LoggedIn, Manager, Visitor, require_token
from web.charts import crossings, draw_history
from web.errors import NotFoundError, RefusedError
from web.listing import AccountOrder, AccountQuery
from web.rendering import render, today_of
from web.routes.overview import risk_order
from web.site import site_of
from web.threats import weigh_exposures

router = APIRouter(dependencies=[Depends(require_token)])
LONGEST_SNOOZE = timedelta(days=90)
BANDS = (75.0, 50.0)  # where the chart draws its bands; the score's own band is stored with it


class SnoozeForm(BaseModel):
    """Until which day a flag is put off."""

    until: date


class CloseForm(BaseModel):
    """What came of a flag."""

    outcome: str = Field(min_length=3, max_length=2_000)


@router.get("/accounts")
def show_accounts(request: Request, visitor: LoggedIn, query: Annotated[AccountQuery, Query()]) -> Response:
    """Show the accounts, a manager's own ones first."""
    site = site_of(request)
    with site.database.read() as session:
        lines = account_lines(session, today_of(site.now()))
    mine = [line for line in lines if line.owner == visitor.user.email]
    scope = query.scope or ("mine" if mine and visitor.user.role is Role.MANAGER else "all")
    pool = mine if scope == "mine" else lines
    return render(
        request,
        "accounts.html",
        {
            "lines": order_accounts(pick_accounts(pool, query), query.sort),
            "pool": pool,
            "scope": scope,
            "mine": len(mine),
            "everything": len(lines),
            "query": query,
            "active": query.active(),
            "orders": list(AccountOrder),
            "owners": sorted({line.owner for line in lines if line.owner}),
            "tiers": sorted({line.tier for line in lines}),
        },
    )


@router.get("/accounts/{key}")
def show_account(request: Request, visitor: LoggedIn, key: str) -> Response:
    """Show one account: why is it in this band?"""
    site, now = site_of(request), site_of(request).now()
    linking = site.settings.linking
    with site.database.read() as session:
        account = account_page(session, key, today_of(now), now - linking.window)
        rivals = rival_names(session)
    if account is None:
        raise NotFoundError(f"there is no account {key[:60]!r}; the list shows all of them")
    return render(
        request,
        "account.html",
        {
            "account": account,
            "rivals": rivals,
            "history": draw_history(account.points, *BANDS),
            "crossings": crossings(account.points)[:4],
            "exposures": weigh_exposures(account.exposures, now, linking),
            "living": [flag for flag in account.flags if flag.state is not FlagState.CLOSED],
            "closed": [flag for flag in account.flags if flag.state is FlagState.CLOSED],
            "next_week": today_of(now) + timedelta(days=7),
            "last_day": today_of(now) + LONGEST_SNOOZE,
        },
    )


@router.post("/flags/{flag_id}/acknowledge")
def acknowledge_flag(request: Request, visitor: Manager, flag_id: int) -> Response:
    """Say that somebody has taken a flag on."""
    now = site_of(request).now()
    with site_of(request).database.write() as session:
        flag = _living_flag(session, flag_id)
        acknowledge(session, flag_id, visitor.user.email, now)
        _record(session, visitor, "acknowledge flag", flag, now)
    return _back(flag)


@router.post("/flags/{flag_id}/snooze")
def snooze_flag(
    request: Request, visitor: Manager, flag_id: int, form: Annotated[SnoozeForm, Form()]
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
    request: Request, visitor: Manager, flag_id: int, form: Annotated[CloseForm, Form()]
) -> Response:
    """Close a flag with what came of it."""
    now = site_of(request).now()
    with site_of(request).database.write() as session:
        flag = _living_flag(session, flag_id)
        close(session, flag_id, form.outcome.strip(), visitor.user.email, now)
        _record(session, visitor, "close flag", flag, now, outcome=form.outcome.strip())
    return _back(flag)


def pick_accounts(lines: Sequence[AccountLine], query: AccountQuery) -> list[AccountLine]:
    """Return the accounts that fit the filters."""
    words = (query.q or "").lower().split()
    return [
        line
        for line in lines
        if query.band in (None, line.band)
        and query.tier in (None, line.tier)
        and query.owner in (None, line.owner)
        and all(word in f"{line.name} {line.key} {line.industry or ''}".lower() for word in words)
    ]


def order_accounts(lines: Sequence[AccountLine], order: AccountOrder) -> list[AccountLine]:
    """Return the accounts in that order; what is unknown comes last."""
    far = date.max
    keys = {
        AccountOrder.NAME: lambda line: line.name.lower(),
        AccountOrder.SCORE: lambda line: _known_first(line.latest.score if line.latest else None),
        AccountOrder.TREND: lambda line: _known_first(line.trend_4w),
        AccountOrder.INDEX: lambda line: _known_first(
            -line.latest.index if line.latest and line.latest.index is not None else None
        ),
        AccountOrder.RENEWAL: lambda line: line.renewal or far,
        AccountOrder.ARR: lambda line: -(line.arr or 0),
        AccountOrder.RISK: risk_order,
    }
    return sorted(lines, key=keys[order])


def _known_first(value: float | None) -> tuple[bool, float]:
    return value is None, value or 0.0


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
