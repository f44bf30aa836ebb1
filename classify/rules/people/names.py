# ruff: noqa: E501 (a pattern is read as one line)
"""Names of people in a text: where one ends, how it is written, and what of that shape is no person."""

from __future__ import annotations

import re
from collections.abc import Sequence

from classify.rules.people.tokens import CREDENTIAL, POSSESSIVE, TextWords, Word, bare
from classify.rules.people.words import EMPTY, NO_SURNAME, PARTICLES, SINGLE, TITLES
from classify.rules.roles import ROLE_WORDS
from classify.rules.words import DEMONYMS, NOT_A_NAME, UPPER

_NAME_WORD = re.compile(rf"[{UPPER}](?:[^\W\d_]|[’'-](?=[^\W\d_]))+$")
INITIAL = re.compile(rf"[{UPPER}]\.?$|(?:[{UPPER}]\.){{1,3}}$")
_CIVIL = re.compile(
    r"^(?:(?:Mr|MR|Mrs|MRS|Ms|MS|Mx|Mister|Shri|Smt|Sri|Herr|Frau|Mme|Captain|Capt|Colonel|Col|Sister|Rev|Reverend|Emeritus|Rabbi|Imam|Councill?or|Alderman|Senator"
    r"|Commander|Commodore|Wing|Lt|Gen|General|Maj|Major|Brig|Adm|Admiral|Hon|GC|MD|MP|GM|HR|IT|PM)\.?\s+(?:\(Ret\.?\)\s+)?)+(?=\S+\s)"
)
_OWNS = re.compile(r"['’]\s")
_UPPER_END = 2  # Letters from which a word of capitals behind a name is a degree or a seat: "Perpetua Nwosu-Gray FCCA".
_OPENS, _CLOSES = frozenset('"“'), frozenset('"”')
_ALSO_NAMES = frozenset(["Per", "Will"])  # First names that are small words too.
_GENERATIONS = frozenset(["II", "III", "IV", "Jr", "Sr"])
_PARTS = 5  # The most parts of a name that are not particles.


def name_end(told: TextWords, i: int) -> int:
    """Return the word after a person's name of two to five words that begins at ``i``, 0 if none does."""
    words = told.words
    first = past_titles(words, i)
    if first >= len(words) or not words[first].text[0].isupper():
        return 0
    j, parts = _parts_end(told, first)
    if parts >= 2 and j < len(words) and words[j].text.rstrip(".") in _GENERATIONS:
        return j + 1
    return _checked_end(told, i, j, parts)


def past_titles(words: Sequence[Word], i: int) -> int:
    """Return the first word from ``i`` that is no title before a name: "Dr.", "Prof."."""
    while i < len(words) and words[i].lower.rstrip(".") in TITLES:
        i += 1
    return i


def _parts_end(told: TextWords, j: int) -> tuple[int, int]:
    """Return the word after the parts of a name from word ``j`` on, and how many; particles are not counted."""
    words, parts = told.words, 0
    while j < len(words) and parts < _PARTS:
        word = words[j]
        spoken = POSSESSIVE.sub("", word.text)
        between = told.text[words[j - 1].end : word.start] if parts else ""
        if between.strip(" \n\t\"“”'’()") or _OWNS.match(between):
            break  # A picture stands between, "HQ 👀 Rohan D'Souza", or an owner before: "Zephyr Robotics' Anselm Krüger".
        if INITIAL.match(word.text) and j + 1 < len(words):
            if not parts and not words[j + 1].text[0].isupper():
                break
            parts += 1
        elif parts and _is_particle(words, j):
            pass
        elif _NAME_WORD.match(spoken) and (not _no_name(spoken) or (not parts and spoken in _ALSO_NAMES)):
            parts += 1
            if spoken != word.text:
                return j + 1, parts
        else:
            break
        j += 1
    return j, parts


