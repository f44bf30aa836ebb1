"""Who may log in, and what people changed; for admins."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field

from store.audit import AuditEntry, latest_audit, record_audit
from store.kinds import Role
from store.users import UserError, add_user, disable_user, list_users, reset_user
from web.access import Admin, require_token
from web.errors import RefusedError
from web.listing import PAGE_SIZE, ListQuery
from web.rendering import render
from web.site import site_of

router = APIRouter(dependencies=[Depends(require_token)])


class NewUserForm(BaseModel):
    """A person who shall be able to log in."""

    email: str = Field(max_length=320)
    name: str = Field(max_length=200)
    role: Role
    password: str = Field(max_length=1_000)


class ResetForm(BaseModel):
    """A person's new password."""

    email: str = Field(max_length=320)
    password: str = Field(max_length=1_000)


class UserForm(BaseModel):
    """Which person is meant."""

    email: str = Field(max_length=320)


@router.get("/users")
def show_users(request: Request, visitor: Admin) -> Response:
    """Show who may log in."""
    with site_of(request).database.read() as session:
        users = list_users(session)
    return render(request, "users.html", {"users": users})


@router.post("/users")
def create_user(request: Request, visitor: Admin, form: Annotated[NewUserForm, Form()]) -> Response:
    """Add a person who may log in."""
    now = site_of(request).now()
    try:
        with site_of(request).database.write() as session:
            user = add_user(session, form.email, form.name, form.role, form.password, now)
            record_audit(
                session,
                AuditEntry(
                    at=now,
                    who=visitor.user.email,
                    action="add user",
                    subject=f"user:{user.email}",
                    detail={"role": user.role.value},
                    from_address=visitor.address,
                ),
            )
    except UserError as error:
        raise RefusedError(str(error)) from error
    return RedirectResponse("/users", status_code=303)


@router.post("/users/reset")
def reset_person(request: Request, visitor: Admin, form: Annotated[ResetForm, Form()]) -> Response:
    """Give a person a new password and let them log in again."""
    now = site_of(request).now()
    try:
        with site_of(request).database.write() as session:
            user = reset_user(session, form.email, form.password)
            record_audit(
                session,
                AuditEntry(
                    at=now,
                    who=visitor.user.email,
                    action="reset user",
                    subject=f"user:{user.email}",
                    from_address=visitor.address,
                ),
            )
    except UserError as error:
        raise RefusedError(str(error)) from error
    return RedirectResponse("/users", status_code=303)


@router.post("/users/disable")
def remove_user(request: Request, visitor: Admin, form: Annotated[UserForm, Form()]) -> Response:
    """Let a person log in no longer."""
    now = site_of(request).now()
    if form.email.strip().lower() == visitor.user.email:
        raise RefusedError("you cannot disable yourself; ask another admin")
    try:
        with site_of(request).database.write() as session:
            user = disable_user(session, form.email)
            record_audit(
                session,
                AuditEntry(
                    at=now,
                    who=visitor.user.email,
                    action="disable user",
                    subject=f"user:{user.email}",
                    from_address=visitor.address,
                ),
            )
    except UserError as error:
        raise RefusedError(str(error)) from error
    return RedirectResponse("/users", status_code=303)


@router.get("/audit")
def show_audit(request: Request, visitor: Admin, query: Annotated[ListQuery, Query()]) -> Response:
    """Show what people changed, newest first."""
    with site_of(request).database.read() as session:
        found = latest_audit(session, PAGE_SIZE + 1, query.offset)
    return render(
        request,
        "audit.html",
        {"entries": found[:PAGE_SIZE], "page": query.page, "more": len(found) > PAGE_SIZE},
    )
