"""What every connected system shares: its secrets, patience with its limits, and what a read gives."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TypeVar

from accounts.errors import PASSING, ConnectionFailedError, Trouble
from config.connections import ConnectionConfig
from store.connections import Item, ItemKind
from store.records import JsonObject

T = TypeVar("T")
Wait = Callable[[float], None]

ATTEMPTS = 4
LONGEST_WAIT = 120.0  # seconds; who asks for more is asked again at the next regular read
OVERLAP = timedelta(
    minutes=10
)  # read again before the last read's beginning: their clocks and commits lag ours
SHOWN_DETAIL = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """A connection with its secrets. ``wait`` is what passes time; tests give one that does not."""

    config: ConnectionConfig
    secrets: Mapping[str, str]
    now: datetime
    wait: Wait = field(default=time.sleep)

    def secret(self, part: str) -> str | None:
        """Return one of the connection's secrets, None if its variable is not set."""
        return self.secrets.get(self.config.variable(part))

    def require_secrets(self) -> None:
        """Raise ConnectionFailedError naming the variables, unless one full set of them is there."""
        if any(all(self.secret(part) for part in parts) for parts in self.config.needs):
            return
        sets = [" and ".join(self.config.variable(part) for part in parts) for parts in self.config.needs]
        raise self.failure(
            Trouble.CREDENTIALS, f"no credentials; set the environment variable {', or '.join(sets)}"
        )

    def failure(
        self, reason: Trouble, detail: str, retry_after: float | None = None
    ) -> ConnectionFailedError:
        """Return the error for this connection; what the system said is kept to one line."""
        plain = "".join(char if char.isprintable() else " " for char in detail)
        return ConnectionFailedError(
            self.config.key, reason, " ".join(plain.split())[:SHOWN_DETAIL], retry_after
        )

    def expired(self) -> ConnectionFailedError:
        """Return the error for credentials that are no longer, or not, accepted."""
        names = " or ".join(self.config.variable(part) for parts in self.config.needs for part in parts)
        return self.failure(
            Trouble.CREDENTIALS,
            f"the credentials are expired or not accepted; make new ones and set {names}",
        )

    def patiently(self, ask: Callable[[], T]) -> T:
        """Return what a request gives; trouble that may pass is waited out, as long as the system asks for."""
        for attempt in range(ATTEMPTS):
            try:
                return ask()
            except ConnectionFailedError as error:
                pause = error.retry_after if error.retry_after is not None else 2.0**attempt
                if error.reason not in PASSING or attempt + 1 == ATTEMPTS or pause > LONGEST_WAIT:
                    raise
                self.wait(pause)
        raise AssertionError("the last attempt returns or raises")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pull:
    """What a read gave. ``full`` reads leave out what is no more; ``cursor`` is where the next read begins."""

    items: tuple[Item, ...]
    cursor: JsonObject
    full: bool
    gone: tuple[tuple[ItemKind, str], ...] = ()


def since_of(cursor: Mapping[str, object]) -> datetime | None:
    """Return from when on the next read must look, None for everything."""
    found = cursor.get("since")
    return datetime.fromisoformat(found) if isinstance(found, str) else None


def cursor_at(now: datetime, **more: object) -> JsonObject:
    """Return the cursor after a read that began at ``now``."""
    return {"since": (now - OVERLAP).astimezone(UTC).isoformat(), **more}


def seconds_to_wait(header: str | None, now: datetime) -> float | None:
    """Return what ``Retry-After`` asks for: seconds, or a moment."""
    if header is None:
        return None
    try:
        return max(0.0, float(header))
    except ValueError:
        pass
    try:
        return max(0.0, (parsedate_to_datetime(header) - now).total_seconds())
    except (ValueError, TypeError):
        return None
