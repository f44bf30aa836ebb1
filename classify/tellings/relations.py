"""How two stories of a rival stand to each other: one takes the other back, corrects it, or says otherwise."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from classify.rules.amounts import write_price
from classify.signals import Price
from classify.tellings.likeness import LEAD, differing_facts, names_object
from classify.tellings.stories import likeness_of_words
from classify.tellings.story import Story
from classify.tellings.story_facts import flat
from classify.tellings.turns import is_correction, is_reversal, sets_another_date
from store.kinds import Category
from store.records import JsonObject

WHOM = frozenset(("partners", "customers", "acquired", "places"))
PAID = re.compile(r"\b(?:paid|pays|price|bought|buys|acquired)\b", re.IGNORECASE)


class RelationKind(StrEnum):
    """What a later story does to an earlier one."""

    REVERSES = "reverses"
    CONTRADICTS = "contradicts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """A relation with the sentence that says why."""

    kind: RelationKind
    because: str


def relation(later: Story, earlier: Story) -> Related | None:
    """Return how a later story stands to an earlier one of the same rival; None if they are simply two.

    A reversal says so in its own words. A contradiction is about one thing, told with another figure or date.
    """
    if likeness_of_words(later, earlier) <= 0:
        return None
    if is_reversal(later.text) and not is_reversal(earlier.text):
        if differing_facts(later, earlier) & WHOM:
            return None  # What ends is with somebody else.
        return Related(kind=RelationKind.REVERSES, because="it takes back what was told before")
    said = _otherwise(later, earlier)
    return Related(kind=RelationKind.CONTRADICTS, because=said) if said else None


def _otherwise(later: Story, earlier: Story) -> str | None:
    corrected = "it corrects what was told before" if _corrects(later, earlier) else None
    if later.category is not earlier.category:
        # What a purchase cost may come out with the accounts.
        return (_other_sum(later, earlier) if _is_price_of(later, earlier) else None) or corrected
    makers = (_other_price, _other_sum, _other_date)
    return next((said for maker in makers if (said := maker(later, earlier))), corrected)


def _corrects(later: Story, earlier: Story) -> bool:
    return is_correction(later.text) and not is_correction(earlier.text)


def _is_price_of(later: Story, earlier: Story) -> bool:
    """Return True if the later one tells what the purchase cost that the earlier one told."""
    bought = earlier.category is Category.ACQUISITION and later.category is Category.FINANCE
    return bought and names_object(earlier, later) and bool(PAID.search(later.text[:LEAD]))


def _other_sum(later: Story, earlier: Story) -> str | None:
    if later.category not in {Category.FINANCE, Category.ACQUISITION, Category.CUSTOMER}:
        return None
    now: JsonObject = later.facts.get("money") or {}
    then: JsonObject = earlier.facts.get("money") or {}
    if not now or not then or _other_round(now, then, is_correction=is_correction(later.text)):
        return None
    if now["currency"] == then["currency"] and Decimal(now["amount"]) == Decimal(then["amount"]):
        return None
    return f"it says {_sum(now)} where the earlier one said {_sum(then)}"


def _other_round(now: JsonObject, then: JsonObject, *, is_correction: bool) -> bool:
    """Return True if two sums are of two rounds; a correction need not name the round again."""
    rounds = now.get("round") or "", then.get("round") or ""
    return rounds[0] != rounds[1] and (not is_correction or all(rounds))


def _sum(money: JsonObject) -> str:
    return str(money.get("quote") or f"{money['amount']} {money['currency']}")


def _other_price(later: Story, earlier: Story) -> str | None:
    then = {flat(price["plan"]): price for price in earlier.facts.get("prices", ()) if price.get("after")}
    for price in later.facts.get("prices", ()):
        told = then.get(flat(price["plan"]))
        moved_alike = told and price.get("after") and price.get("before") == told.get("before")
        if told and moved_alike and price["after"] != told["after"]:
            plan = price["plan"] or "the price"
            return f"it gives {_price(price['after'])} for {plan}, the earlier one {_price(told['after'])}"
    return None


def _price(side: JsonObject) -> str:
    amount = None if side.get("amount") is None else Decimal(side["amount"])
    return write_price(Price(amount=amount, currency=side.get("currency"), period=side.get("period")))


def _other_date(later: Story, earlier: Story) -> str | None:
    now, then = later.facts.get("event"), earlier.facts.get("event")
    if not sets_another_date(later, earlier):
        return None
    if not now or not then:
        return "it moves the event to another day"
    return f"it sets {now['name']} for {now['date']}, the earlier one for {then['date']}"
