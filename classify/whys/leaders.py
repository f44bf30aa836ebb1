# ruff: noqa: E501 (a pattern and its sentences are read as one line each)
"""What it means who leads a rival, and who leaves it."""

from __future__ import annotations

import re

from classify.rules.people.patterns import DEPARTED
from classify.rules.role_capitals import quiet_role
from classify.rules.roles import seniority
from classify.rules.words import UPPER
from classify.signals import Person
from classify.whys.functions import CHIEF, STANDING, function_of
from classify.whys.rule import LONG_NAME, Meaning, Reason, Told, rule, say

SENIOR = 0.7
_BOTH = "{role} takes over as another leaves: contacts are loose now, and priorities change within the first quarters."
_ANY = "{role} tends to set new priorities within the first quarters; watch for offers that follow from it."
_INTERIM = "{role} decides little that lasts; accounts that need commitments may welcome a supplier whose plans are settled."
_ORIGIN = "Who comes from {origin} knows how {origin} decides; expect that to be used there and at its like, and renew our own contacts."
#: Those whose acquaintances are worth as much as what they do.
_KNOWN_FOR_CONTACTS = frozenset(("sales", "customer", "region", "partners", "strategy", "role"))
#: A body that somebody sits on is no role: "take over her duties on the Management Board".
_BODY = re.compile(
    r"(?:(?:management|supervisory|executive|advisory) )?(?:board|committee|team)(?: of directors)?",
    re.IGNORECASE,
)
#: What makes a role more than a role: a clause, or the part of a company that it is for.
_MORE = re.compile(
    r"\s+(?:(?:of|for|at|in)\s+)?(?:its|our|their|his|her|my|portfolio|the (?:new|newly))\s.*|.*\b(?:I|we|he|she|they)\b.*"
)
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_FROM = re.compile(
    rf"(?i:joins?|joined|hires?|hired|lures?|lured|poach\w*|nabs?|comes?|came|moves?|moved|until now)\b[^.]{{0,80}}?\bfrom (?!{_MONTH}\b|xrivalx)(?P<origin>[{UPPER}][\w&’'-]*(?: (?:[{UPPER}&][\w&’'-]*))*)"
)


def _by_people(told: Told) -> Reason | None:
    people = [person for person in told.facts.people if not _BODY.fullmatch(person.role)]
    seniors = [person for person in people if seniority(person.role) >= SENIOR]
    named = [person for person in seniors if person.name in told.head] or seniors
    arrived = [person for person in named if person.role and person.action != DEPARTED]
    leaving = [person for person in seniors if person.action == DEPARTED]
    if arrived:
        return _arrival(told, arrived[0], changes_hands=bool(leaving))
    return _departure(told, leaving[0]) if leaving else _juniors(told, people) or _by_words(told)


def _arrival(told: Told, person: Person, *, changes_hands: bool) -> Reason:
    role = {"role": _new(person.role)}
    if role["role"].startswith("An "):
        return say("interim", (_INTERIM,), told, role)
    function = function_of(person.role)
    about, sentence = (function.about, function.comes) if function else ("role", _ANY)
    origin = _FROM.search(told.lead)
    if origin and about in _KNOWN_FOR_CONTACTS and origin["origin"] not in told.facts.places:
        return say("came from", (_ORIGIN, sentence), told, role | origin.groupdict())
    return say(about, (_BOTH if changes_hands and about == CHIEF else sentence,), told, role)


def _departure(told: Told, person: Person) -> Reason:
    function = function_of(person.role)
    return say(function.about if function else "departure", (function.goes if function else STANDING,), told)


def _juniors(told: Told, people: list[Person]) -> Reason | None:
    """Say what people below the top mean, whom a team page shows or a post welcomes."""
    roles = [person.role for person in people if person.role]
    function = function_of(roles[0]) if roles else None
    if function is None:
        return None
    gone = all(person.action == DEPARTED for person in people)
    return say(function.about, (function.goes if gone else function.comes,), told, {"role": _new(roles[0])})


def _new(role: str) -> str:
    """Return "A new Chief Financial Officer", "An interim CEO"; what follows a comma is the role's field."""
    role = quiet_role(_MORE.sub("", role.split(",", maxsplit=1)[0]).strip())
    stands_in = re.match(r"(?:interim|acting)\b", role, re.IGNORECASE)
    if not role or len(role) > LONG_NAME:
        return "An interim leader" if stands_in else "A new leader"
    if stands_in:
        return f"An {role}"
    return f"A {role}" if role.lower().startswith("new ") else f"A new {role}"


