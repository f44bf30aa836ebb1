# ruff: noqa: E501 (a pattern or word list is read as one line)
"""Companies in a text: partners, customers, and who was bought. Rules, no model."""

from __future__ import annotations

import re
from collections.abc import Iterable

from classify.facts_places import find_places
from classify.words import COMPANY, DEMONYMS, UPPER, tidy, without_form

_DEMONYM = rf"(?:{'|'.join(sorted(DEMONYMS))})"
_TRADES = "Platform|Maker|Firm|Start-?[Uu]p|Provider|Company|Developer|Specialist|Agency|Vendor|Business|Operator|Distributor|Manufacturer|Chain|Group|Supplier|Leader|Pioneer|App|Boutique|Innovator"
#: What may stand between a verb and the name: "the Dutch planning-tool vendor", "Hamburg-based", "60 % of shares in".
_FILLER = (
    rf"(?:(?:\d+(?:\.\d+)?\s?%|[Tt]he|[Gg]lobal|Assets|Of|[{UPPER}][\w-]*-[Bb]ased|{_DEMONYM}|[a-z][\w’'-]*"
    rf"|(?:[{UPPER}][\w-]+\s+){{0,2}}(?:{_TRADES})(?=\s+[{UPPER}]))\s+){{0,9}}?"
)
_LIST = rf"(?P<list>{COMPANY}(?:(?:,\s*|\s*,?\s+and\s+|\s*&\s*)(?:the\s+)?{COMPANY}){{0,7}})"
_PARTNER = (
    rf"(?i:partner(?:s|ed|ing|ships?)?|teams?\s+up|team(?:ed|ing)\s+up|alliance|joint\s+venture|collaborat\w+|co-?operat\w+|"
    rf"joins?\s+forces|joined\s+forces|ties?\s+up|tie-up|integrat\w+|memorandum\s+of\s+understanding|MoU|agreement|pact|tie-?up|letter\s+of\s+intent|codeshare(?:\s+flights)?)"
    rf"\s+(?i:agreement\s+)?(?i:with|between)\s+(?:(?:[Tt]he|[Gg]lobal|[a-z][\w-]*|[{UPPER}][\w-]*-[Bb]ased|{_DEMONYM})\s+){{0,5}}{_LIST}"
)
_TOGETHER = rf"(?i:together|jointly|co-?developed|alongside|in\s+(?:co-?operation|collaboration|conjunction)|built)\s+(?i:with)\s+(?:(?i:the|our\s+partners?)\s+)?{_LIST}"
_AS_PARTNER = rf"(?i:select|cho[os]+e?|pick|nam|appoint|sign|add|welcom)(?i:s|ed|es|ing|en)?\s+(?i:up\s+|on\s+)?(?P<name>{COMPANY})\s+(?i:as|for)\s+[^.;]{{0,50}}?(?i:partner(?:ship)?|sponsor|supplier)\b"
_CHOSEN_BY = rf"(?i:select|chosen|nam|pick|appoint)(?i:ed)?\s+(?i:by)\s+(?P<name>{COMPANY})\s+(?i:as)\s+[^.;]{{0,40}}?(?i:partner|supplier)\b"
_JOINED = rf"(?i:join(?:s|ed|ing)?)\s+(?:(?i:the)\s+)?(?P<name>{COMPANY}?)(?:['’]s)?\s+(?i:partner)\s+(?i:network|program(?:me)?|ecosystem)"
_WORKS = rf"(?i:work(?:s|ing)?\s+(?:closely\s+)?with|resell(?:s|ing)?\s+through)\s+(?:(?i:the)\s+)?(?P<name>{COMPANY})"
_RESELLS = rf"(?i:(?:reseller|distribution|licensing|supply|referral|partnership|co-?operation)\s+(?:agreement|deal|contract|pact)),\s+(?P<name>{COMPANY})\s+(?i:will|is|can|may)\b"
_PARTNER_OF = rf"(?i:partner|sponsor)\s+(?i:of|to|for)\s+(?:(?i:the)\s+)?(?P<name>{COMPANY})"
_JOINT = (
    rf"(?P<name>{COMPANY})\s*(?:(?i:and)|&|,|\+)\s+(?:the\s+)?(?:[a-z][\w-]*\s+){{0,3}}?(?P<other>{COMPANY})\s+(?i:to\s+|will\s+|have\s+)?"
    r"(?i:partner|form|announce\s+(?:a\s+)?(?:\w+\s+)?(?:partnership|alliance|collaboration)|join\s+forces|team\s+up|tie\s+up|collaborat|sign|launch\s+joint|build|develop|start|enter|extend|expand|deepen|cooperat|co-operat|agree)"
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
_BUYING = (
    r"(?i:(?:to\s+)?acquir(?:es|ed|e|ing)|acquisition\s+of|buys|bought|buying|to\s+buy|(?:completes?\s+|to\s+)?purchas(?:e|es|ed|ing)(?:\s+of)?|takeover\s+of|"
    r"snap(?:s|ped)\s+up|gobbl(?:es|ed)\s+up|pick(?:s|ed)\s+up|swoop(?:s|ed)\s+(?:for|on)|acqui-?hir(?:es|ed|e)|übernimmt|kauft|scoop(?:s|ed)\s+up|swallow(?:s|ed)|absorb(?:s|ed)?|(?:merg(?:es|er|ed|e|ing)|combin(?:es?|ed|ing|ation))\s+with|takes\s+over|took\s+over|"
    r"(?:takes?|took|buys|bought|acquires?d?)\s+(?:an?\s+)?(?:majority\s+|controlling\s+|minority\s+)?(?:\d+(?:\.\d+)?\s?(?:%|per\s?cent)\s+)?(?:stake|interest|share)\s+in)"
)
_BOUGHT = rf"{_BUYING}\s+{_FILLER}(?!{_DEMONYM}\s|[{UPPER}][\w-]*-[Bb]ased)(?P<name>{COMPANY})"
_OFFER = rf"(?i:bid|offer|auction)\s+(?i:for)\s+{_FILLER}(?P<name>{COMPANY})"
_MERGE = rf"(?P<name>{COMPANY})\s+(?i:and|&)\s+(?P<other>{COMPANY})\s+(?i:to\s+|will\s+|have\s+agreed\s+to\s+|agree\s+to\s+)?(?i:merge|combine)(?![\w-])"
_SOLD = rf"(?P<name>{COMPANY})(?:,[^,.;]{{2,60}},)?\s+(?i:(?:has\s+been|have\s+been|was|is|is\s+being|to\s+be|gets)\s+(?:acquired|bought|taken\s+over)\s+by|has\s+agreed\s+to\s+be\s+acquired|(?:has\s+been\s+|is\s+|was\s+)?sold\s+to)"
_JOINS = rf"(?P<name>{COMPANY})\s+(?i:(?:is\s+|are\s+)?(?:join(?:s|ing|ed)|becom(?:es|ing)\s+part\s+of)|to\s+join|has\s+joined|is\s+now\s+part\s+of|will\s+become\s+part\s+of)\s+"

PARTNERS = tuple(
    re.compile(pattern)
    for pattern in (
        _PARTNER,
        _JOINT,
        _SPONSOR,
        _TOGETHER,
        _AS_PARTNER,
        _PARTNER_OF,
        _CHOSEN_BY,
        _WORKS,
        _RESELLS,
        _JOINED,
    )
)
CUSTOMERS = tuple(re.compile(pattern) for pattern in (_BUYS, _SOLD_TO, _STORY))
ACQUIRED = tuple(re.compile(pattern) for pattern in (_BOUGHT, _SOLD, _OFFER, _MERGE))
# An aside about an earlier purchase: ", which bought Zollwerk last year,".
_BEFORE = re.compile(
    r",\s+(?:which|who)\s[^,.;]{2,80}?\b(?:last\s+(?:year|month|week|spring|summer|autumn|fall)|in\s+20\d\d|earlier|previously|already)\b[^,.;]{0,20},"
)
_HANDLE = re.compile(rf"@(?=[{UPPER}])")
_SPLIT = re.compile(r",\s*(?:and\s+)?|\s+and\s+|\s*&\s*(?=[A-Z][\w]*,)")


def find_partners(text: str, own: Iterable[str] = ()) -> tuple[str, ...]:
    """Return companies named as partners; ``own`` names of the rival are left out."""
    own = tuple(own)
    return _find((*PARTNERS, *_beside(own)), _HANDLE.sub("", text), own)


def _beside(own: tuple[str, ...]) -> list[re.Pattern[str]]:
    """Return patterns of a name set beside the rival's: "Northbeam and Harbour Bank", "Harbour Bank x Northbeam"."""
    if not any(own):
        return []
    rival = rf"(?<!\w)(?i:{'|'.join(re.escape(name) for name in sorted(own, key=len, reverse=True) if name)})(?!\w)"
    link = r"\s*(?:,|&|\+|×|🤝|❤️|(?<=\s)(?:and|x|X)(?=\s))\s*(?:the\s+)?"
    return [
        re.compile(rf"{rival}{link}(?P<name>{COMPANY})"),
        re.compile(rf"(?P<name>{COMPANY}){link}{rival}"),
    ]


def find_customers(text: str, own: Iterable[str] = ()) -> tuple[str, ...]:
    """Return companies named as customers; ``own`` names of the rival are left out."""
    return _find(CUSTOMERS, text, own)


def find_acquired(text: str, own: Iterable[str] = ()) -> str | None:
    """Return the company or asset that is bought, if the text names one."""
    own = tuple(own)
    text = _BEFORE.sub(",", text)
    for pattern in (*ACQUIRED, *_joining(own)):
        for match in pattern.finditer(text):
            for found in _names(match):
                name = _without_trade(found)
                if len(name) > 1 and not is_own(name, own) and not _place_or_people(name):
                    return name
    return None


def _joining(own: tuple[str, ...]) -> list[re.Pattern[str]]:
    """Return the pattern of a company that "is joining" the rival; it says a purchase only among talk of one."""
    names = "|".join(re.escape(name) for name in sorted(own, key=len, reverse=True) if name)
    return [re.compile(rf"{_JOINS}(?:the\s+)?(?i:{names})(?!\w)")] if names else []


def _without_trade(name: str) -> str:
    """Return "WageWise" for "Payroll Platform WageWise": in headlines the trade is capitalised too."""
    return re.sub(rf"^(?:[\w-]+\s+){{0,2}}(?:{_TRADES})\s+(?=\S)", "", name)


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
    return [without_form(tidy(name)) for name in (groups.get("name"), groups.get("other"), *listed) if name]


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
