"""Is a move material to an account in which the rival already sits, and how heavy is it?"""

from __future__ import annotations

import re

from linking.folding import fold_text
from linking.patterns import patterns
from linking.story import Story
from store.kinds import Category

_PATTERNS = patterns("materiality")

#: Failures of the rival's service: material whatever category the text was given.
FAILURE = _PATTERNS["failure"]
OFFER = _PATTERNS["offer"]
SELLING_OR_PRODUCT = _PATTERNS["selling_or_product"]
FUNDING = _PATTERNS["funding"]
TRIVIAL = _PATTERNS["trivial"]
PRICE_SAME = _PATTERNS["price_same"]
GRANTED = _PATTERNS["granted"]
TERMS = _PATTERNS["terms"]
DRIVE = _PATTERNS["drive"]
_HIRES_TO_SELL = _PATTERNS["hires_to_sell"]

#: How heavy each category is without further knowledge, in [0, 1]; used where a signal carries no impact of its own.
BASE_IMPACT = {
    Category.LAUNCH: 0.6,
    Category.PRICING: 0.7,
    Category.LEADERSHIP: 0.5,
    Category.PARTNERSHIP: 0.5,
    Category.EVENT: 0.35,
    Category.REGULATORY: 0.55,
    Category.MEDIA: 0.35,
    Category.HIRING: 0.35,
    Category.FINANCE: 0.6,
    Category.ACQUISITION: 0.75,
    Category.EXPANSION: 0.6,
    Category.CUSTOMER: 0.5,
    Category.POSITIONING: 0.4,
    Category.NONE: 0.0,
}


def is_material(story: Story) -> bool:
    """Return True if the move matters wherever the rival is present.

    Material are offers, prices, outages, breaches, funding, acquisitions and changes at the head of sales or product;
    not other people's wins, trivial media, or a single job advertisement.
    """
    news = story.folded_news
    if story.category is Category.NONE:
        return False
    if _has_failed(story) and story.category in {
        Category.REGULATORY,
        Category.MEDIA,
        Category.LAUNCH,
        Category.POSITIONING,
    }:
        return True
    return _material_by_category(story, news)


def _has_failed(story: Story) -> bool:
    """Return True if the news tells a failure of the rival itself, not one "at" somebody else."""
    for sentence in story.news:
        folded = fold_text(sentence)
        if FAILURE.search(folded) is None and not _is_said_down(folded, story):
            continue
        if not _of_somebody_else(sentence, story):
            return True
    return False


def _is_said_down(folded: str, story: Story) -> bool:
    # Headlines leave the verb out, "Tallypay down on payday"; "doubles down on" must not count, so the name is needed.
    own = (*story.rival_names, *(fold_text(product) for product, _ in story.rival.products))
    names = "|".join(re.escape(name) for name in own)
    return bool(
        re.search(
            rf"(?<!\w)(?:{names}|services?|site|platform|servers?|systems?) (?:down|dark|offline)\b", folded
        )
    )


_SUFFERER = _PATTERNS["sufferer"]


def _of_somebody_else(sentence: str, story: Story) -> bool:
    if (match := _SUFFERER.search(sentence)) is None:
        return False
    name = fold_text(match["at"] or match["who"])
    own = (*story.rival_names, *(fold_text(product) for product, _ in story.rival.products))
    return " " in name and not any(known in name for known in own)


def _material_by_category(story: Story, news: str) -> bool:
    match story.category:
        case Category.PRICING:
            return not PRICE_SAME.search(news)
        case Category.ACQUISITION:
            return True
        case Category.LAUNCH:
            return not TRIVIAL.search(news)
        case Category.FINANCE:
            return bool(FUNDING.search(news))
        case Category.LEADERSHIP:
            return bool(SELLING_OR_PRODUCT.search(news) or SELLING_OR_PRODUCT.search(_roles(story)))
        case Category.EXPANSION:
            return not is_back_office(story)
        case Category.PARTNERSHIP | Category.POSITIONING:
            return bool(OFFER.search(news))
        case Category.REGULATORY:
            return bool(GRANTED.search(news) or TERMS.search(news))
        case Category.HIRING:
            return bool(DRIVE.search(news) and _HIRES_TO_SELL.search(news))
        case _:
            return False


def _roles(story: Story) -> str:
    people = story.facts.get("people") or []
    return " ".join(str(person.get("role") or "") for person in people if isinstance(person, dict)).lower()


def is_back_office(story: Story) -> bool:
    """Return True if the news is about premises or staff that sell nothing."""
    return bool(_PATTERNS["back_office"].search(story.folded_news))


def is_offer(story: Story) -> bool:
    """Return True if the move puts something on sale or changes its price, rather than people or premises."""
    if story.category in {Category.LAUNCH, Category.PRICING, Category.REGULATORY, Category.PARTNERSHIP}:
        return True
    return story.category is Category.EXPANSION and bool(
        re.search(
            r"\b(?:available|availability|launch\w*|roll\w* out|offer\w*|go(?:es)? live|on sale|introduc\w+)\b",
            story.folded_news,
        )
    )


def base_impact(story: Story) -> float:
    """Return how heavy a move is by its kind alone, in [0, 1]."""
    impact = BASE_IMPACT[story.category]
    if story.category is Category.HIRING and not DRIVE.search(story.folded_news):
        return 0.2
    return 0.2 if TRIVIAL.search(story.folded_news) and story.category is Category.LAUNCH else impact
