"""Facts from a text, chosen by category: each rule runs only where its fact can be what the text is about."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace

from classify.facts_joined import join_acquired, join_money, join_partners, join_people
from classify.facts_prices_joined import join_prices
from classify.rules.actor import find_actor
from classify.rules.companies import find_acquired, find_customers, find_partners, is_own
from classify.rules.events import find_date, find_event
from classify.rules.money import SUM, find_money
from classify.rules.openings import find_openings
from classify.rules.people.find import find_people
from classify.rules.places import find_places
from classify.rules.prices.find import find_prices
from classify.rules.prices.mentions import MENTION
from classify.rules.prices.percents import PERCENT, TIMES
from classify.rules.prices.words import MINOR, WORDED
from classify.rules.products import find_product
from classify.rules.wins import find_buyer
from classify.rules.words import spoken
from classify.signals import Actor, Person, SignalFacts
from classify.tagger.types import CHARACTERS, Tagged
from store.kinds import Category

MONEY_CATEGORIES = frozenset(
    {
        Category.FINANCE,
        Category.ACQUISITION,
        Category.CUSTOMER,
        Category.REGULATORY,
        Category.EXPANSION,
        Category.PARTNERSHIP,
    }
)

#: A launch often states what the new thing costs.
PRICED_CATEGORIES = frozenset({Category.PRICING, Category.LAUNCH})

#: Categories whose facts are names, which the tagger reads beside the rules.
TAGGED_CATEGORIES = frozenset({Category.LEADERSHIP, Category.ACQUISITION, Category.PARTNERSHIP})


def read_facts(
    text: str, categories: Collection[Category], actor: Actor | None = None, tagged: Tagged | None = None
) -> SignalFacts:
    """Return what the text states about acts of these categories; nothing that the text does not hold.

    ``tagged`` is what the tagger made of it; without, the rules read alone.
    """
    text = text[:CHARACTERS]
    own = spoken(actor.names) if actor else ()
    if not any(category is not Category.NONE for category in categories):
        return SignalFacts()
    wanted = set(categories)
    facts = SignalFacts(
        people=_people(text, own) if Category.LEADERSHIP in wanted else (),
        partners=find_partners(text, own) if Category.PARTNERSHIP in wanted else (),
        product=find_product(text, actor) if Category.LAUNCH in wanted else None,
        prices=find_prices(text, _with_first_word(own)) if wanted & PRICED_CATEGORIES else (),
        money=find_money(text) if wanted & MONEY_CATEGORIES else None,
        acquired=find_acquired(text, own) if Category.ACQUISITION in wanted else None,
        event=find_event(text) if Category.EVENT in wanted else None,
        places=find_places(text),
        date=find_date(text),
        openings=find_openings(text) if Category.HIRING in wanted else (),
        actor=find_actor(text, wanted, (*own, *actor.products)) if actor else None,
        customers=_customers(text, actor) if Category.CUSTOMER in wanted else (),
    )
    return (
        replace(facts, people=_in_full(text, facts.people))
        if tagged is None
        else _joined(facts, tagged, wanted, own)
    )


def _joined(
    facts: SignalFacts, tagged: Tagged, wanted: Collection[Category], own: tuple[str, ...]
) -> SignalFacts:
    """Return the facts with the word of the tagger weighed in."""
    return replace(
        facts,
        people=_in_full(tagged.text, join_people(facts.people, tagged))
        if Category.LEADERSHIP in wanted
        else (),
        partners=join_partners(facts.partners, tagged, own) if Category.PARTNERSHIP in wanted else (),
        acquired=join_acquired(facts.acquired, tagged, own=own) if Category.ACQUISITION in wanted else None,
        prices=join_prices(facts.prices, tagged, _with_first_word(own))
        if PRICED_CATEGORIES.intersection(wanted)
        else (),
        money=join_money(facts.money, tagged) if MONEY_CATEGORIES.intersection(wanted) else None,
    )


def _in_full(text: str, people: Iterable[Person]) -> tuple[Person, ...]:
    """Return people with the "Jr." that stands behind a comma, which is no part of what the readers take for a name."""
    return tuple(
        replace(person, name=f"{person.name}, {found[1]}")
        if (found := re.search(rf"{re.escape(person.name)}, ((?:Jr|Sr)\.?)(?![\w])", text))
        else person
        for person in people
    )


def is_worth_tagging(text: str, categories: Collection[Category]) -> bool:
    """Return True if a text of these categories can hold what the tagger reads: a name, a sum or a price."""
    if TAGGED_CATEGORIES.intersection(categories):
        return True
    text = text[:CHARACTERS]
    if PRICED_CATEGORIES.intersection(categories) and any(
        pattern.search(text) for pattern in (MENTION, WORDED, PERCENT, TIMES, MINOR)
    ):
        return True
    return bool(MONEY_CATEGORIES.intersection(categories)) and SUM.search(text) is not None


def _people(text: str, own: tuple[str, ...]) -> tuple[Person, ...]:
    """Return the people; a rival of two words looks like a person, and would tie all its appointments together."""
    return tuple(person for person in find_people(text, own) if not is_own(person.name, own))


def _with_first_word(own: tuple[str, ...]) -> tuple[str, ...]:
    """Return the rival's names and what its products begin with: "Tallgrass Large" is a plan of "Tallgrass AI"."""
    first = [name.split()[0] for name in own if " " in name]
    return tuple(dict.fromkeys((*own, *(word for word in first if len(word) > 3))))


def _customers(text: str, actor: Actor | None) -> tuple[str, ...]:
    buyer = find_buyer(text, actor) if actor else None
    found = find_customers(text, spoken(actor.names) if actor else ())
    return found if buyer is None or buyer in found else (buyer, *found)
