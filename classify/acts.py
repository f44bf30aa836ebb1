"""What a signal's rival did, in words that fit several rivals who do the same, and the area of a launch."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from classify.rules.amounts import write_percent
from classify.rules.people.patterns import DEPARTED
from classify.rules.roles import seniority
from classify.signals import Actor, SignalFacts
from classify.why import find_reason
from classify.whys.functions import CHIEF, function_of
from store.kinds import Category
from store.signals import Signal

SENIOR = 0.6  # Directors, heads and vice presidents, as where a team page is read.

#: Acts by what their reason is about. Figures that all companies publish in the same weeks are no move.
_ACTS: Mapping[Category, Mapping[str, str]] = {
    Category.ACQUISITION: {
        **dict.fromkeys(("buys", "closed"), "bought companies"),
        "bought": "were sold",
        "merger": "merged",
    },
    Category.EXPANSION: {
        **dict.fromkeys(("office", "market", "place", "shop", "plant", "industry", "route", "general"), "expanded"),
        "data region": "added places to keep data",
        "closing": "closed places or left markets",
        "leaving": "closed places or left markets",
    },
    Category.FINANCE: {
        **dict.fromkeys(("round", "early round", "large round", "debt", "share sale", "listing"), "raised money"),
        "outlook cut": "lowered their outlook",
    },
    Category.HIRING: {"layoffs": "cut jobs", "freeze": "stopped hiring"},
    Category.REGULATORY: {"terms": "changed their terms", "data use": "changed what they do with data"},
}  # fmt: skip
#: What launches can have in common, as a sentence says it.
AREAS: Mapping[str, str] = {
    "assistant": "AI",
    "security": "security",
    "compliance": "compliance",
    "integration": "integrations",
    "interface": "interfaces for developers",
    "mobile": "mobile work",
    "reporting": "reports",
    "automation": "automation",
    "self-hosting": "hosting it oneself",
    "end of life": "ends of products",
    "outage": "outages",
}


def act_of(signal: Signal) -> str | None:
    """Return what a rival did, in words that fit several of them; None for what they need not do for a reason."""
    category = signal.meaning.category
    if category is Category.PRICING:
        return _price_act(signal)
    if category is Category.LEADERSHIP:
        return "changed their chief executive" if any(map(_is_chief, _people(signal))) else None
    return _ACTS.get(category, {}).get(_about(signal))


def area_of(signal: Signal) -> str | None:
    """Return what a launch has in common with others of its area; None if it is of no known area."""
    return AREAS.get(_about(signal)) if signal.meaning.category is Category.LAUNCH else None


def _about(signal: Signal) -> str:
    meaning = signal.meaning
    words = f"{meaning.headline}\n{meaning.text}"
    return find_reason(meaning.category, SignalFacts(), words, Actor(name=signal.rival)).about


def _price_act(signal: Signal) -> str | None:
    """Return the direction of prices, of a change that goes one way alone."""
    moves = price_moves(signal)
    if not moves or min(moves) < 0 < max(moves):
        return None
    return "raised prices" if moves[0] > 0 else "cut prices"


def price_moves(signal: Signal) -> list[Decimal]:
    """Return the price moves of a signal in percent, without those of nothing."""
    return [Decimal(str(p["percent"])) for p in signal.meaning.facts.get("prices", ()) if p.get("percent")]


def with_size(signal: Signal) -> str:
    """Return the rival's name, with its largest price move where it has one: "Northbeam (+20 %)"."""
    moves = price_moves(signal)
    return f"{signal.rival} ({write_percent(max(moves, key=abs))})" if moves else signal.rival


def leavers(signal: Signal) -> list[str]:
    """Return the leading people who left by a signal, each with the role: "Mara Quill (CRO)"."""
    if signal.meaning.category is not Category.LEADERSHIP:
        return []
    gone = [p for p in _people(signal) if p["action"] == DEPARTED and seniority(p["role"]) >= SENIOR]
    return [f"{p['name']} ({p['role']})" for p in gone]


def _people(signal: Signal) -> list[Mapping[str, Any]]:
    """Return the people of whom name, role and action are stored; of others nothing can be counted."""
    people = signal.meaning.facts.get("people", ())
    return [person for person in people if all(person.get(key) for key in ("name", "role", "action"))]


def _is_chief(person: Mapping[str, Any]) -> bool:
    function = function_of(person["role"])
    return function is not None and function.about == CHIEF and "founder" not in person["role"].lower()
