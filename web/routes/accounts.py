"""The accounts, and one account: why is it in this band?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from config.health import HealthConfig
from healthmerge.costs import costs_of
from healthmerge.overrides import LONGEST
from healthmerge.score import COMPETITORS
from store.kinds import FlagState, FlagVerdict, Role
from store.pages.accounts import AccountLine, account_lines, account_page
from store.pages.sources import rival_names
from web.access import LoggedIn
from web.charts import crossings, draw_activity, draw_history
from web.errors import NotFoundError
from web.listing import AccountOrder, AccountQuery
from web.rendering import render, today_of
from web.routes.flags import LONGEST_SNOOZE
from web.routes.overview import risk_order
from web.site import site_of
from web.threats import weigh_exposures

router = APIRouter()
SMALLEST_COST = 0.5  # points; what takes less is not worth a line


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
    config = site.health.for_tier(account.tier)
    bands, health = config.bands, account.health
    costs = costs_of(health.parts, health.own_score, health.score_without) if health else ()
    return render(
        request,
        "account.html",
        {
            "account": account,
            "rivals": rivals,
            "labels": metric_labels(config),
            "bands": bands,
            "costs": [cost for cost in costs if cost.points >= SMALLEST_COST],
            "override": next((item for item in account.overrides if item.holds(now)), None),
            "history": draw_history(account.points, bands.green, bands.yellow),
            "activity": draw_activity(account.points),
            "crossings": crossings(account.points)[:4],
            "exposures": weigh_exposures(account.exposures, now, linking),
            "living": [flag for flag in account.flags if flag.state is not FlagState.CLOSED],
            "closed": [flag for flag in account.flags if flag.state is FlagState.CLOSED],
            "verdicts": list(FlagVerdict),
            "tomorrow": today_of(now) + timedelta(days=1),
            "next_month": today_of(now) + timedelta(days=30),
            "longest_override": today_of(now) + LONGEST - timedelta(days=1),
            "next_week": today_of(now) + timedelta(days=7),
            "last_day": today_of(now) + LONGEST_SNOOZE,
        },
    )


def metric_labels(config: HealthConfig) -> dict[str, tuple[str, str]]:
    """Return label and unit of each metric by name."""
    labels = {m.name: (m.label, m.unit) for part in config.parts for m in part.metrics}
    return {**labels, COMPETITORS: ("Competitor activity", "of 100")}


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
