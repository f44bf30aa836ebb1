# ruff: noqa: E501 (a pattern is read as one line)
"""How a company tells that it is itself what is bought: "we have been acquired", "Northbeam now belongs to Falken"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from classify.rules.words import UPPER, any_of

_WHEN = r"(?:\s+(?:today|yesterday|this\s+\w+|last\s+\w+|on\s+\w+(?:\s+\d+)?|in\s+\w+(?:\s+\d+)?|in\s+full|recently|formally|officially|just|now|for\s+[^\s;]+(?:\s(?:million|billion|m|bn))?))?"
_BOUGHT = (
    r"(?:acquired|bought(?:\s+out)?|purchased|snapped\s+up|taken\s+over|taken\s+private|swallowed|absorbed)"
)
_NEW_OWNER = r"(?:new\s+(?:owners?|home|parent(?:\s+company)?))"
#: What says of the rival, ``OWN``, that it is sold.
_OF_THE_RIVAL = (
    rf"OWN(?:[’']s?\s+new\s+owners?\b|\s+(?:has|gets|have|found|finds)\s+(?:found\s+)?(?:an?\s+)?{_NEW_OWNER}\b)"
    rf"|\bnew\s+owners?\s+(?:of|for)\s+OWN"
    rf"|OWN\s+(?:is|was|has\s+been|have\s+been|is\s+being|will\s+be|gets|got)\s+(?:\w+ly\s+|now\s+|just\s+)?{_BOUGHT}{_WHEN}\s+by\b"
    rf"|OWN\s+(?:now\s+)?(?:belongs|will\s+belong)\s+to\s+(?:the\s+)?(?-i:[{UPPER}])"
    rf"|OWN\s+(?:is|becomes|became|will\s+be|will\s+become)\s+(?:now\s+|officially\s+)?(?:owned\s+by|a\s+(?:wholly[\s-]owned\s+)?subsidiary\s+of|under\s+(?:the\s+)?(?:new\s+)?ownership)"
    rf"|OWN\s+(?:passes|passed|has\s+passed|goes|went|comes|came)\s+(?:in)?to\s+(?:the\s+)?(?:hands|ownership|fold|wing)\s+of"
    rf"|\b(?:sold|selling|sale\s+of|sell|ownership\s+of)\s+OWN\s+(?:[a-z]+\s+){{0,3}}?to\s+(?:the\s+)?(?-i:[{UPPER}])"
    rf"|OWN\s+(?:will\s+|is\s+to\s+|to\s+)?(?:merges?|merging|folds?|be\s+(?:merged|folded))\s+into\s+(?:the\s+)?(?-i:[{UPPER}])"
)
_OWN = "\ue000"  # Stands for the rival's name; no text holds it.
_SOLD = re.compile(_OF_THE_RIVAL.replace("OWN", _OWN), re.IGNORECASE)
_MAY_BE = re.compile(
    r"new\s+owner|acquired|bought|purchased|snapped|taken|swallowed|absorbed|belong|owned|subsidiary|ownership|hands|fold|wing|sold|sell|sale\s+of|merg|new\s+(?:home|parent)",
    re.IGNORECASE,
)
#: What the rival says of itself, whatever its name.
_OF_US = re.compile(
    rf"\b(?:we|we[’']ve|we[’']re|I[’']ve)\s+(?:(?:have|just|now|officially|finally|also)\s+)*(?:been|being|are|were|got|getting)\s+(?:\w+ly\s+|just\s+|now\s+)?{_BOUGHT}(?!\w)"
    r"|\bwe[’']re\s+(?:\w+ly\s+|now\s+)?(?:acquired|being\s+acquired|bought)(?!\w)|\bour\s+acquisition\s+by\b|\b(?:acquired|bought|buying|acquiring)\s+us\b|\b(?:we|I)(?:[’']ve|\s+have)?\s+(?:just\s+)?sold\s+(?:the|our|my)\s+(?:company|business|studio|firm|startup)\b",
    re.IGNORECASE,
)


def sold_name(text: str, own: Iterable[str]) -> str | None:
    """Return the rival's name as the text tells it, if it says that the rival is what is bought; None if not."""
    own = tuple(own)
    names = any_of(own)
    if not names or not (_OF_US.search(text) or _is_sold(text, names)):
        return None
    return own_as_said(text, own)


def own_as_said(text: str, own: Iterable[str]) -> str | None:
    """Return the longest of the rival's names that a text tells; None where it tells none: no fact lacks its words."""
    return next((name for name in sorted(own, key=len, reverse=True) if name and name in text), None)


def _is_sold(text: str, names: str) -> bool:
    """Return True if the text says of one of these names that it is sold; one pattern serves all rivals."""
    if not _MAY_BE.search(text):
        return False
    return _SOLD.search(re.sub(rf"(?<!\w)(?:{names})(?!\w)", _OWN, text, flags=re.IGNORECASE)) is not None
