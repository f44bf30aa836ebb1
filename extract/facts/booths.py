"""Where one stands at an event, and which line of its card says where it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.facts.speakers import is_speakers_line
from extract.values.days import WHEN
from extract.values.normalise import normalise

#: A hall or a table is where one stands only with its number; ``Town Hall`` is a place.
BOOTH = re.compile(
    r"\b(?:booth|stand|stall|monter)\b|\b(?:halle?|table)\s*(?:no\.?\s*)?[a-z]?\d|^\W*(?:halle?|table)\W*$",
    re.I,
)


SENTENCE_WORDS = 5


def booth_of(lines: Sequence[str]) -> str:
    """Return the line that names a booth, or what stands below it if it is the label alone."""
    for number, line in enumerate(lines):
        if BOOTH.search(line):
            below = lines[number + 1 : number + 2]
            return below[0] if below and not re.search(r"\d", line) and re.search(r"\d", below[0]) else line
    return ""


def may_be_place(text: str, speakers: str) -> bool:
    """Return whether a line of a card may say where: it states no booth, no day, no other noise and no speaker."""
    if BOOTH.search(text) or WHEN.search(text) or "<" in normalise(text) or is_speakers_line(text):
        return False
    if len(text.split()) >= SENTENCE_WORDS and text.endswith((".", "!", "?", "…")):
        return False
    return not any(name in text for name in speakers.split(", ") if name)
