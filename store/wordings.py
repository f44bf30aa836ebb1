"""How a signal was told before an analyst corrected its category: in the record of what people changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from store.audit import audit_of
from store.kinds import Category
from store.records import JsonObject
from store.signals import Meaning

BEFORE = "before"  # Where the detail of an audit entry holds the words that stood until then.


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What a signal said until ``at``, when ``who`` gave it another category; impact in [0, 1] with its drivers."""

    at: datetime
    who: str
    category: Category
    headline: str
    why: str
    impact: float
    drivers: Sequence[str] = ()

    def to_json(self) -> JsonObject:
        """Return the shape that ``signals show`` gives."""
        return {
            "until": self.at.isoformat(),
            "corrected_by": self.who,
            "category": self.category.value,
            "headline": self.headline,
            "why": self.why,
            "impact": round(self.impact, 4),
            "drivers": list(self.drivers),
        }


def wording_json(meaning: Meaning) -> JsonObject:
    """Return what the record of a correction keeps of the words that stood before."""
    return {
        "category": meaning.category.value,
        "headline": meaning.headline,
        "why": meaning.why,
        "impact": meaning.impact,
        "drivers": list(meaning.drivers),
        "facts": meaning.facts,
    }


def earlier_wordings(session: Session, signal_id: int) -> tuple[Wording, ...]:
    """Return how a signal was told before each correction of its category, the latest first."""
    entries = audit_of(session, f"signal:{signal_id}")
    return tuple(
        Wording(
            at=entry.at,
            who=entry.who,
            category=Category(before["category"]),
            headline=before["headline"],
            why=before["why"],
            impact=before["impact"],
            drivers=tuple(before["drivers"]),
        )
        for entry in entries
        if (before := entry.detail.get(BEFORE))
    )
