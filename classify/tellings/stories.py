"""One story or two? The same act told by several sources is one; another person, plan, sum or partner is another."""

from __future__ import annotations

import math
import re
from functools import lru_cache

from classify.parts.page_text import undated
from classify.tellings.likeness import COMPANIES, LEAD, agreeing_facts, compare, differing_facts, log_odds
from classify.tellings.story import DIVIDER, Story
from classify.tellings.story_facts import flat
from classify.tellings.story_words import first_sentence, same_frame
from classify.tellings.turns import sets_another_date, takes_back
from store.kinds import Category

LINE = 160  # Characters of what a page says of one partner or customer, at most.
RETOLD_WORDS = 4  # Shorter lines ("Product update", "Maintenance window") come again about something else.
# Who leads a place needs no word for it beside the place of work; a head of something does.
HEAD_OF_PLACE = re.compile(r"\b(?:(?:country|general|site|office) (?:manager|lead|head)|managing director)\b")
HEAD_OF_MARKET = re.compile(rf"{HEAD_OF_PLACE.pattern}|\bhead of\b")


# What only teaches: of labelled texts that are no news, it shared the words of a launch and told nothing of it.
GUIDE = re.compile(
    r"^how\s+(?:to|an?)\b|\bhow\s+.+\s+works?\b|\bexplained\b|\bgetting\s+started\b|\bdeep[ -]dive\b"
    r"|\b(?:an?|field|buyer[’']s)\s+guide\b|\b101\b|\bstep[ -]by[ -]step\b|\bchecklist\b|\btutorial\b"
    r"|\bcheat[ -]?sheet\b|:\s+a\s+table\b|\bbest\s+practices?\b",
    re.IGNORECASE,
)
#: By category, words of two acts that one text cannot both tell: a place opens or closes, a case is won or lost.
OPPOSITES = {
    Category.EXPANSION: (
        re.compile(r"\b(?:re-?)?open(?:s|ed|ing)?\b", re.IGNORECASE),
        re.compile(r"\b(?:clos(?:es?|ed|ing|ure)|shut(?:s|ting)?)\b", re.IGNORECASE),
    ),
    Category.REGULATORY: (
        re.compile(r"\b(?:wins?|won|prevails?|prevailed|acquitted|vindicated)\b", re.IGNORECASE),
        re.compile(r"\b(?:fine[sd]?|penali[sz]ed|sanctioned|los(?:es|t)|convicted)\b", re.IGNORECASE),
    ),
}


def same_story(one: Story, other: Story) -> bool:
    """Return True if both tell the same act."""
    return likeness(one, other) > 0


def likeness(one: Story, other: Story) -> float:
    """Return the log-odds that both tell the same act.

    Infinite where one is told in the other's words or seeks who leads what the other opens, minus infinity where they
    are surely two. A fact that differs beside one that agrees counts by its weight alone: one may be read wrongly.
    """
    if is_other_act(one, other):
        return -math.inf
    same_words = retold(one, other) or _told(one.text) == _told(other.text)
    if leads_entry(one, other) or leads_entry(other, one) or (same_words and not differing_facts(one, other)):
        return math.inf
    return log_odds(compare(one, other))


def likeness_of_words(one: Story, other: Story) -> float:
    """Return the log-odds without what facts say: whether both speak of one thing, whatever they say of it."""
    return log_odds(compare(one, other), facts=False)


def retold(one: Story, other: Story) -> bool:
    """Return True if one text stands whole in the other, whatever each was taken for: a teaser and its story.

    Where a story was told several times, one of its tellings that opens the other's text is enough.
    """
    short, long = sorted((one.text, other.text), key=len)
    return stands_in(short, long) or _opens(one.text, other.text) or _opens(other.text, one.text)


def _opens(told: str, text: str) -> bool:
    """Return True if one of several tellings stands in the lead of a text."""
    tellings = told.split(DIVIDER)
    return len(tellings) > 1 and any(stands_in(telling, text[:LEAD]) for telling in tellings)


