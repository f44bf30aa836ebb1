"""What identifies an act, by kind of fact, and whether two tellings of it agree or contradict each other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from classify.rules.money import every_sum
from classify.rules.regions import REGIONS, countries
from classify.tellings.story_words import plain_letters, stem
from store.kinds import Category

Facts = Mapping[str, Any]
Identity = Any

ROUNDING = Decimal(
    "0.012"
)  # "$418 million" and "$418.2 million" are one figure; a press headline rounds that far.
DOLLARS = frozenset(("USD", "AUD", "CAD", "NZD", "SGD", "HKD"))
LEAD = 600  # Characters in which a telling names the sums of its act.
VERSION = re.compile(r"\bv?(\d+(?:\.\d+)+)\b")
STANDARD = re.compile(
    r"\b(?:SOC\s?[123]|ISO[ /]?(?:IEC )?\d{4,5}|HIPAA|HITRUST|PCI[ -]DSS|FedRAMP|GDPR|eIDAS|C5|TISAX|CSA STAR)\b",
    re.I,
)
PERCENT = re.compile(r"\b(\d+(?:\.\d+)?)\s?(?:%|per ?cent)", re.I)
QUARTERS = ("first", "second", "third", "fourth")
PERIOD = re.compile(
    rf"\b(?:Q([1-4])|({'|'.join(QUARTERS)})[ -]quarter|(H[12]|half[ -]year|(?:first|second) half|six months)"
    r"|full[ -]year|annual report|FY ?\d\d)\b",
    re.I,
)
STREET = re.compile(
    r" (?:street|road|avenue|lane|square|quay|boulevard|drive|way)$|(?:straße|strasse|gata|gatan|straat)$"
)
_SUFFIXES = frozenset(
    (
        "inc",
        "ltd",
        "llc",
        "plc",
        "gmbh",
        "ag",
        "sa",
        "nv",
        "oy",
        "ab",
        "asa",
        "corp",
        "corporation",
        "company",
        "group",
    )
)
_TITLES = frozenset(("dr", "mr", "mrs", "ms", "sir", "dame", "prof", "professor"))
_ROLES = re.compile(r"c[cdefimoprst]o|ciso|chro|[es]?vp")  # "COO Qadir"
_YEAR = re.compile(r"20\d\d")


def identities(category: Category, facts: Facts, text: str) -> dict[str, list[Identity]]:
    """Return what a telling states of its act, by kind of fact; an empty list where it states nothing."""
    money, event = facts.get("money"), facts.get("event")
    places = _places(facts.get("places", ())) if category is Category.EXPANSION else ([], [])
    return {
        "people": [(_person(p["name"]), p["action"] == "departed") for p in facts.get("people", ())],
        "prices": _prices(facts.get("prices", ())),
        "partners": [_company(name) for name in facts.get("partners", ())],
        "customers": [_company(name) for name in facts.get("customers", ())],
        "removed": [_company(name) for name in facts.get("removed", ())],
        "openings": [(flat(o["title"]), flat(o["place"])) for o in facts.get("openings", ())],
        "standards": [flat(found) for found in STANDARD.findall(text[:500])],
        "share": PERCENT.findall(text[:300]) if category is Category.HIRING else [],
        "countries": places[0],
        "places": places[1],
        "money": _sums(money, text) if money else [],
        "acquired": [_company(facts["acquired"])] if facts.get("acquired") else [],
        "event": [tuple(w for w in flat(event["name"]).split() if not _YEAR.fullmatch(w))] if event else [],
        "product": [tuple(flat(facts["product"]).split())] if facts.get("product") else [],
        "period": _periods(text[:LEAD]) if category is Category.FINANCE else [],
        "versions": [tuple(found.split(".")) for found in VERSION.findall(text[:300])],
    }


def agreeing(one: Mapping[str, list[Identity]], other: Mapping[str, list[Identity]]) -> set[str]:
    """Return the kinds of facts of which both state the same."""
    return {kind for kind in one if one[kind] and other[kind] and _any_same(kind, one[kind], other[kind])}


def differing(one: Mapping[str, list[Identity]], other: Mapping[str, list[Identity]]) -> set[str]:
    """Return the kinds of facts that both state, and nothing of which is the same."""
    return {
        kind
        for kind in one
        if one[kind]
        and other[kind]
        and not _any_same(kind, one[kind], other[kind])
        and (kind != "money" or _comparable(one[kind], other[kind]))
    }


def _periods(text: str) -> list[Identity]:
    """Return the quarters, halves and years whose results a text tells: "third quarter", "half year", "year"."""
    found: list[Identity] = []
    for figure, order, half in PERIOD.findall(text):
        quarter = QUARTERS[int(figure) - 1] if figure else order.lower()
        found.append(f"{quarter} quarter" if quarter else "half year" if half else "year")
    return found


def _comparable(ours: Iterable[Identity], theirs: Iterable[Identity]) -> bool:
    """Return True if sums are in one currency: of a purchase, one telling names the price, another the sales."""
    named, named_too = ({"dollars" if c in DOLLARS else c for _, c in sums} for sums in (ours, theirs))
    return bool(named & named_too)


def _any_same(kind: str, ours: Iterable[Identity], theirs: Iterable[Identity]) -> bool:
    return any(same_identity(kind, a, b) for a in ours for b in theirs)


def same_identity(kind: str, one: Identity, other: Identity) -> bool:
    """Return True if what two tellings state of a kind of fact is the same."""
    same = _SAME.get(kind)
    return bool(one == other) if same is None else same(one, other)


def _same_person(one: Identity, other: Identity) -> bool:
    (ours, gone), (theirs, left) = one, other
    shorter, longer = sorted((ours, theirs), key=len)
    return gone == left and bool(shorter) and set(shorter) <= set(longer)


def _same_sum(one: Identity, other: Identity) -> bool:
    (ours, currency), (theirs, other_currency) = one, other
    # Papers of Sydney, Toronto and Singapore write their own dollar as "$".
    alike = currency == other_currency or {currency, other_currency} <= DOLLARS
    return bool(alike and abs(ours - theirs) <= ROUNDING * max(abs(ours), abs(theirs)))


def _one_begins(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return True if one name begins or ends the other: "Reliance" and "Reliance Retail"."""
    shorter, longer = sorted((one, other), key=len)
    return bool(shorter) and shorter in (longer[: len(shorter)], longer[-len(shorter) :])


