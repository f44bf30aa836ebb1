"""In which part does an account appear in the rival's news: customer, partner, investor, or only in passing?"""

from __future__ import annotations

import re
from enum import StrEnum

from linking.folding import fold_text
from linking.names import Mention
from linking.patterns import patterns
from linking.story import Story
from store.kinds import Category

_PATTERNS = patterns("roles")


class Part(StrEnum):
    """The parts in which an account is *named*; ``passing`` is none of them."""

    CUSTOMER = "customer"
    PARTNER = "partner"
    INVESTOR = "investor"
    SPEAKER = "speaker"
    AWARDEE = "awardee"
    PASSING = "passing"


GONE = _PATTERNS["gone"]
LOST = _PATTERNS["lost"]
PASSING_BEFORE = _PATTERNS["passing_before"]
PASSING_AFTER = _PATTERNS["passing_after"]
CUSTOMER_AFTER = _PATTERNS["customer_after"]
CUSTOMER_BEFORE = _PATTERNS["customer_before"]
CONTRACTS = _PATTERNS["contracts"]
PARTNER_BEFORE = _PATTERNS["partner_before"]
PARTNER_AFTER = _PATTERNS["partner_after"]
INVESTOR = _PATTERNS["investor"]
INVESTOR_AFTER = _PATTERNS["investor_after"]
SPEAKER = _PATTERNS["speaker"]
#: At an event a person's post stands before the name of the employer: "the head of dispatch at …" is a speaker.
POST_BEFORE = _PATTERNS["post_before"]
AWARD = _PATTERNS["award"]
AWARDED_AFTER = _PATTERNS["awarded_after"]
AWARDED_BEFORE = _PATTERNS["awarded_before"]
OWN_AWARD = _PATTERNS["own_award"]
CUSTOMER_AWARD = _PATTERNS["customer_award"]


#: "The Swedish insurer Lindqvist …": so many words may stand before the name of whom a sentence is about.
SUBJECT_WORDS = 4


def part_of(mention: Mention, sentence: str, story: Story) -> Part:
    """Return the part in which a sentence of the news names an account."""
    folded = fold_text(sentence)
    offset = len(folded) and 0
    head = folded[offset : mention.start] if mention.start <= len(folded) else folded
    tail = folded[mention.end :]
    if GONE.search(folded) or _is_lost(head, tail):
        return Part.PASSING
    if OWN_AWARD.match(tail):
        return Part.CUSTOMER
    if _is_passing(head, tail, story):
        return Part.PASSING
    return _by_words(head, tail, folded, story) or _by_category(folded, mention, story)


def _is_lost(head: str, tail: str) -> bool:
    return bool(LOST.search(tail[:60]) or re.search(r"\b(?:instead of|rather than|over|lost|loses) $", head))


def _is_passing(head: str, tail: str, story: Story) -> bool:
    if PASSING_AFTER.match(tail):
        return True
    match = PASSING_BEFORE.search(head)
    if match is None:
        return False
    return not (
        match.group().strip() in {"to", "like", "after", "not", "join", "joins"} and _gives_to(head, story)
    )


def _gives_to(head: str, story: Story) -> bool:
    return bool(_PATTERNS["gives_to"].search(head))


def _by_words(head: str, tail: str, folded: str, story: Story) -> Part | None:
    if AWARD.search(folded) and (AWARDED_AFTER.match(tail) or AWARDED_BEFORE.search(head)):
        return Part.AWARDEE
    if story.category in {Category.FINANCE, Category.ACQUISITION} and (
        INVESTOR.search(head) or INVESTOR_AFTER.match(tail)
    ):
        return Part.INVESTOR
    if story.category is Category.EVENT and (SPEAKER.search(folded) or POST_BEFORE.search(head)):
        return Part.SPEAKER
    if story.category is Category.PARTNERSHIP and (PARTNER_BEFORE.search(head) or PARTNER_AFTER.match(tail)):
        return Part.PARTNER
    if CUSTOMER_AFTER.match(tail) or CUSTOMER_BEFORE.search(head):
        return Part.CUSTOMER
    if PARTNER_AFTER.match(tail) or (
        PARTNER_BEFORE.search(head)
        and re.search(r"\b(?:partner\w*|team\w* up|joint|collaborat\w+|integrat\w+|alliance)\b", folded)
    ):
        return Part.PARTNER
    if INVESTOR.search(head) or INVESTOR_AFTER.match(tail):
        return Part.INVESTOR
    if SPEAKER.search(tail[:80]) and re.search(
        r"\b(?:conference|summit|webinar|event|stage|session|keynote|panel)\b", folded
    ):
        return Part.SPEAKER
    return None


def _by_category(folded: str, mention: Mention, story: Story) -> Part:
    if mention.doubtful:
        return Part.PASSING
    told = _says_product(folded, story) or _is_subject(folded, mention)
    if story.category is Category.CUSTOMER and (told or CONTRACTS.search(folded)):
        return Part.CUSTOMER
    if story.category is Category.PARTNERSHIP and told:
        return Part.PARTNER
    return Part.PASSING


def _is_subject(folded: str, mention: Mention) -> bool:
    """Return True if a sentence begins with the name, or with a few words that describe it."""
    return len(folded[: mention.start].split()) <= SUBJECT_WORDS


def _says_product(folded: str, story: Story) -> bool:
    names = (*story.rival_names, *(fold_text(name) for name, _ in story.rival.products))
    return any(name in folded for name in names)
