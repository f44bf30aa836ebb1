"""What is seen of a changed line when its weight is judged: its words, its form, its place, what the edit did."""

from __future__ import annotations

import math
import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.comparing.material_words import AMOUNT, NUMBERS, TURNING, WE, YOU
from extract.comparing.word_vectors import meaning_of
from store.kinds import BlockKind, PageType

HASHES = 8_192  # places for words and parts of words; two of them rarely share one
PART = 4  # letters of a part of a word
WORD_LENGTH = 2.5  # of the vector of words
MEANING, MEANING_PARTS = 4.0, 2.8  # of the vectors of meaning: of a whole line, and of the parts of an edit
SHAPE, PLACE, EDIT = 0.7, 0.5, 1.0  # weights of the other features beside it
CHARACTERS = 600  # of a line that are looked at

_WORD = re.compile(r"[^\W\d_]+|\d+(?:[.,:]\d+)*|[^\w\s]")
_MONTH = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mär|mai|okt|dez|janv|févr|avr|juin|juil|août|déc|ene|abr|ago|"
    r"dic|gen|mag|giu|lug|set|ott|mei|maj)[^\W\d_]*\b",
    re.I,
)
_NAME = re.compile(r"[^\W\d_][\w'’&-]*")
_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        r"[$€£¥]|\b(?:EUR|USD|GBP)\b",
        r"%",
        r"\b20\d\d\b",
        r"\d{1,2}:\d\d",
        r"@|https?:",
        r"\d[\d\s().-]{7,}\d",
        r"[\"“„«]",
        r"\b[A-Z]{2,}\b|\b[A-Z]+-?\d",
        r"\|",
        r"[✓–✗]|\b(?i:yes|no)\b",
        r"\d{1,3}(?:[.,\s]\d{3})+",
        r"\?",
        r"!",
        r":",
    )
)
_TYPES = tuple(PageType)
_KINDS = tuple(BlockKind)
_SIGNS = '.,!?:;()"“”'


@dataclass(frozen=True, slots=True)
class Features:
    """``dense`` values in their fixed order, and ``words``: the weight of each place among `HASHES`."""

    dense: tuple[float, ...]
    words: dict[int, float]


def line_features(text: str, kind: BlockKind, page_type: PageType) -> Features:
    """Return what is seen of a line that came or went."""
    text = text[:CHARACTERS]
    words = words_of(text)
    return Features(
        (
            *_scaled(MEANING, meaning_of(words)),
            *_scaled(SHAPE, _shape(text)),
            *_scaled(PLACE, _place(kind, page_type)),
        ),
        _hashed(_grams(words)),
    )


def edit_features(before: str, after: str, kind: BlockKind, page_type: PageType) -> Features:
    """Return what is seen of a line that became another."""
    before, after = before[:CHARACTERS], after[:CHARACTERS]
    gone, come, kept = differing(before, after)
    old, new = meaning_of(gone), meaning_of(come)
    return Features(
        (
            *_scaled(MEANING_PARTS, old - new),
            *_scaled(MEANING_PARTS, new),
            *_scaled(MEANING_PARTS, meaning_of(kept)),
            *_scaled(EDIT, _edit(before, after, gone, come, kept)),
            *_scaled(SHAPE, _shape(after)),
            *_scaled(PLACE, _place(kind, page_type)),
        ),
        _hashed([*_grams([*gone, *come], "d"), *_grams(kept, "k")]),
    )


def words_of(text: str) -> list[str]:
    """Return the words, figures and signs of a text, without accents and capitals."""
    plain = unicodedata.normalize("NFD", text.lower())
    return _WORD.findall("".join(c for c in plain if not unicodedata.combining(c)))


def differing(before: str, after: str) -> tuple[list[str], list[str], list[str]]:
    """Return the words that are gone, that came, and that both have."""
    left, right = Counter(words_of(before)), Counter(words_of(after))
    return (
        list((left - right).elements()),
        list((right - left).elements()),
        list((left & right).elements()),
    )


def _edit(
    before: str, after: str, gone: Sequence[str], come: Sequence[str], kept: Sequence[str]
) -> Iterator[float]:
    old, new = _stems(before), _stems(after)
    alike = len(old & new) / max(1, len(old | new))
    share = len(kept) / max(1, len(kept) + len(gone) + len(come))
    figures = [any(word[0].isdigit() for word in side) for side in (gone, come)]
    letters = any(word[0].isalpha() for word in (*gone, *come))
    names = set(names_in(before)), set(names_in(after))
    both = " ".join((*gone, *come))
    yield from (alike, alike > 0.8, share, share > 0.5, min(len(gone), 20) / 10, min(len(come), 20) / 10)
    yield from (any(figures), all(figures), not letters, not letters and figures[1])
    yield from (bool(names[1] - names[0]), bool(names[0] - names[1]))
    yield from (any(word in TURNING or word in NUMBERS for word in (*gone, *come)), not gone, not come)
    yield from (min(len(after.split()), 40) / 10, len(after.split()) <= 6, bool(_MONTH.search(both)))
    yield bool(any(figures) and AMOUNT.search(f"{before} {after}"))


def _shape(text: str) -> Iterator[float]:
    words = text.split()
    bare = {word.strip(_SIGNS).lower() for word in words}
    digits, count = sum(c.isdigit() for c in text), len(words)
    names = len(names_in(text))
    yield from (min(count, 40) / 10, count <= 2, count <= 5, count > 15)
    yield from (text[-1:] in (".", "!"), text[-1:] == "?", text[-1:] == ":")
    yield from (digits > 0, min(digits, 12) / 6, digits / max(1, len(text)))
    yield from (names / max(1, count), names > 0, bool(_MONTH.search(text)))
    yield from (not bare.isdisjoint(YOU), not bare.isdisjoint(WE), not bare.isdisjoint(TURNING))
    yield from (form.search(text) is not None for form in _FORMS)


def _place(kind: BlockKind, page_type: PageType) -> Iterator[float]:
    yield from (kind is other for other in _KINDS)
    yield from (page_type is other for other in _TYPES)


def _scaled(weight: float, values: Iterable[float]) -> Iterator[float]:
    return (weight * float(value) for value in values)


def names_in(text: str) -> list[str]:
    """Return the words after the first that begin with a capital letter."""
    return [word for word in _NAME.findall(text)[1:] if word[0].isupper()]


def _stems(text: str) -> set[str]:
    return {word[:5] for word in words_of(text) if len(word) > 3}


def _grams(words: Sequence[str], mark: str = "") -> Iterator[str]:
    said = ["#" if word[0].isdigit() else word for word in words]
    for word in said:
        yield f"{mark}w:{word}"
    for word, following in pairwise(said):
        yield f"{mark}b:{word} {following}"
    for word in said:
        whole = f"<{word}>"
        for start in range(len(whole) - PART + 1) if len(word) > PART else ():
            yield f"{mark}c:{whole[start : start + PART]}"


def _hashed(grams: Iterable[str]) -> dict[int, float]:
    counts = Counter(zlib.crc32(gram.encode("utf-8", "surrogatepass")) % HASHES for gram in grams)
    length = math.sqrt(sum(count * count for count in counts.values())) or 1.0
    return {place: WORD_LENGTH * count / length for place, count in counts.items()}
