"""What kind of page one is by its title and its words, where neither address nor link says it. Pure."""

from __future__ import annotations

import json
import re

from lxml import etree

from crawlers.page_signs import PageSigns
from crawlers.plain import one_line

_MONEY = re.compile(r"(?:[$€£]\s?\d{1,5}(?:[.,]\d{1,2})?|\b\d{1,5}(?:[.,]\d{2})?\s?(?:€|EUR|USD|GBP))")
_RHYTHM = re.compile(r"(?:/|per |a |pro )\s?(?:mo(?:nth)?|month|year|user|seat|monat|jahr|mois)\b", re.I)
_ROLE = re.compile(
    r"\b(?:CEO|CTO|CFO|COO|CMO|CRO|Chief \w+ Officer|Co-?Founder|Founder|VP(?: of)?|Vice President|Head of \w+|"
    r"Managing Director|Geschäftsführer(?:in)?)\b"
)
_APPLY = re.compile(
    r"\b(?:apply now|open (?:positions|roles)|full[- ]time|job openings|jetzt bewerben)\b", re.I
)
_VERSION = re.compile(r"\b(?:v\d+\.\d+|version \d+\.\d+|(?:fixed|added|improved|changed):?)", re.I)
_EVENT = re.compile(r"\b(?:webinar|conference|register now|booth|summit|meetup)\b", re.I)

#: (type, pattern, how often it must occur, what is said of it); the first that fits counts.
SIGNS = (
    ("pricing", _MONEY, 3, "prices"),
    ("team", _ROLE, 4, "roles of people"),
    ("careers", _APPLY, 3, "words of job adverts"),
    ("changelog", _VERSION, 5, "versions and fixes"),
    ("events", _EVENT, 5, "words of events"),
)


def type_by_content(signs: PageSigns) -> tuple[str, str] | None:
    """Return page type and why by the page's own words; None where they say nothing clear."""
    for kind, pattern, least, what in SIGNS:
        count = len(pattern.findall(signs.text))
        if count >= least and (kind != "pricing" or _RHYTHM.search(signs.text)):
            return kind, f"it holds {count} {what}"
    return None


def names_of(tree: etree._Element | None) -> tuple[str, ...]:
    """Return what a home page calls its company: its site name, the organisation it declares, parts of its title."""
    if tree is None:
        return ()
    found = [
        meta.get("content") or ""
        for meta in tree.iter("meta")
        if (meta.get("property") or meta.get("name") or "").lower() in ("og:site_name", "application-name")
    ]
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() == "application/ld+json":
            found += _organisations((script.text or "")[:200_000])
    title = next((one.text or "" for one in tree.iter("title")), "")
    found += re.split(r"\s+[|–—·:-]\s+", one_line(title, 300))
    names = (one_line(name, 100) for name in found)
    return tuple(dict.fromkeys(name for name in names if len(name) > 1))[:8]


def _organisations(text: str) -> list[str]:
    try:
        root = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return []
    graph = root.get("@graph", [root]) if isinstance(root, dict) else root
    things = [one for one in graph if isinstance(one, dict)] if isinstance(graph, list) else []
    kinds = ("Organization", "Corporation", "LocalBusiness")
    named = [one for one in things if any(kind in str(one.get("@type"))[:200] for kind in kinds)]
    return [str(one[key]) for one in named for key in ("legalName", "name") if isinstance(one.get(key), str)]
