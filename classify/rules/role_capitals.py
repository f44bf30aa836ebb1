"""Roles and names written in capitals throughout, as they are written elsewhere."""

from __future__ import annotations

import re

from classify.rules.words import COMMON

SHORT_FORM = 5  # Letters of a role of one word that may be short for others: "CEO", "CISO", "CHRO".
_SHORT = (
    "ceo cfo cto coo cmo cro ciso cio cpo chro cdo cso cco caio vp svp evp avp ai it hr pr ir r&d m&a esg md gm"
    " uk us usa eu emea apac dach latam mena anz b2b ii iii api smb"
)
SHORT = frozenset(_SHORT.upper().split())


def quiet_role(role: str) -> str:
    """Return "VP of IT" for "VP OF IT"; a role that is not in capitals throughout, or is short, stays as it is."""
    words = role.split()
    if not role.isupper() or (len(words) == 1 and len(role) <= SHORT_FORM):
        return role
    return " ".join(map(_quiet, words))


def quiet_name(name: str) -> str:
    """Return "Mara Quill" for "MARA QUILL"; initials and a name with small letters stay as they are."""
    return " ".join(map(_quiet_name, name.split())) if name.isupper() else name


def _quiet_name(word: str) -> str:
    parts = re.split(r"([^\w]+)", word)
    return "".join(part.capitalize() if re.search(r"[AEIOUYÀ-Ý]", part) else part for part in parts)


def _quiet(word: str) -> str:
    if word.lower() in COMMON and word not in SHORT:
        return word.lower()
    parts = re.split(r"([^\w&]+)", word)
    return "".join(part if part in SHORT else part.capitalize() for part in parts)
