"""Likeness of meaning: which of a rival's capabilities does a text describe in words of its own?

Every capability has sentences in `data/glosses.toml` that say what its users do and see. A text is compared with the
sentences of the tags that come into question, and the nearest tag counts if it is near enough for this kind of news.
"""

from __future__ import annotations

import logging
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np

from classify.errors import ModelError
from classify.model.embed import PLAIN, Embeddings, Encoder, SentenceEncoder
from linking.folding import fold_text
from linking.stems import stems_of
from linking.story import Story
from store.kinds import Category

log = logging.getLogger(__name__)

DATA = Path(__file__).parent / "data" / "glosses.toml"
#: How near the nearest tag must be, by kind of news. In six labelled worlds, 0.35 takes 14 of the 15 launches,
#: wins and acquisitions that describe a tag without naming it, and nothing else; prices and partnerships mostly speak
#: of something else and lie up to 0.42 without describing any. Media, finance and people are never read this way.
NEAR: Mapping[Category, float] = {
    Category.LAUNCH: 0.35,
    Category.CUSTOMER: 0.35,
    Category.ACQUISITION: 0.35,
    Category.PARTNERSHIP: 0.42,
    Category.PRICING: 0.45,
    Category.EXPANSION: 0.45,
    Category.EVENT: 0.45,
}
#: A tag without sentences of its own is known by its name alone, which lies further from any text.
NAME_ONLY = 0.10
#: Tags as near as this to the nearest one are meant with it.
TIE = 0.02
#: A tag that no line holds is read by the line whose name is at least as near: "time recording" by "time tracking".
SAME_NAME = 0.72
#: Share of a sentence's stems, by rarity, that the text must hold when there is no model.
SHARED_WORDS = 0.5
KEPT_ROWS = 20_000


@cache
def glosses() -> Mapping[str, tuple[str, ...]]:
    """Return the sentences of each tag, by the tag as it is compared (folded, words)."""
    lines = tomllib.loads(DATA.read_text(encoding="utf-8"))["glosses"]
    return {fold_text(tag): tuple(said) for names, said in lines.items() for tag in names.split(",")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """A tag that a text describes, and how near it is in [0, 1]."""

    tag: str
    score: float


@dataclass(slots=True)
class Meaning:
    """Compares texts with tags. The model is loaded at the first need; without it, shared words decide."""

    _encoder: Encoder | None = None
    _failed: bool = False
    _rows: dict[str, Embeddings] = field(default_factory=dict)
    _tags: dict[str, Embeddings] = field(default_factory=dict)

    @classmethod
    def without_model(cls) -> Meaning:
        """Return one that compares by shared words alone, as where the model is not installed."""
        return cls(_failed=True)

    def warm(self, texts: Iterable[str]) -> None:
        """Read these texts in one go, so that asking for each is cheap."""
        if self._ready():
            self._encode(texts)

    def described(self, story: Story, sentences: Sequence[str], tags: Iterable[str]) -> list[Likeness]:
        """Return which of the tags the sentences describe: the nearest, and those as near; often none."""
        wanted = sorted(set(tags))
        if story.category not in NEAR or not wanted or not sentences:
            return []
        texts = units_of(story, sentences)
        scores = self._by_model(texts, wanted) if self._ready() else _by_words(texts, wanted)
        best = max(scores.values())
        return [
            Likeness(tag=tag, score=round(score, 3))
            for tag, score in scores.items()
            if score >= best - TIE and score >= self._least(story.category, tag)
        ]

    def _least(self, category: Category, tag: str) -> float:
        if not self._ready():
            return SHARED_WORDS
        return NEAR[category] - (0.0 if _said_of(tag, self._tags) else NAME_ONLY)

    def _by_model(self, texts: Sequence[str], tags: Sequence[str]) -> dict[str, float]:
        rows = self._encode(texts)
        return {tag: float((rows @ self._tag(tag).T).max()) for tag in tags}

    def _tag(self, tag: str) -> Embeddings:
        if tag not in self._tags:
            said = glosses().get(tag) or self._nearest_line(tag)
            self._tags[tag] = self._encode([f"software for {tag}", tag, *said])
        return self._tags[tag]

    def _nearest_line(self, tag: str) -> tuple[str, ...]:
        names = sorted(glosses())
        likeness = (self._encode(names) @ self._encode([tag]).T)[:, 0]
        nearest = int(likeness.argmax())
        return glosses()[names[nearest]] if likeness[nearest] >= SAME_NAME else ()

    def _encode(self, texts: Iterable[str]) -> Embeddings:
        wanted = list(texts)
        missing = sorted({text for text in wanted if text not in self._rows})
        if len(self._rows) + len(missing) > KEPT_ROWS:
            self._rows.clear()
            missing = sorted(set(wanted))
        if missing and self._encoder is not None:
            self._rows.update(zip(missing, self._encoder.encode(missing), strict=True))
        return np.stack([self._rows[text] for text in wanted])

    def _ready(self) -> bool:
        if self._encoder is None and not self._failed:
            try:
                self._encoder = _shared_encoder()
            except ModelError as error:
                self._failed = True
                log.warning("without the sentence model, links are found by words alone: %s", error)
        return self._encoder is not None


@cache
def _shared_encoder() -> Encoder:
    # The adapted model draws texts of one category together: precision of the links fell from 1.00 to 0.83-0.90.
    return SentenceEncoder(PLAIN)


def _said_of(tag: str, read: Mapping[str, Embeddings]) -> bool:
    # Two rows are the tag's own names; further ones are sentences.
    return tag in read and len(read[tag]) > 2


def units_of(story: Story, sentences: Sequence[str]) -> tuple[str, ...]:
    """Return what is compared of a story: its first sentence, mostly the title, and the rest.

    Sentence by sentence, or with all of them together besides, decides the same in six labelled worlds and costs more.
    """
    plain = [_without_rival(sentence, story) for sentence in sentences]
    return tuple(plain) if len(plain) == 1 else (plain[0], " ".join(plain[1:]))


def _without_rival(sentence: str, story: Story) -> str:
    # The rival's name would pull every text towards whatever the name happens to mean.
    names = (story.rival.name, *story.rival.aliases)
    longest = sorted(names, key=len, reverse=True)
    return re.sub("|".join(re.escape(name) for name in longest), "the company", sentence, flags=re.IGNORECASE)


def _by_words(texts: Sequence[str], tags: Sequence[str]) -> dict[str, float]:
    said = stems_of(fold_text(" ".join(texts)))
    return {tag: max((_shared(said, gloss) for gloss in glosses().get(tag, ())), default=0.0) for tag in tags}


def _shared(said: frozenset[str], gloss: str) -> float:
    weights = {stem: _rarity(stem) for stem in stems_of(fold_text(gloss))}
    both = [weight for stem, weight in weights.items() if stem in said]
    return sum(both) / sum(weights.values()) if len(both) >= 2 else 0.0


def _rarity(stem: str) -> float:
    return 1.0 / _stem_counts().get(stem, 1)


@cache
def _stem_counts() -> Mapping[str, int]:
    counts: dict[str, int] = {}
    for said in glosses().values():
        for stem in stems_of(fold_text(" ".join(said))):
            counts[stem] = counts.get(stem, 0) + 1
    return counts
