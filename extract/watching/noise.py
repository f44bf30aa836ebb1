"""What was not reported, kept with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from store.drops import Drop, record_drops
from store.kinds import Stage
from store.records import Suppressed

#: Differences of one snapshot that are kept.
DROPS = 60


def record_noise(
    session: Session, source_id: int, subject: str, items: Iterable[Suppressed], now: datetime
) -> None:
    """Store what was not reported of a subject."""
    record_drops(session, noise_drops(source_id, subject, items, now))


def noise_drops(source_id: int, subject: str, items: Iterable[Suppressed], now: datetime) -> list[Drop]:
    """Return the drops of what was not reported of a subject, at most `DROPS`."""
    return [
        Drop(
            stage=Stage.EXTRACT,
            reason=item.reason,
            subject=subject,
            at=now,
            source_id=source_id,
            before=item.before,
            after=item.after,
        )
        for item in list(items)[:DROPS]
    ]
