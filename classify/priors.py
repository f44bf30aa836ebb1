"""What is known of a text beside its words: the page it stands on, its source's kind of news, who the rival is."""

from __future__ import annotations

import re
from collections.abc import Mapping

from classify.headline import names_actor
from classify.rows import joined
from classify.rules.fixes import is_one_fix
from classify.rules.wins import find_buyer
from classify.rules.words import COMPANY, sentences
from classify.signals import Actor
from classify.text_input import TextInput
from store.kinds import Category, PageType

Prior = tuple[Category, float]

# What the page a text stands on tells, in log-odds. An entry on a careers page is a job ad whatever it praises, and
# one on a changelog is a release note even when it tells what customers can do.
PAGE_PRIORS: Mapping[PageType, tuple[Prior, ...]] = {
    PageType.PRICING: ((Category.PRICING, 2.0),),
    PageType.TEAM: ((Category.LEADERSHIP, 2.0),),
    PageType.CAREERS: ((Category.HIRING, 3.0),),
    PageType.CUSTOMERS: ((Category.CUSTOMER, 2.0),),
    PageType.PARTNERS: ((Category.PARTNERSHIP, 2.0),),
    PageType.INTEGRATIONS: ((Category.PARTNERSHIP, 1.0), (Category.LAUNCH, 1.0)),
    PageType.EVENTS: ((Category.EVENT, 2.0),),
    PageType.CHANGELOG: ((Category.LAUNCH, 3.5),),
    PageType.PRODUCT: ((Category.LAUNCH, 1.0), (Category.POSITIONING, 0.5)),
    PageType.HOME: ((Category.POSITIONING, 1.0),),
    PageType.POLICY: ((Category.REGULATORY, 2.0),),
    PageType.STATUS: ((Category.NONE, 1.5),),
}
LEAD = 200  # characters
HINT_PRIOR = 2.0  # What a source type that carries one kind of news adds to that category.
BUYER_PRIOR = (
    3.0  # The model does not know who the rival is; a sentence that has another company use it does.
)
BOUGHT_PRIOR = 3.0  # As with a buyer: who is part of whom the model cannot know.
# A changelog's line about one mended fault is no news, although it stands where news of the product stand.
FIX_PRIORS: tuple[Prior, ...] = ((Category.NONE, 4.5),)
_PART_OF = re.compile(
    rf"(?<![\w-])(?P<name>{COMPANY})\s+(?:is|are)\s+(?:now|officially|finally)\s+(?:a\s+)?part\s+of\s+(?:the\s+)?(?P<buyer>{COMPANY})(?!\s+team|['’]s\s+team)"
)


def priors_of(text: TextInput) -> list[Prior]:
    """Return log-odds to add, by category."""
    whole = joined(text.title, text.text)
    if text.page_type is PageType.CHANGELOG and is_one_fix(whole):
        return list(FIX_PRIORS)
    pairs = list(PAGE_PRIORS.get(text.page_type, ())) if text.page_type else []
    if text.hint is not None:
        pairs.append((text.hint, HINT_PRIOR))
    if text.actor is not None and find_buyer(whole, text.actor):
        pairs.append((Category.CUSTOMER, BUYER_PRIOR))
    if text.actor is not None and _has_bought(whole, text.actor):
        pairs.append((Category.ACQUISITION, BOUGHT_PRIOR))
    return pairs


def _has_bought(text: str, actor: Actor) -> bool:
    """Return True for "ShiftWren is now part of Northbeam" in the first sentence of the rival's text."""
    found = _PART_OF.search(next(iter(sentences(text.strip())), "")[:LEAD])
    return found is not None and names_actor(found["buyer"], actor) and not names_actor(found["name"], actor)
