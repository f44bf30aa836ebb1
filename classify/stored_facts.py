"""Facts as they are stored, read back into `SignalFacts`."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from classify.signals import EventFact, Money, Person, Price, PriceMove, SignalFacts, openings_from_json


def facts_from_json(facts: Mapping[str, Any]) -> SignalFacts:
    """Return what `SignalFacts.to_json` wrote; a kind that is missing is empty. The note of a price is not stored."""
    return SignalFacts(
        people=tuple(Person(**person) for person in facts.get("people") or ()),
        partners=tuple(facts.get("partners") or ()),
        product=facts.get("product"),
        prices=tuple(_move(price) for price in facts.get("prices") or ()),
        money=_money(facts.get("money")),
        acquired=facts.get("acquired"),
        event=EventFact(**facts["event"]) if facts.get("event") else None,
        places=tuple(facts.get("places") or ()),
        date=facts.get("date"),
        openings=openings_from_json(facts),
        customers=tuple(facts.get("customers") or ()),
        removed=tuple(facts.get("removed") or ()),
        actor=facts.get("actor"),
    )


def _move(move: Mapping[str, Any]) -> PriceMove:
    percent = move.get("percent")
    return PriceMove(
        plan=move.get("plan") or "",
        before=_price(move.get("before")),
        after=_price(move.get("after")),
        stated_percent=None if percent is None else Decimal(str(percent)),
    )


def _price(price: Mapping[str, Any] | None) -> Price | None:
    if price is None:
        return None
    amount = price.get("amount")
    return Price(
        amount=None if amount is None else Decimal(str(amount)),
        currency=price.get("currency"),
        period=price.get("period"),
    )


def _money(money: Mapping[str, Any] | None) -> Money | None:
    if money is None:
        return None
    return Money(
        amount=Decimal(str(money["amount"])),
        currency=money["currency"],
        round=money.get("round"),
        quote=money.get("quote") or "",
    )
