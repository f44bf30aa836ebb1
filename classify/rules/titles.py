# ruff: noqa: E501 (a pattern or word list is read as one line)
"""Titles: what of them tells the matter, and what only says where it belongs."""

from __future__ import annotations

import re

from classify.rules.words import sentences

FIRST_FEW = 3
WHIM = 7  # Words; a longer title that says nothing is a sentence of its own.
# What stands over a text and tells nothing of it.
LITTLE = re.compile(
    r"(?:(?:price|pricing|tariff|plan) (?:change|update|adjustment)s?(?: notice)?|changelog(?: [\d. /-]+)?|release notes?|what[’']s new|product updates?"
    r"|it[’']?s official|big news|some news|(?:exciting|important) (?:news|update|announcement)|announcement|press release|news|update|item \d\.\d\d\b.*"
    r"|for immediate release|mark your calendars?.*|we have news|good news|(?:a )?(?:hard|big) day|drum ?roll)",
    re.IGNORECASE,
)
# What stands before a title and says only where in the paper it belongs.
SECTION = re.compile(
    r"(?:people|news|announcement|press release|blog|update|company news|new)\s?:\s+(?=\S)", re.IGNORECASE
)
# Sentences that go on from others: "Here is why".
GOES_ON = re.compile(
    r"(?:here|this|that|these|what|it|its|they|he|she|his|her|and|but|so|now|sign|there|which|why|how|if|as|read|come|see|learn|find|keep|move)\b",
    re.IGNORECASE,
)


def clean_title(title: str) -> str:
    """Return a title on one line, without site names and marks at its end and a version that it says again."""
    title = re.sub(r"\s+[|»]\s+[^|»]{1,40}$", "", " ".join(title.split()))
    title = (
        SECTION.sub(lambda found: "New " if found.group().lower().startswith("new:") else "", title, count=1)
        if SECTION.match(title)
        else title
    )
    return re.sub(r"^v?(\d+(?:\.\d+)+)[\s:–-]+(?=.*(?<![\d.])\1(?![\d.]))", "", title).strip(" .")


def says_little(title: str) -> bool:
    """Return True for a title that could stand over any text of its kind: "Price change notice", "It's official"."""
    return LITTLE.fullmatch(title.strip(" .!?…")) is not None


def is_whim(title: str) -> bool:
    """Return True for a title that may be a whim: short, without a figure ("Ciao, Torino!", "Welcome, Rivulet!")."""
    return len(title.split()) <= WHIM and not re.search(r"\d", title)


def first_telling(text: str) -> str:
    """Return the first sentence of a text that says something; where none does, the first."""
    found = [sentence.strip().rstrip(".") for sentence in sentences(text.strip())[:FIRST_FEW]]
    told = (s for s in found if not says_little(s) and "|" not in s and len(s.split()) > 1)
    return next(told, found[0] if found else "")
