"""Where openings are: a town that no list of towns knows is told by the lines of the other openings beside it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.job_words import JOB, NOT_A_JOB, TEAM
from extract.places import is_contract, is_place
from store.records import Fact

_LABEL = re.compile(
    r"^(?:location|place|office|city|based in|where|standort|ort|arbeitsort|lieu|ville|ubicación|lugar|sede|"
    r"luogo|plaats|"
    r"locatie|plats|placering|ort|sted|lokalizacja|local)\s*:\s*",
    re.I,
)
_PARTS = re.compile(r"\s*[·•|]\s*|\s+[–—-]\s+|\s*\((?=[^)]*\)$)")
WORDS = 4  # of a place that is known by where it stands alone
MOST = 0.5  # share of the openings whose place is known, from which the others' is known by its line


def bare_place(text: str) -> str:
    """Return a place without its label and the brackets around it; ``Remote (UK)`` keeps its own."""
    place = _LABEL.sub("", text.strip(" *_,–-")).split(". ")[0].rstrip(".")
    return place.strip("()") if place.count("(") != place.count(")") or place.startswith("(") else place


def placed_like_others(found: Sequence[tuple[Fact, tuple[str, ...]]]) -> Iterator[Fact]:
    """Yield openings, those without a place with the part of their card where most others have theirs."""
    parts = [_parts(fact, lines) for fact, lines in found]
    spots = Counter(
        spot
        for (fact, _), cells in zip(found, parts, strict=True)
        if (spot := _spot(fact.attributes.get("place", ""), cells)) is not None
    )
    (spot, count), *_ = spots.most_common(1) or [((0, 0), 0)]
    sure = count > 1 and count >= MOST * len(found)
    for (fact, _), cells in zip(found, parts, strict=True):
        place = cells[spot[1]] if sure and len(cells) == spot[0] and not fact.attributes.get("place") else ""
        yield replace(fact, attributes={**fact.attributes, "place": place}) if _may_be_place(place) else fact


def _parts(fact: Fact, lines: Sequence[str]) -> list[str]:
    """Return the parts of the lines of a card, without its title."""
    cells = [part.strip(" ()") for line in lines for part in _PARTS.split(line.replace(fact.name, "", 1))]
    return [bare_place(cell) for cell in cells if re.search(r"\w", cell)]


def _spot(place: str, cells: Sequence[str]) -> tuple[int, int] | None:
    """Return of how many parts which one is the place."""
    return (len(cells), cells.index(place)) if place in cells else None


def _may_be_place(text: str) -> bool:
    return (
        bool(text)
        and text[0].isupper()
        and len(text.split()) <= WORDS
        and not re.search(r"[\d@]", text)
        and (is_place(text) or not (JOB.search(text) or TEAM.search(text) or NOT_A_JOB.search(text)))
        and not is_contract(text)
    )
