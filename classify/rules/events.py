# ruff: noqa: E501 (a pattern or word list is read as one line)
"""Events and dates in a text: what, when, where. Rules, no model."""

from __future__ import annotations

import re

from classify.rules.places import find_places
from classify.rules.words import COMMON, UPPER, VERBS, sentences, tidy
from classify.signals import EventFact

_KINDS = (
    r"Conference|Summit|Expo|Forum|Symposium|Congress|Convention|Webinar|Workshop|Hackathon|Meetup|Fair|Show|Week|Days?|Festival"
    r"|Roadshow|Masterclass|Con|Connect|Live|World|Series|Seminar|Panel"
)
_TOKEN = rf"(?:[{UPPER}0-9][\w’'&.+-]*|of|the|and|on|for|in|&)"
NAMED = re.compile(
    rf"(?<![\w-])(?P<name>(?:[{UPPER}0-9][\w’'&+-]*\s+(?:{_TOKEN}\s+){{0,6}})?(?:{_KINDS})(?:\s+(?:on|of|for)\s+(?:[{UPPER}][\w-]*\s?){{1,4}})?(?:\s+(?:19|20)\d\d|\s+[{UPPER}][a-z]+\s+(?:19|20)\d\d)?)(?!\w)"
    rf"|(?P<con>[{UPPER}]\w+(?:Con|Conf|Fest|Summit|Days|Expo)(?:\s+(?:19|20)\d\d)?)(?!\w)"
)
AT = re.compile(
    rf"(?i:\b(?:at|attend|exhibit\s+at|speak\s+at|sponsor|join\s+us\s+at|see\s+you\s+at))\s+(?:(?i:the)\s+)?(?P<name>[{UPPER}][\w’'&-]*(?:\s+[{UPPER}0-9][\w’'&-]*){{0,5}})"
)

_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?(?:\s?(?:-|–|to|and)\s?\d{1,2}(?:st|nd|rd|th)?)?"
DATE = re.compile(
    rf"(?<![\w.])(?:\d{{4}}-\d{{2}}-\d{{2}}|{_DAY}\s+(?:of\s+)?{_MONTH}(?:,?\s+\d{{4}})?|{_MONTH}\s+{_DAY}(?:,?\s+\d{{4}})?|{_MONTH}\s+\d{{4}})(?![\w-])",
    re.IGNORECASE,
)
EFFECTIVE = re.compile(
    rf"(?i:\b(?:effective|from|starting|beginning|as\s+of|on|until|before|by|after|in|since|end\s+of|with\s+effect\s+from))\s+(?:(?i:on|from|the)\s+)?(?P<date>{DATE.pattern})",
    re.IGNORECASE,
)
#: What stands before the name of an event: what is done there, or with it.
_ACTS = VERBS | {"upcoming", "for", "inaugural", "informational"}
#: Words that alone name no event.
_PLAIN = (
    frozenset(
        [
            "conference",
            "conferences",
            "summit",
            "expo",
            "forum",
            "symposium",
            "congress",
            "convention",
            "webinar",
            "webinars",
            "workshop",
            "hackathon",
            "meetup",
            "fair",
            "show",
            "week",
            "day",
            "days",
            "festival",
            "roadshow",
            "series",
            "seminar",
            "panel",
            "live",
            "world",
            "investor",
            "virtual",
            "online",
            "digital",
            "annual",
            "user",
            "free",
        ]
    )
    | COMMON
)


def find_date(text: str) -> str | None:
    """Return the first date that something takes effect or takes place on, as written."""
    found = EFFECTIVE.search(text)
    if found:
        return found["date"].strip()
    return _first_date(text)


def find_event(text: str) -> EventFact | None:
    """Return the event a text is about, as far as it names one."""
    for sentence in sentences(text):
        found = NAMED.search(sentence) or AT.search(sentence)
        if found:
            groups = found.groupdict()
            name = _event_name(groups.get("name") or groups.get("con") or "")
            if name:
                places = find_places(text[text.find(sentence) :])
                return EventFact(name=name, date=_first_date(text), place=places[0] if places else None)
    return None


def _event_name(found: str) -> str:
    """Return the name without the act before it; empty if only a kind of event is left ("Investor Conferences")."""
    words = tidy(found).split()
    acts = [place for place, word in enumerate(words) if word.lower() in _ACTS]
    words = words[acts[-1] + 1 :] if acts else words
    while words and words[0].lower() in COMMON:
        words = words[1:]
    telling = [word for word in words if word.lower() not in _PLAIN]
    return " ".join(words) if telling and len("".join(words)) > 3 else ""


def _first_date(text: str) -> str | None:
    """Return the first date of a text, as written."""
    found = DATE.search(text)
    return found.group(0).strip() if found else None
