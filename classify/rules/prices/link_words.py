# ruff: noqa: E501 (a pattern or word list is read as one line)
"""Words between two amounts that say which of them is old, and how a link of the two is told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|spring|summer|autumn|winter|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
_DAY = rf"(?:(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th|\.)?\s*(?:\d{{1,2}}\.|(?:of\s+)?{_MONTH}\b\.?)(?:\s*\d{{4}})?|{_MONTH}\b\.?(?:\s+\d{{1,4}}(?:st|nd|rd|th)?)?(?:,?\s+\d{{4}})?|20\d\d(?:-\d\d-\d\d)?|\d{{1,2}}[/.]\d{{1,2}}(?:[/.]\d*)?)"
_UNTIL = rf"(?:until|till|through|up\s+to|to)\s+(?:now|today|yesterday|this\s+\w+|last\s+\w+|the\s+end\s+of\s+\w+|{_DAY})"
OLD_TIME = rf"(?:currently|previously|formerly|before(?:\s+that)?|earlier|originally|initially|hitherto|so\s+far|at\s+present|today|bisher|vorher|zuvor|antes|avant|tidligere|tidigare|nu|{_UNTIL}|yesterday|last\s+(?:year|week|season))(?:['’]s)?"
#: What stands right before an old price.
OLD_BEFORE: Final = re.compile(
    rf"(?:(?:\b(?:up|down|increase[ds]?|rise|risen|reduced?|changed?|raised|lowered|cut|dropp?(?:ed)?|upped|cheaper)\b[\s,]*)?\b(?:from|von)|\b(?:was|were|paid|paying)|\bhad\s+been|\b(?:it|they|which|that|had|once|we|has)\s+(?:cost|charged|asked)"
    r"|\binstead\s+of|\brather\s+than|\bas\s+opposed\s+to|\bin\s+place\s+of|\bused\s+to\s+(?:be|cost|pay)|\bstatt(?:\s+bisher)?|\bau\s+lieu\s+de|\bcompared\s+(?:with|to)|\bagainst|\bversus|\bvs\.?"
    rf"|\b(?:twice|double|triple|half)(?:\s+of)?(?=\s+(?:the|what)\b)(?:\s+what\s+(?:\w+\s+){1, 3}(?:today|now))?|\b(?:reg\b\.?|regularly|normally|usually|ordinarily|rrp|msrp)|\b(?:the\s+)?(?:old|previous|former|current|existing|earlier|original|usual|regular|normal)(?:\s+(?:price|rate|fee|one|level))?(?:\s+(?:of|was|is))?|(?:\bit\s+(?:was|is)\s+)?\b{OLD_TIME}|\(20\d\d:?|\bin\s+20\d\d(?:\s+it\s+was|:))"
    r"[\s:,(]*(?:just|only|at|priced\s+at|the|a|an|of|about|around|it\s+(?:was|is|cost)|they\s+were|you\s+pa(?:y|id))?[\s:(]*$",
    re.IGNORECASE,
)
#: What stands right behind an old price: "$18 until now", "AED 229 before", "£1,758 last year".
OLD_BEHIND: Final = re.compile(
    rf"\s*(?:{OLD_TIME}|in\s+20\d\d|at\s+the\s+moment|now\s+and\b)(?=\s*[\s,;:.)–—-])", re.IGNORECASE
)
#: From an old price on to the new one, where its words say that it is old.
NOW = re.compile(
    rf"(?=.*\b(?:is|are|will|becomes?|now|new|from|after|to|costs?|pays?|charges?|rises?|goes|drops?|falls?|moves?|starts?|then|as\s+of|tomorrow)\b)(?:[,;:.)–—-]|\s|(?:and|but|then|it|they|we|you|the|price|is|are|will|becomes?|now|be|cost|costs|pays?|charges?|asks?|rises?|goes|drops?|falls?|moves?|starts?|up|down|to|new|from|as\s+of|with\s+effect|effective|after|{_DAY}|tomorrow|today|next\s+\w+|that|only|just|at|on)\b)*$",
    re.IGNORECASE | re.DOTALL,
)
#: Between a new price and an old one that says so behind itself: "$12 (10 until now)", "$49 a year for Trails, 39 so far".
OLD_TOLD: Final = re.compile(
    r"\s*\(\s*|(?:\s+(?!and\b|or\b|to\b)[^\W\d_][\w'’-]*){0,5}\s*(?:[,(–—]|,?\s+after)\s*(?:just\s+|only\s+)?"
)
#: What is paid, before a price that is said to be today's: "Members pay $12 today".
PAID: Final = re.compile(
    r"\b(?:pays?|costs?|charges?|asks?|stands?\s+at)\s+(?:just\s+|only\s+)?$", re.IGNORECASE
)
THEN = re.compile(rf"{NOW.pattern}|[\s,;:.)–—-]*(?:then|nur|only)?[\s:]*", re.IGNORECASE | re.DOTALL)
SENTENCE = re.compile(r"(?:[.!?]\s+(?=[A-Z\"“])|\n)")
#: How a sentence begins whose prices were: "Until 30 June: …", "It charged …", "Today Core is …".
PAST = re.compile(
    rf"\W*(?:(?:{OLD_TIME})\b|(?:old|previous|former)\b|was\b|(?:it|they|that|these|those|the\s+price)\s+(?:was|were|used\s+to|had|cost|charged|asked)\b|\w+\s+(?:used\s+to|launched|had\s+been)\b|the\s+\w+(?:\s+\w+)?\s+(?:was|were)\b)",
    re.IGNORECASE,
)
#: How a sentence begins that names nothing but the new price.
FUTURE = re.compile(
    rf"\W*(?:new(?:\s+price)?(?:\s+(?:from|as\s+of)\s+{_DAY})?\s*:|now\s*:|after\s+that\s*:|(?:since|as\s+of|from|after|starting)\s+(?:{_DAY}|today|tomorrow|this\s+\w+|next\s+\w+),?\s+(?:it|the\s+price|you|they)\b|(?:it|the\s+price)\s+(?:is\s+now|will|rises|goes|now)\b)",
    re.IGNORECASE,
)
FARTHEST: Final = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two amounts of one move, by their places in the list: the new price and the old one, or the step to it.

    Of ", up $5" texts do not always mean the old price to be reckoned; such a step ``is_sure`` not.
    """

    new: int
    other: int
    is_step: bool = False
    is_down: bool = False
    is_sure: bool = True


def ends(words: str) -> bool:
    """Return True if a sentence or a line ends within these words."""
    return "\n" in words or re.search(r"[!?]\s|\.\s+(?=[A-Z\"“])", words) is not None
