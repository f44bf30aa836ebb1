"""What is known of a text beside its words: the page it stands on, its source's kind of news, who the rival is."""

from __future__ import annotations

from collections.abc import Mapping

from classify.rows import joined
from classify.rules.wins import find_buyer
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
HINT_PRIOR = 2.0  # What a source type that carries one kind of news adds to that category.
BUYER_PRIOR = (
    3.0  # The model does not know who the rival is; a sentence that has another company use it does.
)


def priors_of(text: TextInput) -> list[Prior]:
    """Return log-odds to add, by category."""
    pairs = list(PAGE_PRIORS.get(text.page_type, ())) if text.page_type else []
    if text.hint is not None:
        pairs.append((text.hint, HINT_PRIOR))
    if text.actor is not None and find_buyer(joined(text.title, text.text), text.actor):
        pairs.append((Category.CUSTOMER, BUYER_PRIOR))
    return pairs
