"""Why a telling was joined to a story: in words, from the very numbers that decided."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from classify.tellings.likeness import agreeing_facts, compare, days_between
from classify.tellings.stories import leads_entry
from classify.tellings.story import Story
from classify.tellings.story_facts import Identity, flat, same_identity
from classify.tellings.story_words import common_words

FIRST: Final = "first seen"
LONGEST = 240  # Characters; a reason is read beside its proof.
WORDS_NAMED = 4
#: What each kind of fact is called where both tellings state the same, the surest first.
_CALLED: Final[dict[str, str]] = {
    "people": "person",
    "acquired": "purchase",
    "partners": "partner",
    "customers": "customer",
    "removed": "name removed",
    "product": "new product",
    "versions": "figure",
    "event": "event",
    "openings": "opening",
    "money": "sum",
    "prices": "price",
    "standards": "standard",
    "share": "share of staff",
    "period": "period",
    "places": "place",
    "countries": "country",
}


def why_joined(one: Story, other: Story, odds: float) -> str:
    """Return why a telling counts as one more of a story; ``odds`` are the log-odds that decided, or infinite.

    For example "same person Mara Oduya, same day; text alike 0.83, in common: treasurer, Oduya; 4.1 above the bar".
    """
    if math.isinf(odds):
        return _certainly(one, other)
    facts = ", ".join([*_facts_because(one, other), _when(one, other)])
    return _clipped("; ".join([facts, _words_because(one, other), f"{odds:.1f} above the bar"]))


def same_words_because(one: Story, other: Story) -> str:
    """Return that one text stands in the other, with its words."""
    shorter = min((*one.tellings, *other.tellings), key=len)
    return f"told in the same words: “{_clipped(' '.join(shorter.split()), 100)}”"


def days_apart(gap: timedelta, same: str = "same day") -> str:
    """Return a time between two tellings in words: ``same`` below a day, else whole days."""
    days = round(gap / timedelta(days=1))
    return same if days == 0 else "1 day apart" if days == 1 else f"{days} days apart"


def _certainly(one: Story, other: Story) -> str:
    if leads_entry(one, other) or leads_entry(other, one):
        ad = one if leads_entry(one, other) else other
        title = ad.facts["openings"][0]["title"]
        return _clipped(f"seeks who leads the market that is entered: {title}, {_when(one, other)}")
    return f"{same_words_because(one, other)}, {_when(one, other)}"


def _facts_because(one: Story, other: Story) -> list[str]:
    agreed = agreeing_facts(one, other)
    return [
        f"same {called} {_named(kind, one, other)}".rstrip()
        for kind, called in _CALLED.items()
        if kind in agreed
    ]


def _named(kind: str, one: Story, other: Story) -> str:
    """Return what both state of a kind of fact, as it is written in one of the texts."""
    ours, theirs = one.identities[kind], other.identities[kind]
    alike = [mine for mine in ours for yours in theirs if same_identity(kind, mine, yours)]
    # One launch may name the other's product beside what was read as its own.
    named = (
        [*(a for a in ours if _names(other, a)), *(a for a in theirs if _names(one, a))]
        if kind == "product"
        else []
    )
    found = next(iter([*alike, *named]), None)
    return "" if found is None else _WRITTEN.get(kind, _as_written)(found, f"{one.text}\n{other.text}", one)


def _names(story: Story, product: Identity) -> bool:
    return f" {' '.join(product)} " in f" {flat(story.text)} "


def _as_written(identity: Identity, text: str, _: Story) -> str:
    """Return the words of an identity as the text writes them."""
    words = identity if isinstance(identity, tuple) else str(identity).split()
    found = re.search(r"[\W_]+".join(map(re.escape, words)), text, re.IGNORECASE)
    return " ".join(found[0].split()) if found else " ".join(words)


def _person(identity: Identity, text: str, one: Story) -> str:
    named: list[Any] = [p["name"] for p in one.facts.get("people", ())]
    return next(
        (n for n in named if set(identity[0]) <= set(n.lower().split())), _as_written(identity[0], text, one)
    )


def _opening(identity: Identity, text: str, one: Story) -> str:
    return _as_written(tuple(identity[0].split()), text, one)


def _version(identity: Identity, *_: object) -> str:
    return ".".join(identity)


def _sum(identity: Identity, _: str, one: Story) -> str:
    """Return a sum as the text has it where it is the one that the telling is about, else in figures."""
    amount, currency = identity
    money = one.facts.get("money") or {}
    if money.get("quote") and identity == one.identities["money"][0]:
        return str(money["quote"])
    return (
        f"{amount:,f}".rstrip("0").rstrip(".") + f" {currency}"
        if amount % 1
        else f"{int(amount):,} {currency}"
    )


def _number(identity: Identity, *_: object) -> str:
    return str(identity)


def _share(identity: Identity, *_: object) -> str:
    return f"{identity} %"


_WRITTEN: Final[dict[str, Callable[[Identity, str, Story], str]]] = {
    "people": _person,
    "openings": _opening,
    "versions": _version,
    "money": _sum,
    "prices": _number,
    "share": _share,
}


def _when(one: Story, other: Story) -> str:
    return days_apart(timedelta(days=days_between(one, other)))


def _words_because(one: Story, other: Story) -> str:
    own = (*other.own_names, *other.known_products)
    found = max((common_words(one.text, telling, own) for telling in other.tellings), key=len)
    named = f", in common: {', '.join(found[:WORDS_NAMED])}" if found else ""
    return f"text alike {compare(one, other).near:.2f}{named}"


def _clipped(text: str, longest: int = LONGEST) -> str:
    return text if len(text) <= longest else text[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;") + "…"
