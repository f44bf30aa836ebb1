"""When will an account be green again, if nothing new comes?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from config.health import HealthConfig
from config.settings import LinkingSettings
from healthmerge.activity import activity_index
from healthmerge.figures import Figures
from healthmerge.points import NO_PEERS, Peers
from healthmerge.score import Merged, score_parts
from store.exposures import Exposure
from store.kinds import Band


def green_again(
    config: HealthConfig,
    linking: LinkingSettings,
    merged: Merged,
    figures: Figures,
    exposures: Sequence[Exposure],
    now: datetime,
    peers: Peers = NO_PEERS,
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
        index = activity_index(exposures, now + timedelta(days=middle), linking)
        score = score_parts(config, figures.values, index, stale=figures.stale, peers=peers).score
        if (score or 0.0) >= wanted:
            high = middle
        else:
            low = middle
    return (now + timedelta(days=high)).date()
