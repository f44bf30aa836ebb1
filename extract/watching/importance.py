"""How much a change matters, before anything is understood of its words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from store.kinds import FactAction, FactKind, PageType
from store.records import Difference, FactChange

_FACTS: dict[FactKind, float] = {
    FactKind.PRICE: 0.8,
    FactKind.PERSON: 0.5,
    FactKind.CUSTOMER: 0.5,
    FactKind.PARTNER: 0.5,
    FactKind.PRODUCT: 0.5,
    FactKind.EVENT: 0.4,
    FactKind.CLAUSE: 0.4,
    FactKind.ENTRY: 0.4,
    FactKind.FEATURE: 0.35,
    FactKind.OPENING: 0.3,
    FactKind.CALL: 0.4,
    FactKind.NAVIGATION: 0.4,
}
_PAGES: dict[PageType, float] = {
    PageType.PRICING: 0.5,
    PageType.POLICY: 0.4,
    PageType.TEAM: 0.4,
    PageType.CUSTOMERS: 0.4,
    PageType.PARTNERS: 0.4,
    PageType.HOME: 0.4,
    PageType.PRODUCT: 0.4,
}
_LEADER = re.compile(
    r"\b(?:chief|c[etfmoir]o|cpo|ciso|founder|president|chair|managing director|general counsel|vp|head of)\b",
    re.I,
)
OTHER_PAGE = 0.25
LEADER = 0.75
LARGE_STEP = 0.2  # share of a price from which the step counts as large
EACH_MORE = 0.02  # for every further fact


def importance_of(difference: Difference) -> float:
    """Return how much a difference matters, in [0, 1]: by its strongest fact, else by its page."""
    base = _PAGES.get(difference.page_type, OTHER_PAGE)
    strongest = max((fact_importance(fact) for fact in difference.facts), default=0.0)
    return round(min(1.0, max(base, strongest) + EACH_MORE * max(0, len(difference.facts) - 1)), 3)


def facts_importance(facts: Sequence[FactChange]) -> float:
    """Return how much a set of facts matters by itself, in [0, 1]."""
    return max((fact_importance(fact) for fact in facts), default=0.0)


def fact_importance(fact: FactChange) -> float:
    """Return how much one fact matters, in [0, 1]."""
    base = _FACTS[fact.kind]
    if fact.kind is FactKind.PERSON and _LEADER.search(_roles(fact)):
        return LEADER
    if fact.kind is FactKind.PRICE and fact.action is FactAction.CHANGED and _is_large_step(fact):
        return base + 0.1
    return base


def _roles(fact: FactChange) -> str:
    return " ".join(side.get("role", "") for side in (fact.before, fact.after) if side)


def _is_large_step(fact: FactChange) -> bool:
    try:
        before = float((fact.before or {}).get("amount", ""))
        after = float((fact.after or {}).get("amount", ""))
    except ValueError:
        return False
    return before > 0 and abs(after - before) / before >= LARGE_STEP
