# ruff: noqa: E501 (a pattern or word list is read as one line)
"""Roles as texts write them: where one ends, what belongs to it, and how senior it is."""

from __future__ import annotations

import re
from collections.abc import Iterable

from classify.rules.words import COMMON, LEGAL_FORM, PERSON, ROLES, UPPER, VERBS

HEADS = (
    r"(?:co-)?chief\s+executive|chief|officer|(?:co-)?ceo|cfo|cto|coo|cmo|cro|ciso|cio|cpo|chro|cdo|cso|president|director|chair(?:man|woman|person)?|head"
    r"|vp|svp|evp|avp|partner|counsel|(?:co-?)?founder|manager|lead|leader|secretary|treasurer|principal|scientist"
    r"|editor|dean|member|board|advisor|adviser|boss|controller|analyst|architect|engineer|evangelist|actuary|economist|strategist|accountant"
    r"|fellow|observer|ambassador|supervisor|foreman|bursar|winemaker|merchant|comptroller|underwriter|advocate|superintendent|commissioner|technologist|dealmaker|chef|md|gm|trustee|coach|designer|developer"
)
_HEAD = re.compile(rf"(?:co-|vice-|ceo-)?(?:{HEADS})s?|md|gm|staff|curator|envoy", re.IGNORECASE)
_VERBS_TOO = frozenset(
    ["heads", "leads", "chairs", "boards", "partners", "coaches", "designs", "engineers", "dean"]
)
#: Words that stand in a role before its head.
_ROLE_WORDS_SAID = (
    "business delivery digital data ai brand retail creative risk compliance supply chain human resources design research science clinical nursing regional"
    " country national international north south east west america americas emea apac europe asia uk us engineering information customer client service"
    " services platform investor relations communications corporate affairs public quality safety security legal privacy sustainability transformation"
    " innovation growth success talent acquisition learning content community merchandising procurement purchasing manufacturing production plant store"
    " stores wealth credit lending underwriting claims actuarial portfolio investment trading treasury tax audit channel alliances partnerships media"
    " editorial program programme project field enterprise solutions solution development account accounts admin administrative first-ever founding joint"
    " vice-president vice-chairman supervisory management advisory executive-vice"
)
ROLE_WORDS = (ROLES - {"former", "ex-ceo", "dean"}) | frozenset(_ROLE_WORDS_SAID.split())
_ROLE_HEAD = re.compile(rf"\b(?:{HEADS})s?\b", re.IGNORECASE)
_ROLE_END = re.compile(
    r"[;:()–—!?]|(?<!\b\w)\.|\.(?=\s*$)|\s-\s"
    r"|\s+(?:to(?!\s+the\b)|effective|currently|who|where|with|after|from|w\.?e\.?f\.?|following|ahead|at|since|starting|replacing|succeeding|as|"
    r"overseeing|during|throughout|pending|alongside|leading|based|will|amid|has|have|is|was|were|on|until|by|when|joins?|joined|steps?|resigns?|leaves?"
    r"|retires?|departs?|said|says|takes?|again|ends|today|this|next|last|in(?!formation)|over|but|while|because|for(?!\s+[A-Z]))"
    r"\s?(?![\w-])",
    re.IGNORECASE,
)
_HONORIFIC = re.compile(r"\s+(?:Dr|Prof|Mr|Mrs|Ms|Sir|Dame)\.?$")
_NO_WORD_AT_END = re.compile(r"[^\w)]+$")
_OF_THE_COMPANY = re.compile(r"\s+of\s+the\s+(?:company|corporation|group|issuer)$", re.IGNORECASE)
#: What stands behind a rival's short name where it is named in full.
_FIRM = r"Holdings?|Group|Labs|Industries|Technolog(?:y|ies)|Software|Systems|Therapeutics|Pharma(?:ceuticals)?|Insurance|Resources"
_LEAD_IN = re.compile(
    r"^(?:(?:and|the|its|our|their|his|her|a|an|new|next|second|third|female|first(?:[-\s]ever)?|company['’]s|firm['’]s|group['’]s|newly\s+created|former)\s+)+",
    re.IGNORECASE,
)
_EMPLOYER = re.compile(rf"^(?:[{UPPER}][\w.&-]*\s+){{0,4}}[{UPPER}][\w.&-]*(?:['’]s|s['’])\s+")
_VERB = "|".join(sorted(VERBS | {"issues", "grants", "reports"}, key=len, reverse=True))
_ANOTHER = re.compile(rf",?\s+(?i:and|&)\s+(?:{PERSON}|(?i:{_VERB})(?![\w-])|(?i:a\s+)?(?i:member\s+of)\b)")
_AREA = re.compile(r"[A-Z][\w&-]*(?:\s+(?:and|&|of|the|[A-Z][\w&-]*)){0,4}")
_NO_AREA = re.compile(
    r"(?:Inc|Ltd|LLC|Corp|GmbH|AG|plc|Ph|MD|MBA|CPA|January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
WORDS = 10  # The most words of a role.
_SEVERAL = re.compile(
    r"(?<!of )(?<!\w)((?:co-)?(?:ceo|cfo|cto|coo|director|founder|officer|member|president|head|chief|partner|manager|executive|advis[eo]r|trustee|editor|vp|svp|evp|lead|leader"
    r"|principal|engineer|scientist|governor|chair|fellow|secretary|observer|ambassador|deput(?:y|ie)|non-executive|counsel|analyst|architect|evangelist|supervisor))s(?=$|\s(?:of|for)\s|,\s)",
    re.IGNORECASE,
)


def singular(role: str) -> str:
    """Return the role of each of several who share one: "co-CEO" for "co-CEOs", "Director of Sales" for "Directors of Sales"."""
    return _SEVERAL.sub(r"\1", role, count=1)


def clean_role(text: str, own: Iterable[str] = ()) -> str:
    """Return the role at the start of ``text`` as it stands there; empty if no role word is in it.

    ``own`` names of the rival that stand before the role are left out: "Northbeam's first CTO" is "CTO".
    """
    text = _lead_in(" ".join(text.split()), own)
    another = _ANOTHER.search(text)
    end = _ROLE_END.search(text := text[: another.start()] if another else text)
    said = text[: end.start()] if end else text
    if end and end.group().strip().lower() == "as" and "," in said:
        said = said.rpartition(",")[0]  # "VP Marketing, Ada Quist as …": the last piece is the next person.
    role = _HONORIFIC.sub("", _with_areas(said, own).strip(" ,-–"))
    role = re.sub(r"\s+(?:and|&|of|for|the|in|at|to)$", "", role, flags=re.IGNORECASE)
    if role.startswith("lead "):
        return ""
    role = _without_employer(role, own)
    return role if _ROLE_HEAD.search(role) and len(role.split()) <= WORDS else ""


def _lead_in(text: str, own: Iterable[str]) -> str:
    """Return a text without what stands before a role: "the new", "Northbeam's first"."""
    text = _LEAD_IN.sub("", _EMPLOYER.sub("", _LEAD_IN.sub("", text)))
    for name in sorted(own, key=len, reverse=True):
        text = _LEAD_IN.sub("", re.sub(rf"^{re.escape(name)}(?:['’]s?)?\s+", "", text, flags=re.IGNORECASE))
    return text


def _without_employer(role: str, own: Iterable[str]) -> str:
    """Return a role without whose it is: "CTO" for "CTO of Northbeam Labs"."""
    role = _OF_THE_COMPANY.sub("", role)
    for name in own:
        role = re.sub(
            rf"\s+(?:of|for|at)\s+{re.escape(name)}(?:\s+(?:{LEGAL_FORM}|{_FIRM}|(?-i:[{UPPER}])\w+(?=$)))?(?:$|\s(?-i:[a-z]).*$)",
            "",
            role,
            flags=re.IGNORECASE,
        )
    return role


def _with_areas(text: str, own: Iterable[str] = ()) -> str:
    """Return a role up to the first comma, with the areas that follow: "Vice President, Logistics"."""
    role, *rest = re.split(r"\s*,\s*", _NO_WORD_AT_END.sub("", text))
    for piece in rest:
        fits = (
            _AREA.fullmatch(piece.strip(" .")) and not _NO_AREA.match(piece) and not _ROLE_HEAD.search(piece)
        )
        mine = any(name and piece.lower().startswith(name.lower()) for name in own)
        if not fits or mine or piece.split()[0].lower() in COMMON:
            break
        role = f"{role}, {piece.strip(' .')}"
    return role


def is_head(word: str) -> bool:
    """Return True for a word that can be the head of a role: "officer", "CEO", "boss"."""
    return word.lower() not in _VERBS_TOO and _HEAD.fullmatch(word) is not None


#: Tried in this order: a vice president is no president, a chief executive no mere chief.
_SENIORITY = tuple(
    (re.compile(pattern), value)
    for pattern, value in (
        (r"\b(vice president|vp|svp|evp|avp)\b", 0.7),
        (r"\b(ceo|chief executive|president|founder|co-?founder|managing director)\b", 1.0),
        (r"\b(chief|c[ftompri]o|ciso|chro|cdo|cso|chair\w*)\b", 0.9),
        (r"\b(general counsel|general manager|head|board)\b", 0.7),
        (r"\b(director|partner|principal)\b", 0.6),
        (r"\b(manager|lead|leader)\b", 0.4),
    )
)
_UNKNOWN_SENIORITY = 0.3


def seniority(role: str) -> float:
    """Return how senior a role is, in [0, 1]: 1 chief executive, 0.9 other chiefs and board chairs … 0.3 unknown."""
    lower = role.lower()
    return next((value for pattern, value in _SENIORITY if pattern.search(lower)), _UNKNOWN_SENIORITY)
