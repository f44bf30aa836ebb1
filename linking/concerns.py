"""Which capabilities does a move concern, by its own words or by the products it names?"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterable

from linking.capabilities import Concern, find_concerns, normal_tag
from linking.folding import fold_text
from linking.meaning import NEAR, units_of
from linking.patterns import patterns
from linking.stems import SHORTEST_STEM, stem, stems_of, vague_words
from linking.story import Story
from linking.world import World
from store.kinds import Category

log = logging.getLogger(__name__)

_PATTERNS = patterns("concerns")


def find_concerns_of(story: Story, world: World) -> list[Concern]:
    """Return the tags that the move concerns; on a customer win only what that customer took."""
    said = _by_words(story, world)
    own = world.own_tags(story.rival)
    if own & {concern.tag for concern in said}:
        return said
    kept = _telling(story)
    near = world.meaning.described(story, kept, own)
    words = quoted_words(story)
    return [
        *said,
        *(_by_stem(story, own) if not near else ()),
        *(Concern(tag=like.tag, words=words, named=False) for like in near),
    ]


def warm(stories: Iterable[Story], world: World) -> None:
    """Read in one go what `find_concerns_of` will compare by meaning; what cannot be read waits for its turn."""
    units: list[str] = []
    for story in stories:
        try:
            if _is_open(story, world):
                units.extend(units_of(story, _telling(story)))
        except Exception:
            log.exception("a story could not be read ahead", extra={"rival": story.rival.key})
    if units:
        world.meaning.warm(units)


def _is_open(story: Story, world: World) -> bool:
    if story.category not in NEAR or not _telling(story):
        return False
    return not world.own_tags(story.rival) & {concern.tag for concern in _by_words(story, world)}


def quoted_words(story: Story) -> str:
    """Return the words that a description is shown by: the first sentence of the body, else the title."""
    return story.news[-1] if story.news else story.title


def _by_stem(story: Story, own: frozenset[str]) -> list[Concern]:
    """Return the one tag of the rival of which a telling word stands in the news: traces for distributed-tracing."""
    if story.category not in NEAR:
        return []
    words = {tag: {stem(word) for word in tag.split() if word not in vague_words()} for tag in own}
    counts = Counter(part for parts in words.values() for part in parts)
    # The market and the rival's own name say what it does in general, not what this news is about.
    common = stems_of(" ".join((fold_text(story.rival.market), *story.rival_names)))
    said = stems_of(" ".join(fold_text(sentence) for sentence in _telling(story)))
    hits = {
        tag: part
        for tag, parts in words.items()
        for part in parts
        if counts[part] == 1 and part in said and part not in common and len(part) >= SHORTEST_STEM
    }
    return [Concern(tag=tag, words=part, named=False) for tag, part in hits.items()] if len(hits) == 1 else []


def _telling(story: Story) -> list[str]:
    texts = _win_sentences(story) if story.category is Category.CUSTOMER else story.news
    return [kept for sentence in texts if (kept := _without_denials_as_written(sentence).strip())]


def _without_denials_as_written(sentence: str) -> str:
    return sentence if not _DENIAL.search(fold_text(sentence)) else _without_denials(fold_text(sentence))


def _by_words(story: Story, world: World) -> list[Concern]:
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
