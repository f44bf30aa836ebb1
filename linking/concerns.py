"""Which capabilities does a move concern, by its own words or by the products it names?"""

from __future__ import annotations

import re

from linking.capabilities import Concern, find_concerns, normal_tag
from linking.folding import fold_text
from linking.patterns import patterns
from linking.story import Story
from linking.world import World
from store.kinds import Category

_PATTERNS = patterns("concerns")


def find_concerns_of(story: Story, world: World) -> list[Concern]:
    """Return the tags that the move concerns; on a customer win only what that customer took."""
    texts = _win_sentences(story) if story.category is Category.CUSTOMER else story.news
    folded = " . ".join(_without_denials(fold_text(sentence)) for sentence in texts)
    if story.category is Category.LEADERSHIP:
        folded = _CAREER.sub(" ", folded)
    found = {concern.tag: concern for concern in find_concerns(folded, world.tags)}
    products = _named_products(story, folded)
    for product, tags in products:
        normal = {normal_tag(tag) for tag in tags}
        # A product stands for all it does, unless the text says which part of it the news is about.
        if not normal & set(found):
            for tag in sorted(normal):
                found.setdefault(tag, Concern(tag=tag, words=product, named=True))
    return list(found.values())


def _win_sentences(story: Story) -> tuple[str, ...]:
    return tuple(
        s
        for s in story.news
        if not re.search(
            r"\b(?:also (?:offers?|sells|provides)|other products|in addition to)\b", fold_text(s)
        )
    )


_DENIAL = _PATTERNS["denial"]


# What a person did before says nothing of what the rival does now.
_CAREER = _PATTERNS["career"]


def _without_denials(folded: str) -> str:
    clauses = re.split(r"(?<=[,;:])\s|\b(?:but|while|whereas|although)\b", folded)
    return " ".join(clause for clause in clauses if not _DENIAL.search(clause))


def _named_products(story: Story, folded: str) -> list[tuple[str, tuple[str, ...]]]:
    original = " ".join(story.news)
    said = fold_text(str(story.facts.get("product") or ""))
    found = []
    for name, tags in story.rival.products:
        plain = fold_text(name)
        # A product that bears the company's name is not meant wherever the company is named.
        if any(plain in rival for rival in story.rival_names):
            continue
        pattern = rf"(?<!\w){re.escape(plain)}(?!\w)"
        cased = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", original)
        if (re.search(pattern, folded) and (cased or " " in plain or name[1:] != name[1:].lower())) or (
            said and said == plain
        ):
            found.append((name, tags))
    return found
