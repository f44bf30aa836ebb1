"""How alike two tellings of one rival are: what they share, in numbers, and the weights found for them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Final

from classify.model.embed import Embeddings, cosine
from classify.tellings.story import Story
from classify.tellings.story_facts import agreeing, differing, flat, same_identity
from classify.tellings.story_words import Shared, first_sentence, shared_words
from store.kinds import Category

COMPANIES = frozenset(("partners", "customers", "acquired"))
OBJECTS = (*sorted(COMPANIES), "event", "places", "countries")
LEAD = 160  # Characters in which a launch names its product, and a reversal says that it is one.
STEP = re.compile(
    r"\b(?:second|third|another|again|more|next|also|too|previously|further|after|expand(?:s|ed)?|extend(?:s|ed)?|extension"
    r"|adds?|added|tops? up|comes? back|follows?|repeats?|renews?|complet(?:es|ed|ion)|done deal|clos(?:es|ed)"
    r"|general(?:ly)? availab\w+|beta|appeals?|success(?:or|eeds))\b",
    re.IGNORECASE,
)

LEAVING = re.compile(
    r"\b(?:step(?:s|ped|ping)?\s+(?:down|back|aside)|stand(?:s|ing)?\s+down|stood\s+down|leav(?:es?|ing)|left|depart\w*|resign\w*|retir\w+|quit\w*|exit\w*"
    r"|oust\w*|fired|dismiss\w*|sack(?:s|ed)|remov(?:es?|ed)|relieved|bows?\s+out|no\s+longer|farewell|goodbye|succeed(?:s|ed)|replac(?:es|ed|ing)|hands?\s+over"
    r"|out\s+as|outgoing|former|ex-|part(?:s|ed|ing)?\s+(?:ways|company))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """What a telling and a story share. Counts are capped: the fourth name in common says nothing that three do not.

    Words, names and numbers are those of the story's telling that is most like the new one.
    """

    near: float  # cosine of the embeddings
    words: float  # weighted share of the shorter text's words that stand in the other, in [0, 1]: mean of the tellings
    alone: float  # how much more the telling most like the new one shares than the mean of them
    names: int  # rare names in common, 0-3
    apart: int  # names that each has for itself, 0-2
    numbers: int  # numbers in common, 0-2
    numbers_apart: int  # numbers that each has for itself, 0-2
    opening: float  # weighted share of one's first sentence that stands in the other, in [0, 1]
    lesser_opening: float  # of the other's
    rarest: float  # weight of the rarest word in common, in [0, 1]
    facts: int  # kinds of facts that agree, 0-2
    facts_apart: int  # kinds of facts that differ, 0-2
    named: bool  # whom or what one is about stands in the other's text
    category: bool  # one's category is the other's, if only as its second
    same_category: bool  # both have the same first one
    gap: float  # log(1 + days) between them
    step: bool  # one alone speaks of a further step: "second", "extends", "completes"
    source: bool  # the source of one has told the other
    doubt: float  # how surely one is no news by itself, in [0, 1]


#: Log-odds that both tell the same act, for each unit of what they share. `python -m tests.classify.fit` finds them
#: anew. By hand, a rare word in common counts 1.0 more than found, and all starts 0.3 higher: with either, sets that
#: were left out of the fit had more of what strangers tell joined, and nothing joined wrongly.
TOLD_APART: Final = -2.4
WEIGHTS: Final[Mapping[str, float]] = {
    "near": 4.2,
    "words": 4.1,
    "alone": -9.6,
    "names": 0.6,
    "apart": -0.8,
    "numbers": 2.3,
    "numbers_apart": -1.05,
    "opening": 0.95,
    "lesser_opening": -1.3,
    "rarest": 3.1,
    "facts": 0.95,
    "facts_apart": -3.6,
    "named": 0.55,
    "category": 0.0,
    "same_category": 1.5,
    "gap": -1.6,
    "step": -0.5,
    "source": -2.1,
    "doubt": 0.0,
}
#: What each says of the thing, who said it and when: left out where only the thing that both speak of counts.
CIRCUMSTANCES: Final = frozenset(("facts", "facts_apart", "named", "gap", "step", "source", "doubt"))
TRADE: Final = 0.75  # Of a rare word's weight; whole, a won customer was told as the launch of a week before.
SOME_DAYS: Final = 3.0  # What stands in for the gap then, for deals are called off weeks later.


def log_odds(shared: Likeness, *, facts: bool = True) -> float:
    """Return the log-odds that both tell the same act; without ``facts``, that both speak of one thing."""
    counted = (name for name in WEIGHTS if facts or name not in CIRCUMSTANCES)
    odds = TOLD_APART + sum(WEIGHTS[name] * float(getattr(shared, name)) for name in counted)
    return odds if facts else odds + WEIGHTS["gap"] * math.log1p(SOME_DAYS)


def may_tell(text: str, embedding: Embeddings, story: Story) -> bool:
    """Return True if a text can tell a story by its words alone, whatever its facts and category turn out to be.

    Most texts cannot, which saves reading their facts.
    """
    most = _Around(facts=2, facts_apart=0, named=True, category=True, same_category=True)
    return log_odds(_likeness(_shared(text, story), embedding, story.embedding, most)) > 0


def compare(one: Story, other: Story) -> Likeness:
    """Return what a telling shares with a story."""
    agreed, apart = agreeing_facts(one, other), differing_facts(one, other)
    around = _Around(
        facts=min(len(agreed), 2),
        facts_apart=min(len(apart), 2),
        named=names_object(one, other) or names_object(other, one),
        category=one.category in {other.category, *other.secondary} or other.category in one.secondary,
        same_category=one.category is other.category,
        gap=math.log1p(days_between(one, other)),
        step=is_step(one.text) is not is_step(other.text),
        source=bool(one.sources & other.sources),
        doubt=max(one.doubt, other.doubt),
    )
    return _likeness(_shared(one.text, other), one.embedding, other.embedding, around)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Around:
    """What is compared beside the words; the default is what speaks most for one act."""

    facts: int
    facts_apart: int
    named: bool
    category: bool
    same_category: bool
    gap: float = 0.0
    step: bool = False
    source: bool = False
    doubt: float = 0.0


def _shared(text: str, story: Story) -> tuple[Shared, float]:
    """Return what a text shares with the telling most like it, and the mean share over all tellings."""
    own = (*story.own_names, *story.known_products)
    found = [shared_words(text, telling, own) for telling in story.tellings]
    best = max(found, key=lambda shared: shared.share + shared.opening + 0.5 * min(shared.names, 3))
    return best, sum(shared.share for shared in found) / len(found)


def _likeness(
    words: tuple[Shared, float], one: Embeddings | None, other: Embeddings | None, around: _Around
) -> Likeness:
    shared, mean = words
    return Likeness(
        near=0.0 if one is None or other is None else cosine(one, other),
        words=mean,
        alone=shared.share - mean,
        names=min(shared.names, 3),
        apart=min(shared.apart, 2),
        numbers=min(shared.numbers, 2),
        numbers_apart=min(shared.numbers_apart, 2),
        opening=shared.opening,
        lesser_opening=shared.lesser_opening,
        # Of two news of two kinds, a rare word that is no name is one of the trade, which two acts may well share.
        rarest=shared.rarest
        if around.same_category or around.doubt or shared.names
        else TRADE * shared.rarest,
        facts=around.facts,
        facts_apart=around.facts_apart,
        named=around.named,
        category=around.category,
        same_category=around.same_category,
        gap=around.gap,
        step=around.step,
        source=around.source,
        doubt=around.doubt,
    )


def agreeing_facts(one: Story, other: Story) -> set[str]:
    """Return the kinds of facts of which both state the same; a new product counts where the other launches it."""
    agreed = agreeing(one.identities, other.identities)
    # That both name a product the rival has long sold says nothing: every release note does.
    if is_known(one):
        agreed.discard("product")
    if names_new_product(one, other) or names_new_product(other, one):
        agreed.add("product")
    return agreed


def differing_facts(one: Story, other: Story) -> set[str]:
    """Return the kinds of facts that both state otherwise, apart from what is surely a fault of the reading."""
    apart = differing(one.identities, other.identities)
    if names_new_product(one, other) or names_new_product(other, one):
        apart.discard("product")
    if {one.category, other.category} != {Category.LAUNCH}:
        # What looks like a version elsewhere is a figure or the number of a form: "Item 2.02", "96.2 million".
        apart -= {"product", "versions"}
    return {
        kind for kind in apart if not (_name_each_other(kind, one, other) or _is_arrival(kind, one, other))
    }


def _is_arrival(kind: str, one: Story, other: Story) -> bool:
    """Return True if one person comes in one telling and leaves in the other, of which no text says so.

    Who joins a rival leaves another company, and a headline may say no more: "Polarquay's Mara Quill goes to Vantor".
    """
    if kind != "people":
        return False
    ours, theirs = one.identities["people"], other.identities["people"]
    pairs = [(o, t, same_identity(kind, (o[0], True), (t[0], True))) for o in ours for t in theirs]
    moved = [one if mine[1] else other for mine, yours, same in pairs if same and mine[1] is not yours[1]]
    return bool(moved) and not any(LEAVING.search(story.text) or _is_bare(story) for story in moved)


def _is_bare(story: Story) -> bool:
    """Return True if a telling is a line of a page: a name and a role, without a word of what became of them."""
    left = flat(story.text)
    for person in story.facts.get("people", ()):
        left = left.replace(flat(person["name"]), "").replace(flat(person["role"]), "")
    return not left.strip()


def _name_each_other(kind: str, one: Story, other: Story) -> bool:
    """Return True if texts that state other companies as a fact name each other's: one of them was read wrongly.

    Of a purchase only the first sentence counts unless each names the other's: a second deal likes to recall the first.
    """
    if kind not in COMPANIES:
        return False
    sides = ((one, other), (other, one))
    named = [any(_stands(name, theirs.text) for name in ours.identities[kind]) for ours, theirs in sides]
    if kind != "acquired" or all(named):
        return any(named)
    return any(
        _stands(name, first)
        for ours, theirs in sides
        for name in ours.identities[kind]
        for first in _firsts(theirs)
    )


def _firsts(story: Story) -> list[str]:
    return [first_sentence(telling) for telling in story.tellings]


def _stands(name: Iterable[str], text: str) -> bool:
    return f" {' '.join(name)} " in f" {flat(text)} "


def days_between(one: Story, other: Story) -> float:
    """Return the days between two tellings: 0 where their spans meet or a date is not known."""
    if one.seen is None or other.seen is None:
        return 0.0
    gap = max(one.seen[0], other.seen[0]) - min(one.seen[1], other.seen[1])
    return max(0.0, gap / timedelta(days=1))


@lru_cache(maxsize=2_048)  # The texts of a few batches: each is compared with all of its rival's.
def is_step(text: str) -> bool:
    """Return True if the first sentence of a text says that it is a further step or another of a kind."""
    return bool(STEP.search(first_sentence(text)[:LEAD]))


def names_object(one: Story, other: Story) -> bool:
    """Return True if a person, company, event, place or new product that the one is about stands in the other."""
    kinds = OBJECTS if is_known(one) else (*OBJECTS, "product")
    names = [name for kind in kinds for name in one.identities[kind]]
    names += [(name[-1],) for name, _ in one.identities["people"] if name]
    written = (name if isinstance(name, tuple) else (name,) for name in names)
    return any(_stands(name, other.text) for name in written if len("".join(name)) > 2)


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
