"""Units of what extract read as facts: prices, people, openings, customers, partners, events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from classify.parts.unit import Dropped, Made, fact_unit, few
from classify.rules.people.patterns import DEPARTED, PROMOTED
from classify.rules.roles import seniority
from classify.signals import EventFact, Opening, Person, Price, PriceMove, SignalFacts
from store.changes import Change
from store.kinds import Category, FactAction
from store.records import NOTHING, FactChange

SENIOR = 0.6  # From here a person is a signal of their own: directors, heads, vice presidents and above.
EVENTS = 5
MOST = Decimal(10) ** 12  # No plan costs more.


def prices(change: Change, facts: Sequence[FactChange]) -> Made:
    """Yield the unit of the prices of a page, all moves in one unit."""
    moves = tuple(
        PriceMove(plan=fact.name, before=price_of(fact.before), after=price_of(fact.after)) for fact in facts
    )
    yield fact_unit(change, Category.PRICING, SignalFacts(prices=moves), facts)


def price_of(attributes: Mapping[str, str] | None) -> Price | None:
    """Return the price that a fact's attributes state; None for a missing side."""
    if attributes is None:
        return None
    try:
        amount = Decimal(attributes["amount"]) if attributes.get("amount") else None
    except InvalidOperation:
        amount = None
    if amount is not None and not (amount.is_finite() and 0 <= amount < MOST):
        amount = None  # Written out, 1E999999 would fill the memory.
    period = " per ".join(part for part in (attributes.get("period"), attributes.get("unit")) if part)
    return Price(
        amount=amount,
        currency=attributes.get("currency") or None,
        period=period or None,
        note=attributes.get("note", ""),
    )


def people(change: Change, facts: Sequence[FactChange]) -> Made:
    """Yield the unit of people: seniors one by one, all others together."""
    pairs = [(_person(fact), fact) for fact in facts]
    seniors = [(person, fact) for person, fact in pairs if seniority(person.role) >= SENIOR]
    others = [(person, fact) for person, fact in pairs if seniority(person.role) < SENIOR]
    for group in [*([pair] for pair in seniors), others]:
        if group:
            people = SignalFacts(people=tuple(person for person, _ in group))
            yield fact_unit(change, Category.LEADERSHIP, people, [fact for _, fact in group])


def _person(fact: FactChange) -> Person:
    before, after = (fact.before or NOTHING).get("role", ""), (fact.after or NOTHING).get("role", "")
    if fact.action is FactAction.REMOVED:
        return Person(name=fact.name, role=before, action=DEPARTED)
    promoted = fact.action is FactAction.CHANGED and seniority(after) > seniority(before)
    return Person(name=fact.name, role=after, action=PROMOTED if promoted else "appointed")


def openings(change: Change, facts: Sequence[FactChange]) -> Made:
    """Yield the unit of job ads that came or went."""
    openings = tuple(_opening(fact) for fact in facts if fact.action is not FactAction.CHANGED)
    if openings:
        yield fact_unit(
            change, Category.HIRING, SignalFacts(openings=openings, places=_places(openings)), facts
        )
    else:
        yield Dropped(reason="job ad edited", after=facts[0].name)


def _opening(fact: FactChange) -> Opening:
    side = fact.after or fact.before or NOTHING
    return Opening(
        title=fact.name, place=side.get("place", ""), team=side.get("team", ""), action=fact.action.value
    )


def _places(openings: Sequence[Opening]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(opening.place for opening in openings if opening.place))


def customers(change: Change, facts: Sequence[FactChange]) -> Made:
    """Yield the unit of customers named or no longer named."""
    added, removed = _names(facts)
    yield fact_unit(change, Category.CUSTOMER, SignalFacts(customers=added, removed=removed), facts)


def partners(change: Change, facts: Sequence[FactChange]) -> Made:
    """Yield the unit of partners named or no longer named."""
    added, removed = _names(facts)
    yield fact_unit(change, Category.PARTNERSHIP, SignalFacts(partners=added, removed=removed), facts)


def _names(facts: Sequence[FactChange]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    added = tuple(fact.name for fact in facts if fact.action is not FactAction.REMOVED)
    removed = tuple(fact.name for fact in facts if fact.action is FactAction.REMOVED)
    return added, removed


def events(change: Change, facts: Sequence[FactChange]) -> Made:
    """Yield the unit of events, one each."""
    for number, fact in enumerate(facts):
        if fact.action is FactAction.REMOVED and not (fact.after or NOTHING).get("state"):
            yield Dropped(reason="event gone", before=fact.name)  # Events leave the page when they are over.
        elif number >= EVENTS:
            yield Dropped(reason="many events at once", after=fact.name)
        else:
            side = fact.after or NOTHING
            event = EventFact(name=fact.name, date=side.get("date") or None, place=side.get("place") or None)
            places = (event.place,) if event.place else ()
            facts_told = SignalFacts(event=event, date=event.date, places=places)
            yield fact_unit(change, Category.EVENT, facts_told, [fact], _event_headline(fact))


def _event_headline(fact: FactChange) -> str | None:
    """Return what is new at an event that was listed before: who speaks, or where the booth is; else nothing."""
    if fact.action is FactAction.REMOVED:
        return f"{{actor}} called off {fact.name}"
    if fact.action is not FactAction.CHANGED:
        return None
    before, after = fact.before or NOTHING, fact.after or NOTHING
    if any(before.get(key) != after.get(key) for key in ("date", "place")):
        return None
    known = before.get("speakers", "").split(", ")
    new = [name for name in after.get("speakers", "").split(", ") if name and name not in known]
    if new:
        return f"{{actor}} names {few(new)} to speak at {fact.name}"
    booth = after.get("booth", "")
    return (
        f"{{actor}} will stand at {booth} of {fact.name}" if booth and booth != before.get("booth") else None
    )
