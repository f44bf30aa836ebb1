"""Digests: what each reader was told about each period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Select, Table, select
from sqlalchemy.orm import Session

from store.inserts import insert_new, inserted
from store.kinds import Category, MailKind
from store.models.people import DigestRow
from store.records import JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One thing a digest told its reader: the sentence as it stood there, under which category, and for which accounts.

    ``category`` None: it was not kept.
    """

    signal_id: int
    headline: str
    accounts: tuple[str, ...] = ()
    category: Category | None = None

    def to_json(self) -> JsonObject:
        """Return the stored shape."""
        return {
            "signal": self.signal_id,
            "headline": self.headline,
            "accounts": list(self.accounts),
            "category": self.category.value if self.category else None,
        }

    @classmethod
    def from_json(cls, data: JsonObject) -> Told:
        """Read what `to_json` wrote."""
        return cls(
            signal_id=data["signal"],
            headline=data["headline"],
            accounts=tuple(data["accounts"]),
            category=Category(data["category"]) if data.get("category") else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestRecord:
    """What a digest held. ``held`` are signals kept back for good by the reader's own preferences or the cap;
    ``corrected`` are those it took back.
    """

    id: int
    kind: MailKind
    period: str
    created_at: datetime
    since: datetime
    until: datetime
    told: tuple[Told, ...] = ()
    held: tuple[int, ...] = ()
    corrected: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestContent:
    """What is stored of a digest when it is made."""

    since: datetime
    until: datetime
    told: tuple[Told, ...] = ()
    held: tuple[int, ...] = ()
    corrected: tuple[int, ...] = ()

    def to_json(self) -> JsonObject:
        """Return the stored shape; ``signals`` are the ids that the mail shows."""
        return {
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            "signals": [told.signal_id for told in self.told],
            "told": [told.to_json() for told in self.told],
            "held": list(self.held),
            "corrected": list(self.corrected),
        }


def add_digest(
    session: Session, subscriber_id: int, kind: MailKind, period: str, content: DigestContent, now: datetime
) -> int | None:
    """Store a digest and return its id; None if that reader has one of this kind and period already."""
    statement = insert_new(session, cast(Table, DigestRow.__table__)).values(
        subscriber_id=subscriber_id,
        kind=kind.value,
        period=period,
        content=content.to_json(),
        created_at=now,
    )
    return inserted(session, statement, DigestRow.id)


def find_digest(session: Session, subscriber_id: int, kind: MailKind, period: str) -> DigestRecord | None:
    """Return a reader's digest of that kind and period."""
    row = session.scalars(_of(subscriber_id, kind, period)).one_or_none()
    return _record(row) if row else None


def digests_of(session: Session, subscriber_id: int, kind: MailKind) -> list[DigestRecord]:
    """Return all digests of that kind of a reader, oldest first."""
    query = (
        select(DigestRow)
        .where(DigestRow.subscriber_id == subscriber_id, DigestRow.kind == kind.value)
        .order_by(DigestRow.id)
    )
    return sorted((_record(row) for row in session.scalars(query)), key=lambda record: record.until)


def _of(subscriber_id: int, kind: MailKind, period: str) -> Select[DigestRow]:
    return select(DigestRow).where(
        DigestRow.subscriber_id == subscriber_id, DigestRow.kind == kind.value, DigestRow.period == period
    )


def _record(row: DigestRow) -> DigestRecord:
    content = row.content
    return DigestRecord(
        id=row.id,
        kind=MailKind(row.kind),
        period=row.period,
        created_at=row.created_at,
        since=datetime.fromisoformat(content["since"]),
        until=datetime.fromisoformat(content["until"]),
        told=tuple(Told.from_json(told) for told in content.get("told", ())),
        held=tuple(content.get("held", ())),
        corrected=tuple(content.get("corrected", ())),
    )
