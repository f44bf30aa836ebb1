"""How alike two tellings of one rival are: what they share, in ten numbers, and the weights found for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from classify.embed import Embeddings, cosine
from classify.story import Story
from classify.story_facts import agreeing, flat, mentioned
from classify.story_words import shared_words
from store.kinds import Category

LEAD = 160  # Characters in which a launch names its product, and a reversal says that it is one.


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """What two tellings share. Counts are capped: the fourth name in common says nothing that three do not."""

    near: float  # cosine of the embeddings
    words: float  # weighted share of the shorter text's words that stand in the other, in [0, 1]
    names: int  # rare names in common, 0-3
    numbers: int  # numbers in common, 0-2
    fact: bool  # a fact other than the product agrees
    product: bool
    mentioned: bool  # no fact agrees, but a name that one states as fact stands in the other's text
    compatible: bool  # the categories can be readings of one act
    same: bool  # the categories are the same
    days: float  # between them


#: Log-odds that two tellings are of one act, for each unit of what they share. `python -m tests.classify.fit` finds
#: them anew (2,301 pairs of one rival's texts, 463 of one act; rivals left out in turns: 347 tellings joined rightly,
#: 4 wrongly, 15 missed). The cost of a day is set by hand: stories of a busy week lie closer than those of the sets.
TOLD_APART: Final = -7.5
WEIGHTS: Final[Mapping[str, float]] = {
    "near": 4.6,
    "words": 7.4,
    "names": 2.3,
    "numbers": 2.8,
    "fact": 3.1,
    "product": 0.2,
    "mentioned": 1.9,
    "compatible": 0.5,
    "same": 1.0,
    "days": -0.2,
}
FACTS: Final = frozenset(("fact", "product", "mentioned"))


def log_odds(shared: Likeness, *, facts: bool = True) -> float:
    """Return the log-odds that both tell the same act; without ``facts``, that both speak of one thing."""
    counted = (name for name in WEIGHTS if facts or name not in FACTS)
    return TOLD_APART + sum(WEIGHTS[name] * float(getattr(shared, name)) for name in counted)


def may_tell(text: str, embedding: Embeddings, story: Story) -> bool:
    """Return True if a text can tell a story by its words alone, whatever its facts and category turn out to be.

    Most texts cannot, which saves reading their facts.
    """
    shared = shared_words(text, story.text, (*story.own_names, *story.known_products))
    near = 0.0 if story.embedding is None else cosine(embedding, story.embedding)
    best = Likeness(
        near=near,
        words=shared.share,
        names=min(shared.names, 3),
        numbers=min(shared.numbers, 2),
        fact=True,
        product=True,
        mentioned=False,
        compatible=True,
        same=True,
        days=0.0,
    )
    return log_odds(best) > 0


def compare(one: Story, other: Story) -> Likeness:
    """Return what two tellings share."""
    shared = shared_words(one.text, other.text, (*one.own_names, *one.known_products))
    agreed = agreeing(one.identities, other.identities)
    new = names_new_product(one, other) or names_new_product(other, one)
    fact = bool(agreed - {"product"} or new)
    # That both name a product the rival has long sold says nothing: every release note does.
    product = "product" in agreed and not is_known(one)
    return Likeness(
        near=0.0
        if one.embedding is None or other.embedding is None
        else cosine(one.embedding, other.embedding),
        words=shared.share,
        names=min(shared.names, 3),
        numbers=min(shared.numbers, 2),
        fact=fact,
        product=product,
        mentioned=not (fact or product) and _mentions(one, other),
        compatible=compatible(one, other),
        same=one.category is other.category,
        days=_days(one, other),
    )


def _mentions(one: Story, other: Story) -> bool:
    """Return True if a name that one states as a fact stands in the other's text."""
    known = {flat(name) for name in (*one.known_products, *one.own_names)}
    return mentioned(one.identities, other.text, known) or mentioned(other.identities, one.text, known)


def _days(one: Story, other: Story) -> float:
    """Return the days between two tellings: 0 where their spans meet or a date is not known."""
    if one.seen is None or other.seen is None:
        return 0.0
    gap = max(one.seen[0], other.seen[0]) - min(one.seen[1], other.seen[1])
    return max(0.0, gap / timedelta(days=1))


def compatible(one: Story, other: Story) -> bool:
    """Return True if both categories can be readings of one act."""
    if one.category is other.category:
        return True
    if other.category in one.secondary or one.category in other.secondary:
        return True
    return frozenset((one.category, other.category)) in NEIGHBOURS


def names_new_product(one: Story, other: Story) -> bool:
    """Return True if both are launches and the one's product, not sold before, stands in the other's lead."""
    product = flat(one.facts.get("product") or "")
    if not product or {one.category, other.category} != {Category.LAUNCH}:
        return False
    return not is_known(one) and f" {product} " in f" {flat(other.text[:LEAD])} "


def is_known(story: Story) -> bool:
    """Return True if the product of a telling is one that the rival sold before."""
    product = flat(story.facts.get("product") or "")
    return any(product == flat(name) for name in story.known_products)


NEIGHBOURS: Final[frozenset[frozenset[Category]]] = frozenset(
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
