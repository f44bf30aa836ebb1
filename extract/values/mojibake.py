"""Texts that were encoded twice: UTF-8 read as Windows-1252 and written as UTF-8 again, put right."""

from __future__ import annotations

import re

_FIRST = "ÂÃÄÅÐÑâã"
#: What the second and later bytes of a letter become.
_LATER = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
#: What a letter of two or three bytes becomes.
_SIGNS = re.compile(rf"[ÂÃÄÅÐÑ][{_LATER}]|[âã][{_LATER}]{{2}}")
_RUN = re.compile(r"[^\x00-\x7f]+")
FEWEST = 3  # signs of it; fewer are words of a language that has such letters
MOST_PUT_RIGHT = (
    0.8  # share of the runs with a sign that must come out as text; sound templates add runs without
)


def put_right(text: str) -> str:
    """Return a text that was encoded twice as it was meant, any other text as it is."""
    # Most texts hold none of these letters, and to look for letters is a tenth of the work of looking for signs.
    if not any(letter in text for letter in _FIRST) or len(_SIGNS.findall(text[:200_000])) < FEWEST:
        return text
    runs = set(filter(_SIGNS.search, _RUN.findall(text)))
    meant = {run: decoded for run in runs if (decoded := _decoded(run))}
    if len(meant) < MOST_PUT_RIGHT * len(runs):
        return text
    return _RUN.sub(lambda match: meant.get(match.group(), match.group()), text)


def _decoded(run: str) -> str:
    """Return what a run of letters was before it was read wrongly; empty if it was not."""
    try:
        return b"".join(map(_byte, run)).decode("utf-8")
    except UnicodeError:
        return ""


def _byte(letter: str) -> bytes:
    # The five bytes that Windows-1252 leaves open are read as control characters.
    return letter.encode("latin-1") if "\x80" <= letter <= "\x9f" else letter.encode("cp1252")
