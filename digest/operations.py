"""Mails to those who run Rivalwatch: what does not come in, once and again each week until it is mended."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from config.settings import Settings
from digest.links import Links
from digest.outbox import Envelope, put_in_outbox
from digest.render import Letterhead, RenderedMail, render_page
from digest.words import plain
from store.connections import ConnectionState, connection_states, give_up_imports, note_told
from store.kinds import MailKind, Role
from store.users import User, list_users

AGAIN = timedelta(days=7)
READERS = frozenset({Role.ADMIN, Role.ANALYST})


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A connection that fails, in words."""

    name: str
    error: str
    since: str
    last: str
    tries: int


def tell_of_failures(session: Session, now: datetime, settings: Settings) -> int:
    """Put a mail in the outbox for every analyst and admin if something newly fails; return how many.

    Nobody is told twice within a week, and where there is nobody to tell it stays to be told. A file that nobody tried
    to import again for a week is given up: it was mended under another name, or is not wanted.
    """
    give_up_imports(session, now - AGAIN)
    failing = [state for state in connection_states(session) if state.error and _is_to_tell(state, now)]
    readers = [user for user in list_users(session) if user.active and user.role in READERS]
    if not failing or not readers:
        return 0
    sent = sum(_tell(session, user, failing, now, settings) for user in readers)
    note_told(session, [state.key for state in failing], now)
    return sent


def _is_to_tell(state: ConnectionState, now: datetime) -> bool:
    return state.told_at is None or now - state.told_at >= AGAIN


def _tell(
    session: Session, user: User, failing: Sequence[ConnectionState], now: datetime, settings: Settings
) -> bool:
    links = Links(base_url=settings.web.base_url, token="")
    mail = render_failures(failing, Letterhead(links=links, company=settings.company, name=user.name))
    marks = "\0".join(f"{state.key} {state.failing_since} {state.told_at}" for state in failing)
    envelope = Envelope(
        recipient=user.email,
        name=user.name,
        kind=MailKind.OPERATIONS,
        identity=hashlib.sha256(marks.encode()).hexdigest()[:32],
        links=links,
    )
    return put_in_outbox(session, mail, envelope, settings.mail, now)


def render_failures(failing: Sequence[ConnectionState], letterhead: Letterhead) -> RenderedMail:
    """Return the mail about connections that fail."""
    failures = [_failure(state) for state in failing]
    title = (
        f"{failures[0].name} fails"
        if len(failures) == 1
        else f"{len(failures)} ways by which account data comes in fail"
    )
    values = {
        "title": title,
        "failures": failures,
        "strap": "For those who run it",
        "preheader": plain(failures[0].error, 140),
    }
    return render_page("operations", plain(f"Rivalwatch: {title}", 110), values, letterhead)


def _failure(state: ConnectionState) -> Failure:
    kind, _, rest = state.key.partition(":")
    names = {"file": f"Import of {rest}", "push": f"Metrics pushed by {rest}"}
    return Failure(
        name=plain(names.get(kind, f"Connection {state.key}") if rest else f"Connection {state.key}", 80),
        error=plain(state.error or "", 400),
        since=_day(state.failing_since),
        last=_day(state.last_success_at),
        tries=state.failures,
    )


def _day(moment: datetime | None) -> str:
    return f"{moment:%d %B %Y, %H:%M} UTC" if moment else ""