def _same_opening(one: Identity, other: Identity) -> bool:
    """Return True for one title at one place; a board may write the place into its title, or more beside it."""
    (title, place), (other_title, other_place) = one, other
    return bool(title == other_title and (place in other_place or other_place in place))


def _same_version(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return True for 2.1 and 2.1.0, not for 2.1 and 2.1.3."""
    length = max(len(one), len(other))
    return one + ("0",) * (length - len(one)) == other + ("0",) * (length - len(other))


_SAME: Final[Mapping[str, Callable[[Identity, Identity], bool]]] = {
    "people": _same_person,
    "money": _same_sum,
    "partners": _one_begins,
    "customers": _one_begins,
    "removed": _one_begins,
    "acquired": _one_begins,
    "event": _one_begins,
    "openings": _same_opening,
    "product": _one_begins,
    "versions": _same_version,
}


def _person(name: str) -> tuple[str, ...]:
    """Return a name without titles and initials."""
    return tuple(
        part
        for part in flat(name).split()
        if len(part) > 1 and part not in _TITLES and not _ROLES.fullmatch(part)
    )


def _company(name: str) -> tuple[str, ...]:
    words = flat(name).split()
    return tuple(word for word in words if word not in _SUFFIXES) or tuple(words)


def _places(names: Iterable[str]) -> tuple[list[Identity], list[Identity]]:
    """Return the countries, and the cities and states; one telling names "Dublin" and another "Ireland"."""
    found = [
        flat(name) for name in names if not REGIONS.fullmatch(flat(name)) and not STREET.search(flat(name))
    ]
    return [stem(name) for name in found if name in countries()], [
        name for name in found if name not in countries()
    ]


def _sums(money: Mapping[str, str], text: str) -> list[Identity]:
    """Return the sum that a telling is about, then all it names: another telling leads with another of them."""
    named = [(one.amount, one.currency) for one in every_sum(text[:LEAD])]
    return [(Decimal(money["amount"]), money["currency"]), *named]


def _prices(prices: Any) -> list[Identity]:
    """Return the new amount of each plan, and the move in percent, which may be all that a text gives."""
    found: list[Identity] = []
    for price in prices:
        after = price.get("after") or price.get("before")
        if price.get("percent") is not None:
            found.append(f"{round(price['percent'])} %")
        if after and after.get("amount"):
            found.append(Decimal(after["amount"]))
    return found


@lru_cache(maxsize=8_192)  # Names and leads of a rival's stories: each is compared with all others.
def flat(text: str) -> str:
    """Return lower-case words with single spaces between them, without any marks or accents."""
    return re.sub(r"[\W_]+", " ", plain_letters(text.lower())).strip()
