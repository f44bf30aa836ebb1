# ruff: noqa: E501 (a pattern is read as one line)
"""Companies that a text names beside the matter: advisers, backers, customers, rivals; and deals that are off."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from classify.rules.words import COMPANY, UPPER, any_of, sentences

_OTHERS: Final = r"customers?|clients?|users|investors?|backers?|shareholders|advis[eo]rs?|counsel"
_RIVALS: Final = r"rivals?|competitors?|challengers?"
_LISTED: Final = rf"(?:{COMPANY}(?:,\s+|,?\s+and\s+|\s*&\s*)){{0,6}}"
_NAMING: Final = (
    r"(?:,?\s+(?:such\s+as|like|including|include|includes|are|were|was|is|among\s+them)|:)?\s+(?:the\s+)?"
)
#: What stands before a name that is beside the matter, up to the name; ``OTHERS`` say what it is to the parties.
_BEFORE: Final = (
    rf"(?:\b(?i:OTHERS)(?:\s+(?:to|of|for)\s+{COMPANY})?{_NAMING}"
    r"|\b(?i:backed\s+by|funded\s+by|financed\s+by|advised\s+by|represented\s+by|supported\s+financially\s+by|owned\s+by|alternatives?\s+to|instead\s+of|unlike|previously\s+held\s+by|(?:serves?|serving)\s[^.;]{0,40}\s(?:such\s+as|like|including)|(?:end(?:s|ed|ing)?|cancel(?:s|led)?)\s+(?:its|their)\s+contract\s+with|competes?\s+with|competing\s+with)\s+(?:the\s+)?)"
    rf"{_LISTED}$"
)
_BEHIND: Final = re.compile(
    r"[’']?s?(?:,[^,.;]{2,40},)?\s+(?i:(?:is\s+|was\s+|are\s+|were\s+)?(?:acted|acts|acting|advised|advises|advising|served|serving)\b"
    r"|(?:was|is)\s+(?:legal|financial|sole|lead|the)\s+(?:\w+\s+){0,2}(?:advis|counsel)|(?:leads?|led|joined|co-led)\s+(?:the|an?|[$€£]\S+(?:\s\w+)?)\s+(?:\w+\s+){0,3}(?:round|investment|financing)|provided\s+(?:legal|financial)|also\s+took\s+part)"
)
_BESIDE_BOTH: Final = re.compile(_BEFORE.replace("OTHERS", _OTHERS))
_BESIDE_PARTNERS: Final = re.compile(_BEFORE.replace("OTHERS", f"{_OTHERS}|{_RIVALS}"))
#: What a rival of one of the parties does, said by the way.
_RIVALS_ACT: Final = re.compile(rf"\b(?i:{_RIVALS})\s+{COMPANY}\s+[a-z][^.;]*$")
_HOW_TO: Final = re.compile(r"(?:how\s+(?:to|we|i)|lessons)\b", re.IGNORECASE)
_EARLIER: Final = re.compile(
    r"\b(?:last\s+(?:year|month|week|spring|summer|autumn|fall|winter)|earlier\s+this\s+year|years?\s+ago|in\s+(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
WINDOW: Final = 160  # Characters before a name in which it is told what it is.

#: A deal that will not be done.
_OFF: Final = re.compile(
    r"\b(?i:walk(?:s|ed|ing)?\s+(?:away|out)|call(?:s|ed|ing)?\s+(?:it\s+)?off|(?:abandon|scrap|shelv|ditch|terminat|drop|withdr[ae]w|cancel|end|ax)(?:s|es|ed|ped|ing|n|pped)?\s+(?:(?:its|the|their|a|planned|proposed|mutual)\s+)*(?:[A-Z€$£]?[\w.,’'&€$£-]+\s+){0,4}?(?:bid|offer|merger|takeover|acquisition|purchase|deal|talks|pursuit|combination|proposal)"
    r"|(?:bid|offer|merger|takeover|acquisition|purchase|deal|talks|sale|combination)\b[^.;]{0,40}?\s(?:laps(?:es|ed)|collaps(?:es|ed)|fall(?:s|en)?\s+(?:through|apart)|fell\s+(?:through|apart)|(?:is|are)\s+off(?!\w)|will\s+not\s+(?:go\s+ahead|happen|proceed|be))"
    r"|den(?:ies|ied|ying)\b[^.;]{0,60}?\b(?:talks?|bid|buy|buying|acquir\w+|takeover|merger|deal|sale|purchase|offer)|mutually\s+(?:terminat|agree[sd]?\s+to\s+(?:end|terminat))\w*|shelve[sd]?\s+merger"
    r"|no\s+deal\b|decide[sd]\s+against\s+(?:an?\s+)?(?:\w+\s+)?(?:offer|bid)|(?:rejects?|rejected|turns?\s+down|turned\s+down|rebuffs?|rebuffed|spurns?|spurned)\b[^.;]{0,40}?\b(?:bid|offer|approach|proposal)|bidder\s+for\b[^.;]{0,40}\swithdr\w+)"
)
_ANOTHER_DONE: Final = re.compile(
    r"\b(?:after|following|since|once|weeks|months|instead|raises|raised|sweetens|sues|improved|higher|new\s+(?:bid|offer)|block)\b",
    re.IGNORECASE,
)
#: What undoes a deal for good, whatever was told before it in the sentence.
_OFF_FOR_GOOD: Final = re.compile(
    r"\b(?:(?:will|would|does|do|did|shall|is|are|has|have)(?:\s+not|n[’']t)\s+(?:now\s+|be\s+|been\s+|again\s+)*(?:bid|bidding|(?:make|making|table)\s+(?:an(?:other)?|a\s+(?:new|firm))\s+(?:offer|bid)|buy(?!\s+back)|buying|bought|sell(?:ing)?(?:\s+(?:to|the\s+company|ourselves|itself))?\s*[.!,;:]|acquire|acquired|pursu(?:e|ing)|in\s+talks)"
    r"|no\s+longer\s+(?:wants?|plans?|intends?|pursu\w+|interested|for\s+sale|in\s+talks|to\s+(?:buy|acquire))|(?:is|are)(?:n[’']t|\s+not)\s+for\s+sale|not\s+for\s+sale|said\s+no\s+to|(?:torn?|tear(?:s|ing)?)\s+up\s+(?:the|their|its|an?)\s+(?:\w+\s+)?(?:agreement|deal|contract)"
    r"|(?:pull(?:s|ed|ing)?|back(?:s|ed|ing)?)\s+out\s+of\s+[^.;]{0,40}\b(?:deal|bid|talks|takeover|purchase|acquisition|merger|buying|sale)|drop(?:s|ped)\s+(?:its\s+|their\s+)?(?:pursuit|interest|plans?\s+to\s+(?:buy|acquire|merge))"
    r"|(?<!to )(?<!may )(?<!could )(?:blocked|blocks|prohibited|prohibits|vetoed|vetoes|struck\s+down)\s+(?:[\w.&’'-]+\s+){0,5}?(?:purchase|takeover|acquisition|merger|deal|bid|sale|buyout)\b)",
    re.IGNORECASE,
)
_DONE_AFTER_ALL: Final = re.compile(
    r"\b(?:appeal\w*|overturn\w*|instead|unless|until|if|seek\w*\s+to|sues?|moves?\s+to|threat\w*|would\s+be\s+block\w*)\b",
    re.IGNORECASE,
)
LEAD: Final = 2  # Sentences in which it is told that a deal is off.


def is_beside(name: str, text: str, *, of_partners: bool) -> bool:
    """Return True if each place that names a company says that it is somebody else: an adviser, a backer, a customer.

    A rival of somebody may well be bought, but is no partner: ``of_partners`` says which is asked.
    """
    before = _BESIDE_PARTNERS if of_partners else _BESIDE_BOTH
    places = list(re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text))
    return bool(places) and all(
        before.search(clause := _clause(text, found.start()))
        or _BEHIND.match(text, found.end())
        or (of_partners and _RIVALS_ACT.search(clause))
        for found in places
    )


def is_earlier(name: str, text: str) -> bool:
    """Return True if the sentence that first names a company tells what was done before: "last month X bought Y"."""
    sentence = next((one for one in sentences(text) if name in one), "")
    return _EARLIER.search(sentence) is not None


def is_how_to(text: str) -> bool:
    """Return True for a text that explains how a thing is done: "How to connect Northbeam with Slack"."""
    return _HOW_TO.match(text) is not None


def _clause(text: str, place: int) -> str:
    """Return what stands before a place in its sentence or half of one."""
    return re.split(r"(?<=[.!?;])\s+(?=\S)", text[max(0, place - WINDOW) : place])[-1]


def is_off(text: str) -> bool:
    """Return True if a text says that a purchase is not, or no longer, to be: abandoned, lapsed, denied, refused."""
    return any(_is_off(sentence) for sentence in sentences(text)[:LEAD])


def _is_off(sentence: str) -> bool:
    if _OFF_FOR_GOOD.search(sentence) and not _DONE_AFTER_ALL.search(sentence):
        return True
    found = _OFF.search(sentence)
    return found is not None and not _ANOTHER_DONE.search(sentence[: found.end()])


def only_beside(text: str, own: Iterable[str]) -> bool:
    """Return True if the rival is only named as somebody's customer, rival or supplier: whose act it is, is another's."""
    names = any_of(own)
    if not names:
        return False
    named, beside = _named_beside(names)
    return 0 < len(named.findall(text)) <= len(beside.findall(text))


@cache
def _named_beside(listed: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the pattern of the rival's names, and that of the names that stand beside somebody else's act."""
    names = rf"(?<!\w)(?i:{listed})(?!\w)"
    people = r"(?:customer|client|rival|competitor|supplier|investor|backer|user|tenant)s?"
    beside = (
        rf"(?:{people}\s+(?:of|to)\s+{names}|(?:competes?|competing)\s+with\s+{names}"
        rf"|{names}(?:[’']s?)?\s+(?:(?:customer|client|rival|competitor|supplier|tenant)s?)\s+(?=[{UPPER}])|(?:[Ff]ormer|[Ee]x-?)\s*{names}\s+\w+[’']s\s+(?:new|own)\b)"
    )
    return re.compile(names), re.compile(beside)
