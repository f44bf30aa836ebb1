"""The record of what people changed: who, when, what, on what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.models.people import AuditRow

ADDRESS_LIMIT = 60
SUBJECT_LIMIT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One change by a person. ``subject`` names the row, e.g. ``flag:12`` or ``user:ana@example.com``."""

    at: datetime
    who: str
    action: str
    subject: str
    detail: Mapping[str, Any] = field(default_factory=dict)
    from_address: str | None = None


def record_audit(session: Session, entry: AuditEntry) -> None:
    """Store one change by a person."""
    session.add(
        AuditRow(
            at=entry.at,
            who=entry.who,
            action=entry.action,
            subject=entry.subject[:SUBJECT_LIMIT],
            detail=dict(entry.detail),
            from_address=entry.from_address[:ADDRESS_LIMIT] if entry.from_address else None,
        )
    )


def latest_audit(session: Session, limit: int, offset: int = 0) -> list[AuditEntry]:
    """Return changes by people, newest first."""
    query = select(AuditRow).order_by(AuditRow.at.desc(), AuditRow.id.desc()).limit(limit).offset(offset)
    return [_entry(row) for row in session.scalars(query)]


def audit_of(session: Session, subject: str) -> list[AuditEntry]:
    """Return what people changed on one thing, newest first."""
    query = select(AuditRow).where(AuditRow.subject == subject)
    return [_entry(row) for row in session.scalars(query.order_by(AuditRow.at.desc(), AuditRow.id.desc()))]


def _entry(row: AuditRow) -> AuditEntry:
    return AuditEntry(
        at=row.at,
        who=row.who,
        action=row.action,
        subject=row.subject,
        detail=dict(row.detail),
        from_address=row.from_address,
    )
