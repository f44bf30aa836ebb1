"""Other forms of training texts: names exchanged, sentences dropped, a dull one added. The label stays what it was."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from classify.rows import LabelledRow
from store.kinds import Category

RARE = (
    6  # A capitalised word in more texts than this (SOC, March, London) carries meaning; below, it is a name.
)
DULL_CHARACTERS = 160
# How often a text takes on another form; a text of one sentence keeps it.
FIRST_SENTENCE = 0.20
FEWER_SENTENCES = 0.25
WITHOUT_FIRST = 0.07
KEPT_SENTENCE = 0.6
OTHER_NAMES = 0.5
DULL_END = 0.1

SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
CAPITALISED = re.compile(r"\b[A-Z][\w'’&-]*(?:\s+[A-Z][\w'’&-]*)*")
WORD = re.compile(r"\b[^\W\d_][\w'’&-]*")


@dataclass(frozen=True)
class Varier:
    """What texts are varied with: ``names`` found in them, ``dull`` texts that report nothing, words that are names."""

    names: tuple[str, ...]
    dull: tuple[str, ...]
    name_words: frozenset[str]

    def vary(self, text: str, chance: random.Random) -> str:
        """Return a form of the text that bears the same label, by chance the text itself."""
        text = _fewer_sentences(text, chance)
        if self.names and chance.random() < OTHER_NAMES:
            text = self._renamed(text, chance)
        if self.dull and chance.random() < DULL_END:
            end = "" if text.rstrip()[-1:] in {".", "!", "?"} else "."
            text = f"{text.rstrip()}{end} {chance.choice(self.dull)}"
        return text

    def _renamed(self, text: str, chance: random.Random) -> str:
        given: dict[str, str] = {}

        def other(match: re.Match[str]) -> str:
            name = match.group()
            if not _is_name(name, self.name_words):
                return name
            return given.setdefault(name, chance.choice(self.names))

        return CAPITALISED.sub(other, text)


def make_varier(rows: Sequence[LabelledRow]) -> Varier:
    """Return the varier for these rows, with the names and the dull texts that stand in them."""
    seen = Counter(word for row in rows for word in set(WORD.findall(row.text)))
    name_words = frozenset(
        word
        for word, texts in seen.items()
        if word[0].isupper() and not word.isupper() and texts <= RARE and seen[word.lower()] <= 1
    )
    names = [name for row in rows for name in CAPITALISED.findall(row.text) if _is_name(name, name_words)]
    dull = [row.text for row in rows if row.label is Category.NONE and len(row.text) < DULL_CHARACTERS]
    return Varier(tuple(names), tuple(dull), name_words)


def _is_name(words: str, name_words: frozenset[str]) -> bool:
    return all(word in name_words for word in words.split())


def _fewer_sentences(text: str, chance: random.Random) -> str:
    parts = SENTENCE_END.split(text)
    drawn = chance.random()
    if len(parts) == 1:
        return text
    if drawn < FIRST_SENTENCE:
        return parts[0]
    if drawn < FIRST_SENTENCE + FEWER_SENTENCES:
        return " ".join([parts[0], *(part for part in parts[1:] if chance.random() < KEPT_SENTENCE)])
    if drawn < FIRST_SENTENCE + FEWER_SENTENCES + WITHOUT_FIRST:
        return " ".join(parts[1:])
    return text
