"""What goes wrong with the sites themselves. None of it is news about a rival."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FaultKind(StrEnum):
    """How a site or source fails."""

    MAINTENANCE = "maintenance"
    ERROR = "error"
    CHALLENGE = "challenge"
    GONE = "gone"
    NOT_A_FEED = "not a feed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A failure of all pages of a rival, or of one source, from week ``first`` to ``last``."""

    rival: str
    kind: FaultKind
    first: int
    last: int = 6
    source: str | None = None


FAULTS = (
    Fault(rival="halcyra", kind=FaultKind.MAINTENANCE, first=2, last=2),
    Fault(rival="halcyra", kind=FaultKind.ERROR, first=3, last=3),
    Fault(rival="nimbrace", kind=FaultKind.CHALLENGE, first=3),
    Fault(rival="brightwarden", kind=FaultKind.GONE, first=5, source="feed"),
    Fault(rival="ledgerlight", kind=FaultKind.NOT_A_FEED, first=5, last=5, source="feed"),
)

#: The home page of this rival shows another headline to every second visitor in these weeks.
VARIANT_RIVAL = "veridune"
VARIANT_WEEKS = (3, 5)
VARIANT_SLOGAN = "Grown-ups only, gently"

#: This rival's site is rebuilt: other markup, class names and order, the same facts.
REDESIGN_RIVAL = "fennmark"
REDESIGN_WEEK = 4


#: Sources that other hosts serve; a rival's own troubles do not reach them.
ELSEWHERE = frozenset({"edgar", "greenhouse", "github-releases", "status"})


def fault_of(rival: str, source: str, week: int) -> FaultKind | None:
    """Return how that source of the rival fails in that week; None if it works."""
    reach = {source} if source in ELSEWHERE else {source, None}
    for fault in FAULTS:
        if fault.rival == rival and fault.source in reach and fault.first <= week <= fault.last:
            return fault.kind
    return None
