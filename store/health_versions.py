"""The versions of ``health.yaml`` that were in force, so that each score says by which rules it was made."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.models.accounts import HealthRow
from store.models.health import HealthVersionRow
from store.records import JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthVersion:
    """A configuration of health as it was in force; ``rows`` counts the health rows that it made."""

    id: int
    digest: str
    content: JsonObject
    first_used_at: datetime
    last_used_at: datetime
    rows: int = 0


def record_version(session: Session, content: JsonObject, now: datetime) -> int:
    """Return the id of the version with that content, which is kept when it is seen for the first time."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    digest = hashlib.sha256(text.encode()).hexdigest()
    row = session.scalars(select(HealthVersionRow).where(HealthVersionRow.digest == digest)).one_or_none()
    if row is None:
        row = HealthVersionRow(digest=digest, content=content, first_used_at=now, last_used_at=now)
        session.add(row)
    row.last_used_at = max(row.last_used_at, now)
    session.flush()
    return row.id


def list_versions(session: Session) -> list[HealthVersion]:
    """Return all versions, the newest first."""
    query = (
        select(HealthRow.version_id, func.count())
        .where(HealthRow.version_id.is_not(None))
        .group_by(HealthRow.version_id)
    )
    counts = {row.version_id: int(row[1]) for row in session.execute(query)}
    return [
        HealthVersion(
            id=row.id,
            digest=row.digest,
            content=dict(row.content),
            first_used_at=row.first_used_at,
            last_used_at=row.last_used_at,
            rows=counts.get(row.id, 0),
        )
        for row in session.scalars(select(HealthVersionRow).order_by(HealthVersionRow.id.desc()))
    ]


def version_content(session: Session, version_id: int | None) -> JsonObject:
    """Return the content of a version; empty if none is named or kept."""
    row = session.get(HealthVersionRow, version_id) if version_id is not None else None
    return dict(row.content) if row else {}
