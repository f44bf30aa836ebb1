"""The links in mails: they work without a log-in, and looking at them changes nothing."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from store.audit import AuditEntry, record_audit
from store.feedback import Feedback, Verdict, record_feedback
from store.pages.signal import signal_page
from store.subscribers import Subscriber, resubscribe, subscriber_by_token, unsubscribe
from web.access import address_of
from web.errors import NotFoundError
from web.listing import RowId
from web.rendering import render
from web.site import Site, site_of

router = APIRouter()
UNKNOWN_LINK = "this link is not complete or no longer known; copy it whole from the mail"


@router.get("/u/{token}")
def show_unsubscribe(request: Request, token: str) -> Response:
    """Ask before unsubscribing: mail scanners follow links, so a GET changes nothing."""
    return _unsubscribe_page(request, _subscriber(site_of(request), token))


@router.post("/u/{token}")
def do_unsubscribe(request: Request, token: str) -> Response:
    """Stop all mail to the token's owner; also called by mail programs in one click (RFC 8058)."""
    return _switch(request, token, subscribe=False)


@router.post("/u/{token}/again")
def do_resubscribe(request: Request, token: str) -> Response:
    """Let mail go to the token's owner again."""
    return _switch(request, token, subscribe=True)


@router.get("/f/{token}/{signal_id}/{verdict}")
def show_feedback(request: Request, token: str, signal_id: RowId, verdict: Verdict) -> Response:
    """Ask before keeping a reader's word on a signal."""
    return _feedback_page(request, token, signal_id, verdict, done=False)


@router.post("/f/{token}/{signal_id}/{verdict}")
def do_feedback(request: Request, token: str, signal_id: RowId, verdict: Verdict) -> Response:
    """Keep a reader's word on a signal."""
    site = site_of(request)
    reader = _subscriber(site, token)
    _check(verdict)
    with site.database.write() as session:
        feedback = Feedback(signal_id=signal_id, who=reader.key, verdict=verdict, at=site.now())
        if not record_feedback(session, feedback):
            raise NotFoundError(UNKNOWN_LINK)
    return _feedback_page(request, token, signal_id, verdict, done=True)


def _switch(request: Request, token: str, *, subscribe: bool) -> Response:
    site, now = site_of(request), site_of(request).now()
    with site.database.write() as session:
        known = resubscribe(session, token) if subscribe else unsubscribe(session, token, now)
        reader = subscriber_by_token(session, token)
        if not known or reader is None:
            raise NotFoundError(UNKNOWN_LINK)
        record_audit(
            session,
            AuditEntry(
                at=now,
                who=reader.key,
                action="subscribe again" if subscribe else "unsubscribe",
                subject=f"subscriber:{reader.key}",
                from_address=address_of(request),
            ),
        )
    return _unsubscribe_page(request, reader)


def _unsubscribe_page(request: Request, reader: Subscriber) -> Response:
    return render(request, "unsubscribe.html", {"reader": reader})


def _feedback_page(request: Request, token: str, signal_id: int, verdict: Verdict, *, done: bool) -> Response:
    site = site_of(request)
    _subscriber(site, token)
    _check(verdict)
    with site.database.read() as session:
        signal = signal_page(session, signal_id)
    if signal is None:
        raise NotFoundError(UNKNOWN_LINK)
    return render(request, "feedback.html", {"line": signal.line, "verdict": verdict, "done": done})


def _check(verdict: Verdict) -> None:
    if verdict is Verdict.CATEGORY:
        raise NotFoundError(UNKNOWN_LINK)


def _subscriber(site: Site, token: str) -> Subscriber:
    with site.database.read() as session:
        reader = subscriber_by_token(session, token)
    if reader is None:
        raise NotFoundError(UNKNOWN_LINK)
    return reader
