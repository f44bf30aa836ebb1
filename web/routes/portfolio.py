"""All accounts together."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from healthmerge.judge import judge
from healthmerge.portfolio import PERIOD, portfolio
from web.access import LoggedIn
from web.listing import NONE_IF_EMPTY
from web.rendering import render
from web.site import site_of

router = APIRouter()
HEADLINES = ("nrr", "grr", "retention", "downgrade_rate", "revenue_at_risk", "clv")


@router.get("/portfolio")
def show_portfolio(
    request: Request,
    visitor: LoggedIn,
    scope: Annotated[Literal["mine", "all"] | None, NONE_IF_EMPTY, Query()] = None,
) -> Response:
    """Show retention, lifetime value, coverage and referrals, of all accounts or one's own."""
    site, now = site_of(request), site_of(request).now()
    owner = visitor.user.email if scope == "mine" else None
    with site.database.read() as session:
        groups = portfolio(session, now, site.health, owner)
        judgement = judge(session, now - PERIOD)
    headlines = [figure for name in HEADLINES for figure in groups[0].figures if figure.name == name]
    return render(
        request,
        "portfolio.html",
        {
            "groups": groups,
            "scope": scope or "all",
            "known": [figure for figure in headlines if figure.known],
            "unknown": [figure for figure in headlines if not figure.known],
            "others": [figure for figure in groups[0].figures if figure.name not in HEADLINES],
            "judgement": judgement,
        },
    )
