"""What a signal means after one more source told its story: surer, perhaps fuller, never another story."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from classify.headline import fact_headline
from classify.impact import measure_impact
from classify.parts.filings import is_filing
from classify.signals import Actor, SignalFacts, openings_from_json
from classify.tellings.stories import stands_in
from classify.tellings.story import DIVIDER
from classify.why import explain, is_vague
from store.kinds import Category
from store.records import JsonObject
from store.signals import Meaning

SECOND_VOICE = 0.5  # How far a second source closes the gap to certainty, at its own confidence.
CERTAIN = 0.99
TOLD_MORE = 1.3  # How much longer the fuller text is; a lead of one sentence doubles a headline.


def merge_meaning(standing: Meaning, further: Meaning, *, sources: int, breadth: float = 0.05) -> Meaning:
    """Return the standing meaning with the further one's facts, confidence and text added to it.

    Where the further one tells more of the story, its category and words take the lead.
    """
    if tells_more(further, standing):
        standing, further = further, standing
    facts = merge_facts(standing.facts, further.facts)
    gap = 1.0 - standing.confidence
    agreed = further.category is standing.category
    confidence = min(
        CERTAIN, standing.confidence + gap * SECOND_VOICE * further.confidence * (1.0 if agreed else 0.5)
    )
    drivers = tuple(d for d in standing.drivers if not d.startswith("reported by "))
    step = min(breadth * (sources - 1), 0.15)
    before = min(breadth * (sources - 2), 0.15) if sources > 2 else 0.0
    impact = min(1.0, max(standing.impact, further.impact) + step - before)
    stronger = standing if standing.impact >= further.impact else further
    drivers = (
        *(d for d in stronger.drivers if not d.startswith("reported by ")),
        f"reported by {sources} sources ({step:+.2f})",
    )
    return replace(
        standing,
        secondary=tuple(dict.fromkeys([*standing.secondary, *_other(standing, further)])),
        confidence=confidence,
        impact=round(impact, 4),
        drivers=drivers if sources > 1 else standing.drivers,
        text=_texts(standing.text, further.text),
        facts=facts,
        why=further.why if agreed and _says_more(further, standing) else standing.why,
        # A second voice in plain English settles what one doubtful voice could not: that there is news, and if it
        # agrees, of which kind.
        held=standing.held and (further.held or is_filing(further)),
        review=standing.review and (further.review or is_filing(further) or not agreed),
    )


def _says_more(further: Meaning, standing: Meaning) -> bool:
    """Return True if a further telling knows a reason where the standing one knew none: a list gave the title alone."""
    return is_vague(standing.category, standing.why) and not is_vague(further.category, further.why)


def tells_more(further: Meaning, standing: Meaning) -> bool:
    """Return True if the news explain a bare filing, a market that a job ad was for, or tell whole what was a line."""
    if is_filing(standing) or is_filing(further):
        return is_filing(standing) and not is_filing(further)
    if is_hiring_wave(standing) and further.category is Category.EXPANSION:
        return True
    if further.category is standing.category or len(further.text) < TOLD_MORE * len(standing.text):
        return False
    return stands_in(standing.text, further.text)


def _other(standing: Meaning, further: Meaning) -> list[Any]:
    return [further.category] if further.category is not standing.category else []


def merge_facts(standing: Mapping[str, Any], further: Mapping[str, Any]) -> JsonObject:
    """Return all facts of both; where both state one, the standing one stays."""
    merged: JsonObject = dict(standing)
    for key, value in further.items():
        mine = merged.get(key)
        if isinstance(value, list):
            merged[key] = _merge_lists(mine or [], value)
        elif mine is None:
            merged[key] = value
    return merged


def _merge_lists(standing: list[Any], further: list[Any]) -> list[Any]:
    known = {_identity(item) for item in standing}
    return [*standing, *(item for item in further if _identity(item) not in known)]


def _identity(item: Any) -> str:
    if not isinstance(item, Mapping):
        return str(item).lower()
    if "percent" in item:
        return str((item.get("after") or {}).get("amount") or (item.get("before") or {}).get("amount"))
    return str(item.get("name") or item.get("title") or item).lower()


def _texts(standing: str, further: str) -> str:
    return standing if further.strip() in standing else f"{standing}{DIVIDER}{further}"


def is_hiring_wave(meaning: Meaning) -> bool:
    """Return True if a signal is nothing but job ads that appeared."""
    openings = meaning.facts.get("openings", ())
    return (
        meaning.category is Category.HIRING
        and bool(openings)
        and all(o["action"] == "added" for o in openings)
    )


def same_wave(one: Meaning, other: Meaning) -> bool:
    """Return True if both are job ads that appeared: of one day they are one act of hiring."""
    return is_hiring_wave(one) and is_hiring_wave(other)


def retell_openings(meaning: Meaning, actor: Actor) -> Meaning:
    """Return a signal of job ads with headline and impact for all its openings."""
    openings = openings_from_json(meaning.facts)
    facts = SignalFacts(openings=openings, places=tuple(meaning.facts.get("places", ())))
    impact = measure_impact(Category.HIRING, facts, meaning.text)
    return replace(
        meaning,
        headline=fact_headline(Category.HIRING, facts, actor) or meaning.headline,
        why=explain(Category.HIRING, facts),
        impact=impact.score,
        drivers=impact.drivers,
    )
