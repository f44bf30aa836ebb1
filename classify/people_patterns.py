# ruff: noqa: E501 (a pattern or word list is read as one line)
"""How texts say that a person came, rose or left: patterns with the groups ``name``, ``role`` and ``verb``."""

from __future__ import annotations

import re

from classify.roles import SHORT_ROLE
from classify.words import PERSON

APPOINTED = "appointed"
PROMOTED = "promoted"
DEPARTED = "departed"

# Looked at, not consumed: the next person may begin inside it.
_ROLE_TEXT = r"(?=(?P<role>[^;()–—\n]{2,90}))"
_ROLE = SHORT_ROLE
_CREDENTIALS = r"(?:,\s*(?:[A-Z]{2,5}|[A-Z][a-z]?\.[A-Z.]+|Ph\.?D\.?|Esq\.?|Jr\.?)){0,3}"
_ASIDE = r"(?:\s?,[^,.;]{2,90},)?"
_NAME = rf"(?P<name>{PERSON}){_CREDENTIALS}"
HIRE = (
    r"(?i:appoint(?:s|ed|ing)?|nam(?:es|ed|ing)|hir(?:es|ed|ing)|promot(?:es|ed|ing)|taps|tapped|elect(?:s|ed)|"
    r"welcom(?:es|ed|ing)|welcome|adds|added|selects|selected|picks|recruits|recruited|introducing|meet|"
    r"(?:appointment|promotion|hiring|hire|election|addition|arrival)\s+of|announces|announced|poaches|brings(?:\s+in)?)"
)
_SURE_LEAVE = (
    r"step(?:s|ped|ping)?\s+(?:down|aside|back)|resign(?:s|ed|ing)?|retir(?:e|es|ed|ing)|departs|departed|departing|ousted|quits?"
    r"|passed\s+away|dismissed"
)
_LEAVING = r"(?:(?:is|was|has|have|had|will|to|be|been|plans\s+to|intends\s+to|decided\s+to)\s+)*"
_LEAVE = rf"(?i:{_LEAVING}(?:{_SURE_LEAVE}|leav(?:e|es|ing)|left|depart|fired|exits?|removed|died|dies|mov(?:e|es|ed|ing)\s+on|out))(?![\w-])"
_OUT_OF = r"(?i:as|from(?:\s+(?:the|his|her))?(?:\s+(?:role|post|position)\s+(?:of|as))?)"
_NEW = r"(?:(?:the|its|our|their|a)\s+)?(?:(?:new|next|interim|first|acting)\s+)?"
_INTO = r"(?i:as|to\s+be|to\s+serve\s+as|to\s+become|to(?:\s+(?:the|its|our|their))?(?:\s+(?:newly\s+created\s+)?(?:position|role|post|office))?(?:\s+of)?)"
_OFFICE = r"(?:role|position|post|office|duties|job)\s+of"

