"""Edits that change how a sentence is written and not what it says."""

from __future__ import annotations

import re

from rapidfuzz.distance import DamerauLevenshtein, Levenshtein

from extract.normalise import normalise

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
TYPO = 2  # letters that may differ in a mistyped word
TYPO_WORD = 5  # letters below which two words that differ are two words
INFLECTED_WORD = 3  # letters from which an ending makes another form of the word, as in help and helps
LITTLE_WORDS = 3  # function words that may come and go
FIXED_WORDS = 3  # words that may be respelt


def is_cosmetic(before: str, after: str) -> bool:
    """Return whether two texts differ in typing errors, inflection, hyphens and little words alone.

    Figures, negations and words of permission are never cosmetic.
    """
    left, right = normalise(before).split(), normalise(after).split()
    if "".join(left) == "".join(right):
        return True
    if len(left) + len(right) > 4_000:
        return False
    little = fixed = 0
    for code in Levenshtein.opcodes(left, right):
        if code.tag == "equal":
            continue
        gone, come = left[code.src_start : code.src_end], right[code.dest_start : code.dest_end]
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
