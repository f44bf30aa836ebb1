"""The signals, one signal with its evidence, and what people say of it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from classify.correcting import correct
from store.audit import AuditEntry, record_audit
from store.feedback import Feedback, Verdict, feedback_on, record_feedback
from store.kinds import Category, Role
from store.pages.signal import signal_page
from store.pages.signals import SignalFilter, count_signals, signal_lines
from store.pages.sources import rival_names
from store.records import JsonObject
from web.access import LoggedIn, Manager, require_token
from web.errors import ForbiddenError, NotFoundError, RefusedError
from web.listing import NONE_IF_EMPTY, PAGE_SIZE, RowId, SignalQuery, make_pager, week_bounds, week_of
from web.rendering import render
from web.site import site_of
from web.threats import weigh_threats

router = APIRouter(dependencies=[Depends(require_token)])


class FeedbackForm(BaseModel):
    """What a person says of a signal."""

    verdict: Verdict
    category: Annotated[Category | None, Field(default=None), NONE_IF_EMPTY] = None


@router.get("/signals")
def show_signals(request: Request, visitor: LoggedIn, query: Annotated[SignalQuery, Query()]) -> Response:
    """Show the signals, newest first."""
    site, now = site_of(request), site_of(request).now()
    wanted = signal_filter(query)
    with site.database.read() as session:
        total = count_signals(session, wanted)
        lines = signal_lines(session, wanted, PAGE_SIZE, query.offset)
        waiting = count_signals(session, SignalFilter(review=True))
        rivals = rival_names(session)
    return render(
        request,
        "signals.html",
        {
            "lines": lines,
            "query": query,
            "active": query.active(),
            "pager": make_pager("/signals", query, total),
            "waiting": waiting,
            "rivals": rivals,
            "categories": [category for category in Category if category is not Category.NONE],
            "this_week": week_of(now),
        },
    )


@router.get("/signals/{signal_id}")
def show_signal(request: Request, visitor: LoggedIn, signal_id: RowId) -> Response:
    """Show one signal: what happened, why it matters, what proves it, whom it threatens."""
    site, now = site_of(request), site_of(request).now()
    with site.database.read() as session:
        signal = signal_page(session, signal_id)
        said = feedback_on(session, signal_id)
    if signal is None:
        raise NotFoundError("there is no such signal; the list shows all of them")
    return render(
        request,
        "signal.html",
        {
            "signal": signal,
            "threats": weigh_threats(signal.line.threats, now, site.settings.linking),
            "said": said,
            "own": next((item for item in said if item.who == visitor.user.email), None),
            "categories": list(Category),
        },
    )


@router.post("/signals/{signal_id}/feedback")
def give_feedback(
    request: Request, visitor: Manager, signal_id: RowId, form: Annotated[FeedbackForm, Form()]
) -> Response:
    """Keep what a person says of a signal; another category is for analysts to say, and tells it anew."""
    site, now = site_of(request), site_of(request).now()
    if form.verdict is Verdict.CATEGORY and not visitor.may(Role.ANALYST):
        raise ForbiddenError("correcting a category needs the role analyst")
    if (form.verdict is Verdict.CATEGORY) != (form.category is not None):
        raise RefusedError("choose a category to correct to")
    with site.database.write() as session:
        said = _said(session, signal_id, visitor.user.email, form, now)
        if said is None:
            raise NotFoundError("there is no such signal; the list shows all of them")
        record_audit(
            session,
            AuditEntry(
                at=now,
                who=visitor.user.email,
                action="give feedback",
                subject=f"signal:{signal_id}",
                detail={"verdict": form.verdict.value, **said},
                from_address=visitor.address,
            ),
        )
    return RedirectResponse(f"/signals/{signal_id}#feedback", status_code=303)


def _said(session: Session, signal_id: int, who: str, form: FeedbackForm, now: datetime) -> JsonObject | None:
    """Keep the word, as another category if it is one, and return what the record holds; None if nothing has the id."""
    if form.category is not None:
        return correct(session, signal_id, who, now, form.category)
    said = Feedback(signal_id=signal_id, who=who, verdict=form.verdict, at=now)
    return {} if record_feedback(session, said) else None


def signal_filter(query: SignalQuery) -> SignalFilter:
    """Return the filter an address asks for. Raises: RefusedError if there is no such week."""
    bounds = None
    if query.week is not None:
        bounds = week_bounds(query.week)
        if bounds is None:
            raise RefusedError(f"there is no week {query.week}; write it as 2026-W47")
    return SignalFilter(
        rival=query.rival,
        category=query.category,
        since=bounds[0] if bounds else None,
        until=bounds[1] if bounds else None,
        review=True if query.queue == "review" else None,
        text=query.q,
    )
