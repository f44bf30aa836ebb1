"""How sure the category of a signal is, for what rests on it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.models.evidence import SignalRow

BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Certainty:
    """How sure a category is, in [0, 1]; ``review``: an analyst is asked about it, ``held``: kept back until then."""

    confidence: float
    review: bool = False
    held: bool = False


#: What a query selects of a signal for `certainty_from`.
CERTAINTY = (SignalRow.confidence, SignalRow.review, SignalRow.held, SignalRow.retracted_at)


def certainty_from(
    confidence: float | None, review: bool | None, held: bool | None, retracted_at: datetime | None
) -> Certainty | None:
    """Return what the columns `CERTAINTY` say, None without a signal; what was taken back is asked about no more."""
    if confidence is None:
        return None
    asked = retracted_at is None
    return Certainty(confidence=confidence, review=bool(review) and asked, held=bool(held) and asked)


def certainties_of(session: Session, signal_ids: Collection[int | None]) -> dict[int | None, Certainty]:
    """Return how sure the category of each signal is."""
    ids = sorted({signal_id for signal_id in signal_ids if signal_id is not None})
    found: dict[int | None, Certainty] = {}
    for start in range(0, len(ids), BATCH):
        query = select(SignalRow.id, *CERTAINTY).where(SignalRow.id.in_(ids[start : start + BATCH]))
        for signal_id, confidence, review, held, retracted_at in session.execute(query):
            certainty = certainty_from(confidence, review, held, retracted_at)
            if certainty is not None:
                found[signal_id] = certainty
    return found
