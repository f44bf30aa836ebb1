"""The nouns of the demo world. Days count from the first day of week 1, so that the world fits any calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

NO_STYLE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan on a price list. ``amount`` is None where the page says "contact us"."""

    name: str
    amount: int | None
    currency: str = "USD"
    per: str = "month"
    about: str = ""
    features: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody in charge."""

    name: str
    role: str
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """An advertised position; ``name`` is its title."""

    name: str
    team: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A customer, partner or integration with a line about it."""

    name: str
    kind: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """A conference, booth or webinar on ``day``."""

    name: str
    day: int
    place: str
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A changelog entry; with a ``tag`` it is a release on the code host as well."""

    name: str
    day: int
    points: tuple[str, ...] = ()
    tag: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A press or blog entry; ``name`` is its title."""

    name: str
    day: int
    text: str
    section: str = "News"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A clause of the terms."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """A filing with the securities regulator; ``name`` is its accession number."""

    name: str
    day: int
    form: str
    items: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """An incident on the status page."""

    name: str
    day: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRecord:
    """A source the analyst watches. ``name`` is the part of its key after the rival's."""

    name: str
    type: str
    path: str = ""
    render: str = "static"


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """A product with the tags it shares with what accounts use."""

    name: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a site is built: its skeleton, colours and the variant of each section."""

    skeleton: str
    colour: str
    accent: str
    face: str = "sans"
    dates: str = "long"
    sections: Mapping[str, str] = field(default_factory=lambda: NO_STYLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """Everything a rival's sites say in one week."""

    key: str
    name: str
    legal: str
    city: str
    country: str
    industries: tuple[str, ...]
    market: str
    slogan: str
    leads: tuple[str, str]
    about: str
    products: tuple[Product, ...]
    style: Style
    sources: tuple[SourceRecord, ...]
    features: tuple[Named, ...]
    feed: str = ""
    cik: str = ""
    repo: str = ""
    plans: tuple[Plan, ...] = ()
    people: tuple[Person, ...] = ()
    openings: tuple[Opening, ...] = ()
    customers: tuple[Named, ...] = ()
    partners: tuple[Named, ...] = ()
    integrations: tuple[Named, ...] = ()
    gatherings: tuple[Gathering, ...] = ()
    releases: tuple[Release, ...] = ()
    stories: tuple[Story, ...] = ()
    clauses: tuple[Clause, ...] = ()
    filings: tuple[Filing, ...] = ()
    incidents: tuple[Incident, ...] = ()

    @property
    def places(self) -> tuple[str, ...]:
        """The types of the sources that this rival shows itself in."""
        return tuple(source.type for source in self.sources)


def plans(currency: str, *lines: str) -> tuple[Plan, ...]:
    """Read plans written as ``name | amount or - | about | feature; feature``."""
    return tuple(plan(currency, line) for line in lines)


def plan(currency: str, line: str) -> Plan:
    """Read one plan, see `plans`."""
    name, amount, about, features = (part.strip() for part in line.split("|"))
    return Plan(
        name=name,
        amount=None if amount == "-" else int(amount),
        currency=currency,
        about=about,
        features=_parts(features),
    )


def people(*lines: str) -> tuple[Person, ...]:
    """Read people written as ``name | role | about``; the last part may be left out."""
    return tuple(Person(name=a, role=b, about=c) for a, b, c in map(_three, lines))


def openings(*lines: str) -> tuple[Opening, ...]:
    """Read openings written as ``title | team | place``."""
    return tuple(Opening(name=a, team=b, place=c) for a, b, c in map(_three, lines))


def named(*lines: str) -> tuple[Named, ...]:
    """Read customers, partners, integrations or features written as ``name | kind | about``."""
    return tuple(Named(name=a, kind=b, about=c) for a, b, c in map(_three, lines))


def gatherings(*lines: str) -> tuple[Gathering, ...]:
    """Read gatherings written as ``day | name | place | about``."""
    split = [[part.strip() for part in line.split("|")] for line in lines]
    return tuple(Gathering(day=int(d), name=n, place=p, about=a) for d, n, p, a in split)


def releases(*lines: str) -> tuple[Release, ...]:
    """Read releases written as ``day | name | point; point | tag``; the tag may be left out."""
    split = [[*(part.strip() for part in line.split("|")), ""] for line in lines]
    return tuple(Release(day=int(p[0]), name=p[1], points=_parts(p[2]), tag=p[3]) for p in split)


def stories(*lines: str) -> tuple[Story, ...]:
    """Read stories written as ``day | title | text``."""
    split = [[part.strip() for part in line.split("|")] for line in lines]
    return tuple(Story(day=int(day), name=name, text=text) for day, name, text in split)


def filings(cik: str, *lines: str) -> tuple[Filing, ...]:
    """Read filings written as ``day | form | items``; accession numbers follow from agent and day."""
    split = [[part.strip() for part in line.split("|")] for line in lines]
    return tuple(filing(cik, int(day), form, items) for day, form, items in split)


def filing(cik: str, day: int, form: str, items: str = "") -> Filing:
    """Build one filing. Days before the world began count down from 5000, so numbers stay unique."""
    return Filing(name=f"{cik}-26-{5000 + day:06d}", day=day, form=form, items=items)


def sources(*lines: str) -> tuple[SourceRecord, ...]:
    """Read sources written as ``type``, ``type path`` or ``type path browser``."""
    return tuple(_source(*line.split()) for line in lines)


def _source(kind: str, path: str = "", render: str = "static") -> SourceRecord:
    return SourceRecord(name=kind, type=kind, path=path, render=render)


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _three(line: str) -> tuple[str, str, str]:
    first, second, third = ([part.strip() for part in line.split("|")] + ["", ""])[:3]
    return first, second, third
