"""How an exposure fades."""

from __future__ import annotations

from datetime import datetime, timedelta


def decayed(score: float, observed_at: datetime, now: datetime, half_life: timedelta) -> float:
    """Return what is left of a score: half of it after each half-life; the future counts as now."""
    age = max(timedelta(0), now - observed_at)
    return float(score * 0.5 ** (age / half_life))
