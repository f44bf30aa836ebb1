"""Text folded for matching (lower case, no accents, plain quotes), with the way back to the original places."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_LETTERS = {"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
_SIGNS = {
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "`": "'",
    "“": '"',
    "”": '"',
    "–": "-",
    "—": "-",
    "‑": "-",
    "&": "and",
}
SENTENCE_END = re.compile(r"(?<=[.!?])[\"')\]]*\s+(?=[\"'(\[]?[^\Wa-z_]|[\"'(\[]?\d)|\n+|(?<=\w)\s+[|•]\s+")
ABBREVIATIONS = re.compile(
    r"\b(?:inc|ltd|corp|co|plc|mr|mrs|ms|dr|prof|st|vs|no|jr|sr|u\.s|u\.k|e\.g|i\.e|approx|[a-z])\.$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; ``places[i]`` is the index in the original of the folded character ``i``."""

    original: str
    text: str
    places: tuple[int, ...]

    def surface(self, start: int, end: int) -> str:
        """Return the original characters of a folded range."""
        return self.original[self.places[start] : self.places[end - 1] + 1]


def fold(text: str) -> Folded:
    """Return the folded text: lower case, accents off, white space and hyphens as one space each."""
    out: list[str] = []
    places: list[int] = []
    for index, char in enumerate(text):
        for plain in _plain(char):
            if plain == " " and out and out[-1] == " ":
                continue
            out.append(plain)
            places.append(index)
    return Folded(original=text, text="".join(out), places=tuple(places))


# The same sentences and names are folded by every rule; the cache holds a few signals and ten thousand accounts' words.
@lru_cache(maxsize=50_000)
def fold_text(text: str) -> str:
    """Return only the folded text, without outer blanks."""
    return fold(text).text.strip()


def _plain(char: str) -> str:
    if char.isspace() or char in "-‑–—_":
        return " "
    if char in _SIGNS:
        return _SIGNS[char]
    lowered = char.lower()
    if lowered in _LETTERS:
        return _LETTERS[lowered]
    return "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))


def sentences(text: str) -> list[str]:
    """Return the sentences of a text; abbreviations such as ``Inc.`` do not end one."""
    parts: list[str] = []
    start = 0
    for match in SENTENCE_END.finditer(text):
        if "\n" not in match.group() and ABBREVIATIONS.search(text[start : match.start()]):
            continue
        parts.append(text[start : match.end()].strip())
        start = match.end()
    parts.append(text[start:].strip())
    return [part for part in parts if part]
