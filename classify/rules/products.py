"""The product that a text is about. Rules, no model."""

from __future__ import annotations

import re

from classify.rules.company_patterns import MOSTLY
from classify.rules.words import UPPER, sentences, tidy
from classify.signals import Actor

SEARCHED = 3  # Sentences; a product that is news is named early.
_PRODUCT_TOKEN = rf"(?:[{UPPER}][\w.+-]*|v?\d+(?:\.\d+)+|\d+)"
PRODUCT = re.compile(
    r"(?i:\b(?:launch(?:es|ed|ing)?|introduc(?:es|ed|ing)|unveil(?:s|ed|ing)?|releas(?:es|ed|ing)|debuts?|rolls?\s+out|rolled\s+out|"
    r"ship(?:s|ped)|announc(?:es|ed|ing)(?:\s+(?:the\s+)?(?:general\s+)?(?:availability|release|launch)\s+of)?|say\s+hello\s+to|meet|discontinues?|"
    r"deprecat(?:es|ed|ing)|retir(?:es|ing)|sunset(?:s|ting)?))\s+(?:(?i:the|its|our|a|an|new|next-generation|all-new|general\s+availability\s+of)\s+){0,4}"
    rf"(?P<name>[{UPPER}][\w.+-]*(?:\s+{_PRODUCT_TOKEN}){{0,4}})"
)
VERSIONED = re.compile(rf"^(?P<name>[{UPPER}][\w+-]*(?:\s+[{UPPER}][\w+-]*){{0,3}}\s+v?\d+(?:\.\d+)+)")
#: What stands before the number of a release, or of a licence, and is no product's name.
_NO_PRODUCT = re.compile(
    r"(?:release|version|update|changelog|build|hotfix|patch|apache|mit|gpl|lgpl|agpl|bsd|mpl|item|section|form)\b",
    re.IGNORECASE,
)


def find_product(text: str, actor: Actor | None = None) -> str | None:
    """Return the product that a text is about: one the rival is known to sell, else one it says it launched.

    Where all words of a headline are capitalised, what follows its verb may describe rather than name; a name that a
    later sentence gives goes before.
    """
    for known in actor.products if actor else ():
        if re.search(rf"(?<!\w){re.escape(known)}(?!\w)", text, re.IGNORECASE):
            return known
    described = None
    for sentence in sentences(text)[:SEARCHED]:
        name = _named(sentence)
        if name and (not _is_title_case(sentence) or text.count(name) > 1):
            return name
        described = described or name
    return described


def _named(sentence: str) -> str | None:
    found = PRODUCT.search(sentence) or VERSIONED.search(sentence)
    return tidy(found["name"]) if found and not _NO_PRODUCT.match(found["name"]) else None


def _is_title_case(sentence: str) -> bool:
    words = [word for word in sentence.split() if word[:1].isalpha()]
    return sum(word[0].isupper() for word in words) > MOSTLY * len(words)