_ROLE_SAID = re.compile(
    r"\b(?:chief (?:\w+ ){1,3}officer|c[a-z]{1,2}o\b|(?:finance|sales|technology|marketing|product|operations|legal|people|security|science|design) (?:chief|boss|head|director|lead|president)"
    r"|(?:svp|evp|vp|vice president|head|director)(?: of|,)? (?:the )?[\w&-]+(?: (?:and|&) \w+)?|general counsel|managing director|chief executive|president|founder)\b",
    re.IGNORECASE,
)
_COMES = re.compile(
    r"\b(?:appoint|nam(?:es?|ed)\b|first\b|picks?\b|hire[sd]?\b|join|promot|elect|takes? (?:over|on)\b|new\b|to lead\b|welcom|succe(?:ed|ss)|becom|is now\b|steps? up)",
    re.IGNORECASE,
)
_LEAVES = re.compile(
    r"\b(?:step(?:s|ped|ping)? down|resign|leav(?:e|es|ing)\b|left\b|depart|retir(?:e|es|ed|ing|ement)\b|oust|dismiss|fired|exit|quits?\b|removed|bow(?:s|ed)? out|goodbye|no longer|dies\b|died\b|thank you)",
    re.IGNORECASE,
)


def _by_words(told: Told) -> Reason | None:
    """Say what a role means that is named without anybody whom the reader of facts knows."""
    for scope in (told.head, told.lead):
        found = _ROLE_SAID.search(scope)
        function = function_of(found.group()) if found else None
        if function is not None:
            if _LEAVES.search(scope):
                return say(function.about, (function.goes,), told)
            if _COMES.search(scope):
                return say(function.about, (function.comes,), told, {"role": "whoever takes the post"})
    return None


LEADERSHIP = Meaning(
    first=(
        rule(
            "death",
            r"(?:has|have|had) died|died\b|dies\b|passed away|passing of|death of|mourn|obituary|in memor",
            "A death is nothing to sell on; offer sympathy, and leave the accounts of whoever died in peace for a while.",
        ),
        rule(
            "leave",
            r"(?:parental|maternity|paternity|medical|sick|family) leave|leave of absence|(?:take|taking|takes) (?:\w+ )?leave\b|sabbatical",
            "Somebody stands in for a time; note who decides meanwhile, and expect the course to stay as it is.",
        ),
        rule(
            "interim",
            r"interim\b|acting (?:ceo|chief|president|head|chair)|while (?:the board|they|it|xrivalx) (?:search|look)",
            "Interim leaders decide little that lasts; accounts that need commitments may welcome a supplier whose plans are settled.",
            unless=r"(?:after|following|was|been|as|from|serv\w+|replac\w+|succeed\w+) (?:\w+ ){0,3}(?:interim|acting)",
        ),
    ),
    by_facts=_by_people,
    then=(
        rule(
            "board",
            r"board\b|chair(?:man|woman|person)?\b|non-executive",
            "A change on the board brings other contacts and a view of strategy, seldom daily change; watch what follows from it.",
        ),
        rule(
            "departure",
            r"step(?:s|ped|ping)? down|resign|leav(?:es|ing)\b|depart|retir(?:es?|ed|ing|ement)\b|oust|fired|exit(?:s|ed)?\b|quits?\b|bow(?:s|ed)? out|hand(?:s|ing)? over|farewell|loses? (?:its|their|the)|(?:director|chief|boss|head|founder|ceo|president|chair\w*) (?:is )?out\b|suspended|goodbye|calls it a day|last day",
            STANDING,
        ),
    ),
    last=(
        rule(
            "role",
            r"appoint|named?\b|hires?\b|joins?\b|promot|elect|takes? (?:over|on)|new (?:\w+ )?(?:ceo|chief|head|president|dean|boss|director|face|management|team|partner|leader)|to lead\b|will lead|now heads|becomes?\b|welcomes?|names?\b|picks?\b|hand(?:s|ing)|shakes? up|adds?\b",
            "Who comes tends to set new priorities within the first quarters; watch for offers that follow from it.",
        ),
    ),
    general="A change in who leads often comes before a change in strategy, sales or contacts; note who our accounts deal with there.",
)
