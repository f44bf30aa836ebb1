"""How account data comes in: metrics pushed as JSON, and how every connection fares."""

from __future__ import annotations

import json
from collections import Counter
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response

from accounts.checks import check_accounts
from accounts.errors import PushRefusedError
from accounts.push import PUSH, push_metrics
from store.connections import connection_states, note_failure, note_success
from store.push_tokens import PushToken, find_push_token, note_push
from web.access import Analyst, address_of
from web.errors import RefusedError, TooManyError, WebError
from web.rendering import render
from web.site import site_of

router = APIRouter()
SHOWN = 500  # problems on the page; the command lists all


class TokenNeededError(WebError):
    """The request bears no token that may push."""

    status = 401
    title = "Not allowed"


async def _body(request: Request) -> bytes:
    return await request.body()


@router.post("/api/metrics")
def receive_metrics(request: Request, body: Annotated[bytes, Depends(_body)]) -> Response:
    """Take a list of ``{account, metric, period, value}``: all of it, or nothing with every mistake by its row."""
    site = site_of(request)
    token, now = _token(request), site.now()
    try:
        values = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise RefusedError("the body is no JSON; send a list of {account, metric, period, value}") from error
    key = f"{PUSH}:{token.name}"
    try:
        with site.database.write() as session:
            written = push_metrics(session, values)
            note_push(session, token.id, now)
            note_success(session, key, PUSH, now, counts={"metrics": len(values)})
    except PushRefusedError as error:
        with site.database.write() as session:
            note_push(session, token.id, now)
            first = f"{_mistakes_in(error)}, the first: {error.problems[0]}"
            note_failure(session, key, PUSH, first, now)
        return _mistakes(error)
    counts = {"created": written.created, "updated": written.updated, "unchanged": written.unchanged}
    return JSONResponse(counts)


def _token(request: Request) -> PushToken:
    site, address = site_of(request), address_of(request)
    if site.throttle.is_exhausted(address, site.now()):
        raise TooManyError("too many wrong tokens from this address; try again in ten minutes")
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    with site.database.read() as session:
        token = find_push_token(session, given.strip()) if scheme.lower() == "bearer" else None
    if token is None:
        site.throttle.count_failure(address, site.now())
        raise TokenNeededError(
            "send 'Authorization: Bearer …' with a token that 'rivalwatch users token NAME' made"
        )
    return token


def _mistakes(error: PushRefusedError) -> Response:
    problems = [
        {"row": p.row or None, "key": p.column, "message": p.message, "remedy": p.remedy}
        for p in error.problems
    ]
    return JSONResponse({"error": f"{_mistakes_in(error)}; nothing was taken", "problems": problems}, 422)


def _mistakes_in(error: PushRefusedError) -> str:
    found = len(error.problems)
    return f"{found} mistake{'s' if found != 1 else ''}"


@router.get("/data")
def show_intake(request: Request, visitor: Analyst) -> Response:
    """Show how connections, imports and pushes fare, and what is wrong with the accounts' data."""
    site, now = site_of(request), site_of(request).now()
    with site.database.read() as session:
        states = connection_states(session)
        problems = check_accounts(session, now)
    return render(
        request,
        "intake.html",
        {
            "states": states,
            "failing": sum(state.error is not None for state in states),
            "problems": problems[:SHOWN],
            "total": len(problems),
            "counts": sorted(Counter(problem.kind.value for problem in problems).items()),
        },
    )
