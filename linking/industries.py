"""Industries: what an account's label means, and which companies a sentence is about."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from linking.folding import fold_text

DATA = Path(__file__).parent / "data" / "industries.toml"
_NOUNS = (
    "customers|clients|companies|firms|businesses|industry|industries|sector|market|markets|groups|organi[sz]ations|"
    "providers|operators|brands|edition|package|version|plan|institutions|teams|buyers|users|chains|segment|vertical|"
    "enterprises|suppliers|players|sectors|departments|agencies|bodies|"
    "houses|networks|trusts|brokers|carriers|merchants|makers|producers|employers|workers|staff"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndustryMention:
    """Words that mean the companies of an industry, by their range in the folded sentence."""

    start: int
    end: int
    words: str
    industry: str


@cache
def _data() -> dict[str, dict[str, object]]:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


@cache
def _words() -> tuple[dict[str, str], dict[str, str], re.Pattern[str]]:
    people: dict[str, str] = {}
    fields: dict[str, str] = {}
    for industry, entry in _data().items():
        people.update({fold_text(str(word)): industry for word in _strings(entry["people"])})
        fields.update({fold_text(str(word)): industry for word in _strings(entry["fields"])})
    named = "|".join(re.escape(word) for word in sorted(people, key=len, reverse=True))
    field = "|".join(re.escape(word) for word in sorted(fields, key=len, reverse=True))
    pattern = rf"(?<!\w)(?:(?P<field>{field})(?=(?: and \w+)? (?:{_NOUNS})\b)|(?P<people>{named}))(?!\w)"
    return people, fields, re.compile(pattern)


def find_industries(folded: str) -> list[IndustryMention]:
    """Return where a folded sentence speaks of the companies of an industry."""
    people, fields, pattern = _words()
    found = []
    for match in pattern.finditer(folded):
        industry = fields[match["field"]] if match["field"] else people[match["people"]]
        found.append(
            IndustryMention(start=match.start(), end=match.end(), words=match.group(), industry=industry)
        )
    return found


@cache
def industries_of(label: str | None, name: str = "") -> frozenset[str]:
    """Return the industries that an account's label (or, for a wide label, its name) means; empty if unknown."""
    if not label:
        return frozenset()
    folded = fold_text(label)
    found = {industry for industry in _data() if folded in _labels(industry)}
    if not found:
        found = {industry for industry in _data() if _any_label(industry).search(folded)}
    if any(_data()[industry].get("within") is None for industry in found):
        found |= _narrower_by_name(found, fold_text(name))
    return frozenset(found)


def _narrower_by_name(wide: set[str], name: str) -> set[str]:
    # An account labelled "financial services" that is called a bank is a bank.
    return {
        industry
        for industry, entry in _data().items()
        if entry.get("within") in wide and _any_label(industry).search(name)
    }


def covers(aimed: str, industries: frozenset[str]) -> bool:
    """Return True if an aim at one industry reaches a company of those industries."""
    if any(aimed == industry or aimed in _wider(industry) for industry in industries):
        return True
    return _is_loosely_inside(aimed, industries)


def _wider(industry: str) -> tuple[str, ...]:
    wider: list[str] = []
    while (within := _data()[industry].get("within")) is not None:
        industry = str(within)
        wider.append(industry)
    return tuple(wider)


def _is_loosely_inside(aimed: str, industries: frozenset[str]) -> bool:
    # "Retail" may well be a grocer as long as nothing says that it sells clothes.
    entry = _data()[aimed]
    if not entry.get("loose") or entry["within"] not in industries:
        return False
    return not any(_data()[industry].get("within") == entry["within"] for industry in industries)


@cache
def _labels(industry: str) -> frozenset[str]:
    labels = _strings(_data()[industry]["labels"])
    return frozenset({industry.replace("-", " "), *(fold_text(word) for word in labels)})


@cache
def _any_label(industry: str) -> re.Pattern[str]:
    labels = "|".join(re.escape(label) for label in sorted(_labels(industry), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{labels})(?!\w)")


def _strings(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []
