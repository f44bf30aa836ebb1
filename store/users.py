"""People who may log in: adding, disabling, checking a password, locking out after failures.

UserError (wrong input)
├── UserExistsError
├── UserMissingError
└── WeakPasswordError
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from threading import BoundedSemaphore
from typing import cast

from pwdlib import PasswordHash
from sqlalchemy import Table, func, select, update
from sqlalchemy.orm import Session

from config.errors import InputError
from store.inserts import insert_new
from store.kinds import Role
from store.models.people import UserRow

MIN_PASSWORD = 10
MAX_PASSWORD = 200  # argon2 takes any length; a megabyte of password is an attack, not a password.
EMAIL_LIMIT = 320
FREE_FAILURES = 5  # a person who mistypes four times is never kept waiting
FIRST_LOCK = timedelta(seconds=30)
LONGEST_LOCK = timedelta(hours=1)
# One argon2 check takes 64 MiB and 0.1 to 0.2 s; a flood of log-ins must not take all memory and cores.
_HASHING = BoundedSemaphore(2)
_EMAIL = re.compile(r"[^\s@<>\"'`\x00-\x1f]+@[^\s@<>\"'`\x00-\x1f]+")


class UserError(InputError):
    """A user cannot be added or changed as asked."""


class UserExistsError(UserError):
    """There is already a user with that address."""

    def __init__(self, email: str) -> None:
        self.email = email
        super().__init__(f"user {email} exists already; disable it or choose another address")


class UserMissingError(UserError):
    """There is no user with that address."""

    def __init__(self, email: str) -> None:
        self.email = email
        super().__init__(f"no user {email}; 'rivalwatch users list' shows who may log in")


class WeakPasswordError(UserError):
    """The password is too short, too long, or the address itself."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"{problem}; choose {MIN_PASSWORD} to {MAX_PASSWORD} characters, such as four words")


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person who may log in. ``password_mark`` changes with the password, and so ends older sessions."""

    id: int
    email: str
    name: str
    role: Role
    active: bool
    created_at: datetime
    last_login_at: datetime | None
    locked_until: datetime | None
    password_mark: str


def add_user(session: Session, email: str, name: str, role: Role, password: str, now: datetime) -> User:
    """Add a person who may log in. Raises: UserError if the address is taken or not one, or the password weak."""
    address = normalise_email(email)
    if len(address) > EMAIL_LIMIT or not _EMAIL.fullmatch(address):
        raise UserError(f"not an e-mail address: {address[:60]!r}; write it as name@example.com")
    _check_password(password, address)
    statement = insert_new(session, cast(Table, UserRow.__table__)).values(
        email=address,
        name=name.strip() or address,
        role=role.value,
        password_hash=_hash(password),
        active=True,
        created_at=now,
        failed_logins=0,
    )
    if not session.scalar(statement.returning(UserRow.id)):
        raise UserExistsError(address)
    return _user(_row(session, address))


def list_users(session: Session) -> list[User]:
    """Return all users by address, disabled ones too."""
    return [_user(row) for row in session.scalars(select(UserRow).order_by(UserRow.email))]


def count_users(session: Session) -> int:
    """Return how many people may log in."""
    return session.scalar(select(func.count()).select_from(UserRow).where(UserRow.active)) or 0


def get_user(session: Session, user_id: int) -> User | None:
    """Return the user with that id."""
    row = session.get(UserRow, user_id)
    return _user(row) if row else None


def disable_user(session: Session, email: str) -> User:
    """Let a person log in no longer; their sessions end at once. Raises: UserMissingError."""
    row = _row(session, normalise_email(email))
    row.active = False
    session.flush()
    return _user(row)


def change_password(session: Session, email: str, password: str) -> User:
    """Set a new password; all sessions begun with the old one end. Raises: UserMissingError, WeakPasswordError."""
    row = _row(session, normalise_email(email))
    _check_password(password, row.email)
    row.password_hash = _hash(password)
    row.failed_logins, row.locked_until = 0, None
    session.flush()
    return _user(row)


def reset_user(session: Session, email: str, password: str) -> User:
    """Let a person log in (again) with a new password, disabled or locked out as they may be. Raises: UserError."""
    user = change_password(session, email, password)
    row = _row(session, user.email)
    row.active = True
    session.flush()
    return _user(row)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginCheck:
    """What a log-in attempt came to. ``user_id`` is 0 for unknown, disabled and locked-out users."""

    user: User | None
    user_id: int = 0


def check_login(session: Session, email: str, password: str, now: datetime) -> LoginCheck:
    """Check address and password without writing; `record_login` must follow.

    Unknown, disabled and locked-out users cost the same work as a wrong password, so that time tells nothing.
    """
    row = session.scalar(select(UserRow).where(UserRow.email == normalise_email(email)))
    usable = row is not None and row.active and not _is_locked(row, now)
    fits = _verify(password[:MAX_PASSWORD], row.password_hash if row and usable else _decoy())
    if row is None or not usable:
        return LoginCheck(user=None)
    return LoginCheck(user=_user(row) if fits else None, user_id=row.id)


def record_login(session: Session, check: LoginCheck, now: datetime) -> None:
    """Write what `check_login` found: the log-in, or one more failure (after five, each locks out twice as long)."""
    mine = update(UserRow).where(UserRow.id == check.user_id)
    if check.user is not None:
        session.execute(mine.values(failed_logins=0, locked_until=None, last_login_at=now))
        return
    # The count moves in SQL, so that guesses made side by side all count.
    session.execute(mine.values(failed_logins=UserRow.failed_logins + 1))
    failures = session.scalar(select(UserRow.failed_logins).where(UserRow.id == check.user_id)) or 0
    pause = lock_time(failures)
    session.execute(mine.values(locked_until=now + pause if pause else None))


def authenticate(session: Session, email: str, password: str, now: datetime) -> User | None:
    """Return the user if address and password fit and they may log in, else None; failures are counted.

    The web pages use the two halves, so that no write lock is held while the password is hashed.
    """
    check = check_login(session, email, password, now)
    record_login(session, check, now)
    return check.user


def normalise_email(email: str) -> str:
    """Return the form under which an address is kept: trimmed, lower case."""
    return email.strip().lower()


def as_login(owner: str | None) -> str | None:
    """Return an account's owner in the form of a log-in; files and connected systems write addresses in any case."""
    return normalise_email(owner) if owner else None


