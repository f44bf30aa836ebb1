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
    r"(?i:appoint(?:s|ed|ing)?|nam(?:es|ed|ing)|hir(?:es|ed|ing)|promot(?:es|ed|ing)|elevat(?:es|ed|ing)|taps|tapped|elect(?:s|ed)|"
    r"welcom(?:es|ed|ing)|welcome|adds|added|selects|selected|picks|recruits|recruited|signs|signed|introducing|meet|"
    r"(?:appointments?|promotion|elevation|hiring|hire|election|addition|arrival)\s+of|announces|announced|poach(?:es|ed)|lur(?:es|ed)|rop(?:es|ed)\s+in|bring(?:s|ing)\s+(?:in|on(?:\s+board)?)|brings|brought\s+(?:in|on(?:\s+board)?))"
)
_SURE_LEAVE = (
    r"step(?:s|ped|ping)?\s+(?:down|aside|back)|resign(?:s|ed|ing)?|retir(?:e|es|ed|ing)|departs|departed|departing|ousted|quits?"
    r"|passed\s+away|dismissed"
)
_LEAVING = r"(?:(?:is|was|has|have|had|will|would|may|to|be|been|plans\s+to|intends\s+to|decided\s+to)\s+)*"
_LEAVE = rf"(?i:{_LEAVING}(?:{_SURE_LEAVE}|leav(?:e|es|ing)|left|depart|fired|exits?|removed|died|dies|mov(?:e|es|ed|ing)\s+on|out))(?![\w-])"
_OUT_OF = r"(?i:as|from(?:\s+(?:the|his|her))?(?:\s+(?:role|post|position)\s+(?:of|as))?)"
_NEW = r"(?:(?:the|its|our|their|a)\s+)?(?:(?:new|next|first)\s+)?"
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
    rf"(?i:fired|fires|removed|removes|ousts|ousted|dismisses|dismissed|sacks|sacked|parts\s+ways\s+with|parted\s+ways\s+with)\s+(?i:its\s+)?{_ROLE},?\s+(?P<name>{PERSON})",
    rf"(?i:(?:says?|said|bids?|bid)\s+(?:farewell|goodbye)\s+to|thanks?)\s+(?i:its\s+|our\s+)?{_ROLE},?\s+(?P<name>{PERSON})(?=[^.;]{{0,40}}(?:\bwho\s+{_LEAVE}|returning|\.|$|for\s+(?:\w+\s+){{1,3}}years))",
    rf"(?i:los(?:es|t|ing))\s+(?i:its\s+|their\s+)?{_ROLE}\s?[:,]?\s+(?P<name>{PERSON})",
    rf"(?i:exit|loss)\s+of\s+(?i:{_NEW}){_ROLE},?\s+(?P<name>{PERSON})",
    rf"(?i:asked|told)\s+(?i:its\s+)?{_ROLE},?\s+(?P<name>{PERSON})\s+(?i:to\s+(?:go|leave|step\s+down|resign))",
    rf"(?P<name>{PERSON}){_ASIDE}\s+(?i:(?:will|does|did|is)\s+not\s+(?:to\s+)?(?:renew|extend|renewing|extending|stand\s+for\s+re-?election|seek\s+re-?election))(?:[^.;]{{0,40}}?\s(?i:as)\s+{_ROLE_TEXT})?",
    rf"(?P<name>{PERSON})\s+\((?P<role>[^()]{{2,40}})\)[^.;]{{0,60}}?(?i:terminat|end|dissolv)\w*\s+(?i:her|his|their|the)\s+(?i:contract|employment)",
    rf"(?P<name>{PERSON}){_ASIDE}\s+(?i:(?:has\s+|have\s+)?(?:tendered|submitted|handed\s+in)\s+(?:his|her|their)\s+(?:resignation|notice))(?:\s+{_OUT_OF}\s+{_ROLE_TEXT})?",
    rf"(?<![\w-]){_ROLE},?\s+(?P<name>{PERSON}){_ASIDE}\s+(?i:(?:is\s+)?(?:to\s+)?(?:hands?|handing|handed)\s+over)",
    rf"(?i:passing|death|loss)\s+of\s+(?i:{_NEW})(?:{_ROLE},?\s+)?(?P<name>{PERSON})",
    rf"(?i:departure|resignation|retirement|exit|dismissal)\s+of\s+(?i:{_NEW})(?:{_ROLE},?\s+)?(?P<name>{PERSON})",
    rf"(?i:succeed(?:s|ing)?|replac(?:es|ing|e))\s+(?P<name>{PERSON})\s+(?i:as)\s+{_ROLE_TEXT}",
    rf"(?i:succeed(?:s|ed|ing)?|replac(?:es|ed|ing))\s+(?:(?i:outgoing|retiring|departing|former)\s+)?(?:(?i:founder|co-founder)\s+)?(?P<name>{PERSON})(?!\w)(?!,?\s+(?i:who)\s+(?i:becomes|will\s+become|moves|stays|remains|continues|takes))",
)
_ARRIVALS = (
    rf"(?P<verb>{HIRE})\s+{_NAME}{_ASIDE}\s+(?i:to\s+(?:its|the|our|their)\s+board)(?:\s+(?i:of\s+directors))?,?\s+(?i:as)\s+{_ROLE_TEXT}",
    rf"(?P<verb>{HIRE})\s+(?:[^.;:]{{0,60}}?\s)?{_NAME}{_ASIDE}\s(?i:to\s+(?:lead|run|head|oversee|manage))\s[^.;]{{0,60}}?\s(?i:as)\s+{_ROLE_TEXT}",
    rf"(?P<verb>{HIRE})\s+(?!{PERSON})[^.;:]{{0,60}}?\s?{_NAME}{_ASIDE}(?:\s+\(\d\d\))?\s{_INTO}\s+{_ROLE_TEXT}",
    rf"(?P<verb>{HIRE})\s+{_NAME}\s+(?i:from|away\s+from|of|out\s+of)\s+[^.;:]{{2,40}}?\s{_INTO}\s+{_ROLE_TEXT}",
    rf"{_NAME}[^.;]{{0,30}}?\s(?P<verb>(?i:promotion|appointment|elevation|election))\s+(?i:to|as)\s+{_ROLE_TEXT}",
    rf"(?P<verb>{HIRE})\s+{_NAME}{_ASIDE}\s*(?:,|:|\s{_INTO})?\s+{_ROLE_TEXT}",
    rf"(?P<verb>{HIRE})\s+(?i:{_NEW}){_ROLE}\s?[,:]?\s+{_NAME}",
    rf"{_NAME}(?:\s?,)?\s+(?i:(?:has\s+been|have\s+been|was|is|will\s+be|gets|as)\s+)?(?P<verb>(?i:appointed|named|promoted|elevated|elected|hired|recruited|selected|confirmed))\s+(?i:as\s+|to\s+(?:the\s+)?(?:{_OFFICE}\s+)?)?{_ROLE_TEXT}",
    rf"{_NAME}{_ASIDE}(?:\s?,?\s+(?i:who))?\s+(?i:(?:has\s+|will\s+(?:be\s+)?|is\s+|to\s+)?(?:joins?|joined|joining|returns?|moves?|takes\s+over|took\s+over|take\s+over|steps\s+in|comes|came|serves|starts|started))(?:[^.;]{{0,60}}?)\s(?i:as)\s+{_ROLE_TEXT}",
    rf"{_NAME}{_ASIDE}\s+(?i:(?:has\s+|will\s+|to\s+)?(?:assumes?|assumed|assuming|takes?\s+on|takes?\s+up|took\s+on|steps?\s+into|moves?\s+into))\s+(?i:the\s+)(?i:{_OFFICE}\s+)?{_ROLE_TEXT}",
    rf"{_NAME}{_ASIDE}\s+(?i:to\s+(?:succeed|replace)|(?:will\s+)?succeeds?|(?:will\s+)?replaces?)\s+[^.;]{{2,60}}?\s(?i:as)\s+{_ROLE_TEXT}",
    rf"{_NAME}{_ASIDE}(?:\s?,?\s+(?i:who))?\s+(?i:(?:has\s+|will\s+|to\s+)?(?:becomes?|became))\s+{_ROLE_TEXT}",
    rf"{_NAME},?\s+(?i:(?:is|as|are)\s+)?(?i:our|its|their|the(?:\s+(?:company|firm|group|bank)[’']s)?)\s+(?i:new|next|interim|newest)\s+{_ROLE_TEXT}",
    rf"(?:(?i:new|newest|next|incoming|first)\s+|(?=(?i:interim|acting)\s)){_ROLE}\s?[,:.]?\s+{_NAME}",
    rf"(?i:our|its|their|the)\s+(?i:new|next|interim)\s+{_ROLE}\s+(?i:is|will\s+be)\s+{_NAME}",
    rf"(?i:fill(?:s|ed)?|found)\s[^.;]{{0,20}}?(?i:{_NEW}){_ROLE}\s+(?i:(?:post|role|job|vacancy|seat|chair)\s+)?(?i:with|in)\s+(?:[A-Z][\w&]+['’]s\s+)?{_NAME}",
    rf"{_NAME}{_ASIDE}\s+(?i:takes|took|to\s+take)\s+(?i:the\s+)(?i:helm|reins|wheel|lead)\b[^.;]{{0,40}}?\s(?i:as)\s+{_ROLE_TEXT}",
    rf"{_NAME}{_ASIDE}\s+(?i:heads|leads|runs|will\s+(?:head|lead|run))\b[^.;]{{0,60}}?\s(?i:from|since|starting)\s[^.;]{{0,20}}?(?i:as)\s+{_ROLE_TEXT}",
    rf"{_NAME}\s+(?i:new)\s+{_ROLE_TEXT}",
    rf"{_ROLE}\s+(?i:role|post|job|position|reins|duties)\s+to\s+{_NAME}",
    rf"{_ROLE}\s+(?i:will\s+be|is|has\s+been)\s+(?i:filled|taken|held|assumed)\s+(?i:by)\s+{_NAME}",
    rf"{_ROLE}\s+(?i:goes|passes|falls|went)\s+to\s+{_NAME}",
    rf"(?i:successor|replacement)\s+(?i:as)\s+{_ROLE}\s+(?i:will\s+be|is)\s+{_NAME}",
    rf"(?i:successor|replacement)\s+(?i:will\s+be|is)\s+{_NAME}",
    rf"{_NAME}\s+(?i:(?:is\s+)?in\s+as|to\s+take\s+(?:over|charge)\s+as|in\s+charge\s+as)\s+{_ROLE_TEXT}",
    rf"(?i:hands?|handed|handing)\s+(?i:over\s+)?(?i:to|the\s+(?:baton|reins|keys)\s+to)\s+{_NAME}",
    rf"{_NAME}\s+(?i:named)\s+(?i:successor)",
    rf"{_NAME}\s+(?i:(?:will\s+)?(?:succeeds?|succeeded|replaces?|replaced))\s",
    rf"{_ROLE}\s+{_NAME}\s+(?i:takes\s+over|steps\s+in|joins|starts)",
    rf"{_NAME}\s+(?i:as)\s+(?i:{_NEW}){_ROLE_TEXT}",
    rf"(?P<verb>(?i:poach(?:es|ed)|lur(?:es|ed)|hir(?:es|ed)|recruit(?:s|ed)|rop(?:es|ed)\s+in))\s+{_NAME}\s+(?i:away\s+)?(?i:from)\s",
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
    rf"(?i:said|says|\bjoin|meet\s+the\s+team:?|hear\s+from|work(?:ing)?\s+(?:\w+ly\s+)?with|report(?:s|ing)?\s+to|according\s+to|told|added|comments?|explains?|,\s+by|written\s+by|\b(?:at|of|from|in|for))\s+(?:(?i:our|its|the)\s+)?(?:{_ROLE},?\s+)?$"
)
#: What follows the name of somebody who only speaks: ", Managing Director, Harbour Bank, said".
QUOTED = re.compile(r"^\s?,[^.;\"“]{2,90}?\b(?:said|says|told|commented|explained|noted|added)\b")
#: Several people, each behind a role: "the appointments of Chief Legal Officer Ada Quist and Chief People Officer Omar Bell".
HIRED = re.compile(rf"{HIRE}\s+(?:[^.;:]{{0,30}}:\s*)?(?P<list>[^.;:]+)")
BETWEEN = re.compile(r"\s*(?:,|,?\s+and|&|,?\s+as\s+well\s+as)\s+(?:(?:a|an|the|new)\s+)?", re.IGNORECASE)
