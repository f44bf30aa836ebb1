"""The session cookie: signed, short-lived, and worth nothing after log-out, a new password or a disabled user."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from fastapi import Request, Response
from itsdangerous import BadSignature, URLSafeSerializer
from pydantic import BaseModel, ConfigDict, ValidationError

from store.users import User
from web.site import Site

COOKIE = "rivalwatch_session"
VISITOR_LIFE = timedelta(hours=2)  # how long a log-in form may stand open


class _Payload(BaseModel):
    """What the cookie says; it is signed, yet read as strictly as any input."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    i: str
    u: int
    m: str
    c: str
    e: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionCookie:
    """A session. ``user_id`` is 0 for a visitor who has not logged in; ``token`` must stand in every form."""

    id: str
    user_id: int
    password_mark: str
    token: str
    expires: datetime


def begin_session(user: User, now: datetime, life: timedelta) -> SessionCookie:
    """Return a new session for a person who has just logged in."""
    return SessionCookie(
        id=secrets.token_urlsafe(12),
        user_id=user.id,
        password_mark=user.password_mark,
        token=secrets.token_urlsafe(24),
        expires=now + life,
    )


def visitor_session(now: datetime) -> SessionCookie:
    """Return a session for somebody not logged in, so that even the log-in form carries a token."""
    return SessionCookie(
        id=secrets.token_urlsafe(12),
        user_id=0,
        password_mark="",
        token=secrets.token_urlsafe(24),
        expires=now + VISITOR_LIFE,
    )


def write_session(response: Response, site: Site, session: SessionCookie) -> None:
    """Put the session into the answer's cookie."""
    payload = _Payload(
        i=session.id,
        u=session.user_id,
        m=session.password_mark,
        c=session.token,
        e=int(session.expires.timestamp()),
    )
    response.set_cookie(
        _cookie_name(site),
        _serializer(site).dumps(payload.model_dump()),
        max_age=int((session.expires - site.now()).total_seconds()),
        path="/",
        secure=site.is_https,
        httponly=True,
        samesite="lax",
    )


def drop_session(response: Response, site: Site) -> None:
    """Take the session's cookie back."""
    response.delete_cookie(_cookie_name(site), path="/", secure=site.is_https, httponly=True, samesite="lax")


def read_session(request: Request, site: Site) -> SessionCookie | None:
    """Return the session the request's cookie proves, or None if there is none, it is forged or has expired."""
    cookie = request.cookies.get(_cookie_name(site))
    if not cookie:
        return None
    try:
        payload = _Payload.model_validate(_serializer(site).loads(cookie))
    except (BadSignature, ValidationError):
        return None
    expires = datetime.fromtimestamp(payload.e, UTC)
    if expires <= site.now():
        return None
    return SessionCookie(
        id=payload.i, user_id=payload.u, password_mark=payload.m, token=payload.c, expires=expires
    )


def _cookie_name(site: Site) -> str:
    # The prefix makes browsers refuse such a cookie from a sub-domain or without HTTPS.
    return f"__Host-{COOKIE}" if site.is_https else COOKIE


def _serializer(site: Site) -> URLSafeSerializer:
    return URLSafeSerializer(site.secret, salt="session")
