# ruff: noqa: E501 (a pattern or word list is read as one line)
"""Companies in a text: partners, customers, and who was bought. Rules, no model."""

from __future__ import annotations

import re
from collections.abc import Iterable

from classify.facts_places import find_places
from classify.words import COMPANY, DEMONYMS, tidy

_DEMONYM = rf"(?:{'|'.join(sorted(DEMONYMS))})"
_PARTNER = (
    rf"(?i:partner(?:s|ed|ing|ships?)?|teams?\s+up|team(?:ed|ing)\s+up|alliance|joint\s+venture|collaborat\w+|cooperat\w+|"
    rf"joins?\s+forces|joined\s+forces|ties?\s+up|tie-up|integrat\w+|memorandum\s+of\s+understanding|agreement|codeshare(?:\s+flights)?)"
    rf"\s+(?i:agreement\s+)?(?i:with|between)\s+(?:(?:[Tt]he|[Gg]lobal|[a-z][\w-]*|{_DEMONYM})\s+){{0,4}}(?P<name>{COMPANY})"
)
_JOINT = (
    rf"(?P<name>{COMPANY})\s*(?:(?i:and)|&|,|\+)\s+(?P<other>{COMPANY})\s+(?i:to\s+|will\s+)?"
    r"(?i:partner|form|announce\s+(?:a\s+)?(?:\w+\s+)?(?:partnership|alliance|collaboration)|join\s+forces|team\s+up|collaborat|sign|launch\s+joint|build|develop|start|enter)"
)
_SPONSOR = rf"(?P<name>{COMPANY})\s+(?i:sponsors?|joins\s+as\s+(?:a\s+)?sponsor)"
_BUYS = (
    rf"(?P<name>{COMPANY})\s+(?i:(?:has\s+|have\s+)?(?:select(?:s|ed)|choos(?:es)|chose(?:n)?|picks?|picked|deploys?|deployed|"
    r"adopts?|adopted|goes\s+live\s+(?:with|on)|renews?\s+with|switch(?:es|ed)\s+to|standardi[sz](?:es|ed)\s+on|rolls?\s+out|"
    r"implements?|implemented|runs?\s+on|moves?\s+to|moved\s+to|migrat(?:es|ed)\s+to|trusts?|relies\s+on|signs?\s+with))(?!\w)(?!\s+(?i:by|to)\b)"
)
_SOLD_TO = (
    r"(?i:(?:select(?:ed)?|chosen|picked|deployed|adopted|used|trusted|awarded)\s+by|"
    r"(?:contract|orders?|tender|award|deal|framework\s+agreement)(?:\s+[^.;A-Z]{0,50}?)?\s+(?:from|with|by)|delivers?\s+to|welcome\s+aboard,?|"
    rf"customers?\s+(?:such\s+as|like|including|include))\s+(?:(?i:the)\s+)?(?P<list>{COMPANY}(?:(?:,\s*|\s*,?\s+and\s+|\s*&\s*){COMPANY}){{0,7}})"
)
_STORY = rf"(?i:how|why)\s+(?:(?i:the)\s+)?(?P<name>{COMPANY})\s+(?i:uses?|used|cut|cuts|saved?|saves|runs?|scaled|moved|reduced|built|chose|automated|grew|switched|migrated|secured|boosted|doubled|modernized|modernised|transformed|replaced)"
_BOUGHT = (
    r"(?i:(?:to\s+)?acquir(?:es|ed|e|ing)|acquisition\s+of|buys|bought|buying|to\s+buy|(?:completes?\s+)?purchase\s+of|takeover\s+of|"
    r"snaps\s+up|swallows|absorbs|merg(?:es|er|ed|e|ing)\s+with|takes\s+over)\s+"
    rf"(?:(?:The|[a-z][\w-]*|Assets|Of)\s+){{0,6}}(?P<name>{COMPANY})"
)

PARTNERS = tuple(re.compile(pattern) for pattern in (_PARTNER, _JOINT, _SPONSOR))
CUSTOMERS = tuple(re.compile(pattern) for pattern in (_BUYS, _SOLD_TO, _STORY))
ACQUIRED = re.compile(_BOUGHT)
_SPLIT = re.compile(r",\s*(?:and\s+)?|\s+and\s+|\s*&\s*(?=[A-Z][\w]*,)")


def find_partners(text: str, own: Iterable[str] = ()) -> tuple[str, ...]:
    """Return companies named as partners; ``own`` names of the rival are left out."""
    return _find(PARTNERS, text, own)


def find_customers(text: str, own: Iterable[str] = ()) -> tuple[str, ...]:
    """Return companies named as customers; ``own`` names of the rival are left out."""
    return _find(CUSTOMERS, text, own)


def find_acquired(text: str, own: Iterable[str] = ()) -> str | None:
    """Return the company or asset that is bought, if the text names one."""
    for match in ACQUIRED.finditer(text):
        name = tidy(match["name"])
        if len(name) > 1 and not is_own(name, own) and not _place_or_people(name):
            return name
    return None


def _find(patterns: Iterable[re.Pattern[str]], text: str, own: Iterable[str]) -> tuple[str, ...]:
    own = tuple(own)
    found: dict[str, None] = {}
    for pattern in patterns:
        for match in pattern.finditer(text):
            for name in _names(match):
                if len(name) > 1 and not is_own(name, own) and not _place_or_people(name):
                    found.setdefault(name)
    return tuple(found)[:12]


def _names(match: re.Match[str]) -> list[str]:
    groups = match.groupdict()
    listed = _SPLIT.split(groups["list"]) if groups.get("list") else []
    return [tidy(name) for name in (groups.get("name"), groups.get("other"), *listed) if name]


def _place_or_people(name: str) -> bool:
    """Return True for "Japan", "Irish" or "U.S": where a company is from, not who it is."""
    return (
        name in DEMONYMS
        or name.rstrip(".") in {"U.S", "U.K", "US", "UK", "EU"}
        or name in find_places(f"in {name}")
    )


def is_own(name: str, own: Iterable[str]) -> bool:
    """Return True if a name is one of the rival's own, or begins with it."""
    lower = name.lower()
    return any(lower == mine.lower() or lower.startswith(f"{mine.lower()} ") for mine in own if mine)
