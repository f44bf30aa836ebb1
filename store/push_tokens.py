"""Tokens of programs that push metrics. A token is shown once, when it is made; only its digest is kept."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.errors import InputError
from store.models.connections import PushTokenRow

_PREFIX = "rwp_"  # so that a leaked token is told for what it is


class PushTokenError(InputError):
    """A token cannot be made or revoked as asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PushToken:
    """A program that may push metrics."""

    id: int
    name: str
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


def make_push_token(session: Session, name: str, now: datetime) -> str:
    """Return a new token for a program; one that it had before is worth nothing from now on."""
    plain = " ".join(name.split())
    if not 1 <= len(plain) <= 100 or not plain.isprintable():
        raise PushTokenError(
            "the name of a token has 1 to 100 letters; name it after the program that uses it"
        )
    token = _PREFIX + secrets.token_urlsafe(32)
    row = session.scalar(select(PushTokenRow).where(PushTokenRow.name == plain))
    if row is None:
        row = PushTokenRow(name=plain, created_at=now, token_sha256="")
        session.add(row)
    row.token_sha256, row.created_at, row.last_used_at, row.revoked_at = _digest(token), now, None, None
    session.flush()
    return token


def revoke_push_token(session: Session, name: str, now: datetime) -> None:
    """Take a program's access away. Raises: PushTokenError if there is none of that name."""
    row = session.scalar(select(PushTokenRow).where(PushTokenRow.name == name))
    if row is None:
        raise PushTokenError(f"no token '{name}'; 'rivalwatch users tokens' lists them")
    row.revoked_at = row.revoked_at or now
    session.flush()


def list_push_tokens(session: Session) -> list[PushToken]:
    """Return all tokens by name, revoked ones too."""
    return [_token(row) for row in session.scalars(select(PushTokenRow).order_by(PushTokenRow.name))]


def find_push_token(session: Session, token: str) -> PushToken | None:
    """Return whose token this is; None for unknown and revoked ones.

    The digest is looked up, so no comparison takes longer for a better guess; 256 random bits need no slow hash.
    """
    row = session.scalar(select(PushTokenRow).where(PushTokenRow.token_sha256 == _digest(token)))
    return _token(row) if row and row.revoked_at is None else None


def note_push(session: Session, token_id: int, now: datetime) -> None:
    """Remember when a token was last used."""
    session.get_one(PushTokenRow, token_id).last_used_at = now


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _token(row: PushTokenRow) -> PushToken:
    return PushToken(
        id=row.id,
        name=row.name,
        created_at=row.created_at,
        last_used_at=row.last_used_at,
        revoked_at=row.revoked_at,
    )
