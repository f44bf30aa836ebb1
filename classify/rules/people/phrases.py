"""Words and phrases of the lexicon in a text about people: which one begins at a word, and where it ends."""

from __future__ import annotations

from collections.abc import Sequence

from classify.rules.people.tokens import Word
from classify.rules.people.words import EMPTY, LEXICON


def phrase_at(words: Sequence[Word], i: int) -> tuple[int, str, str] | None:
    """Return the phrase that begins at word ``i``: the word after it, its letter and the phrase; None if none does."""
    for phrase, letter in LEXICON.get(words[i].lower, ()):
        end = phrase_end(words, i, phrase)
        if end:
            return end, letter, " ".join(phrase)
    return None


def phrase_end(words: Sequence[Word], i: int, phrase: tuple[str, ...]) -> int:
    """Return the word after a phrase that begins at word ``i``, 0 if it does not; empty words inside do not count."""
    j = i
    for spoken in phrase:
        while j > i and j < len(words) and words[j].lower in EMPTY and words[j].lower != spoken:
            j += 1
        if j >= len(words) or words[j].lower != spoken:
            return 0
        j += 1
    if phrase[-1] == "head" and j < len(words) and words[j].lower == "of":
        return 0  # "promoted to Head of Sales" tells a role, "to head sales" what she does.
    return j
