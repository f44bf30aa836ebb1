"""What a text or a change says and means: `SignalFacts` and `TextSignal`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from classify.model.embed import Embeddings
from store.kinds import Category
from store.records import JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The rival whose source holds the text: its name, other names it goes by, and what it sells."""

    name: str
    aliases: tuple[str, ...] = ()
    products: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All names, the configured one first."""
        return tuple(dict.fromkeys((self.name, *self.aliases)))

    @property
    def short(self) -> str:
        """The name people say: a one-word alias that begins the full name, else the name."""
        shorter = [a for a in self.aliases if a and self.name.lower().startswith(a.lower()) and " " not in a]
        return min(shorter, key=len) if shorter else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person and what became of them: appointed, promoted, departed, or listed."""

    name: str
    role: str = ""
    action: str = "appointed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """A sum, with the funding round if it is one."""

    amount: Decimal
    currency: str
    round: str | None = None
    quote: str = ""

    def to_json(self) -> JsonObject:
        """Return amount (plain digits), currency, round and the words as they stand in the text."""
        return {
            "amount": f"{self.amount:f}",
            "currency": self.currency,
            "round": self.round,
            "quote": self.quote,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """A price of a plan: amount, currency and period as stated."""

    amount: Decimal | None
    currency: str | None = None
    period: str | None = None
    note: str = ""

    def to_json(self) -> JsonObject:
        """Return the shape of a price in ``compare --json``."""
        amount = None if self.amount is None else f"{self.amount:f}"
        return {"amount": amount, "currency": self.currency, "period": self.period}


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceMove:
    """A plan's price before and after; a missing side is None (new plan, plan gone, or not stated)."""

    plan: str = ""
    before: Price | None = None
    after: Price | None = None
    stated_percent: Decimal | None = None

    @property
    def percent(self) -> Decimal | None:
        """The move in percent of the old price, to one decimal; None if it cannot be computed and is not stated."""
        if self.before is None or self.after is None:
            return self.stated_percent
        old, new = self.before.amount, self.after.amount
        comparable = (self.before.currency, self.before.period) == (self.after.currency, self.after.period)
        if not old or new is None or not comparable:
            return self.stated_percent
        return ((new - old) / old * 100).quantize(Decimal("0.1"))

    def to_json(self) -> JsonObject:
        """Return plan, both sides and percent."""
        return {
            "plan": self.plan,
            "before": self.before.to_json() if self.before else None,
            "after": self.after.to_json() if self.after else None,
            "percent": None if self.percent is None else float(self.percent),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFact:
    """An event: its name, when and where."""

    name: str
    date: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A job that is advertised, or was taken down (``action`` removed)."""

    title: str
    place: str = ""
    team: str = ""
    action: str = "added"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalFacts:
    """What a text or a change states. ``removed`` names customers, partners or features that are gone.

    ``actor`` is who acts where it is not the rival: a customer, a regulator, another company.
    """

    people: tuple[Person, ...] = ()
    partners: tuple[str, ...] = ()
    product: str | None = None
    prices: tuple[PriceMove, ...] = ()
    money: Money | None = None
    acquired: str | None = None
    event: EventFact | None = None
    places: tuple[str, ...] = ()
    date: str | None = None
    openings: tuple[Opening, ...] = ()
    customers: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    actor: str | None = None

    def to_json(self) -> JsonObject:
        """Return the JSON shape of the contract."""
        return {
            "people": [{"name": p.name, "role": p.role, "action": p.action} for p in self.people],
            "partners": list(self.partners),
            "product": self.product,
            "prices": [price.to_json() for price in self.prices],
            "money": self.money.to_json() if self.money else None,
            "acquired": self.acquired,
            "event": _event_json(self.event),
            "places": list(self.places),
            "date": self.date,
            "openings": [
                {"title": o.title, "place": o.place, "team": o.team, "action": o.action}
                for o in self.openings
            ],
            "customers": list(self.customers),
            "removed": list(self.removed),
            "actor": self.actor,
        }


def openings_from_json(facts: Mapping[str, Any]) -> tuple[Opening, ...]:
    """Return the openings that `SignalFacts.to_json` wrote."""
    return tuple(Opening(**opening) for opening in facts.get("openings", ()))


def _event_json(event: EventFact | None) -> JsonObject | None:
    return None if event is None else {"name": event.name, "date": event.date, "place": event.place}


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSignal:
    """What a text means. ``categories`` are probabilities, highest first; ``embedding`` has length 1.

    ``review``: an analyst should say whether it is right; ``held``: it would not be mailed before.
    """

    category: Category
    confidence: float
    categories: Mapping[Category, float]
    impact: float
    drivers: tuple[str, ...] = ()
    headline: str
    why: str
    facts: SignalFacts = field(default_factory=SignalFacts)
    review: bool = False
    held: bool = False
    language: str = "en"
    id: str | int | None = None
    embedding: Embeddings | None = None

    def to_json(self) -> JsonObject:
        """Return the shape of ``rivalwatch classify --json``."""
        return {
            "id": self.id,
            "category": self.category.value,
            "confidence": round(self.confidence, 4),
            "categories": {c.value: round(p, 4) for c, p in self.categories.items()},
            "impact": round(self.impact, 4),
            "drivers": list(self.drivers),
            "headline": self.headline,
            "why": self.why,
            "facts": self.facts.to_json(),
            "review": self.review,
            "held": self.held,
            "language": self.language,
        }
