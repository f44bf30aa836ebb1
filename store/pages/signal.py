"""The page of one signal: everything it says, what proves it, whom it threatens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.models.evidence import ChangeRow, EvidenceRow, SignalRow
from store.models.watch import RivalRow, SourceRow
from store.pages.changes import ChangePage, change_page
from store.pages.signals import SignalLine, signal_line
from store.pages.threats import threats_of
from store.records import JsonObject
from store.relations import Relation, relations_of
from store.wordings import Wording, earlier_wordings


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One proof of a signal, with the change it comes from and why it was told to be of this signal."""

    url: str
    quote: str
    seen_at: datetime
    because: str
    change: ChangePage


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalPage:
    """Everything the page of one signal shows. Not ``linked``: whom it threatens is judged, or judged anew, next."""

    line: SignalLine
    drivers: tuple[object, ...]
    facts: JsonObject
    text: str
    retracted_at: datetime | None
    retraction: str | None
    evidence: tuple[Evidence, ...]
    related: tuple[Relation, ...] = ()
    told_before: tuple[Wording, ...] = ()
    linked: bool = True


def signal_page(session: Session, signal_id: int) -> SignalPage | None:
    """Return everything about one signal."""
    found = session.execute(
        select(SignalRow, RivalRow)
        .join(RivalRow, RivalRow.id == SignalRow.rival_id)
        .where(SignalRow.id == signal_id)
    ).first()
    if found is None:
        return None
    signal, rival = found[0], found[1]
    evidence = _evidence(session, signal_id)
    threats = threats_of(session, [signal_id]).get(signal_id, ())
    return SignalPage(
        line=signal_line(signal, rival, len(evidence), threats),
        drivers=tuple(signal.drivers),
        facts=dict(signal.facts),
        text=signal.text,
        retracted_at=signal.retracted_at,
        retraction=signal.retraction,
        evidence=evidence,
        related=relations_of(session, [signal_id]).get(signal_id, ()),
        told_before=earlier_wordings(session, signal_id),
        linked=signal.linked_at is not None,
    )


def _evidence(session: Session, signal_id: int) -> tuple[Evidence, ...]:
    query = (
        select(EvidenceRow, ChangeRow, SourceRow, RivalRow)
        .join(ChangeRow, ChangeRow.id == EvidenceRow.change_id)
        .join(SourceRow, SourceRow.id == ChangeRow.source_id)
        .join(RivalRow, RivalRow.id == SourceRow.rival_id)
        .where(EvidenceRow.signal_id == signal_id)
        .order_by(EvidenceRow.seen_at.desc(), EvidenceRow.id)
    )
    return tuple(
        Evidence(
            url=row.url,
            quote=row.quote,
            seen_at=row.seen_at,
            because=row.because,
            change=change_page(session, change, source, rival),
        )
        for row, change, source, rival in session.execute(query)
    )
