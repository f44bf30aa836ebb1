"""One story or two? The same act told by several sources is one; another person, plan, sum or partner is another."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, lru_cache
from typing import Any

from classify.embed import Embeddings, cosine
from classify.page_text import undated
from classify.story_facts import agreeing, differing, flat, identities
from classify.story_words import shared_words
from store.kinds import Category

# Log-odds that two tellings are of one act. Found by logistic regression over 2,049 pairs of one rival's texts
# (202 of one act), then rounded, and the cost of a day lowered: its stories lie further apart than a busy week's.
TOLD_APART = -5.0
NEARNESS = 1.3  # times the cosine of the embeddings
WORDS = 6.0  # times the weighted share of common words
NAME = 2.4  # for each rare name in common, three at most
NUMBER = 1.6  # for each number in common, two at most
FACT = 2.5  # if a fact other than the product agrees
PRODUCT = 1.5
ALIKE = 0.8  # if the categories can be readings of one act, and again if they are the same
DAY = 0.3  # for each day between them
DIVIDER = "\n\n"  # between the tellings of one story
LEAD = 160  # Characters in which a launch names its product, and a reversal says that it is one.
RETOLD_WORDS = 4  # Shorter lines ("Product update", "Maintenance window") come again about something else.

NEIGHBOURS: frozenset[frozenset[Category]] = frozenset(
    frozenset(pair)
    for pair in (
        (Category.LAUNCH, Category.PARTNERSHIP),
        (Category.LAUNCH, Category.PRICING),
        (Category.LAUNCH, Category.EXPANSION),
        (Category.LAUNCH, Category.POSITIONING),
        (Category.LAUNCH, Category.REGULATORY),
        (Category.CUSTOMER, Category.PARTNERSHIP),
        (Category.CUSTOMER, Category.MEDIA),
        (Category.FINANCE, Category.ACQUISITION),
        (Category.EXPANSION, Category.ACQUISITION),
        (Category.EXPANSION, Category.HIRING),
        (Category.FINANCE, Category.HIRING),
        (Category.LEADERSHIP, Category.HIRING),
        (Category.EVENT, Category.MEDIA),
    )
)
REVERSAL = re.compile(
    r"\b(?:call(?:s|ed)?\s+off|calls?\s+\w+(?:\s+\w+)?\s+off|scrap(?:s|ped)|abandon(?:s|ed)|cancel(?:s|led|ed)|withdraw(?:s|n)|withdrew|terminat(?:es|ed)"
    r"|revers(?:es|ed)|walk(?:s|ed)?\s+away|back(?:s|ed)?\s+out|rescind(?:s|ed)|retract(?:s|ed)|postpone[sd]?|unwind(?:s)?|unwound|rolls?\s+back|rolled\s+back"
    r"|no\s+longer\s+(?:plans?|acquir\w+|going|buy\w+)|drop(?:s|ped)\s+(?:its\s+)?(?:bid|plans?|offer))\b",
    re.IGNORECASE,
)

Facts = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Story:
    """What is compared: category, facts as stored, text, embedding, the rival's own names and known products.

    ``seen`` is the first and the last moment at which it was told.
    """

    category: Category
    secondary: frozenset[Category] = frozenset()
    facts: Facts
    text: str
    embedding: Embeddings | None = None
    own_names: tuple[str, ...] = ()
    seen: tuple[datetime, datetime] | None = None
    known_products: tuple[str, ...] = ()

    @cached_property
    def identities(self) -> dict[str, list[Any]]:
        """What the telling states of its act, by kind of fact; a story is compared many times."""
        return identities(self.category, self.facts, self.text)


def same_story(one: Story, other: Story) -> bool:
    """Return True if both tell the same act."""
    return likeness(one, other) > 0


def likeness(one: Story, other: Story) -> float:
    """Return the log-odds that both tell the same act; minus infinity where a fact of theirs differs."""
    if contradict(one, other):
        return -math.inf
    if retold(one, other) or _told(one.text) == _told(other.text):
        return math.inf
    return likeness_of_words(one, other) + _agreement(one, other)


def likeness_of_words(one: Story, other: Story) -> float:
    """Return the log-odds without what facts say: whether both speak of one thing, whatever they say of it."""
    shared = shared_words(one.text, other.text, (*one.own_names, *one.known_products))
    near = 0.0 if one.embedding is None or other.embedding is None else cosine(one.embedding, other.embedding)
    return (
        TOLD_APART
        + NEARNESS * near
        + WORDS * shared.share
        + NAME * min(shared.names, 3)
        + NUMBER * min(shared.numbers, 2)
        + ALIKE * (compatible(one, other) + (one.category is other.category))
        - DAY * _days(one, other)
    )


def _agreement(one: Story, other: Story) -> float:
    agreed = agreeing(one.identities, other.identities)
    new = _names_new_product(one, other) or _names_new_product(other, one)
    # That both name a product the rival has long sold says nothing: every release note does.
    product = "product" in agreed and not _is_known(one)
    return FACT * bool(agreed - {"product"} or new) + PRODUCT * product


def _days(one: Story, other: Story) -> float:
    """Return the days between two tellings: 0 where their spans meet or a date is not known."""
    if one.seen is None or other.seen is None:
        return 0.0
    gap = max(one.seen[0], other.seen[0]) - min(one.seen[1], other.seen[1])
    return max(0.0, gap / timedelta(days=1))


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


def compatible(one: Story, other: Story) -> bool:
    """Return True if both categories can be readings of one act."""
    if one.category is other.category:
        return True
    if other.category in one.secondary or one.category in other.secondary:
        return True
    return frozenset((one.category, other.category)) in NEIGHBOURS


def _names_new_product(one: Story, other: Story) -> bool:
    """Return True if both are launches and the one's product, not sold before, stands in the other's lead."""
    product = flat(one.facts.get("product") or "")
    if not product or {one.category, other.category} != {Category.LAUNCH}:
        return False
    return not _is_known(one) and f" {product} " in f" {flat(other.text[:LEAD])} "


def _is_known(story: Story) -> bool:
    """Return True if the product of a telling is one that the rival sold before."""
    product = flat(story.facts.get("product") or "")
    return any(product == flat(name) for name in story.known_products)


def contradict(one: Story, other: Story) -> bool:
    """Return True if a fact that both state differs: then there are two acts."""
    apart = differing(one.identities, other.identities)
    if _names_new_product(one, other) or _names_new_product(other, one):
        apart.discard("product")
    if {one.category, other.category} != {Category.LAUNCH}:
        apart.discard("product")
    return bool(apart) or is_reversal(one.text) is not is_reversal(other.text)


def is_reversal(text: str) -> bool:
    """Return True if the lead of a text says that something announced will not be."""
    return bool(REVERSAL.search(text[:LEAD]))
