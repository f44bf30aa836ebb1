"""A later turn of a matter: what is taken back, corrected, settled, given up or moved to another day."""

from __future__ import annotations

import re
from functools import lru_cache

from classify.tellings.likeness import LEAD
from classify.tellings.story import Story
from classify.tellings.story_facts import flat
from store.kinds import Category

REVERSAL = re.compile(
    r"\b(?:call(?:s|ed|ing)?\s+off|calls?\s+\w+(?:\s+\w+)?\s+off|scrap(?:s|ped|ping)?|abandon(?:s|ed|ing)?|cancel(?:s|led|ling|ed|ing)|withdraw(?:s|n|ing)|withdrew|terminat(?:es|ed)"
    r"|revers(?:es|ed)|walk(?:s|ed)?\s+away|back(?:s|ed)?\s+out|rescind(?:s|ed)|retract(?:s|ed)|postpon(?:e[sd]?|ing)|unwind(?:s)?|unwound|rolls?\s+back|rolled\s+back"
    r"|overturn(?:s|ed)?|quash(?:es|ed)|annul(?:s|led)|revok(?:es|ed)|end(?:s|ed)\s+(?:its\s+|the\s+)?(?:partnership|alliance|cooperation)"
    r"|(?:will\s+not|won[’']t)\s+(?:join|launch|open|acquire|buy|raise|go\s+ahead|take)|no\s+longer\s+(?:plans?|acquir\w+|going|buy\w+)|drop(?:s|ped)\s+(?:its\s+)?(?:bid|plans?|offer)"
    r"|(?:will\s+not|won[’']t|not\s+going\s+to)\s+be\s+(?:join|launch|open|acquir|buil|bought|sold|rais|tak|mov|clos)\w*"
    r"|put(?:s|ting)?\s+(?:[\w'’-]+\s+){1,5}on\s+(?:ice|hold)|shelv(?:es|ed|ing)\s+(?:its|the|plans?)|u-turn(?:s|ed)?|back-?(?:track|pedal)\w*"
    r"|(?:tak(?:es|en|ing)|took)\s+back\s+(?:the|its|our)|set(?:s|ting)?\s+aside\s+(?:the\s+|its\s+)?(?![\d$€£]|money|time|space|funds)"
    r"|suspend(?:s|ed)|back(?:s|ed|ing)?\s+down|thr(?:ows?|ew|own)\s+out|keep(?:s|ing)?\s+(?:[\w'’-]+\s+){1,3}open|part(?:s|ed|ing)?\s+ways|end(?:s|ed)?\s+(?:[\w'’-]+\s+)?talks|no\s+deal|end(?:s|ed)\s+their|reverses?\s+course|chang(?:es|ed)\s+(?:its|our|her|his)\s+minds?|struck\s+down|strikes?\s+down|reinstat(?:es|ed))\b",
    re.IGNORECASE,
)
# What only happened beside it: "Revenue declined as growers postponed investments".
REASON = re.compile(
    r"\b(?:as|after|because|while|despite|amid|since|when|although|though)\b[^.,;!?\n]*", re.IGNORECASE
)
# "Correction: …", "corrects figure", "210 jobs, not 120 as first reported".
CORRECTION = re.compile(
    r"^\W*(?:correction|corrigendum|errat(?:um|a)|clarification)\b|\bcorrects?\s+(?:its\s+|the\s+|an?\s+)?(?:\w+\s+)?(?:figures?|numbers?|statements?|reports?|announcements?|dates?|prices?|errors?)"
    r"|\bnot\s+[^.;]{1,40}\bas\s+(?:first|earlier|previously|initially|originally|wrongly|we)\s+(?:reported|stated|announced|said|wrote|given)"
    r"|\b(?:misstated|restate[sd]?)\b",
    re.IGNORECASE,
)
# The later step of a matter, which may come within days of the first.
SETTLED = re.compile(
    r"\bsettl(?:es?|ed|ing|ement)\b|\b(?:share|stock)holders?\s+(?:\w+\s+)?(?:approv|vot|back)\w*",
    re.IGNORECASE,
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MONTH = rf"(?:{'|'.join(MONTHS)})[a-z]*"
DAY = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?(?:\s*(?:to|and|-|–)\s*\d{{1,2}})?\s+{_MONTH}|{_MONTH}\s+\d{{1,2}})\b",
    re.IGNORECASE,
)
MOVED = re.compile(
    r"\b(?:mov(?:es|ed|ing)|reschedul\w+|brought\s+forward|pushed\s+back|new\s+dates?)\b", re.IGNORECASE
)
RETIRED = re.compile(
    r"\bpull(?:s|ed|ing)?\s+the\s+plug|\bend[- ]of[- ](?:life|sale|support)\b|\bdiscontinu\w+|\bsunset(?:s|ting)?\b",
    re.IGNORECASE,
)
# What ends something in other words than a reversal's: "We are ending the free plan" for "scraps".
ENDING = re.compile(
    r"\b(?:plug|phas(?:es?|ed|ing)\s+out|end(?:s|ed|ing)?|kill(?:s|ed|ing)?|clos(?:es?|ed|ing|ure)|discontinu\w+|retir\w+|sunset\w*|shut\w*|part(?:s|ing)?\s+(?:\w+\s+)?with"
    r"|giv(?:es?|ing)\s+up|gave\s+up|remov(?:es?|ed|ing)|stop(?:s|ped|ping)?|delay(?:s|ed)?|leav(?:es|ing)|left|depart\w*|step(?:s|ped|ping)?\s+down|exit\w*|resign\w*|halt\w*|paus\w+|recall(?:s|ed|ing)?|goodbye|farewell|not\s+(?:going\s+)?to|no\s+longer)\b",
    re.IGNORECASE,
)


