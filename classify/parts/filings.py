"""Filings that name nothing but their kind ("filed 8-K: results of operations"), and the news that explain them."""

from __future__ import annotations

import re
from datetime import timedelta

from classify.rules.roles import seniority
from store.kinds import Category
from store.signals import Meaning

NEAR = timedelta(
    days=3
)  # Four business days are the deadline of an 8-K; the news is out on the day or the next.
OFFICER = 0.9
UNTOLD = frozenset(
    ["1.01", "1.02"]
)  # Items that can be about anything: which agreement it is, only the text tells.
UNTOLD_CONFIDENCE = 0.35
# What an agreement that must be filed can turn out to be.
AGREEMENTS = frozenset(
    [Category.ACQUISITION, Category.PARTNERSHIP, Category.CUSTOMER, Category.FINANCE, Category.REGULATORY]
)
FILED = re.compile(r"\bfiled (?:form )?[A-Z0-9][A-Z0-9 -]{0,9}: (?P<what>.+)")
RESULTS = re.compile(r"results of operations|quarterly report|annual report")
TOPICS = (
    (RESULTS, re.compile(r"\b(results?|revenues?|earnings|quarter\w*|profits?|fiscal|half[- ]year)\b", re.I)),
    (
        re.compile(r"obligation|shares|funding round"),
        re.compile(
            r"\b(notes?|bonds?|loans?|credit|debt|shares?|stock|offering|placement|financing|funding|rais\w+)\b",
            re.I,
        ),
    ),
)


def is_filing(meaning: Meaning) -> bool:
    """Return True if a signal is a filing that no news has explained yet."""
    return FILED.search(meaning.headline) is not None


def explains(filing: Meaning, other: Meaning) -> bool:
    """Return True if ``other`` can be what ``filing`` is about; days apart are the caller's to look at."""
    what = _what(filing)
    if is_filing(other):
        # The quarterly report and the notice of the same results are one act; other filings are acts of their own.
        return bool(RESULTS.search(what) and RESULTS.search(_what(other)))
    if filing.held:
        return other.category in AGREEMENTS
    if filing.category not in (other.category, *other.secondary):
        return False
    if filing.category is Category.LEADERSHIP:
        return any(_is_officer(person.get("role", "")) for person in other.facts.get("people", ()))
    return all(words.search(other.text) for topic, words in TOPICS if topic.search(what))


def _what(filing: Meaning) -> str:
    found = FILED.search(filing.headline)
    return found["what"] if found else ""


def _is_officer(role: str) -> bool:
    return seniority(role) >= OFFICER or re.search(r"\b(board|director)\b", role, re.I) is not None
