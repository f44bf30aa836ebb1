"""The same as JSON, for the same log-in."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request

from store.pages.accounts import account_lines, account_page
from store.pages.changes import ChangeFilter, change_pages, count_changes
from store.pages.signal import signal_page
from store.pages.signal_proofs import evidence_urls, facts_of
from store.pages.signals import count_signals, signal_lines
from store.pages.sources import source_lines
from store.records import JsonObject
from web.access import LoggedIn
from web.errors import NotFoundError
from web.listing import PAGE_SIZE, AccountQuery, ChangeQuery, RowId, SignalQuery
from web.rendering import today_of
from web.routes.accounts import order_accounts, pick_accounts
from web.routes.signals import signal_filter
from web.shapes import (
    account_json,
    account_line_json,
    change_json,
    signal_json,
    signal_line_json,
    source_json,
)
from web.site import site_of
from web.threats import weigh_exposures

router = APIRouter(prefix="/api/v1")


@router.get("/accounts")
def list_accounts(request: Request, visitor: LoggedIn, query: Annotated[AccountQuery, Query()]) -> JsonObject:
    """Return the accounts; takes the same filters as the page."""
    site = site_of(request)
    with site.database.read() as session:
        lines = account_lines(session, today_of(site.now()))
    if query.scope == "mine":
        lines = [line for line in lines if line.owner == visitor.user.email]
    ordered = order_accounts(pick_accounts(lines, query), query.sort)
    return {"accounts": [account_line_json(line) for line in ordered]}


@router.get("/accounts/{key}")
def get_account(request: Request, visitor: LoggedIn, key: str) -> JsonObject:
    """Return one account with health, exposures and flags."""
    site, now = site_of(request), site_of(request).now()
    linking = site.settings.linking
    with site.database.read() as session:
        account = account_page(session, key, today_of(now), now - linking.window)
        if account is None:
            raise NotFoundError(f"no account {key[:60]!r}; /api/v1/accounts lists them")
        proofs = evidence_urls(session, [line.signal_id for line in account.exposures])
    exposures = weigh_exposures(account.exposures, now, linking)
    return account_json(account, exposures, {signal: found[0][0] for signal, found in proofs.items()})


@router.get("/signals")
def list_signals(request: Request, visitor: LoggedIn, query: Annotated[SignalQuery, Query()]) -> JsonObject:
    """Return one page of signals, newest first; takes the same filters as the page."""
    wanted = signal_filter(query)
    with site_of(request).database.read() as session:
        total = count_signals(session, wanted)
        lines = signal_lines(session, wanted, PAGE_SIZE, query.offset)
        ids = [line.id for line in lines]
        proofs, facts = evidence_urls(session, ids), facts_of(session, ids)
    signals = [signal_line_json(line, facts.get(line.id, {}), proofs.get(line.id, [])) for line in lines]
    return {"signals": signals, "total": total, "page": query.page}


@router.get("/signals/{signal_id}")
def get_signal(request: Request, visitor: LoggedIn, signal_id: RowId) -> JsonObject:
    """Return one signal with its evidence."""
    with site_of(request).database.read() as session:
        signal = signal_page(session, signal_id)
    if signal is None:
        raise NotFoundError(f"no signal {signal_id}; /api/v1/signals lists them")
    return signal_json(signal)


@router.get("/sources")
def list_sources(request: Request, visitor: LoggedIn) -> JsonObject:
    """Return the sources with their states."""
    with site_of(request).database.read() as session:
        return {"sources": [source_json(line) for line in source_lines(session)]}


@router.get("/changes")
def list_changes(request: Request, visitor: LoggedIn, query: Annotated[ChangeQuery, Query()]) -> JsonObject:
    """Return one page of changes, newest first; takes the same filters as the page."""
    wanted = ChangeFilter(rival=query.rival, source=query.source, state=query.state)
    with site_of(request).database.read() as session:
        total = count_changes(session, wanted)
        changes = change_pages(session, wanted, PAGE_SIZE, query.offset)
    return {"changes": [change_json(change) for change in changes], "total": total, "page": query.page}
