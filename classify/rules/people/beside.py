"""People whom a text names beside the matter: whom somebody reports to, who signs, who is only rumoured to move."""

from __future__ import annotations

import re
from typing import Final

_BEFORE: Final = re.compile(
    r"(?:\b(?i:report(?:s|ing|ed)?)\s+(?:directly\s+)?to\s[^.;]{0,60}?|\b(?i:enquir(?:y|ies)|inquir(?:y|ies)|questions|queries|requests|applications|cards|flowers)\s+(?:[a-z]+\s+){0,3}to\s+|\b(?i:contact|call|email|write\s+to):?\s+|\b(?i:signed|represented|interviewed|led|chaired|announced|said)\s(?:[^.;]{0,50}\s)?by\s(?:[^.;,]{0,40}\s)?)$"
)
_UNSURE: Final = re.compile(
    r"\b(?:den(?:y|ies|ied)|rumou?rs?|rumou?red|speculation|call(?:s|ed|ing)?\s+(?:on|for)|urge[sd]?|demands?|wide\s+of\s+the\s+mark|under\s+pressure|tipped|refuses?|rejects?)\b[^.;]{0,90}$",
    re.IGNORECASE,
)
_ONE_OF_BEFORE: Final = re.compile(
    r"\b(?:following|after|like|alongside|joining)\s+(?:[^.;,]{0,40}\s)?$", re.IGNORECASE
)
_WHO_CAME: Final = re.compile(
    r",\s+who\s+(?:became|joined|was\s+(?:named|appointed|hired)|took|started|came|arrived)\b"
)
_SIGNED: Final = re.compile(r"[–—-]\s*$")
_OF_ONESELF: Final = re.compile(
    r"\b(?:I['’](?:m|ll|ve|d)|I\s+(?:am|will|have|asked|want|leave|step|resign|retire|joined|join|start|took|take|was)|[Mm]y\s+(?:last|role|time|final|successor|job|own|new|first))\b"
)


def is_named_beside(name: str, text: str) -> bool:
    """Return True if each place that names a person says that nothing came of them: a superior, a signer, a rumour."""
    places = list(re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text))
    return bool(places) and all(_is_beside(text, *found.span()) for found in places)


def _is_beside(text: str, start: int, end: int) -> bool:
    before = re.split(r"(?<=[.!?;])\s+(?=[^\W_a-z])", text[:start])[-1]
    if _BEFORE.search(before) or _UNSURE.search(before):
        return True
    if _ONE_OF_BEFORE.search(before) and _WHO_CAME.match(text, end):
        return True
    signs = _SIGNED.search(text[:start]) is not None and "." not in text[end:].strip(" .")
    return signs and _OF_ONESELF.search(text[:start]) is None
