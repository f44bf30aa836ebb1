"""When will an account be green again, if nothing new comes?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from config.health import HealthConfig
from config.settings import LinkingSettings
from healthmerge.activity import activity_index
from healthmerge.score import Merged, score_parts
from store.exposures import Exposure
from store.kinds import Band


def green_again(
    config: HealthConfig,
    linking: LinkingSettings,
    merged: Merged,
    values: Mapping[str, float],
    exposures: Sequence[Exposure],
    now: datetime,
) -> date | None:
    """Return the first day on which decay alone makes the account green; None if it is green, or decay is not enough.

    All metrics are taken to stay as they are. An account that is not green must pass the limit by the hysteresis.
    """
    if merged.band not in (Band.YELLOW, Band.RED) or merged.without is None:
        return None
    wanted = min(100.0, config.bands.green + config.bands.hysteresis)
    if merged.without < wanted:
        return None
    # Exposures only fade and leave the window, so the score only rises: halving the interval finds the first day.
    low, high = 0, linking.window.days + 1
    while high - low > 1:
        middle = (low + high) // 2
        if _score(config, linking, values, exposures, now + timedelta(days=middle)) >= wanted:
            high = middle
        else:
            low = middle
    return (now + timedelta(days=high)).date()


def _score(
    config: HealthConfig,
    linking: LinkingSettings,
    values: Mapping[str, float],
    exposures: Sequence[Exposure],
    at: datetime,
) -> float:
    return score_parts(config, values, activity_index(exposures, at, linking)).score or 0.0
