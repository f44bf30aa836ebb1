# ruff: noqa: E501 (a pattern or word list is read as one line)
"""Whose act a text tells: the rival's, or somebody else's who is only named beside it. Rules, no model."""

from __future__ import annotations

import re
from collections.abc import Collection

from classify.rules.companies import is_own
from classify.rules.words import COMPANY, PERSON, UPPER, VERBS, any_of, sentences, without_form
from store.kinds import Category

_COURT = rf"(?:[{UPPER}][\w-]*\s+){{0,3}}(?:[Cc]ourt|[Cc]ouncil|[Pp]arliament|[Mm]inistry|[Cc]ommission|[Aa]uthority|[Oo]ffice|[Rr]egulator|[Cc]onsulate)\s+(?:in|of|for)\s+(?:the\s+)?[{UPPER}][\w-]*"
_OFFICE = rf"(?:The|A)\s+(?:[{UPPER}][\w-]*\s+)?(?:[a-z-]+\s+){{0,4}}(?:authority|commission|court|regulator|agency|ministry|watchdog)"
#: What somebody is to others: "Orlanta customer Dockyard", "private equity firm Kestrelle".
_TRADE = rf"(?:[{UPPER}]?[\w’'-]+\s+){{0,4}}?(?:customer|client|rival|competitor|investor|supplier|firm|company|giant|maker|start-?up|bank|provider|partner)\s+"
_ASIDE = r"(?:,\s[^,.;]{2,80},)?"
_AND = rf"(?:\s*(?:,|and|&)\s+(?![{UPPER}]\w*[’']s){COMPANY})*"
_SUBJECT = re.compile(
    rf"^(?:{_TRADE}(?=[{UPPER}]))?(?P<name>{_OFFICE}|{_COURT}|{COMPANY})(?P<more>{_AND}){_ASIDE}\s+(?:(?:to|will|has|have|had|also)\s+){{0,2}}(?P<verb>[a-z]+)\b"
)
_IN_TALKS = re.compile(
    rf"^(?:{_TRADE}(?=[{UPPER}]))?(?P<name>{COMPANY})(?P<more>{_AND})\s+(?:is\s+|are\s+)?(?P<verb>in\s+(?:[a-z]+\s+){{0,2}}talks)\s+to\s+(?:buy|acquire|take\s+over)\b"
)
_TAKEN_BY = re.compile(rf"(?:acquired|bought|taken\s+over|sold)\s+(?:by|to)\s+(?:the\s+)?(?P<name>{COMPANY})")
_MORE_VERBS = frozenset(
    [
        "sue",
        "sues",
        "sued",
        "file",
        "files",
        "filed",
        "fine",
        "fines",
        "fined",
        "drop",
        "drops",
        "dropped",
        "downgrade",
        "downgrades",
        "downgraded",
        "upgrade",
        "upgrades",
        "close",
        "closes",
        "rolls",
        "roll",
        "rolled",
        "hire",
        "hires",
        "probe",
        "probes",
        "investigate",
        "investigates",
        "ban",
        "bans",
        "order",
        "orders",
        "lay",
        "lays",
        "lead",
        "leads",
        "block",
        "blocks",
    ]
)
# A customer or a partner that says so of itself tells the rival's news.
_CHOOSING = re.compile(
    r"(?:select|choos|chose|pick|adopt|deploy|implement|us(?:e|es|ed)\b|go|switch|move|migrat|join|partner|team|sign|rel|trust|nam|appoint|welcom|extend|expand|renew|integrat|award|meet|mak)"
)
_LEAVING = frozenset(
    ["drop", "drops", "dropped", "leave", "leaves", "left", "cancel", "cancels", "ends", "ended"]
)
_NO_VERBS = frozenset(
    [
        "was",
        "has",
        "does",
        "this",
        "is",
        "its",
        "news",
        "shares",
        "customers",
        "users",
        "based",
        "stocks",
        "sales",
        "results",
        "need",
    ]
)
_APPLIES = frozenset(
    (
        Category.FINANCE,
        Category.ACQUISITION,
        Category.LAUNCH,
        Category.REGULATORY,
        Category.LEADERSHIP,
        Category.PRICING,
        Category.EXPANSION,
        Category.HIRING,
        Category.PARTNERSHIP,
        Category.CUSTOMER,
    )
)


def find_actor(text: str, categories: Collection[Category], own: Collection[str]) -> str | None:
    """Return who acts if it is somebody else than the rival; None if the rival acts or nobody is named.

    ``own`` are the names of the rival, and of what it sells. A text that names none of them says nothing about
    whose it is: the rival's own newsroom leaves its name out.
    """
    said = sentences(text)
    if not own or not said or not _APPLIES.intersection(categories):
        return None
    names = any_of(own)
    rival = re.compile(rf"(?<!\w)(?:{names})(?!\w)", re.IGNORECASE)
    if not rival.search(text):
        return None
    return _gone_elsewhere(said[0], names) or _taken(said[0], own) or _acting(said[0], categories, own, rival)


def _is_verb(word: str) -> bool:
    """Return True for a verb; one that no list knows is told by its ending ("copies", "lowered")."""
    return word in VERBS | _MORE_VERBS or (
        len(word) > 3 and word.endswith(("s", "ed")) and not word.endswith("ss") and word not in _NO_VERBS
    )


def _gone_elsewhere(sentence: str, names: str) -> str | None:
    """Return "Arden" for "Former Northbeam VP Ada Quist joins Arden as COO"."""
    left = re.match(
        rf"(?i:former|ex-?)\s*(?i:{names})\s[^.;]{{2,60}}?\s(?:joins|joined|to\s+join|becomes)\s+(?P<name>{COMPANY})",
        sentence,
    )
    return left["name"] if left else None


def _taken(sentence: str, own: Collection[str]) -> str | None:
    """Return the buyer of somebody, or of the rival."""
    taken = _TAKEN_BY.search(sentence)
    if taken is None or is_own(taken["name"], own):
        return None
    more = re.match(
        r"\s+Partners\b", sentence[taken.end() :]
    )  # A buyer's name; elsewhere a word like others.
    return without_form(taken["name"]) + (more.group() if more else "")


def _acting(
    sentence: str, categories: Collection[Category], own: Collection[str], rival: re.Pattern[str]
) -> str | None:
    """Return the subject of a sentence if it does something and is not the rival, alone or with others."""
    found = _IN_TALKS.match(sentence) or _SUBJECT.match(sentence)
    if found is None or not (found.re is _IN_TALKS or _is_verb(found["verb"])):
        return None
    if rival.search(found["name"]) or rival.search(found["more"]) or is_own(found["name"], own):
        return None
    return None if _is_rivals_news(sentence, found, categories, rival) else without_form(found["name"])


def _is_rivals_news(
    sentence: str, found: re.Match[str], categories: Collection[Category], rival: re.Pattern[str]
) -> bool:
    """Return True if what another does is the rival's news: its leader moves, a customer or partner turns to it."""
    clause = sentence[found.end() :].partition(";")[0]
    named, leaving = rival.search(clause) is not None, found["verb"] in _LEAVING
    was_rival = re.search(rf"\b(?:former|ex)[\s-]\s*(?:\w+\s)?{rival.pattern}", clause, re.IGNORECASE)
    if not was_rival and Category.LEADERSHIP in categories and re.fullmatch(PERSON, found["name"]):
        return True
    if named and not was_rival and not leaving and _CHOOSING.match(found["verb"]):
        return True
    mere_customer = set(categories) == {Category.CUSTOMER} and not leaving
    return mere_customer or (named and Category.PARTNERSHIP in categories)
