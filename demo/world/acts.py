"""Short forms of the edits that weeks are written in."""

from __future__ import annotations

from demo.world.edits import Alter, Chaff, Drop, Put
from demo.world.records import (
    Clause,
    Gathering,
    Incident,
    Named,
    Opening,
    Person,
    Release,
    Story,
    filing,
    plan,
)


def story(day: int, name: str, text: str) -> Put:
    """Publish a story; it shows in the newsroom, the feed and on the home page."""
    return Put("stories", Story(name=name, day=day, text=text))


def post(week: int, rival: str, name: str, text: str) -> Chaff:
    """Publish a post that means nothing to the reader of a digest."""
    return Chaff(week=week, rival=rival, edits=(story(7 * (week - 1) - 3, name, text),))


def release(day: int, name: str, *points: str, tag: str = "") -> Put:
    """Publish a changelog entry."""
    return Put("releases", Release(name=name, day=day, points=points, tag=tag))


def hire(name: str, role: str, about: str = "") -> Put:
    """Put somebody on the team page."""
    return Put("people", Person(name=name, role=role, about=about))


def leave(name: str) -> Drop:
    """Take somebody off the team page."""
    return Drop("people", name)


def opening(name: str, team: str, place: str) -> Put:
    """Advertise a position."""
    return Put("openings", Opening(name=name, team=team, place=place))


def price(name: str, amount: int) -> Alter:
    """Change the price of a plan."""
    return Alter("plans", name, "amount", amount)


def new_plan(currency: str, line: str) -> Put:
    """Offer a plan, written as in `demo.world.records.plans`."""
    return Put("plans", plan(currency, line))


def customer(name: str, kind: str, about: str = "") -> Put:
    """Name a customer."""
    return Put("customers", Named(name=name, kind=kind, about=about))


def partner(name: str, kind: str, about: str = "") -> Put:
    """Name a partner."""
    return Put("partners", Named(name=name, kind=kind, about=about))


def integration(name: str, kind: str, about: str) -> Put:
    """Offer an integration."""
    return Put("integrations", Named(name=name, kind=kind, about=about))


def feature(name: str, about: str) -> Put:
    """Show a feature on the product page."""
    return Put("features", Named(name=name, about=about))


def gathering(day: int, name: str, place: str, about: str) -> Put:
    """Announce a conference, booth or webinar."""
    return Put("gatherings", Gathering(name=name, day=day, place=place, about=about))


def filed(cik: str, day: int, form: str, items: str = "") -> Put:
    """File with the securities regulator."""
    return Put("filings", filing(cik, day, form, items))


def incident(day: int, name: str, text: str) -> Put:
    """Report an incident on the status page."""
    return Put("incidents", Incident(name=name, day=day, text=text))


def clause(name: str, text: str) -> Alter:
    """Give a clause of the terms another text."""
    return Alter("clauses", name, "text", text)


def new_clause(name: str, text: str) -> Put:
    """Add a clause to the terms."""
    return Put("clauses", Clause(name=name, text=text))
