"""Is a line of a changelog about one mended fault?"""

from __future__ import annotations

import re

_MENDED = re.compile(
    r"(?:v?\d+(?:\.\d+)+[\s.:–-]*)?(?:bug ?|hot)?fix(?:e[sd])?\b(?!-)(?!.*\b(?:security|vulnerab|cve-))"
)
A_LINE = 25  # Words; what tells of more than one mended fault is longer.


def is_one_fix(text: str) -> bool:
    """Return True for a line of a changelog that tells of one mended fault, which is no news (docs/taxonomy.md)."""
    return _MENDED.match(text.lower()) is not None and len(text.split()) <= A_LINE
