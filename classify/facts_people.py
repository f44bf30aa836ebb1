# ruff: noqa: E501 (a pattern or word list is read as one line)
"""People in a text: who was appointed, promoted or left, and in which role. Rules, no model."""

from __future__ import annotations

import re

from classify.signals import Person
from classify.words import PERSON, VERBS, tidy

APPOINTED = "appointed"
PROMOTED = "promoted"
DEPARTED = "departed"

_HEADS = (
    r"chief|officer|ceo|cfo|cto|coo|cmo|cro|ciso|cio|cpo|chro|cdo|cso|president|director|chair(?:man|woman|person)?|head"
    r"|vp|svp|evp|avp|partner|counsel|founder|co-?founder|manager|lead|leader|secretary|treasurer|principal|scientist"
    r"|editor|dean|member|board|advisor|adviser|boss|controller|analyst|architect|engineer|evangelist"
)
ROLE_HEAD = re.compile(rf"\b(?:{_HEADS})s?\b", re.IGNORECASE)
_ROLE_END = re.compile(
    r"[;:()–—]|(?<!\b\w)\.|\.(?=\s*$)|\s-\s|,(?!\s*(?:[A-Z][\w-]*(?:\s+(?:&|and|[A-Z][\w-]*))*\s*(?:$|[.,;]))(?<=\w))"
    r"|\s+(?:to(?!\s+the\b)|effective|who|where|with|after|from|following|at|since|starting|replacing|succeeding|as|"
    r"overseeing|leading|based|will|amid|has|have|is|was|were|on|until|by|when|joins?|joined|steps?|resigns?|leaves?"
    r"|retires?|departs?|said|says|takes?|today|this|next|last|in(?!formation)|over|but|while|because|for(?!\s+[A-Z]))"
    r"\s?(?![\w-])",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(
    r"^(?:(?:the|its|our|their|his|her|a|an|new|next|first|company['’]s|firm['’]s)\s+)+", re.IGNORECASE
)
# Looked at, not consumed: the next person may begin inside it.
_ROLE_TEXT = r"(?=(?P<role>[^;()–—\n]{2,90}))"
_SHORT_ROLE = rf"(?P<role>(?:[\w&'’-]+\s+){{0,5}}?(?:{_HEADS})(?:\s+(?:of|for)\s+[\w&-]+(?:\s+(?:and|&)\s+[\w-]+)?|\s+\w+\s+officer)?)"
_CREDENTIALS = r"(?:,\s*(?:[A-Z]{2,5}|[A-Z][a-z]?\.[A-Z.]+|Ph\.?D\.?|Esq\.?|Jr\.?)){0,3}"
_ASIDE = r"(?:\s?,[^,.;]{2,90},)?"
_HIRE = (
    r"(?i:appoint(?:s|ed|ing)?|nam(?:es|ed|ing)|hir(?:es|ed|ing)|promot(?:es|ed|ing)|taps|tapped|elect(?:s|ed)|"
    r"welcom(?:es|ed|ing)|welcome|adds|added|selects|selected|picks|recruits|recruited|introducing|meet|"
    r"(?:appointment|promotion|hiring|hire|election|addition|arrival)\s+of|announces|announced|poaches|brings(?:\s+in)?)"
)
_SURE_LEAVE = (
    r"step(?:s|ped|ping)?\s+(?:down|aside|back)|resign(?:s|ed|ing)?|retir(?:e|es|ed|ing)|departs|departed|departing|ousted|quits?"
    r"|passed\s+away|dismissed"
)
_LEAVING = r"(?:(?:is|was|has|have|had|will|to|be|been|plans\s+to|decided\s+to)\s+)*"
_LEAVE = rf"(?i:{_LEAVING}(?:{_SURE_LEAVE}|leav(?:e|es|ing)|left|depart|fired|exits?|removed|died|dies|moving\s+on|out))(?![\w-])"
_NEW = r"(?:(?:the|its|our|their|a)\s+)?(?:(?:new|next|interim|first|acting)\s+)?"

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (action, re.compile(pattern))
    for action, pattern in (
        (DEPARTED, rf"(?P<name>{PERSON})\s?,\s+(?:(?i:its|our|the)\s+)?(?i:{_SHORT_ROLE})\s?,?\s+{_LEAVE}"),
        (DEPARTED, rf"(?<![\w-])(?i:{_SHORT_ROLE}),?\s+(?P<name>{PERSON}),?\s+{_LEAVE}"),
        (
            DEPARTED,
            rf"(?P<name>{PERSON}){_ASIDE}\s+{_LEAVE}[^.;]{{0,40}}?\s(?i:as|from(?:\s+(?:the|his|her))?(?:\s+(?:role|post|position)\s+(?:of|as))?)\s+{_ROLE_TEXT}",
        ),
        (DEPARTED, rf"(?P<name>{PERSON}){_ASIDE}\s+(?i:{_LEAVING}(?:{_SURE_LEAVE}))(?![\w-])"),
        (DEPARTED, rf"(?P<name>{PERSON})\s?,\s+(?i:who)\s+{_LEAVE}"),
        (DEPARTED, rf"(?P<name>{PERSON})\s?,\s(?P<role>[^.;]{{2,90}}),\s+{_LEAVE}"),
        (
            DEPARTED,
            rf"(?i:fired|fires|ousts|ousted|dismisses|dismissed|sacks|sacked)\s+(?i:its\s+)?(?i:{_SHORT_ROLE}),?\s+(?P<name>{PERSON})",
        ),
        (
            DEPARTED,
            rf"(?i:departure|resignation|retirement|exit|dismissal)\s+of\s+(?:(?i:{_SHORT_ROLE})\s+)?(?P<name>{PERSON})",
        ),
        (
            APPOINTED,
            rf"(?P<verb>{_HIRE})\s+(?P<name>{PERSON}){_CREDENTIALS}{_ASIDE}\s*(?:,|:|\s(?i:as|to\s+be|to\s+serve\s+as|to(?:\s+the)?(?:\s+(?:position|role|post|office))?(?:\s+of)?))?\s+{_ROLE_TEXT}",
        ),
        (
            APPOINTED,
            rf"(?P<name>{PERSON}){_CREDENTIALS}(?:\s?,)?\s+(?i:(?:has\s+been|have\s+been|was|is|will\s+be|gets|as)\s+)?(?P<verb>(?i:appointed|named|promoted|elected|hired|selected))\s+(?i:as\s+|to\s+(?:the\s+)?(?:role\s+of\s+|position\s+of\s+|post\s+of\s+)?)?{_ROLE_TEXT}",
        ),
        (
            APPOINTED,
            rf"(?P<name>{PERSON}){_CREDENTIALS}{_ASIDE}\s+(?i:(?:has\s+|will\s+|to\s+)?(?:joins?|joined|joining|returns?|moves?|takes\s+over|took\s+over|take\s+over|steps\s+in|comes|came|serves|starts|started))(?:[^.;]{{0,60}}?)\s(?i:as)\s+{_ROLE_TEXT}",
        ),
        (
            APPOINTED,
            rf"(?P<name>{PERSON}){_CREDENTIALS}\s+(?i:(?:has\s+|will\s+|to\s+)?(?:becomes?|became))\s+{_ROLE_TEXT}",
        ),
        (
            APPOINTED,
            rf"(?P<name>{PERSON}){_CREDENTIALS},?\s+(?i:(?:is|as|are)\s+)?(?i:our|the|its)\s+(?i:new|next|interim)\s+{_ROLE_TEXT}",
        ),
        (APPOINTED, rf"(?i:new|next|interim|incoming)\s+(?i:{_SHORT_ROLE}),?\s+(?P<name>{PERSON})"),
        (APPOINTED, rf"(?P<name>{PERSON})\s+(?i:(?:will\s+)?(?:succeeds?|succeeded|replaces?|replaced))\s"),
        (APPOINTED, rf"(?i:{_SHORT_ROLE})\s+(?P<name>{PERSON})\s+(?i:takes\s+over|steps\s+in|joins|starts)"),
        (APPOINTED, rf"(?P<name>{PERSON}){_CREDENTIALS}\s+(?i:as)\s+(?i:{_NEW}){_ROLE_TEXT}"),
    )
)


