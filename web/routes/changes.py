"""What differed, what was suppressed, and what was dropped and why."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from store.kinds import ChangeState, Stage
from store.pages.changes import (
    ChangeFilter,
    DropFilter,
    change_pages,
    count_changes,
    count_drops,
    drop_lines,
    drop_reasons,
    find_change,
    signals_of_change,
)
from store.pages.sources import rival_names
from web.access import LoggedIn
from web.errors import NotFoundError
from web.listing import PAGE_SIZE, ChangeQuery, DropQuery, RowId, make_pager
from web.rendering import render
from web.site import site_of

router = APIRouter()


@router.get("/changes")
def show_changes(request: Request, visitor: LoggedIn, query: Annotated[ChangeQuery, Query()]) -> Response:
    """Show the changes, newest first, whatever became of them."""
    wanted = ChangeFilter(rival=query.rival, source=query.source, state=query.state)
    with site_of(request).database.read() as session:
        total = count_changes(session, wanted)
        changes = change_pages(session, wanted, PAGE_SIZE, query.offset)
        rivals = rival_names(session)
    return render(
        request,
        "changes.html",
        {
            "changes": changes,
            "query": query,
            "active": query.active(),
            "pager": make_pager("/changes", query, total),
            "rivals": rivals,
            "states": list(ChangeState),
        },
    )


@router.get("/changes/{change_id}")
def show_change(request: Request, visitor: LoggedIn, change_id: RowId) -> Response:
    """Show one change with both sides, its facts, and what was suppressed beside it."""
    with site_of(request).database.read() as session:
        change = find_change(session, change_id)
        signals = signals_of_change(session, change_id)
    if change is None:
        raise NotFoundError("there is no such change; the list shows all of them")
    return render(request, "change.html", {"change": change, "signals": signals})


@router.get("/dropped")
def show_drops(request: Request, visitor: LoggedIn, query: Annotated[DropQuery, Query()]) -> Response:
    """Answer: why was this not in my digest?"""
    wanted = DropFilter(
        stage=query.stage, reason=query.reason, source=query.source, rival=query.rival, text=query.q
    )
    with site_of(request).database.read() as session:
        total = count_drops(session, wanted)
        drops = drop_lines(session, wanted, PAGE_SIZE, query.offset)
        reasons = drop_reasons(session)
        rivals = rival_names(session)
    return render(
        request,
        "drops.html",
        {
            "drops": drops,
            "reasons": reasons,
            "query": query,
            "active": query.active(),
            "pager": make_pager("/dropped", query, total),
            "rivals": rivals,
            "stages": list(Stage),
        },
    )
