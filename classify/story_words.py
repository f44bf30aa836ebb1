"""How much two texts share, where a word weighs the more the rarer it is in business news."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
LEAD = 600  # Characters; further down stands background, which stories of one rival have in common.
TEXTS_KEPT = 2_048  # The texts of a few batches: each is compared with all of its rival's.
RARE = (
    0.75  # Weight from which a word is a name more often than a word; "radar" lies at 0.8, "platform" at 0.4.
)
_WORD = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*")
_NAME = re.compile(r"(?:(?<=[^.!?:\n]\s)|(?<=[@#“\"(]))[^\W\d_a-zß-öø-ÿ][^\W\d_]+|(?<=[@#])[^\W\d_]+")
_ENDINGS = ("ies", "ing", "ed", "es", "s")
_YEAR = re.compile(r"20\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What two texts have in common: the weighted share in [0, 1], rare names, and numbers of two digits or more."""

    share: float
    names: int
    numbers: int


def shared_words(one: str, other: str, own: Iterable[str] = ()) -> Shared:
    """Return what two texts share beside the rival's ``own`` names."""
    skipped = _stems_of(tuple(own))
    ours, theirs = words(one) - skipped, words(other) - skipped
    common = ours & theirs
    least = min(sum(map(weight, ours)), sum(map(weight, theirs)))
    named = _names(one) | _names(other)
    return Shared(
        share=sum(map(weight, common)) / least if least else 0.0,
        names=sum(1 for word in common if word in named and weight(word) >= RARE),
        numbers=sum(
            1 for word in common if word[0].isdigit() and len(word) > 1 and not _YEAR.fullmatch(word)
        ),
    )


@lru_cache(maxsize=256)
def _stems_of(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(stem(word) for name in names for word in _WORD.findall(name.lower()))


@lru_cache(maxsize=TEXTS_KEPT)
def words(text: str) -> frozenset[str]:
    """Return the word stems and numbers of a text's lead."""
    found = (stem(word) for word in _WORD.findall(text[:LEAD].lower()))
    return frozenset(word for word in found if len(word) > 1 or word.isdigit())


@lru_cache(maxsize=TEXTS_KEPT)
def _names(text: str) -> set[str]:
    """Return the stems of words written with a capital inside a sentence, or as a handle."""
    return {stem(word.lower()) for word in _NAME.findall(text[:LEAD])} | _leading(text)


def _leading(text: str) -> set[str]:
    """Return the first words of sentences: a name may stand there, and only its rarity can tell."""
    return {stem(word.lower()) for word in re.findall(r"(?:^|[.!?:\n]\s+)([^\W\d_]+)", text[:LEAD])}


def stem(word: str) -> str:
    """Return a lower-case word without its plainest endings; a number without its thousands marks."""
    if word[0].isdigit():
        return word.replace(",", "")
    ending = next((e for e in _ENDINGS if word.endswith(e) and len(word) - len(e) >= 3), "")
    return word[: len(word) - len(ending)]


@lru_cache(maxsize=65_536)
def weight(word: str) -> float:
    """Return how rare a stem is, in [0, 1]: 1 for one that no training text holds."""
    frequencies, texts = _frequencies()
    return math.log((1 + texts) / (1 + frequencies[word])) / math.log(1 + texts)


@cache
def _frequencies() -> tuple[Counter[str], int]:
    """Return in how many of the packaged training texts each stem occurs, and how many texts there are."""
    seen: Counter[str] = Counter()
    texts = 0
    for file in sorted(DATA.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            seen.update(words(f"{row.get('title') or ''} {row['text']}"))
            texts += 1
    return seen, texts