def find_people(text: str) -> tuple[Person, ...]:
    """Return people with role and action (appointed, promoted, departed), each name once, in order of the text."""
    found: dict[str, tuple[int, Person]] = {}
    for action, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            person = _person(match, action)
            if person and not _known(person, found):
                found[person.name] = (match.start("name"), person)
    return tuple(person for _, person in sorted(found.values(), key=lambda item: item[0]))


def _person(match: re.Match[str], action: str) -> Person | None:
    groups = match.groupdict()
    name = tidy(match["name"])
    role = clean_role(groups.get("role") or "")
    if not role and groups.get("role") and action is APPOINTED:
        return None
    verb = (groups.get("verb") or "").lower()
    return Person(name=name, role=role, action=PROMOTED if verb.startswith("promot") else action)


def _known(person: Person, found: dict[str, tuple[int, Person]]) -> bool:
    """Return True if this person was found by an earlier, surer pattern with at least as much said."""
    return any(_plain(person.name) in _plain(name) or _plain(name) in _plain(person.name) for name in found)


def _plain(name: str) -> str:
    """Return a name without title and initials, by which two mentions of one person are known."""
    return " ".join(part for part in name.split() if len(part.strip(".")) > 2)


_VERB = "|".join(sorted(VERBS | {"issues", "grants", "reports"}, key=len, reverse=True))


def clean_role(text: str) -> str:
    """Return the role at the start of ``text`` as it stands there; empty if no role word is in it."""
    text = _LEAD_IN.sub("", " ".join(text.split()))
    another = re.search(rf",?\s+(?i:and|&)\s+(?:{PERSON}|(?i:{_VERB})(?![\w-]))", text)
    if another:
        text = text[: another.start()]
    end = _ROLE_END.search(text)
    role = (text[: end.start()] if end else text).strip(" ,-–")
    role = re.sub(r"\s+(?:and|&|of|for|the|in|at|to)$", "", role, flags=re.IGNORECASE)
    if role.startswith("lead "):
        return ""
    words = role.split()
    return role if ROLE_HEAD.search(role) and len(words) <= 10 else ""


def seniority(role: str) -> float:
    """Return how senior a role is, in [0, 1]: 1 chief executive, 0.9 other chiefs and board chairs … 0.3 unknown."""
    lower = role.lower()
    for pattern, value in _SENIORITY:
        if pattern.search(lower):
            return value
    return 0.3


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
