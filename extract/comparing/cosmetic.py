"""Edits that change how a sentence is written and not what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein, Levenshtein

from extract.values.money import find_money
from extract.values.normalise import normalise

_LITTLE = frozenset({
    "a", "an", "the", "of", "to", "in", "on", "at", "and", "or", "is", "are", "be", "as", "by", "for",
    "with", "that", "this", "these", "those", "it", "its",
})  # fmt: skip
#: Words that turn a sentence round; an edit that touches one is never cosmetic.
_TURNING = frozenset({
    "not", "no", "never", "none", "without", "unless", "except", "only", "must", "may", "can", "cannot",
    "shall", "should", "will", "would", "could", "opt", "all", "any", "both", "each", "every", "up",
    "more", "less", "over", "under", "before", "after", "least", "most", "free", "paid", "unlimited",
})  # fmt: skip
_LONG_FORMS = {"'re": "are", "n't": "not", "'ll": "will", "'ve": "have", "'m": "am"}
_CONTRACTED = re.compile(r"(?:'(?:re|ll|ve|m)|n't)\b", re.I)
_BRITISH_OUR = re.compile(
    r"(?<=[a-z]{2})our(?=s?$|ed$|ing$|ful|able|ite|al$|less)(?<!hour)(?<!tour)(?<!pour)(?<!four)(?<!your)"
)
_BRITISH_ISE = re.compile(r"^([a-z]{3,})is(e|ed|es|ing|ation|ations|er|ers)$")
#: Small numbers in words, and what streets are called in short.
_SAME = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "street": "st", "road": "rd", "avenue": "ave",
    "boulevard": "blvd", "lane": "ln", "drive": "dr", "square": "sq", "straße": "str", "strasse": "str",
    "suite": "ste", "centre": "center", "theatre": "theater", "metre": "meter", "metres": "meters",
    "litre": "liter", "fibre": "fiber", "catalogue": "catalog", "dialogue": "dialog", "licence": "license",
    "programme": "program", "grey": "gray", "cancelled": "canceled", "modelling": "modeling", "labelled": "labeled",
    "traveller": "traveler", "fulfil": "fulfill", "enrol": "enroll",
}  # fmt: skip
_CUT = re.compile(r"\s*(?:…|\.\.\.|\[…\]|\[\.\.\.\])\W*(?:(?:read|learn|show) more)?\W*$", re.I)
CUT_WORDS = 5
PRICE_CHARACTERS = 30
TYPO = 2  # letters that may differ in a mistyped word
TYPO_WORD = 5  # letters below which two words that differ are two words
INFLECTED_WORD = 3  # letters from which an ending makes another form of the word, as in help and helps
LITTLE_WORDS = 3  # function words that may come and go
FIXED_WORDS = 3  # words that may be respelt


def is_cosmetic(before: str, after: str) -> bool:
    """Return whether two texts differ in typing errors, inflection, hyphens and little words alone.

    Figures, negations and words of permission are never cosmetic.
    """
    left, right = _plainly(before).split(), _plainly(after).split()
    if "".join(left) == "".join(right):
        return True
    if len(left) + len(right) > 4_000:
        return False
    if _is_shortened(before, after) or _is_shortened(after, before) or _is_same_price(before, after):
        return True
    little = fixed = 0
    for gone, come in _edits(left, right):
        if "".join(gone).replace("-", "") == "".join(come).replace("-", ""):
            continue
        if not gone or not come:
            if not set(gone + come) <= _LITTLE:
                return False
            little += len(gone) + len(come)
        elif len(gone) == len(come) and all(_respelt(a, b) for a, b in zip(gone, come, strict=True)):
            fixed += len(gone)
        elif set(gone + come) <= _LITTLE:
            little += max(len(gone), len(come))
        else:
            return False
    # A line of two or three words is a name or a label: there every word counts.
    return (
        little <= LITTLE_WORDS
        and fixed <= FIXED_WORDS
        and (little + fixed) * 4 <= max(len(left), len(right), 4)
    )


def _is_shortened(text: str, whole: str) -> bool:
    """Return whether a text is the beginning of another one, cut off with an ellipsis."""
    match = _CUT.search(text)
    stem = normalise(text[: match.start()]).split() if match else []
    return len(stem) >= CUT_WORDS and normalise(whole).split()[: len(stem) - 1] == stem[:-1]


def _is_same_price(before: str, after: str) -> bool:
    """Return whether two lines are one price for one period: ``$19 / month`` and ``$19/mo``."""
    if max(len(before), len(after)) > PRICE_CHARACTERS:
        return False
    left, right = list(find_money(before)), list(find_money(after))
    if len(left) != 1 or len(right) != 1 or not left[0].period:
        return False
    return left[0].attributes() == right[0].attributes()


def _edits(left: list[str], right: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the runs of words in which two texts differ."""
    gone: list[str] = []
    come: list[str] = []
    for code in Levenshtein.opcodes(left, right):
        if code.tag != "equal":
            gone += left[code.src_start : code.src_end]
            come += right[code.dest_start : code.dest_end]
        elif gone or come:
            yield gone, come
            gone, come = [], []
    if gone or come:
        yield gone, come


def _plainly(text: str) -> str:
    """Return a normalised text in one spelling: American, without contractions, small numbers in figures."""
    spelt = _CONTRACTED.sub(lambda match: f" {_LONG_FORMS[match.group().lower()]}", text.replace("’", "'"))
    return " ".join(_spelling(word) for word in normalise(spelt).split())


@lru_cache(maxsize=16_384)
def _spelling(word: str) -> str:
    bare = word.rstrip(".")
    if bare in _SAME:
        return _SAME[bare]
    return _BRITISH_OUR.sub(
        "or", _BRITISH_ISE.sub(r"\1iz\2", bare if bare != word and bare in _SAME else word)
    )


def _respelt(before: str, after: str) -> bool:
    if before == after:
        return True
    if {before, after} & _TURNING or re.search(r"[\d$€£%@]", before + after):
        return False
    if min(len(before), len(after)) < TYPO_WORD:
        return (
            (before in _LITTLE and after in _LITTLE) or _inflected(before, after) or _inflected(after, before)
        )
    if _turned(before, after) or _turned(after, before):
        return False
    return DamerauLevenshtein.distance(before, after) <= TYPO


def _inflected(word: str, other: str) -> bool:
    return len(word) >= INFLECTED_WORD and other in (f"{word}s", f"{word}es", f"{word}ed", f"{word}d")


def _turned(word: str, other: str) -> bool:
    return any(other == prefix + word for prefix in ("un", "in", "im", "ir", "il", "non", "dis", "a", "re"))
