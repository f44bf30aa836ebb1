"""Logging in and out, and one's own password."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field

from store.audit import AuditEntry, record_audit
from store.sessions import end_session
from store.users import UserError, change_password, check_login, count_users, record_login
from web.access import LoggedIn, address_of, find_visitor, require_token
from web.errors import TooManyError
from web.rendering import render
from web.sessions import begin_session, drop_session, read_session, visitor_session, write_session
from web.site import site_of

router = APIRouter(dependencies=[Depends(require_token)])
# One sentence for every cause, so that it does not tell which addresses have an account.
REFUSED = "That e-mail address and password do not fit, or there were too many attempts. Wait a while and try again."


class LoginForm(BaseModel):
    """What the log-in form sends."""

    email: str = Field(max_length=320)
    password: str = Field(max_length=1_000)
    next: str = Field(default="/", max_length=2_000)


class PasswordForm(BaseModel):
    """What the form for a new password sends."""

    current: str = Field(max_length=1_000)
    password: str = Field(max_length=1_000)
    again: str = Field(max_length=1_000)


@router.get("/login")
def show_login(request: Request, next: str = "/") -> Response:
    """Show the log-in form; it carries a token like every form."""
    if find_visitor(request) is not None:
        return RedirectResponse(own_path(next), status_code=303)
    return _login_page(request, own_path(next))


@router.post("/login")
def log_in(request: Request, form: Annotated[LoginForm, Form()]) -> Response:
    """Log a person in, or say that it did not work without saying why."""
    site, now, address = site_of(request), site_of(request).now(), address_of(request)
    if site.throttle.is_exhausted(address, now):
        raise TooManyError("too many failed log-ins from your network; wait ten minutes and try again")
    with site.database.read() as session:
        check = check_login(session, form.email, form.password, now)
    with site.database.write() as session:
        record_login(session, check, now)
        if check.user is not None:
            record_audit(
                session,
                AuditEntry(
                    at=now,
                    who=check.user.email,
                    action="log in",
                    subject=f"user:{check.user.email}",
                    from_address=address,
                ),
            )
    if check.user is None:
        site.throttle.count_failure(address, now)
        return _login_page(request, own_path(form.next), email=form.email, problem=REFUSED)
    answer = RedirectResponse(own_path(form.next), status_code=303)
    life = timedelta(hours=site.settings.web.session_hours)
    write_session(answer, site, begin_session(check.user, now, life))
    return answer


@router.post("/logout")
def log_out(request: Request) -> Response:
    """End this session for good, also for whoever may have copied its cookie."""
    site = site_of(request)
    session = read_session(request, site)
    if session is not None and session.user_id:
        with site.database.write() as rows:
            end_session(rows, session.id, session.expires, site.now())
    answer = RedirectResponse("/login", status_code=303)
    drop_session(answer, site)
    return answer


@router.get("/me")
def show_me(request: Request, visitor: LoggedIn, done: str = "") -> Response:
    """Show one's own settings."""
    return render(request, "me.html", {"problem": "", "done": done == "password"})


@router.post("/me/password")
def set_password(request: Request, visitor: LoggedIn, form: Annotated[PasswordForm, Form()]) -> Response:
    """Change one's own password; all other sessions of this person end."""
    site, now = site_of(request), site_of(request).now()
    problem = "" if form.password == form.again else "the two new passwords differ; write the same one twice"
    with site.database.read() as session:
        check = check_login(session, visitor.user.email, form.current, now)
    if check.user is None:
        with site.database.write() as session:
            record_login(session, check, now)
        problem = "the current password is wrong; after several failures you are locked out for a while"
    if not problem:
        try:
            with site.database.write() as session:
                user = change_password(session, visitor.user.email, form.password)
                record_audit(
                    session,
                    AuditEntry(
                        at=now,
                        who=user.email,
                        action="change password",
                        subject=f"user:{user.email}",
                        from_address=visitor.address,
                    ),
                )
        except UserError as error:
            problem = str(error)
    if problem:
        return render(request, "me.html", {"problem": problem, "done": False}, status=400)
    answer = RedirectResponse("/me?done=password", status_code=303)
    write_session(answer, site, begin_session(user, now, timedelta(hours=site.settings.web.session_hours)))
    return answer


def own_path(target: str) -> str:
    """Return the target if it is a path on our own pages, else the start page."""
    is_ours = target.startswith("/") and not target.startswith(("//", "/\\")) and target.isprintable()
    return target if is_ours and not target.startswith("/login") else "/"


def _login_page(request: Request, target: str, email: str = "", problem: str = "") -> Response:
    site = site_of(request)
    session = read_session(request, site)
    if session is None or session.user_id:
        session = visitor_session(site.now())
    with site.database.read() as rows:
        nobody = count_users(rows) == 0
    answer = render(
        request,
        "login.html",
        {"next": target, "email": email, "problem": problem, "token": session.token, "nobody": nobody},
        status=401 if problem else 200,
    )
    write_session(answer, site, session)
    return answer
