"""Which of the capabilities that accounts use does a text concern, by name or by description?"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from linking.folding import fold_text

DATA = Path(__file__).parent / "data" / "capabilities.toml"
#: What a word of a tag loses before it is looked for in another form.
ENDING = re.compile(r"(?:isations?|izations?|ations?|ments?|ings?|ions?|ers?|ies|es|e|s|y)$")
SHORTEST_STEM = 4
#: Words that say nothing of what is done; beside another word they would match anything.
VAGUE = frozenset(
    {
        "software",
        "platform",
        "system",
        "systems",
        "tool",
        "tools",
        "service",
        "services",
        "data",
        "real",
        "time",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """A tag that a text concerns, and the words that show it. ``named``: by its own words, not only described."""

    tag: str
    words: str
    named: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Capability:
    name: str
    tags: frozenset[str]
    named: re.Pattern[str]
    described: re.Pattern[str]


@cache
def _capabilities() -> tuple[_Capability, ...]:
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return tuple(
        _Capability(
            name=name,
            tags=frozenset(normal_tag(tag) for tag in entry["tags"]),
            named=_either(entry["named"]),
            described=_either(entry["described"]),
        )
        for name, entry in data.items()
    )


@cache
def _by_tag() -> dict[str, list[_Capability]]:
    result: dict[str, list[_Capability]] = {}
    for capability in _capabilities():
        for tag in capability.tags:
            result.setdefault(tag, []).append(capability)
    return result


# Each text is asked for hundreds of tags, and again when its turn comes in the batch.
@lru_cache(maxsize=2_000)
def _said(folded: str) -> dict[str, tuple[tuple[str, bool], ...]]:
    return {
        capability.name: tuple(
            (match.group(), is_name)
            for pattern, is_name in ((capability.named, True), (capability.described, False))
            for match in pattern.finditer(folded)
        )
        for capability in _capabilities()
    }


def _either(patterns: Iterable[str]) -> re.Pattern[str]:
    # In the data a word is written ``\\w+``; here it may also hold an apostrophe, a digit sign or a comma.
    loose = [pattern.replace(r"(\w+ )", r"([\w'%,]+ )") for pattern in patterns]
    return re.compile("|".join(rf"(?<!\w)(?:{pattern})(?!\w)" for pattern in loose))


@cache
def normal_tag(tag: str) -> str:
    """Return a tag in the form in which tags are compared: ``Document-Verification`` → ``document verification``."""
    return fold_text(tag).replace("_", " ").strip()


@cache
def _own_words(tag: str) -> re.Pattern[str]:
    # British and American spelling, plural and verb endings, and joined spelling are the same word.
    words = [re.escape(word) for word in tag.split()]
    loose = [re.sub(r"i[sz]ation$", "i[sz]ation", word) for word in words]
    ended = [
        f"{word[:-1]}(?:y|ies)" if word.endswith("y") and len(word) > 3 else f"{word}(?:s|es)?"
        for word in loose
    ]
    return re.compile(rf"(?<!\w){'[ /]?'.join(ended)}(?!\w)")


@cache
def _loose_words(tag: str) -> re.Pattern[str] | None:
    """Return what finds the stems of a tag of two words near each other: ``route planning`` in "plans the route"."""
    stems = [stem for word in tag.split() if (stem := ENDING.sub("", word))]
    if len(stems) != 2 or any(len(stem) < SHORTEST_STEM for stem in stems) or VAGUE & set(tag.split()):
        return None
    first, second = (re.escape(stem) + r"\w{0,5}" for stem in stems)
    near = r"(?: [\w']+){0,2} "
    return re.compile(rf"(?<!\w)(?:{first}{near}{second}|{second}{near}{first})(?!\w)")


def find_concerns(folded: str, tags: Iterable[str]) -> list[Concern]:
    """Return which of the tags a folded text concerns, each once, by its best proof."""
    wanted = sorted({normal_tag(tag) for tag in tags if tag.strip()})
    named = {
        tag: match.group()
        for tag in wanted
        if tag[:SHORTEST_STEM] in folded and (match := _own_words(tag).search(folded))
    }
    result = [Concern(tag=tag, words=words, named=True) for tag, words in named.items()]
    for tag in wanted:
        if tag not in named and (concern := _by_meaning(folded, tag, named)):
            result.append(concern)
    return result


def _by_meaning(folded: str, tag: str, named: dict[str, str]) -> Concern | None:
    for capability in _by_tag().get(tag, ()):
        for said, is_name in _said(folded)[capability.name]:
            # Words that are another tag's own name say that tag, not its neighbour in the same family.
            if not any(said in words or words in said for words in named.values()):
                return Concern(tag=tag, words=said.strip(), named=is_name)
    # Nearly no text holds the beginnings of both words, and looking for those is quicker than the pattern.
    beginnings = [word[:SHORTEST_STEM] for word in tag.split()]
    loose = _loose_words(tag) if all(beginning in folded for beginning in beginnings) else None
    near = loose.search(folded) if loose else None
    return Concern(tag=tag, words=near.group(), named=False) if near else None
