"""A signal as linking reads it: who acts, what kind of act, and the sentences that tell it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from linking.folding import fold_text, sentences
from linking.patterns import patterns
from store.kinds import Category
from store.sources import Rival

_PATTERNS = patterns("story")

#: Sentences that describe the company and not the news: they stand under nearly every press release.
BOILERPLATE = _PATTERNS["boilerplate"]
#: An aside about the company inside a sentence: "Northbeam, which sells identity software, raised …".
ASIDE = _PATTERNS["aside"]


@dataclass(frozen=True, kw_only=True)
class Story:
    """One signal. ``facts`` have the shape that `classify` stores."""

    rival: Rival
    category: Category
    title: str
    text: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """All sentences, the title first; a text that repeats its title gives it once."""
        body = self.text.strip()
        if fold_text(body).startswith(fold_text(self.title)) and self.title.strip():
            body = body[len(self.title.strip()) :].lstrip(" .:-–—\n")
        return (*sentences(self.title), *sentences(body))

    @cached_property
    def news(self) -> tuple[str, ...]:
        """The sentences that tell the news: without the company's description of itself."""
        told = [ASIDE.sub(" ", sentence) for sentence in self.sentences]
        title_count = len(sentences(self.title))
        kept = [
            sentence
            for index, sentence in enumerate(told)
            if index < title_count or not BOILERPLATE.search(fold_text(sentence))
        ]
        for index, sentence in enumerate(kept):
            if index >= title_count and re.match(r"about \w+", fold_text(sentence)):
                return tuple(kept[:index])
        return tuple(kept)

    @cached_property
    def folded_news(self) -> str:
        """The news as one folded text."""
        return " . ".join(fold_text(sentence) for sentence in self.news)

    @property
    def rival_names(self) -> tuple[str, ...]:
        """Folded names of the rival, the longest first; its first word alone counts when it is long enough."""
        names = {fold_text(self.rival.name), *(fold_text(alias) for alias in self.rival.aliases)}
        return tuple(sorted(names, key=len, reverse=True))
