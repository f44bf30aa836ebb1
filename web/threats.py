"""Exposures as they weigh today: decayed with age, the heaviest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from config.settings import LinkingSettings
from linking.decay import decayed
from store.pages.accounts import ExposureLine
from store.pages.threats import Threat


@dataclass(frozen=True, slots=True, kw_only=True)
class WeighedExposure:
    """A signal's threat to an account; ``now`` is its score in [0, 1] today."""

    line: ExposureLine
    now: float
    counts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WeighedThreat:
    """An account a signal threatens; ``now`` is its score in [0, 1] today."""

    line: Threat
    now: float


def weigh_exposures(
    lines: Sequence[ExposureLine], now: datetime, linking: LinkingSettings
) -> list[WeighedExposure]:
    """Return the exposures with today's scores, heaviest first; then those held for review, retracted ones last."""
    weighed = [
        WeighedExposure(
            line=line,
            now=score,
            counts=score >= linking.threshold and not line.retracted and not line.held,
        )
        for line in lines
        for score in [decayed(line.score, line.observed_at, now, linking.half_life)]
    ]
    return sorted(weighed, key=lambda item: (item.line.retracted, item.line.held, -item.now))


def weigh_threats(lines: Sequence[Threat], now: datetime, linking: LinkingSettings) -> list[WeighedThreat]:
    """Return the threatened accounts with today's scores, heaviest first."""
    weighed = [
        WeighedThreat(line=line, now=decayed(line.score, line.observed_at, now, linking.half_life))
        for line in lines
    ]
    return sorted(weighed, key=lambda item: (-item.now, item.line.account_key))
