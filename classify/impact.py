# ruff: noqa: E501 (a pattern is read as one line)
"""Impact: how much a signal could matter to a rival's customers, in [0, 1], with what drove it.

It says nothing about how sure the category is (that is confidence), nor about one account (that is exposure).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from classify.rules.fixes import is_one_fix
from classify.rules.people.patterns import DEPARTED
from classify.rules.roles import seniority
from classify.signals import SignalFacts
from store.kinds import Category

# What an act of the category weighs before anything is known of it. A price reaches every customer at once; a podcast
# reaches nobody's contract. The order was set by asking what an account manager would act on the same day.
BASE: dict[Category, float] = {
    Category.PRICING: 0.55,
    Category.ACQUISITION: 0.60,
    Category.LAUNCH: 0.45,
    Category.CUSTOMER: 0.45,
    Category.PARTNERSHIP: 0.40,
    Category.REGULATORY: 0.45,
    Category.LEADERSHIP: 0.35,
    Category.FINANCE: 0.40,
    Category.EXPANSION: 0.40,
    Category.POSITIONING: 0.35,
    Category.HIRING: 0.20,
    Category.EVENT: 0.15,
    Category.MEDIA: 0.15,
    Category.NONE: 0.0,
}
LARGE_SUM = Decimal(100_000_000)
NOTABLE_SUM = Decimal(10_000_000)
BIG_MOVE = Decimal(15)  # percent; below it customers grumble, above it they compare offers
SMALL_MOVE = Decimal(3)
PASSING = 0.05
ALARMS = (
    ("breach or data loss", 0.30, ("breach", "unauthorised", "unauthorized", "data loss", "leaked", "ransomware")),
    ("insolvency", 0.30, ("insolven", "bankrupt", "chapter 11", "creditor protection")),
    (
        "end of a product or service",
        0.20,
        ("end of life", "end-of-life", "shut down", "shutting down", "discontinu", "sunset", "deprecat", "retiring the", "retire the", "switched off"),
    ),
    ("recall, suit or fine", 0.10, ("recall", "lawsuit", "class action", "fined", "injunction")),
    ("layoffs", 0.20, ("lay off", "layoff", "laid off", "redundanc", "job cuts", "workforce by")),
)  # fmt: skip
# "We let go of 40 colleagues", "to cut 14% of workforce", "95 jobs go": layoffs without the word.
_LET_GO = re.compile(
    r"\b(?:let(?:ting)? go of|part(?:s|ed|ing)? (?:ways )?with|cut(?:s|ting)?|axe[sd]?|axing|shed(?:s|ding)?|slash(?:es|ed|ing)?|eliminat(?:es?|ed|ing)|reduc(?:es?|ed|ing))\s+(?:\S+ ){0,4}?"
    r"(?:jobs|roles|positions|posts|colleagues|employees|staff|workers|team ?mates|people|(?:its |our |the )?workforce|headcount)\b"
)
# What lasts some days and is meant to end weighs less than a price that was moved to stay.
_PASSING = re.compile(
    r"\b(?:black friday|cyber (?:monday|week)|\d+ ?% off|discount|promo(?:tion)?\b|coupon|voucher|use code|with (?:the )?code|limited[- ]time|this week(?:end)? only|until (?:sunday|monday|midnight)|first \w+ (?:months?|year)|sale ends)",
)
_NOTICE = re.compile(
    r"\bto (?:report|announce|release|publish|host|discuss)\b.{0,60}\b(?:results|earnings)\b|\bwill (?:report|announce|release|publish|host|issue)\b.{0,80}\b(?:results|earnings|conference call)\b|\b(?:date|timing|notice) of\b.{0,40}\b(?:results|earnings)\b",
)
# Who says so counts: talk is less than the word of the parties, a filing more.
_TALK = re.compile(
    r"\b(?:reportedly|in (?:\w+ )?talks|rumou?rs?|rumou?red|sources (?:say|said|told)|people familiar|reports? (?:say|says|said)|is said to|are said to|speculation|unconfirmed|weighs? (?:a )?(?:sale|bid|offer)|explor(?:es|ing) (?:a )?sale)\b",
)
_FILED = re.compile(r"\bitem \d\.\d\d\b|\bform (?:8-k|10-q|10-k)\b|\bregulatory news service\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """A score in [0, 1] and the drivers it is the sum of, each a sentence with its share."""

    score: float
    drivers: tuple[str, ...]


def measure_impact(category: Category, facts: SignalFacts, text: str = "", sources: int = 1) -> Impact:
    """Return the impact of an act with these facts; ``sources`` counts the places that report it."""
    if category is Category.NONE:
        return Impact(score=0.0, drivers=())
    parts = [(f"{category.value} news", BASE[category])]
    said = text.lower()
    parts += _price_parts(facts, said)
    parts += _people_parts(category, facts)
    parts += _money_parts(facts)
    parts += _breadth_parts(category, facts, sources)
    parts += _alarm_parts(category, said)
    parts += _size_parts(category, said)
    parts += _source_parts(said)
    score = min(max(sum(weight for _, weight in parts), 0.0), 1.0)
    return Impact(score=round(score, 4), drivers=tuple(f"{name} ({weight:+.2f})" for name, weight in parts))


def _price_parts(facts: SignalFacts, text: str) -> list[tuple[str, float]]:
    moves = [abs(price.percent) for price in facts.prices if price.percent is not None]
    parts: list[tuple[str, float]] = []
    if moves and _PASSING.search(text) and all(price.before is None for price in facts.prices):
        parts.append((f"a discount of {max(moves).normalize():f} %", PASSING))
    elif moves:
        size = max(moves)
        share = 0.25 if size >= BIG_MOVE else 0.15 if size >= SMALL_MOVE else -0.15
        parts.append((f"price moved by {size.normalize():f} %", share))
    if len(facts.prices) > 1:
        parts.append((f"{len(facts.prices)} plans", 0.05))
    return parts


def _people_parts(category: Category, facts: SignalFacts) -> list[tuple[str, float]]:
    if category is not Category.LEADERSHIP or not facts.people:
        return []
    level, senior = max(((seniority(p.role), p) for p in facts.people), key=lambda pair: pair[0])
    parts = [(f"seniority of {senior.role or senior.name}", round(0.35 * level - 0.1, 2))]
    if any(person.action == DEPARTED for person in facts.people):
        parts.append(("a departure", 0.05))
    return parts


def _money_parts(facts: SignalFacts) -> list[tuple[str, float]]:
    if facts.money is None:
        return []
    if facts.money.amount >= LARGE_SUM:
        return [(f"a sum of {facts.money.quote}", 0.25)]
    return [(f"a sum of {facts.money.quote}", 0.15 if facts.money.amount >= NOTABLE_SUM else 0.05)]


def _breadth_parts(category: Category, facts: SignalFacts, sources: int) -> list[tuple[str, float]]:
    parts: list[tuple[str, float]] = []
    if category is Category.CUSTOMER and facts.customers:
        parts.append(
            (
                f"{len(facts.customers)} named customers" if len(facts.customers) > 1 else "a named customer",
                0.10,
            )
        )
    if category is Category.PARTNERSHIP and facts.partners:
        parts.append(("a named partner", 0.05))
    if len(facts.openings) > 2:
        parts.append((f"{len(facts.openings)} openings", min(0.05 * len(facts.openings), 0.25)))
    if sources > 1:
        parts.append((f"reported by {sources} sources", min(0.05 * (sources - 1), 0.15)))
    return parts


def _alarm_parts(category: Category, text: str) -> list[tuple[str, float]]:
    if category in (Category.EVENT, Category.MEDIA):
        return []
    found = [(name, weight) for name, weight, words in ALARMS if any(word in text for word in words)]
    if not found and category is Category.HIRING and _LET_GO.search(text):
        found = [("layoffs", 0.20)]
    return found[:1]


def _size_parts(category: Category, text: str) -> list[tuple[str, float]]:
    """Return what makes news small: a date on which figures will come, one mended fault."""
    if category is Category.FINANCE and _NOTICE.search(text):
        return [("figures are only announced", -0.25)]
    if category is Category.LAUNCH and is_one_fix(text):
        return [("one mended fault", -0.30)]
    return []


def _source_parts(text: str) -> list[tuple[str, float]]:
    """Return what the kind of source adds or takes: talk is not the word of those who act, a filing binds them."""
    if _TALK.search(text):
        return [("only talk so far", -0.10)]
    return [("stated in a filing", 0.05)] if _FILED.search(text) else []
