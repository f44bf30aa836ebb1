"""How long to pause between two requests to one host. Pure."""

from __future__ import annotations

import random

LABOURING = 1.0  # seconds to the first byte; a page from a cache takes 0.05 to 0.4, a built one up to 1.
LONGEST = 60.0  # seconds between two requests to one host
FIRST_STEP = 1.0  # seconds, where there was no pause at all
OVERLOADED = frozenset({429, 503})
JITTER = 0.25  # A pause is up to this much longer, never shorter: an even beat is what a machine's attack looks like.


def next_pause(pause: float, least: float, latency: float, status: int) -> float:
    """Return the seconds to wait before a host's next request.

    Doubles where the host is overloaded, moves half the way to the latency where it labours, else halves; stays between
    ``least`` (what the settings, the service or robots.txt ask for) and `LONGEST`.
    """
    if status in OVERLOADED:
        wished = max(pause * 2, FIRST_STEP)
    elif latency >= LABOURING:
        wished = max(latency, (pause + latency) / 2)
    else:
        wished = pause / 2 if pause > 0.05 else 0.0
    return max(least, min(wished, LONGEST))


def beat() -> float:
    """Return by what the next pause is stretched."""
    return random.uniform(1, 1 + JITTER)
