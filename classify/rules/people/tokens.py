"""The words of a text about people, without quotations and asides, beside the names of the rival."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from classify.rules.roles import clean_role
from classify.rules.words import UPPER

_WORD = re.compile(
    rf"(?:[{UPPER}]\.)+(?=[\s,{UPPER}])|(?:Ph\.D|Pharm\.D|Ed\.D|M\.Sc|B\.Sc|Dr\.-Ing|Dipl\.-Ing)\.|(?:de|d|dell|O)[’'](?=\s[{UPPER}])|(?:Inc|Corp|Ltd|Dr|Mr|Mrs|Ms|Mx|Prof|St|Jr|Sr|Co|Lt|Gen|Maj|Col|Capt|Adm|Brig)\.|@?[^\W_](?:[\w’'&+./-]*[\w+])?|[,;:.!?|&()+]|[–—-](?=\s)|(?<=\s)[–—]|\n"
)
_QUOTE = re.compile(r"[\"“]([^\"“”\n]{1,600})[\"”]")
_ASIDE = re.compile(r"\(([^()]{0,80})\)")
CREDENTIAL = re.compile(
    r"(?:Inc|LLC|Ltd|Limited|Corp|Corporation|PLC|plc|GmbH|AG|ASA|AB|Oyj|N\.V|B\.V|S\.A|SE|A/S|Jr|Sr|Esq|MD|M\.D|PhD|Ph\.D|MBA|CPA|RN|R\.N|MPH|MSc|BSc|DPhil|FCAS|FCA|CFA|CISSP|PE|JD|J\.D|DO|DDS|OBE|CBE|MBE|KBE|Ed\.D|Pharm\.D|PharmD|FRS|FRSE|FREng|FRCP|KC|QC|CB|II|III|IV)\.?"
)
DATE = re.compile(
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|(?:mon|tues|wednes|thurs|fri|satur|sun)day|\d[\d.,:/-]*(?:st|nd|rd|th|am|pm)?|q[1-4]|spring|summer|autumn|fall|winter)$",
    re.IGNORECASE,
)
POSSESSIVE = re.compile(r"(?:[’']s|(?<=s)[’'])$")
GAP = re.compile(r"\s{3,}")  # Where an aside stood.


@dataclass(frozen=True, slots=True)
class Word:
    """A word or mark with its place in the text."""

    text: str
    lower: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TextWords:
    """A text and its words: ``raw`` as it is told, ``text`` of the same length with asides blank.

    ``own`` are the names of the rival, ``own_words`` the lower-case words of each, the longest name first.
    """

    raw: str
    text: str
    words: list[Word]
    own: tuple[str, ...]
    own_words: list[tuple[str, ...]]


def read_words(raw: str, own: Iterable[str] = ()) -> TextWords:
    """Return a text with its words; ``own`` are the names of the rival."""
    own, text = tuple(own), _without_asides(raw)
    own_words = sorted((tuple(name.lower().split()) for name in own if name), key=len, reverse=True)
    return TextWords(raw, text, _words_of(text), own, own_words)


def bare(word: Word) -> str:
    """Return a word in lower case without possessive ending and "@"."""
    return POSSESSIVE.sub("", word.lower).lstrip("@")


def _words_of(text: str) -> list[Word]:
    """Return the words and marks of a text in order."""
    return [Word(m.group(), m.group().lower(), m.start(), m.end()) for m in _WORD.finditer(text)]


def _without_asides(text: str) -> str:
    """Return a text of the same length in which quotations, and brackets that hold no role, are blank."""
    return _ASIDE.sub(_aside, _QUOTE.sub(_quotation, text))


def _blank(match: re.Match[str]) -> str:
    return " " * (match.end() - match.start())


def _quotation(match: re.Match[str]) -> str:
    """Return a quotation as blanks, but keep a nickname or a title in quotation marks."""
    return (
        match.group(0)
        if len(match[1].split()) < 3 and not match[1].endswith((",", ".", "!"))
        else _blank(match)
    )


def _aside(match: re.Match[str]) -> str:
    """Return a role in brackets as it is, anything else as blanks."""
    return match.group(0) if len(match[1].split()) < 7 and clean_role(match[1]) else _blank(match)