_DEPARTURES = (
    rf"(?P<name>{PERSON})\s?,\s+(?:(?i:its|our|the)\s+)?{_ROLE}\s?,?\s+{_LEAVE}",
    rf"(?<![\w-]){_ROLE},?\s+(?P<name>{PERSON}),?\s+{_LEAVE}",
    rf"(?P<name>{PERSON}){_ASIDE}\s+{_LEAVE}[^.;]{{0,40}}?\s{_OUT_OF}\s+{_ROLE_TEXT}",
    rf"(?P<name>{PERSON})\s[^.;]{{0,60}}?(?i:decision|intention|decided|intends|plans?|notice|choice)\s+(?i:to)\s+(?i:{_SURE_LEAVE}|leave)"
    rf"[^.;]{{0,30}}?\s{_OUT_OF}\s+{_ROLE_TEXT}",
    rf"(?i:as)\s+(?i:{_NEW}){_ROLE},\s+(?P<name>{PERSON})\s+{_LEAVE}",
    rf"(?P<name>{PERSON}){_ASIDE}\s+(?i:{_LEAVING}(?:{_SURE_LEAVE}))(?![\w-])",
    rf"(?P<name>{PERSON})\s?,\s+(?i:who)\s+{_LEAVE}",
    rf"(?P<name>{PERSON})\s?,\s(?P<role>[^.;]{{2,90}}),\s+{_LEAVE}",
    rf"(?i:fired|fires|ousts|ousted|dismisses|dismissed|sacks|sacked|parts\s+ways\s+with|parted\s+ways\s+with)\s+(?i:its\s+)?{_ROLE},?\s+(?P<name>{PERSON})",
    rf"(?i:departure|resignation|retirement|exit|dismissal)\s+of\s+(?i:{_NEW})(?:{_ROLE},?\s+)?(?P<name>{PERSON})",
    rf"(?i:succeed(?:s|ing)?|replac(?:es|ing|e))\s+(?P<name>{PERSON})\s+(?i:as)\s+{_ROLE_TEXT}",
    rf"(?i:succeed(?:s|ed|ing)?|replac(?:es|ed|ing))\s+(?:(?i:outgoing|retiring|departing|former)\s+)?(?P<name>{PERSON})",
)
_ARRIVALS = (
    rf"(?P<verb>{HIRE})\s+(?!{PERSON})[^.;:]{{0,60}}?\s?{_NAME}{_ASIDE}(?:\s+\(\d\d\))?\s{_INTO}\s+{_ROLE_TEXT}",
    rf"(?P<verb>{HIRE})\s+{_NAME}\s+(?i:from|away\s+from|of|out\s+of)\s+[^.;:]{{2,40}}?\s{_INTO}\s+{_ROLE_TEXT}",
    rf"{_NAME}[^.;]{{0,30}}?\s(?P<verb>(?i:promotion|appointment|elevation|election))\s+(?i:to|as)\s+{_ROLE_TEXT}",
    rf"(?P<verb>{HIRE})\s+{_NAME}{_ASIDE}\s*(?:,|:|\s{_INTO})?\s+{_ROLE_TEXT}",
    rf"(?P<verb>{HIRE})\s+(?i:{_NEW}){_ROLE}\s?[,:]?\s+{_NAME}",
    rf"{_NAME}(?:\s?,)?\s+(?i:(?:has\s+been|have\s+been|was|is|will\s+be|gets|as)\s+)?(?P<verb>(?i:appointed|named|promoted|elected|hired|selected|confirmed))\s+(?i:as\s+|to\s+(?:the\s+)?(?:{_OFFICE}\s+)?)?{_ROLE_TEXT}",
    rf"{_NAME}{_ASIDE}(?:\s?,\s+(?i:who))?\s+(?i:(?:has\s+|will\s+(?:be\s+)?|is\s+|to\s+)?(?:joins?|joined|joining|returns?|moves?|takes\s+over|took\s+over|take\s+over|steps\s+in|comes|came|serves|starts|started))(?:[^.;]{{0,60}}?)\s(?i:as)\s+{_ROLE_TEXT}",
    rf"{_NAME}{_ASIDE}\s+(?i:(?:has\s+|will\s+|to\s+)?(?:assumes?|assumed|assuming|takes?\s+on|takes?\s+up|took\s+on|steps?\s+into|moves?\s+into))\s+(?i:the\s+)(?i:{_OFFICE}\s+)?{_ROLE_TEXT}",
    rf"{_NAME}{_ASIDE}\s+(?i:to\s+(?:succeed|replace)|(?:will\s+)?succeeds?|(?:will\s+)?replaces?)\s+[^.;]{{2,60}}?\s(?i:as)\s+{_ROLE_TEXT}",
    rf"{_NAME}\s+(?i:(?:has\s+|will\s+|to\s+)?(?:becomes?|became))\s+{_ROLE_TEXT}",
    rf"{_NAME},?\s+(?i:(?:is|as|are)\s+)?(?i:our|its|their|the(?:\s+(?:company|firm|group|bank)[’']s)?)\s+(?i:new|next|interim|newest)\s+{_ROLE_TEXT}",
    rf"(?i:new|next|interim|incoming)\s+{_ROLE}\s?[,:.]?\s+{_NAME}",
    rf"(?i:our|its|their|the)\s+(?i:new|next|interim)\s+{_ROLE}\s+(?i:is|will\s+be)\s+{_NAME}",
    rf"{_ROLE}\s+(?i:role|post|job|position|reins|duties)\s+to\s+{_NAME}",
    rf"{_NAME}\s+(?i:named)\s+(?i:successor)",
    rf"{_NAME}\s+(?i:(?:will\s+)?(?:succeeds?|succeeded|replaces?|replaced))\s",
    rf"{_ROLE}\s+{_NAME}\s+(?i:takes\s+over|steps\s+in|joins|starts)",
    rf"{_NAME}\s+(?i:as)\s+(?i:{_NEW}){_ROLE_TEXT}",
)
#: (action, pattern), the surest first within each action; departures are asked first.
PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    *((DEPARTED, re.compile(pattern)) for pattern in _DEPARTURES),
    *((APPOINTED, re.compile(pattern)) for pattern in _ARRIVALS),
)

#: Several people with one role: "appoints Ada Quist and Omar Bell to its board".
SHARED_ROLE = re.compile(
    rf"(?P<verb>{HIRE})\s+(?P<names>{PERSON}(?:,\s+{PERSON})*,?\s+(?:and|&)\s+{PERSON})\s*(?:,|\s{_INTO})\s+{_ROLE_TEXT}"
)
#: A list of those who go: "Two leaders are leaving: Chief Digital Officer Ada Quist and Head of Retail Omar Bell".
LEAVERS = re.compile(
    r"(?i:leav\w+|depart\w+|exit\w*|quit\w*|resign\w*|step\w*\s+down)\s[^.;:]{0,40}:\s*(?P<list>[^.;:]+)"
)
LISTED = re.compile(rf"{_ROLE}\s+(?P<name>{PERSON})|(?P<name2>{PERSON})\s?[,(]\s*(?P<role2>[^,;()]{{2,60}})")

#: What a sentence about somebody's coming or going holds, for names that no pattern reached.
COMING = re.compile(
    rf"\b(?:{HIRE[4:-1]}|join(?:s|ed|ing)?|(?:has|have)\s+a\s+new|moves?\s+into|takes?\s+over|on\s+board|onboard)(?![\w-])",
    re.IGNORECASE,
)
GOING = re.compile(
    rf"\b(?:{_SURE_LEAVE}|leav(?:e|es|ing)|left|farewell|goodbye|exits?|mov(?:e|ed|es|ing)\s+on)(?![\w-])",
    re.IGNORECASE,
)
SPEAKING = re.compile(
    rf"(?i:said|says|according\s+to|told|added|comments?|explains?|,\s+by|written\s+by)\s+(?:{_ROLE}\s+)?$"
)
