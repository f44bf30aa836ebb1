"""Drops: everything that was not reported, with its stage and reason."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from store.inserts import insert_new
from store.kinds import Stage
from store.models.evidence import DropRow

TEXT_LIMIT = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """Something dropped. ``subject`` names the row it came from, e.g. ``snapshot:12``, ``change:7``, ``signal:3``."""

    stage: Stage
    reason: str
    subject: str
    at: datetime
    source_id: int | None = None
    before: str = ""
    after: str = ""


def record_drops(session: Session, drops: Sequence[Drop]) -> None:
    """Store drops; the same drop of the same subject is stored once."""
    if not drops:
        return
    session.execute(
        insert_new(session, cast(Table, DropRow.__table__)),
        [
            {
                "stage": drop.stage.value,
                "reason": drop.reason,
                "subject": drop.subject,
                "digest": hashlib.sha256(f"{drop.before}\0{drop.after}".encode()).hexdigest(),
                "source_id": drop.source_id,
                "at": drop.at,
                "before": drop.before[:TEXT_LIMIT],
                "after": drop.after[:TEXT_LIMIT],
            }
            for drop in drops
        ],
    )


def drops_since(
    session: Session, since: datetime, source_id: int | None = None, limit: int = 500
) -> list[Drop]:
    """Return drops from ``since`` on, newest first."""
    query = (
        select(DropRow).where(DropRow.at >= since).order_by(DropRow.at.desc(), DropRow.id.desc()).limit(limit)
    )
    if source_id is not None:
        query = query.where(DropRow.source_id == source_id)
    return [
        Drop(
            stage=Stage(row.stage),
            reason=row.reason,
            subject=row.subject,
            at=row.at,
            source_id=row.source_id,
            before=row.before,
            after=row.after,
        )
        for row in session.scalars(query)
    ]
