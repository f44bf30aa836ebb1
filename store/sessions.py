"""What the web pages keep about log-ins: the secret that signs session cookies, and sessions ended early."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import cast

from sqlalchemy import Table, delete
from sqlalchemy.orm import Session

from store.inserts import insert_new
from store.models.people import MetaRow

SIGNING_ROW = "session-secret"
ENDED_PREFIX = "ended-session:"


def session_secret(session: Session, now: datetime) -> str:
    """Return the secret that signs session cookies; it is made once and kept, so that a restart logs nobody out."""
    row = session.get(MetaRow, SIGNING_ROW)
    if row is None:
        _keep(session, SIGNING_ROW, {"secret": secrets.token_urlsafe(48)}, now)
        row = session.get_one(MetaRow, SIGNING_ROW)
    return str(row.value["secret"])


def end_session(session: Session, session_id: str, expires: datetime, now: datetime) -> None:
    """Refuse a session from now on although its cookie is still signed; what expired meanwhile is forgotten."""
    session.execute(delete(MetaRow).where(MetaRow.key.startswith(ENDED_PREFIX), MetaRow.at < now))
    _keep(session, ENDED_PREFIX + session_id, {}, expires)


def is_ended(session: Session, session_id: str) -> bool:
    """Return whether that session was ended by its user."""
    return session.get(MetaRow, ENDED_PREFIX + session_id) is not None


def _keep(session: Session, key: str, value: dict[str, str], at: datetime) -> None:
    session.execute(insert_new(session, cast(Table, MetaRow.__table__)).values(key=key, value=value, at=at))
