"""``users``: who may log in."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Annotated

import typer

from config.errors import InputError
from service.context import context_of, current_time
from service.output import print_note, print_table, print_text

app = typer.Typer(help="People who may log in.", no_args_is_help=True)


@app.command("add")
def add(
    context: typer.Context,
    email: str,
    role: Annotated[str, typer.Option(help="admin, analyst, manager or viewer.")] = "viewer",
    name: Annotated[str | None, typer.Option(help="Shown on the pages.")] = None,
    password: Annotated[str | None, typer.Option(help="Made and printed once if absent.")] = None,
) -> None:
    """Add a person who may log in."""
    from store.kinds import Role
    from store.users import add_user

    try:
        wanted = Role(role)
    except ValueError:
        known = ", ".join(item.value for item in Role)
        raise InputError(f"unknown role '{role}'; known are {known}") from None
    chosen = secrets.token_urlsafe(12) if password is None else password
    with context_of(context).database() as database, database.write() as session:
        add_user(session, email, name or email.partition("@")[0], wanted, chosen, current_time())
    print_text(f"added {email} as {wanted.value}")
    if password is None:
        print_note(f"password (shown once): {chosen}")


@app.command("list")
def list_people(context: typer.Context) -> None:
    """List the people who may log in."""
    from store.users import list_users

    with context_of(context).database() as database, database.read() as session:
        rows = list_users(session)
    print_table(
        ("email", "name", "role", "active", "last login"),
        (
            (
                user.email,
                user.name,
                user.role.value,
                "yes" if user.active else "no",
                _minute(user.last_login_at),
            )
            for user in rows
        ),
        "nobody may log in yet; 'rivalwatch users add you@example.com --role admin' adds somebody",
    )


def _minute(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else "never"


@app.command("disable")
def disable(context: typer.Context, email: str) -> None:
    """Take a person's access away; their open sessions end too."""
    from store.users import disable_user

    with context_of(context).database() as database, database.write() as session:
        disable_user(session, email)
    print_text(f"disabled {email}")


@app.command("reset")
def reset(context: typer.Context, email: str) -> None:
    """Give a person a new password (printed once) and let them in again."""
    from store.users import reset_user

    chosen = secrets.token_urlsafe(12)
    with context_of(context).database() as database, database.write() as session:
        reset_user(session, email, chosen)
    print_text(f"{email} may log in again")
    print_note(f"password (shown once): {chosen}")


@app.command("token")
def token(context: typer.Context, name: str) -> None:
    """Make a token with which a program may push metrics (printed once); an older one of that name ends."""
    from store.push_tokens import make_push_token

    with context_of(context).database() as database, database.write() as session:
        made = make_push_token(session, name, current_time())
    print_text(f"{name} may push metrics to POST /api/metrics")
    print_note(f"token (shown once): {made}")


@app.command("tokens")
def list_tokens(context: typer.Context) -> None:
    """List the programs that may push metrics."""
    from store.push_tokens import list_push_tokens

    with context_of(context).database() as database, database.read() as session:
        tokens = list_push_tokens(session)
    print_table(
        ("name", "made", "last used", "revoked"),
        (
            (
                found.name,
                _minute(found.created_at),
                _minute(found.last_used_at),
                _minute(found.revoked_at) if found.revoked_at else "",
            )
            for found in tokens
        ),
        "no program may push metrics; 'rivalwatch users token NAME' lets one",
    )


@app.command("revoke")
def revoke(context: typer.Context, name: str) -> None:
    """Take a program's token away."""
    from store.push_tokens import revoke_push_token

    with context_of(context).database() as database, database.write() as session:
        revoke_push_token(session, name, current_time())
    print_text(f"{name} may push no longer")
