"""How sure the category of a signal is, for what rests on it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

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


def certainties_of(session: Session, signal_ids: Collection[int | None]) -> dict[int | None, Certainty]:
    """Return how sure each signal's category is; of what was taken back nobody is asked any more."""
    ids = sorted({signal_id for signal_id in signal_ids if signal_id is not None})
    found: dict[int | None, Certainty] = {}
    for start in range(0, len(ids), BATCH):
        query = select(
            SignalRow.id, SignalRow.confidence, SignalRow.review, SignalRow.held, SignalRow.retracted_at
        )
        for signal_id, confidence, review, held, retracted_at in session.execute(
            query.where(SignalRow.id.in_(ids[start : start + BATCH]))
        ):
            asked = retracted_at is None
            found[signal_id] = Certainty(confidence=confidence, review=review and asked, held=held and asked)
    return found
