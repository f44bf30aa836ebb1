"""What delivering needs of a way out: hand over one mail, and say how it went."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from store.outbox import Mail


class Verdict(StrEnum):
    """How the handing over of one mail ended."""

    TAKEN = "taken"
    LATER = "later"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    LOST_CLAIM = "lost_claim"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The verdict, and the other side's words where it is not *taken*."""

    verdict: Verdict
    words: str = ""


#: Called just before the step that cannot be taken back; False means another process has the mail now.
Point = Callable[[], bool]


class Transport(Protocol):
    """A way out. Opened once a run. `hand_over` and `open` raise DeliveryError when nothing can leave now."""

    def open(self) -> None: ...

    def hand_over(self, mail: Mail, point_of_no_return: Point) -> Outcome: ...

    def close(self) -> None: ...
