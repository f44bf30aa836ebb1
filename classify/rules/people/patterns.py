"""What can become of a person."""

from __future__ import annotations

from typing import Final

APPOINTED: Final = "appointed"
PROMOTED: Final = "promoted"
DEPARTED: Final = "departed"
