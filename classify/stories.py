"""One story or two? The same act told by several sources is one; another person, plan, sum or partner is another."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from classify.embed import Embeddings, cosine
from classify.page_text import undated
from store.kinds import Category

# Measured on 22 pairs of one rival's texts: the same act told twice lay at 0.44-0.74, another act at 0.25-0.77, so that
# the words alone decide nothing; with a shared or contradicting fact beside them 21 of the 22 come out right.
SAME_WORDS = 0.80  # cosine of two texts with no fact and no name in common
SAME_NAMES = 0.70  # cosine of two texts of one category that share a name
SAME_FACT = 0.35  # cosine that a shared fact needs beside it; unrelated texts about one company lie near 0.2
LEAD = 160  # Characters in which a launch names its product.
RETOLD_WORDS = 4  # Shorter lines ("Product update", "Maintenance window") come again about something else.
SAME_PRODUCT = 0.72  # a shared product alone says little: every release note of a product names it

NEIGHBOURS: frozenset[frozenset[Category]] = frozenset(
    frozenset(pair)
    for pair in (
        (Category.LAUNCH, Category.PARTNERSHIP),
        (Category.LAUNCH, Category.PRICING),
        (Category.LAUNCH, Category.EXPANSION),
        (Category.LAUNCH, Category.POSITIONING),
        (Category.LAUNCH, Category.REGULATORY),
        (Category.CUSTOMER, Category.PARTNERSHIP),
        (Category.CUSTOMER, Category.MEDIA),
        (Category.FINANCE, Category.ACQUISITION),
        (Category.EXPANSION, Category.ACQUISITION),
        (Category.EXPANSION, Category.HIRING),
        (Category.FINANCE, Category.HIRING),
        (Category.LEADERSHIP, Category.HIRING),
        (Category.EVENT, Category.MEDIA),
    )
)
VERSION = re.compile(r"\bv?(\d+(?:\.\d+)+)\b")
STANDARD = re.compile(
    r"\b(?:SOC\s?[123]|ISO[ /]?(?:IEC )?\d{4,5}|HIPAA|HITRUST|PCI[ -]DSS|FedRAMP|GDPR|eIDAS|C5|TISAX|CSA STAR)\b",
    re.I,
)
PERCENT = re.compile(r"\b(\d+(?:\.\d+)?)\s?(?:%|per ?cent)", re.I)
CAPITALISED = re.compile(r"\b[A-Z][\w’'-]{2,}")

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What is compared: category, facts as stored, text, embedding, the rival's own names and known products."""

    category: Category
    secondary: frozenset[Category] = frozenset()
    facts: Facts
    text: str
    embedding: Embeddings | None = None
    own_names: tuple[str, ...] = ()
    known_products: tuple[str, ...] = ()


def same_story(one: Story, other: Story) -> bool:
    """Return True if both tell the same act."""
    if contradict(one, other):
        return False
    if retold(one, other):
        return True
    if not compatible(one, other):
        return False
    if _told(one.text) == _told(other.text):
        return True
    near = 0.0
    if one.embedding is not None and other.embedding is not None:
        near = cosine(one.embedding, other.embedding)
    shared = agreements(one, other)
    if _names_new_product(one, other) or _names_new_product(other, one):
        return near >= SAME_FACT
    if shared & {"people", "prices"}:
        return True
    if shared - {"product"}:
        return near >= SAME_FACT
    if "product" in shared:
        return near >= SAME_PRODUCT
    return near >= SAME_WORDS and bool(
        _entities(one) & _entities(other) or not (_entities(one) | _entities(other))
    )


def retold(one: Story, other: Story) -> bool:
    """Return True if one text stands whole in the other, whatever each was taken for: a teaser and its story."""
    short, long = sorted((one.text, other.text), key=len)
    return stands_in(short, long)


def stands_in(short: str, long: str) -> bool:
    """Return True if the words of ``short``, its dates apart, stand together in ``long``."""
    words = _told(short)
    return len(words.split()) >= RETOLD_WORDS and f" {words} " in f" {_told(long)} "


