"""Roles among the words of a text about people: where one ends, and what it is called there."""

from __future__ import annotations

import re

from classify.rules.people.names import name_end
from classify.rules.people.phrases import phrase_end
from classify.rules.people.tokens import CREDENTIAL, GAP, POSSESSIVE, TextWords, Word, bare
from classify.rules.people.words import EMPTY, LEXICON, NOT_A_ROLE
from classify.rules.roles import ROLE_WORDS, clean_role, is_head
from classify.rules.words import NOT_A_NAME

_ROLE_REACH = 110  # Characters behind the first word of a role; the longest of the labelled roles has 57.
_ROLE_STOPS = NOT_A_NAME - ROLE_WORDS
_VERBS_BEHIND = "HQMmJLFSYBwW"  # Letters of the phrases that end a role.


def role_at(told: TextWords, i: int, *, behind_as: bool) -> tuple[int, str]:
    """Return the word after the role that begins at word ``i``, and the role; ``(0, "")`` if none does.

    ``behind_as`` says that "as" stands before: what follows a comma is then more likely an area than a name.
    """
    words = told.words
    end = _heads_end(told, i)
    if not end or (words[i].lower == "professor" and name_end(told, i)):
        return 0, ""
    role = role_alone(clean_role(_reach(told, i, end, behind_as=behind_as), told.own))
    if not role:
        return 0, ""
    after = told.text.find(role, words[i].start) + len(role)
    while end < len(words) and words[end].start < after:
        end += 1
    return end, role


def _reach(told: TextWords, i: int, end: int, *, behind_as: bool) -> str:
    """Return the text from word ``i`` on in which a role with its last head before word ``end`` can stand."""
    words, start = told.words, told.words[i].start
    behind = told.text[start : start + _ROLE_REACH]
    for k in range(end, min(end + 12, len(words))):
        free = words[k - 1].lower not in {"of", "for"} and not (behind_as and _is_area(told, k, end))
        if free and (name_end(told, k) or _ends_role(told, k)):
            behind = told.text[start : words[k].start]
            break
    if POSSESSIVE.search(words[end - 1].lower):
        behind = told.text[start : words[end - 1].end]
    return GAP.split(behind)[0]


def _is_area(told: TextWords, k: int, end: int) -> bool:
    """Return True for "Demand Gen" in "joining as Senior Director, Demand Gen.": an area, though of a name's shape."""
    words = told.words
    behind = name_end(told, k) if k == end + 1 and words[end].text == "," else 0
    return behind > 0 and (behind >= len(words) or words[behind].text in ".!;")


def _ends_role(told: TextWords, k: int) -> bool:
    """Return True for a verb behind a role: "the board announces", "its chief quits"."""
    return any(
        letter in _VERBS_BEHIND and phrase_end(told.words, k, phrase)
        for phrase, letter in LEXICON.get(told.words[k].lower, ())
    )


def _heads_end(told: TextWords, i: int) -> int:
    """Return the word after the last head of a role that begins at ``i``, 0 if none does."""
    words = told.words
    last, j, unknown = 0, i, 0
    while j < len(words) and j < i + 8:
        word = words[j]
        spoken = bare(word)
        if is_head(spoken):
            last = j + 1
            if spoken != word.lower:
                break
        elif spoken != word.lower:
            break
        elif spoken in ROLE_WORDS or (word.lower in {"and", "&"} and j > i):
            pass
        elif word.text[0].isalpha() and not _stops(word) and not (last and not word.text[0].isupper()):
            unknown += 1
            if (unknown > 1 and not last) or (last and name_end(told, j)):
                break
        else:
            break
        j += 1
    return last


def _stops(word: Word) -> bool:
    """Return True for a word that no role holds."""
    return (
        word.lower in EMPTY
        or word.lower.startswith("ex-")
        or word.lower in LEXICON
        or word.lower in NOT_A_ROLE
        or CREDENTIAL.fullmatch(word.text) is not None
        or word.lower in _ROLE_STOPS
    )


def role_alone(role: str) -> str:
    """Return a role without the words for a role behind it: "CFO job", "chief executive's seat"."""
    role = re.sub(r"^(?:AG|SE|plc|PLC|Inc|Ltd|ASA|AB|Oyj|Group)\s+(?:and|&)\s+", "", role)
    role = re.sub(r"[’']s\s+(?:role|job|post|seat|position|duties|chair|desk)\b.*$", "", role)
    role = re.sub(r"(?:[’']s)?\s+(?:role|job|post|seat|position|duties|title|mantle)$", "", role)
    role = re.sub(r"^(?:\w+\s)?board(?:\s+of\s.*?)?\s+and\s+(?=\S)", "", role, flags=re.IGNORECASE)
    role = re.sub(
        r"(?i)^((?:\w+\s)?board)\b(?!\s+of\s+(?:directors|trustees|governors|managers|advis\w+)|\s+(?:member|chair|advis|director|secretary)).*",
        r"\1",
        role,
    )
    role = re.sub(
        r"\s+(?:of|for)\s+(?:\d+|[\w-]+|\w+\s(?:past|last)\s\w+)\s+(?:years?|decades?)\b.*$", "", role
    )
    return POSSESSIVE.sub("", role)
