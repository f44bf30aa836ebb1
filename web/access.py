"""Who asks, and what may they do?

Roles include those below them: admin > analyst > manager > viewer. A viewer reads; a manager also acts on flags and
says whether a signal was useful; an analyst also corrects categories and sees every reader's mails; an admin also
manages users and reads the record of changes.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData

from store.kinds import Role
from store.sessions import is_ended
from store.users import User, get_user
from web.errors import ForbiddenError, LoginNeededError
from web.sessions import SessionCookie, read_session
from web.site import site_of

_RANK = {role: rank for rank, role in enumerate(reversed(list(Role)))}


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """The person who asks, with their session."""

    user: User
    session: SessionCookie
    address: str

    def may(self, role: Role) -> bool:
        """Return whether this person's role includes that role."""
        return _RANK[self.user.role] >= _RANK[role]


def find_visitor(request: Request) -> Visitor | None:
    """Return who asks; None if nobody is logged in or the session is worth nothing any more."""
    site = site_of(request)
    session = read_session(request, site)
    if session is None or not session.user_id:
        return None
    with site.database.read() as rows:
        user = get_user(rows, session.user_id)
        if user is None or not user.active or is_ended(rows, session.id):
            return None
    if not _is_same(user.password_mark, session.password_mark):
        return None
    return Visitor(user=user, session=session, address=address_of(request))


def address_of(request: Request) -> str:
    """Return the network address a request came from."""
    return request.client.host if request.client else "unknown"


def require_visitor(request: Request) -> Visitor:
    """Return who asks. Raises: LoginNeededError."""
    visitor = find_visitor(request)
    if visitor is None:
        raise LoginNeededError(request.url.path + (f"?{request.url.query}" if request.url.query else ""))
    request.state.visitor = visitor
    return visitor


def at_least(role: Role) -> Callable[[Visitor], Visitor]:
    """Return a dependency that lets only people of that role (or one that includes it) through."""

    def check(visitor: LoggedIn) -> Visitor:
        if not visitor.may(role):
            raise ForbiddenError(f"this needs the role {role.value}; you are {visitor.user.role.value}")
        return visitor

    return check


async def require_token(request: Request) -> None:
    """Raise ForbiddenError unless a form that changes something bears the session's token."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    session = read_session(request, site_of(request))
    form: FormData = await request.form()
    given = form.get("token")
    if session is None or not isinstance(given, str) or not _is_same(given, session.token):
        raise ForbiddenError("this form is too old or came from another site; go back, reload and try again")


def _is_same(given: str, secret: str) -> bool:
    # As bytes: compare_digest refuses strings beyond ASCII, and a stranger may send any.
    return secrets.compare_digest(given.encode(), secret.encode())


LoggedIn = Annotated[Visitor, Depends(require_visitor)]
Manager = Annotated[Visitor, Depends(at_least(Role.MANAGER))]
Analyst = Annotated[Visitor, Depends(at_least(Role.ANALYST))]
Admin = Annotated[Visitor, Depends(at_least(Role.ADMIN))]
