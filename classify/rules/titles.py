# ruff: noqa: E501 (a pattern or word list is read as one line)
"""Titles: what of them tells the matter, and what only says where it belongs."""

from __future__ import annotations

import re

from classify.rules.words import COMMON, VERBS, sentences

FIRST_FEW = 3
ACRONYM = 3  # letters
WHIM = 7  # Words; a longer title that says nothing is a sentence of its own.
# What stands over a text and tells nothing of it.
LITTLE = re.compile(
    r"(?:(?:price|pricing|tariff|plan) (?:change|update|adjustment)s?(?: notice)?|changelog(?: [\d. /-]+)?|release notes?|what[’']s new|product updates?"
    r"|it[’']?s official|big news|some news|(?:exciting|important) (?:news|update|announcement)|announcement|press release|news|update|item \d\.\d\d\b.*"
    r"|(?:an? )?(?:important |upcoming |new |recent )?changes? (?:to|in) (?:[\w’'-]+ ){0,4}(?:pricing|prices?|plans?|billing|licen[cs]ing|licen[cs]e|terms)"
    r"|our (?:offices?|team|customers|clients|partners|people|story|plans|prices|pricing|locations|leadership|leadership team|board|company|news|events|products|platform|investors)"
    r"|(?:\w+ )?(?:monthly |product |feature )?updates?(?: for \w+)?|one plan, one price|a new chapter(?: for [\w ]+)?|(?:a )?(?:simpler|new|better|fairer) (?:pricing|prices|plans)"
    r"|for immediate release|mark your calendars?.*|we have news|good news|(?:a )?(?:hard|big) day|drum ?roll)",
    re.IGNORECASE,
)
# What tells that leaders change and not who: "Northgate Dental announces CFO transition".
_NO_NAMES = re.compile(
    r"(?:[^.:!?]{1,60}\s)?(?:announces?|makes?|strengthens?|expands?|bolsters?|updates?|completes?)\s+(?:(?:its|the|new|key|two|three|four|several|further|additional)\s+)*"
    r"(?:c[a-z]o|chief \w+ officer|leadership|management|executive|senior|board)(?:\s+(?:team|leadership|management|executive|level))*"
    r"(?:\s+(?:transition|changes?|appointments?|hires?|hirings?|succession|update|promotions?))*(?:\s+(?:with|by)\s+(?:\w+\s+){0,3}(?:appointments?|hires?|promotions?|additions?))?",
    re.IGNORECASE,
)
#: A title that is the number of a release.
_RELEASE = re.compile(r"(?:(?:release|version)\s+|v\s?)?\d+(?:\.\d+){1,3}(?:-[\w.]+)?", re.IGNORECASE)
SHOUTED = 4  # Words; fewer in capitals may be a name.
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
    title = _said_quietly(title) if title.isupper() and len(title.split()) >= SHOUTED else title
    title = (
        SECTION.sub(lambda found: "New " if found.group().lower().startswith("new:") else "", title, count=1)
        if SECTION.match(title)
        else title
    )
    return re.sub(r"^v?(\d+(?:\.\d+)+)[\s:–-]+(?=.*(?<![\d.])\1(?![\d.]))", "", title).strip(" .")


def _said_quietly(title: str) -> str:
    """Return a title in capitals as headlines are written: "Northbeam Appoints Mara Quill as CEO"."""
    words = [_quiet(word) for word in title.split()]
    return " ".join([words[0][:1].upper() + words[0][1:], *words[1:]])


def _quiet(word: str) -> str:
    bare = word.strip(".,;:!?()“”\"'").lower()
    if bare in COMMON and bare not in VERBS:
        return word.lower()
    # What is short or has no vowel is mostly said letter by letter: EU, CEO, SDK.
    spelled = (len(bare) <= ACRONYM and bare not in VERBS) or not re.search("[aeiouyäöüéè]", bare)
    return word if spelled or any(char.isdigit() for char in word) else word.capitalize()


def names_nobody(title: str) -> bool:
    """Return True for a title that says that leaders change, and not who: "Lumo announces CFO transition"."""
    return _NO_NAMES.fullmatch(title.strip(" .!")) is not None


def with_first_step(title: str, text: str) -> str:
    """Return the number of a release with what it brings first: "v5.0.0: dropped support for Node 18"."""
    if not _RELEASE.fullmatch(title.strip()):
        return title
    step = first_telling(text)
    return f"{title.strip()}: {step}" if step and step != title else title


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
