"""Which facts are read from which page, by the readers of each kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from extract.facts.careers import read_openings
from extract.facts.clauses import read_clauses, read_effective
from extract.facts.entries import read_entries
from extract.facts.events import read_events
from extract.facts.features import read_features, read_limits, read_products
from extract.facts.front import read_front
from extract.facts.incidents import read_incidents
from extract.facts.names import read_logos, read_names
from extract.facts.offers import read_offers
from extract.facts.offices import read_offices
from extract.facts.presentation import read_presentation
from extract.facts.pricing import read_prices
from extract.facts.team import read_contacts, read_people
from extract.reading.announcements import read_announcements
from extract.reading.piece import Reading
from store.kinds import FactKind, PageType
from store.records import Fact

Reader = Callable[[Reading, PageType], Iterator[Fact]]

#: Facts kept of one page; more is a list that no person reads.
FACTS = 5_000

_READERS: dict[PageType, tuple[Reader, ...]] = {
    PageType.PRICING: (read_prices, read_offers, read_features),
    PageType.TEAM: (read_people, read_offices),
    PageType.CAREERS: (read_openings,),
    PageType.CUSTOMERS: (read_names,),
    PageType.PARTNERS: (read_names, read_effective),
    PageType.INTEGRATIONS: (read_names,),
    PageType.EVENTS: (read_events,),
    PageType.CHANGELOG: (read_entries,),
    PageType.NEWS: (read_entries,),
    PageType.POLICY: (read_clauses,),
    PageType.PRODUCT: (read_prices, read_products, read_limits, read_logos),
    PageType.STATUS: (read_incidents,),
    PageType.HOME: (
        read_prices,
        read_entries,
        read_announcements,
        read_events,
        read_logos,
        read_presentation,
        read_front,
        read_offices,
    ),
    PageType.GENERIC: (
        read_contacts,
        read_prices,
        read_entries,
        read_announcements,
        read_events,
        read_limits,
        read_logos,
        read_offices,
    ),
}


#: What tells two facts of one name apart: a plan by month and by year, one job in two towns, a heading used twice.
_APART: dict[FactKind, tuple[str, ...]] = {
    FactKind.PRICE: ("period", "unit", "billing", "currency"),
    FactKind.FEATURE: ("plan",),
    FactKind.OPENING: ("place",),
    FactKind.CLAUSE: ("text",),
    FactKind.EVENT: ("date",),
    FactKind.OFFICE: ("address",),
}


def read_facts(reading: Reading, page_type: PageType) -> tuple[Fact, ...]:
    """Return what the page states, each fact once, in the order of the page."""
    facts: dict[tuple[str, str, str], Fact] = {}
    for reader in _READERS.get(page_type, ()):
        for fact in reader(reading, page_type):
            if len(facts) >= FACTS:
                return tuple(facts.values())
            facts.setdefault(_identity(fact), fact)
    return tuple(facts.values())


def _identity(fact: Fact) -> tuple[str, str, str]:
    inner = "|".join(fact.attributes.get(key, "") for key in _APART.get(fact.kind, ()))
    return fact.kind.value, fact.name.casefold(), inner