def _is_particle(words: Sequence[Word], j: int) -> bool:
    """Return True for a small word with a part of a name or another one behind it: "van der Meer"."""
    return (
        words[j].lower in PARTICLES
        and j + 1 < len(words)
        and (words[j + 1].text[0].isupper() or words[j + 1].lower in PARTICLES)
    )


def _no_name(word: str) -> bool:
    """Return True for a capitalised word that is no part of a name: "Chief", "I'm", "MBA"."""
    lower = word.lower()
    return (
        re.match(r"i['’](?:m|ve|ll|d)$", lower) is not None
        or (lower in NOT_A_NAME and lower != "dean")
        or lower in SINGLE
        or lower in EMPTY
        or lower in NO_SURNAME
        or CREDENTIAL.fullmatch(word) is not None
    )


def _checked_end(told: TextWords, i: int, j: int, parts: int) -> int:
    """Return the word after a name without what stands at its end and is no part of it; 0 if it is no name."""
    words = told.words
    while j > i and (INITIAL.match(words[j - 1].text) or words[j - 1].lower in PARTICLES):
        j -= 1
        parts -= INITIAL.match(words[j].text) is not None
    while parts > 2 and _is_degree(words[j - 1].text) and not words[j - 2].text.isupper():
        j, parts = j - 1, parts - 1
    if (_is_own_from(told, i, j) and not _is_of_the_family(told, i, j)) or _is_quoted(told, i, j):
        return 0
    is_name = parts >= 2 and bare(words[i]) not in ROLE_WORDS and words[i].text not in DEMONYMS
    return j if is_name else 0


def _is_degree(word: str) -> bool:
    return len(word) > _UPPER_END and word.isupper()


def _is_own_from(told: TextWords, i: int, j: int) -> bool:
    """Return True if the words from ``i`` up to ``j`` hold a name of the rival."""
    spoken = [bare(word) for word in told.words[i:j]]
    return any(
        tuple(spoken[k : k + len(name)]) == name for name in told.own_words for k in range(len(spoken))
    )


def _is_of_the_family(told: TextWords, i: int, j: int) -> bool:
    """Return True for "Konrad Adlerstein" of a rival named "Adlerstein": who founded it, or their heirs."""
    words = told.words
    spoken = [bare(word).rstrip(".") for word in words[i:j]]
    begins = not i or words[i - 1].text in ".!?:\n"
    alone = any(len(name) == 1 and spoken[-1] == name[0] for name in told.own_words)
    more = (
        j < len(words)
        and words[j].text[0].isupper()
        and not told.text[words[j - 1].end : words[j].start].strip()
    )
    return (
        alone
        and not more
        and not (begins and spoken[0].endswith(("ly", "ing", "ed")))
        and spoken[-1] not in spoken[:-1]
    )


def _is_quoted(told: TextWords, i: int, j: int) -> bool:
    """Return True for what a column or product is called: the "Ask Marius" show."""
    before = told.text[: told.words[i].start][-1:]
    after = told.text[told.words[j - 1].end :][:1] if j > i else ""
    return before in _OPENS and after in _CLOSES and bool(before and after)


def name_said(told: TextWords, i: int, end: int) -> str:
    """Return a name as the text tells it, without possessive ending and "Mr."; a doctor stays one."""
    spoken = told.raw[told.words[i].start : told.words[end - 1].end]
    return _CIVIL.sub("", POSSESSIVE.sub("", " ".join(spoken.split())))


def past_credentials(words: Sequence[Word], end: int) -> int:
    """Return the word after ", MD, MPH," and ", 58,": what says nothing about a move."""
    while end + 1 < len(words) and words[end].text == ",":
        word = words[end + 1]
        last = end + 2 >= len(words) or not words[end + 2].text[0].isalnum()
        if not (last and (CREDENTIAL.fullmatch(word.text) or re.fullmatch(r"\d\d", word.text))):
            break
        end += 2
    return end