def _told(text: str) -> str:
    return _flat("\n".join(undated(line) for line in text.splitlines()))


def compatible(one: Story, other: Story) -> bool:
    """Return True if both categories can be readings of one act."""
    if one.category is other.category:
        return True
    if other.category in one.secondary or one.category in other.secondary:
        return True
    return frozenset((one.category, other.category)) in NEIGHBOURS


def _names_new_product(one: Story, other: Story) -> bool:
    """Return True if both are launches and the one's product, not sold before, stands in the other's lead."""
    product = _flat(one.facts.get("product") or "")
    if not product or {one.category, other.category} != {Category.LAUNCH}:
        return False
    known = any(product == _flat(name) for name in one.known_products)
    return not known and f" {product} " in f" {_flat(other.text[:LEAD])} "


def contradict(one: Story, other: Story) -> bool:
    """Return True if a fact that both state differs: then there are two acts."""
    differing = {
        k for k, (ours, theirs) in _sides(one, other).items() if ours and theirs and not ours & theirs
    }
    if "product" in differing and (_names_new_product(one, other) or _names_new_product(other, one)):
        differing.remove("product")
    if differing:
        return True
    versions = _versions(one.text), _versions(other.text)
    return bool(versions[0] and versions[1] and not versions[0] & versions[1])


def agreements(one: Story, other: Story) -> set[str]:
    """Return the kinds of facts in which both agree."""
    return {kind for kind, (ours, theirs) in _sides(one, other).items() if ours & theirs}


def _sides(one: Story, other: Story) -> dict[str, tuple[set[object], set[object]]]:
    ours, theirs = _identities(one), _identities(other)
    return {kind: (ours[kind], theirs[kind]) for kind in ours}


def _identities(story: Story) -> dict[str, set[object]]:
    """Return what identifies an act, by kind of fact."""
    facts = story.facts
    money, event = facts.get("money"), facts.get("event")
    places = facts.get("places", ()) if story.category is Category.EXPANSION else ()
    return {
        "people": {(_flat(p["name"]), p["action"] == "departed") for p in facts.get("people", ())},
        "prices": _price_identities(facts.get("prices", ())),
        "partners": {_flat(name) for name in facts.get("partners", ())},
        "customers": {_flat(name) for name in facts.get("customers", ())},
        "removed": {_flat(name) for name in facts.get("removed", ())},
        "openings": {(_flat(o["title"]), _flat(o["place"])) for o in facts.get("openings", ())},
        "standards": {_flat(found) for found in STANDARD.findall(story.text[:500])},
        "share": set(PERCENT.findall(story.text[:300])) if story.category is Category.HIRING else set(),
        "places": {_flat(place) for place in places},
        "money": {(money["amount"], money["currency"])} if money else set(),
        "acquired": {_flat(facts["acquired"])} if facts.get("acquired") else set(),
        "event": {_flat(event["name"])} if event else set(),
        "product": {_flat(facts["product"])} if facts.get("product") else set(),
    }


def _price_identities(prices: Any) -> set[object]:
    """Return the new amount of each plan, and the move in percent, which may be all that a text gives."""
    found: set[object] = set()
    for price in prices:
        after = price.get("after") or price.get("before")
        if price.get("percent") is not None:
            found.add(f"{round(price['percent'])} %")
        if after and after.get("amount"):
            found.add(after["amount"].rstrip("0").rstrip(".") if "." in after["amount"] else after["amount"])
    return found


def _versions(text: str) -> set[str]:
    return set(VERSION.findall(text[:300]))


def _entities(story: Story) -> set[str]:
    """Return capitalised words in the middle of sentences, without the rival's own names."""
    own = {word for name in story.own_names for word in _flat(name).split()}
    words = {match.group(0) for match in CAPITALISED.finditer(story.text[:500]) if match.start() > 0}
    return {word.lower() for word in words} - own


def _flat(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.lower()).strip()
