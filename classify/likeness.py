"""How alike two tellings of one rival are: what they share, in eight numbers, and the weights found for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from classify.embed import Embeddings, cosine
from classify.story import Story
from classify.story_facts import agreeing, flat
from classify.story_words import Shared, shared_words
from store.kinds import Category

LEAD = 160  # Characters in which a launch names its product, and a reversal says that it is one.


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """What two tellings share. Counts are capped: the fourth name in common says nothing that three do not."""

    near: float  # cosine of the embeddings
    words: float  # weighted share of the shorter text's words that stand in the other, in [0, 1]
    names: int  # rare names in common, 0-3
    apart: int  # names that each has for itself, 0-2
    numbers: int  # numbers in common, 0-2
    fact: bool  # a fact of theirs agrees
    category: bool  # one's category is the other's, if only as its second
    days: float  # between them


#: Log-odds that two tellings are of one act, for each unit of what they share. `python -m tests.classify.fit` finds
#: them anew (2,906 pairs of one rival's texts, 604 of one act; rivals left out in turns: 460 tellings joined rightly, 5
#: wrongly, 19 missed at even odds; 466, 6 and 13 at half a unit less, of which `TOLD_APART` takes 0.3). Set by hand:
#: names that each has for itself cost 0.3 more than found, for near twins, and a day costs something, for stories of a
#: busy week lie closer than those of the sets.
TOLD_APART: Final = -5.3
WEIGHTS: Final[Mapping[str, float]] = {
    "near": 2.7,
    "words": 5.3,
    "names": 2.4,
    "apart": -1.8,
    "numbers": 3.2,
    "fact": 2.6,
    "category": 2.0,
    "days": -0.2,
}


def log_odds(shared: Likeness, *, facts: bool = True) -> float:
    """Return the log-odds that both tell the same act; without ``facts``, that both speak of one thing."""
    counted = (name for name in WEIGHTS if facts or name != "fact")
    return TOLD_APART + sum(WEIGHTS[name] * float(getattr(shared, name)) for name in counted)


def may_tell(text: str, embedding: Embeddings, story: Story) -> bool:
    """Return True if a text can tell a story by its words alone, whatever its facts and category turn out to be.

    Most texts cannot, which saves reading their facts.
    """
    shared = shared_words(text, story.text, (*story.own_names, *story.known_products))
    return log_odds(_likeness(shared, embedding, story.embedding, fact=True, category=True, days=0.0)) > 0


def compare(one: Story, other: Story) -> Likeness:
    """Return what two tellings share."""
    return _likeness(
        shared_words(one.text, other.text, (*one.own_names, *one.known_products)),
        one.embedding,
        other.embedding,
        fact=_agree(one, other),
        category=one.category in {other.category, *other.secondary} or other.category in one.secondary,
        days=_days(one, other),
    )


def _likeness(
    shared: Shared,
    one: Embeddings | None,
    other: Embeddings | None,
    *,
    fact: bool,
    category: bool,
    days: float,
) -> Likeness:
    return Likeness(
        near=0.0 if one is None or other is None else cosine(one, other),
        words=shared.share,
        names=min(shared.names, 3),
        apart=min(shared.apart, 2),
        numbers=min(shared.numbers, 2),
        fact=fact,
        category=category,
        days=days,
    )


def _agree(one: Story, other: Story) -> bool:
    """Return True if a fact of both is the same, or the one's new product is what the other launches."""
    agreed = agreeing(one.identities, other.identities)
    # That both name a product the rival has long sold says nothing: every release note does.
    if is_known(one):
        agreed.discard("product")
    return bool(agreed) or names_new_product(one, other) or names_new_product(other, one)


def _days(one: Story, other: Story) -> float:
    """Return the days between two tellings: 0 where their spans meet or a date is not known."""
    if one.seen is None or other.seen is None:
        return 0.0
    gap = max(one.seen[0], other.seen[0]) - min(one.seen[1], other.seen[1])
    return max(0.0, gap / timedelta(days=1))


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
