"""Texts that were encoded twice: UTF-8 read as Windows-1252 and written as UTF-8 again, put right."""

from __future__ import annotations

import re

_FIRST = "ÂÃÄÅÐÑâã"
#: What the first byte of a letter of two or three bytes becomes, before what its other bytes become.
_SIGNS = re.compile(
    rf"[{_FIRST}](?:(?<=[ÂÃÄÅÐÑ])[\u0080-\u00bf\u0152-\u0178\u02c6-\u02dc\u2010-\u2122]"
    r"|(?<=â)(?:€|‚¬)|(?<=ã)[\u0080-\u00bf\u201a-\u2030])"
)
_RUN = re.compile(r"[^\x00-\x7f]+")
FEWEST = 3  # signs of it; fewer are words of a language that has such letters
MOST_PUT_RIGHT = 0.8  # share of the runs with a sign that must come out as text; what a sound template adds has none


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
