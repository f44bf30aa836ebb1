"""How many failed attempts one network address may make; kept in memory, because a restart may forgive."""

from __future__ import annotations

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from threading import Lock

WINDOW = timedelta(minutes=10)
ALLOWED = 20  # an office behind one address may mistype; a list of stolen passwords is far longer
REMEMBERED = 4_096


class Throttle:
    """Counts failures per address over ten minutes, for the addresses seen last."""

    def __init__(self) -> None:
        self._failures: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._lock = Lock()

    def is_exhausted(self, address: str, now: datetime) -> bool:
        """Return whether that address has failed too often."""
        with self._lock:
            moments = self._failures.get(address)
            return moments is not None and sum(now - moment < WINDOW for moment in moments) >= ALLOWED

    def count_failure(self, address: str, now: datetime) -> None:
        """Remember one failure."""
        with self._lock:
            moments = self._failures.setdefault(address, deque(maxlen=ALLOWED))
            moments.append(now)
            self._failures.move_to_end(address)
            while len(self._failures) > REMEMBERED:
                self._failures.popitem(last=False)
