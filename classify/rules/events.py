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
#: Words that say of a day that something holds from then on; others only place something in time.
_IN_FORCE = re.compile(
    rf"(?i:\b(?:effective|in\s+force|with\s+effect|takes?\s+effect))\s+(?:(?i:on|from|as\s+of|the)\s+){{0,2}}(?P<date>{DATE.pattern})",
    re.IGNORECASE,
)
EFFECTIVE = re.compile(
    rf"(?i:\b(?:effective|from|starting|beginning|as\s+of|on|until|before|by|after|in|since|end\s+of|with\s+effect\s+from))\s+(?:(?i:on|from|the)\s+)?(?P<date>{DATE.pattern})",
    re.IGNORECASE,
)
#: What stands before the name of an event: what is done there, or with it.
_ACTS = VERBS | {"upcoming", "for", "inaugural", "informational", "watch", "register", "recordings"}
#: "Webinar: Preparing for the next audit": such an event bears its subject as a name.
_BY_SUBJECT = re.compile(
    rf"^(?:(?:free|live|online|new|our|upcoming)\s+)*(?:webinar|workshop|round\s?table|masterclass|meetup)\s*(?::|\s[–—-])\s*(?P<name>(?-i:[{UPPER}0-9])[^\n.!?|]{{4,90}})",
    re.IGNORECASE | re.MULTILINE,
)
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
    found = _IN_FORCE.search(text) or EFFECTIVE.search(text)
    return _as_date(found["date"]) if found else _first_date(text)


def find_event(text: str) -> EventFact | None:
    """Return the event a text is about, as far as it names one."""
    for sentence in sentences(text):
        found = NAMED.search(sentence) or AT.search(sentence)
        if found:
            groups = found.groupdict()
            name = _event_name(groups.get("name") or groups.get("con") or "")
            if name:
                return _event(name, text, text[text.find(sentence) :])
    subject = _BY_SUBJECT.search(text)
    return _event(tidy(subject["name"]), text, text[subject.end() :]) if subject else None


def _event(name: str, text: str, behind: str) -> EventFact:
    """Return the event of this name, with the first date of its text and the first place not of its name alone."""
    places = find_places(behind)
    place = next((place for place in places if place not in name), places[0] if places else None)
    return EventFact(name=name, date=_first_date(text), place=place)


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
    return _as_date(found.group(0)) if found else None


def _as_date(found: str) -> str:
    """Return a date without the full stop that ends its sentence."""
    return found.strip().rstrip(".")