# What can only take back: it does not say in other words that something ends.
UNDOING = re.compile(
    r"\bu-turn|\bback(?:s|ed|ing)?\s+down\b|\bback-?(?:track|pedal)|\brevers(?:es|ed?)\s+(?:course|\w+\s+decision)|\breinstat"
    r"|\boverturn|\bquash|\bthr(?:ows?|ew|own)\s+out\b|\bstr(?:uck|ikes?)\s+down\b|\bkeep(?:s|ing)?\s+(?:[\w'’-]+\s+){1,3}open\b|\bhas\s+been\s+called\s+off",
    re.IGNORECASE,
)


def sets_another_date(one: Story, other: Story) -> bool:
    """Return True if both are of one event and name two dates for it: other months, or other days of one."""
    ours, theirs = one.facts.get("event"), other.facts.get("event")
    if ours and theirs and flat(ours["name"]) == flat(theirs["name"]):
        return _are_two_dates(ours.get("date"), theirs.get("date"))
    return _is_moved(one, other) or _is_moved(other, one)


def _is_moved(one: Story, other: Story) -> bool:
    """Return True if one says that an event moves, and both name a day."""
    if {one.category, other.category} != {Category.EVENT}:
        return False
    if not MOVED.search(one.text[:LEAD]) or MOVED.search(other.text[:LEAD]):
        return False
    ours, theirs = DAY.search(one.text[:LEAD]), DAY.search(other.text[:LEAD])
    return bool(ours and theirs and _are_two_dates(ours[0], theirs[0]))


def _are_two_dates(one: str | None, other: str | None) -> bool:
    (months, days), (months_too, days_too) = _days_of(one), _days_of(other)
    if not months or not months_too:
        return False
    return not months & months_too or bool(days and days_too and not days & days_too)


def _days_of(date: str | None) -> tuple[frozenset[int], frozenset[int]]:
    """Return the months and the days of a month that a date names: "3 to 5 June 2026", "2026-06-03"."""
    written = YEAR.sub(" ", (date or "").lower())
    figures = re.fullmatch(r"\W*(\d\d)-(\d\d)", written)
    if figures:
        return frozenset({int(figures[1])}), frozenset({int(figures[2])})
    months = {MONTHS.index(found) + 1 for found in re.findall(rf"\b({'|'.join(MONTHS)})", written)}
    named = [int(found) for found in re.findall(r"\d+", written)]
    return frozenset(months), frozenset(range(min(named), max(named) + 1) if named else ())


def takes_back(one: Story, other: Story) -> bool:
    """Return True if one says how a matter ended, or that it will not be, and the other how it began."""
    if is_correction(one.text) is not is_correction(other.text):
        return True
    for ends in (is_reversal, is_settled, is_retired):
        if ends(one.text) is not ends(other.text):
            ending, told = (one, other) if ends(one.text) else (other, one)
            if not ENDING.search(told.text[:LEAD]) or _undoes(ending, told):
                return True
    return False


def _undoes(one: Story, other: Story) -> bool:
    return bool(UNDOING.search(one.text[:LEAD])) and not UNDOING.search(other.text[:LEAD])


@lru_cache(maxsize=2_048)  # The texts of a few batches: each is compared with all of its rival's.
def is_reversal(text: str) -> bool:
    """Return True if the lead of a text says that something announced will not be, apart from what others did."""
    return bool(REVERSAL.search(REASON.sub("", text[:LEAD])))


@lru_cache(maxsize=2_048)
def is_correction(text: str) -> bool:
    """Return True if the lead of a text says that something was told wrongly before."""
    return bool(CORRECTION.search(text[:LEAD]))


@lru_cache(maxsize=2_048)
def is_settled(text: str) -> bool:
    """Return True if the lead of a text says that a dispute is settled or a deal voted on."""
    return bool(SETTLED.search(text[:LEAD]))


def is_retired(text: str) -> bool:
    """Return True if the lead of a text says that a product is given up."""
    return bool(RETIRED.search(text[:LEAD]))
