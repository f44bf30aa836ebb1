# ruff: noqa: E501 (a pattern or word list is read as one line)
"""Job ads: the title of the job from an ad's own words. Rules, no model."""

from __future__ import annotations

import re

from classify.rules.places import find_places
from classify.rules.words import tidy
from classify.signals import Opening

JOB = (
    r"engineer|developer|manager|designer|analyst|scientist|representative|executive|specialist|consultant|architect|director"
    r"|administrator|recruiter|accountant|counsel|officer|technician|nurse|driver|assistant|associate|lead|head of [\w ]+|intern"
    r"|writer|marketer|operator|researcher|coordinator|advisor|strategist|vp [\w ]+|vice president[\w ,]*|chief [\w ]+|agent|planner|partner|buyer|clerk|trainer"
)
SOUGHT = re.compile(
    rf"(?i:\b(?:looking\s+for|hiring|seeking|seeks|recruiting|wanted|opening\s+for|join\s+us\s+as|as\s+(?=an?\s))[:,]?\s+(?:an?\s+|our\s+next\s+)?)"
    rf"(?P<title>(?:[\w/&+.-]+\s+){{0,5}}?(?:{JOB})s?(?:\s?\([^)]{{1,20}}\))?)(?!\w)",
    re.IGNORECASE,
)
#: Whoever asks others who hire seeks nobody.
_OTHERS = re.compile(
    r"\bif\s+you(?:['’]?re|\s+are)\s+(?:hiring|looking|recruiting)\b[^.!?\n]*", re.IGNORECASE
)
TITLED = re.compile(rf"^(?P<title>[^\n.!?|–—]{{0,60}}?\b(?:{JOB})s?\b[^\n.!?|–—,-]{{0,40}})", re.IGNORECASE)


def find_openings(text: str) -> tuple[Opening, ...]:
    """Return the job an ad describes, with its place; empty if no title can be read."""
    text = _OTHERS.sub("", text)
    first = text.strip().split("\n", 1)[0]
    found = SOUGHT.search(text) or (TITLED.match(first) if len(first) <= 120 else None)
    if not found:
        return ()
    title = tidy(found["title"])
    places = find_places(text)
    return (Opening(title=title, place=places[0] if places else ""),) if 3 <= len(title) <= 80 else ()
