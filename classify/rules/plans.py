# ruff: noqa: E501 (a word list is read as one line)
"""The plan or product that a price is the price of, by the capitalised words around it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from classify.rules.words import COMMON, DATES, UPPER, VERBS

_WORD = rf"[{UPPER}][\w+-]+"
_NOUN = r"(?:plan|tier|package|edition|subscription|membership|bundle|licen[cs]e|course|pack|pass)s?"
#: What a name ends with and is no part of it; "membership", "pass" and "edition" are.
_DROPPED = r"(?:plan|tier|package|subscription|licen[cs]e)s?"
_NAMED = re.compile(
    rf"(?P<plan>{_WORD}(?:\s+{_WORD}){{0,2}})\s+(?:{_NOUN}|prices?)\b|\b{_NOUN}\s+[\"“']?(?P<named>{_WORD}(?:\s+{_WORD})?)"
    rf"|\b(?i:prices?|fees?|costs?|rates?)\s+(?:for|of)\s+(?:(?:the|our|its)\s+)?(?P<of>[{UPPER}][\w+]+(?:\s+{_WORD}){{0,2}})(?![\w+-])"
)
# "API calls: $0.40" names what is counted, not a plan.
_RUN = re.compile(
    rf"{_WORD}(?:\s+(?:{_WORD}|[{UPPER}]|\d)(?![\w%.])){{0,3}}(?![\w+-]|\s+(?:calls?|requests?)\b)"
)
_BEGINS = re.compile(rf"(?P<plan>{_WORD}(?:\s+{_WORD}){{0,3}})\s+(?:is|are|gets|becomes|now)\b")
_BEHIND = re.compile(rf"\s+(?P<plan>{_WORD}(?:\s+{_WORD})?)\s+(?:{_NOUN})\b")
#: Before the name of a place or of what something runs on: "in ", "on iOS and ".
AT_PLACE = re.compile(
    r"\b(?:in|at|on|across|within|between)\s+(?:the\s+)?(?:\w+(?:,\s+|,?\s+(?:and|or|&)\s+))*$", re.IGNORECASE
)
_INTRODUCED = re.compile(
    rf"\b(?i:introducing|meet|say\s+hello\s+to|launching|announcing|presenting)\s+(?:(?:our|the|new)\s+)*(?P<plan>{_WORD}(?:\s+{_WORD}){{0,3}})"
)
#: What is paid for, by whom and when, at the beginning of a sentence: no plan's name.
_NO_PLAN_SAID = (
    "returns notice rate rates free half streaming general day days resort ev q1 q2 q3 q4 tb gb heated merchants clinics members students sellers"
    " upgrading check-up lock sek nok dkk pln czk jpy cny hkd sgd brl zar aed ca us series tickets ticket faq drivers season delivery shipping postage"
    " surcharge bunker fare fares breakfast parking transfers deposit admission entry subscription subscriptions renewal renewals commission"
    " car-wash flat single passengers riders patients viewers readers subscribers guests visitors households businesses developers teams-only"
)
_NO_PLAN = (
    COMMON
    | DATES
    | (VERBS - {"team", "teams", "lead"})
    | frozenset(
        [
            "price",
            "prices",
            "pricing",
            "plan",
            "plans",
            "list",
            "each",
            "every",
            "additional",
            "new",
            "annual",
            "monthly",
            "yearly",
            "starting",
            "change",
            "changes",
            "fee",
            "fees",
            "increase",
            "increases",
            "increased",
            "reduces",
            "reduce",
            "lower",
            "lowers",
            "lowered",
            "lowering",
            "drops",
            "drop",
            "falls",
            "rises",
            "raising",
            "hikes",
            "hike",
            "slashes",
            "lifts",
            "tier",
            "tiers",
            "black",
            "friday",
            "cyber",
            "save",
            "discount",
            "off",
            "update",
            "customers",
            "customer",
            "existing",
            "usd",
            "eur",
            "gbp",
            "chf",
            "inr",
            "cad",
            "aud",
            "dear",
            "hi",
            "hello",
            "important",
            "heads-up",
            "introducing",
            "announcing",
            "launching",
            "meet",
            "our",
            "shares",
            "cost",
            "costs",
            "old",
            "average",
            "extra",
            "two",
            "course",
            "pack",
            "pass",
            "three",
            "all",
            "any",
            "additional",
            "gpu",
            "seats",
            "users",
            "license",
            "licence",
            "now",
            "per",
            "pay",
            "only",
            "from",
            "starts",
            "starting",
            "egress-free",
            "vat",
        ]
    )
    | frozenset(_NO_PLAN_SAID.split())
)


def plan_near(sentence: str, place: int | None, own: Iterable[str] = ()) -> str:
    """Return the plan named nearest before ``place`` (else the first after it), without the rival's ``own`` names.

    A word beside "plan", "tier" and the like is surer than a bare capitalised one. Without a place only those count.
    """
    own = tuple(own)
    sure = [
        (m.start(), name)
        for m in _NAMED.finditer(sentence)
        if (name := tidy_plan(m["plan"] or m["named"] or m["of"], own))
    ]
    if place is None:
        begun = _BEGINS.match(sentence) if is_named(sentence, own) else None
        return sure[0][1] if sure else tidy_plan(begun["plan"], own) if begun else ""
    before = [name for start, name in sure if start < place]
    if before or sure:
        return before[-1] if before else sure[0][1]
    runs = [
        name
        for m in _RUN.finditer(sentence[:place])
        if (name := tidy_plan(m.group(0), own)) and not AT_PLACE.search(sentence[: m.start()])
    ]
    return runs[-1] if runs else ""


def is_named(sentence: str, own: Iterable[str]) -> bool:
    """Return True if a sentence begins with a name of the rival."""
    return any(name and sentence.startswith(name) for name in own)


def plan_behind(sentence: str, end: int) -> str:
    """Return "Plus" for what stands behind the price of "a $20 Plus plan"; empty if no plan does."""
    found = _BEHIND.match(sentence, end)
    return tidy_plan(found["plan"], ()) if found else ""


def introduced(text: str, own: Iterable[str] = ()) -> str:
    """Return the plan of "Introducing Lumo District. … $12,000 a year"; empty if the text introduces none."""
    found = _INTRODUCED.search(text)
    return tidy_plan(found["plan"], tuple(own)) if found else ""


def only_plan(text: str, own: Iterable[str] = ()) -> str:
    """Return the one plan that a text names beside "plan", "tier" and the like; empty if it names none or several."""
    own = tuple(own)
    found = {
        tidy_plan(m["plan"] or m["named"], own) for m in _NAMED.finditer(text) if m["plan"] or m["named"]
    } - {""}
    return found.pop() if len(found) == 1 else ""


def named_plan(cell: str, own: Iterable[str] = ()) -> str:
    """Return the plan that a cell or the beginning of a line names, without the rival's names and the words for plans."""
    own = tuple(own)
    names = "|".join(re.escape(name) for name in sorted(own, key=len, reverse=True) if name)
    cell = " ".join(cell.split())
    if names:
        cell = re.sub(rf"^(?:{names})(?:['’]s)?\s+", "", cell, flags=re.IGNORECASE)
    cell = re.sub(
        rf"\s+(?:{_DROPPED}|prices?)$", "", re.sub(r"\s*\([^()]*\)$", "", cell), flags=re.IGNORECASE
    )
    return cell.strip(" :–—-*_")


def tidy_plan(found: str, own: tuple[str, ...]) -> str:
    names = "|".join(re.escape(name) for name in sorted(own, key=len, reverse=True) if name)
    rival = re.compile(rf"^(?:{names})(?:['’]s)?(?:\s+|$)" if names else r"(?!)", re.IGNORECASE)
    words = rival.sub("", found).split()
    if words[:1] == ["One"] and len(words) == 1 and words == found.split():
        return ""  # "One plan for every school"; the rival's plan "One" bears its name before it.
    while words and words[0].lower() in _NO_PLAN:
        words = rival.sub("", " ".join(words[1:])).split()
    while words and words[-1].lower() in _NO_PLAN:
        words = words[:-1]
    inner = next((i for i, word in enumerate(words) if word.lower() in _NO_PLAN), None)
    return " ".join(words if inner is None else words[inner + 1 :])