def lock_time(failures: int) -> timedelta:
    """Return how long a user is locked out after so many failures in a row."""
    if failures < FREE_FAILURES:
        return timedelta()
    doublings = min(failures - FREE_FAILURES, 16)  # beyond that LONGEST_LOCK holds in any case
    pause: timedelta = FIRST_LOCK * 2**doublings
    return min(pause, LONGEST_LOCK)


def _is_locked(row: UserRow, now: datetime) -> bool:
    return row.locked_until is not None and row.locked_until > now


def _check_password(password: str, email: str) -> None:
    if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
        raise WeakPasswordError(f"the password has {len(password)} characters")
    if password.strip().lower() == email or len(set(password)) < 4:
        raise WeakPasswordError("the password is too easy to guess")


@lru_cache(maxsize=1)
def _hasher() -> PasswordHash:
    return PasswordHash.recommended()


def warm_up() -> None:
    """Make the decoy hash now, so that not even the first unknown address takes longer than a known one."""
    _decoy()


@lru_cache(maxsize=1)
def _decoy() -> str:
    """Return a hash that fits no password anybody knows; checking against it costs what a real check costs."""
    return _hash(hashlib.sha256(b"decoy").hexdigest())


def _hash(password: str) -> str:
    with _HASHING:
        return _hasher().hash(password)


def _verify(password: str, password_hash: str) -> bool:
    with _HASHING:
        return _hasher().verify(password, password_hash)


def _row(session: Session, email: str) -> UserRow:
    row = session.scalar(select(UserRow).where(UserRow.email == email))
    if row is None:
        raise UserMissingError(email)
    return row


def _user(row: UserRow) -> User:
    return User(
        id=row.id,
        email=row.email,
        name=row.name,
        role=Role(row.role),
        active=row.active,
        created_at=row.created_at,
        last_login_at=row.last_login_at,
        locked_until=row.locked_until,
        password_mark=hashlib.sha256(row.password_hash.encode()).hexdigest()[:16],
    )