def stands_in(short: str, long: str) -> bool:
    """Return True if the words of ``short``, its dates apart, stand together in ``long``."""
    words = _told(short)
    return len(words.split()) >= RETOLD_WORDS and f" {words} " in f" {_told(long)} "


@lru_cache(maxsize=2_048)  # The texts of a few batches: each is compared with all of its rival's.
def _told(text: str) -> str:
    return flat("\n".join(undated(line) for line in text.splitlines()))


def contradict(one: Story, other: Story) -> bool:
    """Return True if a fact that both state differs, or one is a later step: then there are two acts."""
    return bool(differing_facts(one, other)) or is_other_step(one, other)


def is_other_act(one: Story, other: Story) -> bool:
    """Return True if a fact or the end of a like sentence differs and no fact agrees, or one is a later step.

    So are two news of two kinds of which one is about somebody whom the other does not name.
    """
    if is_other_step(one, other) or _is_of_another(one, other) or _is_of_another(other, one):
        return True
    if _is_guide(one) or _is_guide(other) or _are_opposites(one, other):
        return True
    if not differing_facts(one, other) and not _differ_in_end(one, other):
        return False
    return not agreeing_facts(one, other)


def _is_guide(story: Story) -> bool:
    """Return True if a text that is no news by itself says that it teaches."""
    return bool(story.doubt and GUIDE.search(first_sentence(story.text)))


def _are_opposites(one: Story, other: Story) -> bool:
    """Return True if the first sentence of the one tells the opposite of what the other's tells, and each only that."""
    if one.category is not other.category or one.category not in OPPOSITES:
        return False
    good, bad = OPPOSITES[one.category]
    told = [
        (bool(good.search(first)), bool(bad.search(first)))
        for first in (first_sentence(one.text), first_sentence(other.text))
    ]
    return sorted(told) == [(False, True), (True, False)]


def _is_of_another(one: Story, other: Story) -> bool:
    """Return True if a line of a page tells news of another kind than the other, about somebody it does not name.

    A line that came to a page ("Tallow Books: checks new suppliers") may share a word with that day's other news.
    """
    kinds = {one.category, *one.secondary} & {other.category, *other.secondary}
    if kinds or one.doubt or other.doubt or len(one.text) > LINE or agreeing_facts(one, other):
        return False
    named = [name for kind in COMPANIES for name in one.identities[kind]]
    text = f" {flat(other.text)} "
    whole = [*named, *((word,) for name in named for word in name if len(word) > 2)]
    return bool(named) and not any(f" {' '.join(name)} " in text for name in whole)


def _differ_in_end(one: Story, other: Story) -> bool:
    """Return True if a telling of each begins alike and ends otherwise: "... adds passkeys", "... adds dark mode"."""
    own = (*other.own_names, *other.known_products)
    return any(same_frame(ours, theirs, own) for ours in one.tellings for theirs in other.tellings)


def is_other_step(one: Story, other: Story) -> bool:
    """Return True if one ends or moves what the other begins, or is an ad for a job of which the other says nothing."""
    if takes_back(one, other) or sets_another_date(one, other):
        return True
    return _is_another_ad(one, other) or _is_another_ad(other, one)


def _is_another_ad(ad: Story, other: Story) -> bool:
    """Return True if one is a job ad and the other says nothing of the job: an office opens without it."""
    openings = ad.identities["openings"]
    # A text that is no news by itself is no ad either: "Can it replace the junior associate?"
    if ad.doubt or ad.category is not Category.HIRING or not openings or other.identities["openings"]:
        return False
    text = f" {flat(other.text)} "
    return not (any(f" {title} " in text for title, _ in openings) or leads_entry(ad, other))


def leads_entry(ad: Story, other: Story) -> bool:
    """Return True if an ad seeks who leads the market that the other telling enters: "Country Manager, Spain"."""
    openings = ad.identities["openings"]
    if other.category is not Category.EXPANSION or not openings:
        return False
    entered = {flat(place) for place in other.facts.get("places", ())}
    led = any(
        (HEAD_OF_MARKET.search(title) and any(place in title for place in entered))
        or (HEAD_OF_PLACE.search(title) and at in entered)
        for title, at in openings
    )
    return led and all(place in entered for _, place in openings)
