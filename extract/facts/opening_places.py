"""Where openings are: the place on a line of the card, beside how long one works, or where the others have theirs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.facts.job_words import JOB, NOT_A_JOB, TEAM
from extract.values.places import is_bare_place, is_contract, is_place, without_contract
from store.records import Fact

_LABEL = re.compile(
    r"^(?:location|place|office|city|based in|where|standort|ort|arbeitsort|lieu|ville|ubicación|lugar|sede|"
    r"luogo|plaats|"
    r"locatie|plats|placering|ort|sted|lokalizacja|local)\s*:\s*",
    re.I,
)
_PARTS = re.compile(r"\s*[·•|]\s*|\s+[–—-]\s+|\s*\((?=[^)]*\)$)")
_POINTS = re.compile(r"\s*[·•|]\s*")
_DASHED = re.compile(r"\s*[·•|]\s*|\s+[-–—]\s+")
_BETWEEN = re.compile(r"\s*[·•|]\s*|\s+[-–—/]\s+")
_COMMAS = re.compile(r"\s*[·•|,;]\s*|\s+[-–—/]\s+")
#: Whether one comes to the office, which says nothing of where that is.
_MODE = re.compile(
    r"(?:on-?site|in[- ]?office|hybrid|remote|hybride?|remoto|híbrido|presencial|vor ort|homeoffice|présentiel|"
    r"télétravail|på plats|distans|temporarily remote)(?: (?:working|work|position|role))?",
    re.I,
)
WORDS = 4  # of a place that is known by where it stands alone
MOST = 0.5  # share of the openings whose place is known, from which the others' is known by its line
PLACE_CHARACTERS = 80


def bare_place(text: str) -> str:
    """Return a place without its label and the brackets around it; ``Remote (UK)`` keeps its own."""
    place = _LABEL.sub("", text.strip(" *_,–-")).split(". ")[0].rstrip(".")
    return place.strip("()") if place.count("(") != place.count(")") or place.startswith("(") else place


def placed(opening: Fact, lines: Sequence[str], path: Sequence[str]) -> Fact:
    """Return an opening with the place that its card states, on a line of its own or between points, or the heading.

    A town is preferred to the way one works: ``Hybrid — Full-time / Duisburg`` is Duisburg.
    """
    known = opening.attributes.get("place", "")
    if known and not _MODE.fullmatch(known):
        return opening
    stated = [place for line in lines if line != opening.name for place in _stated(line, opening.name)]
    behind = lines[lines.index(opening.name) + 1 :] if opening.name in lines else ()
    beside = (place for line in (*lines, " | ".join(behind)) if (place := _beside_contract(line)))
    place = next((place for place in stated if not _MODE.fullmatch(place)), "") or next(beside, "")
    place = place or known or next(iter(stated), "")
    place = place or next((title for title in reversed(path) if is_bare_place(title)), "")
    return replace(opening, attributes={**opening.attributes, "place": place}) if place else opening


def _stated(line: str, title: str) -> Iterator[str]:
    for part in _DASHED.split(line.replace(title, "", 1)):
        named = is_place(part) or _LABEL.match(part) is not None
        if len(part) < PLACE_CHARACTERS and named and not is_contract(part):
            yield bare_place(part)
        elif len(part) < PLACE_CHARACTERS and is_bare_place(rest := without_contract(part)):
            # Pictures part what the text does not: ``Hamburg Full time``.
            yield rest


def _beside_contract(line: str) -> str:
    """Return the place in a line that says where and how long one works: ``Regensburg | Vollzeit``."""
    parts = [bare_place(part) for part in _BETWEEN.split(line)]
    if len(parts) == 1:
        parts = [bare_place(part) for part in _COMMAS.split(line)]
    others = [part for part in parts if part and not is_contract(part) and not _MODE.fullmatch(part)]
    if len(parts) not in (2, 3) or len(others) != 1 or len(others[0].split()) > WORDS:
        return ""
    if not any(map(is_contract, parts)) and (len(parts) == 3 or "," in line):
        return ""
    place = others[0]
    return place if place[0].isupper() and not (JOB.search(place) or TEAM.search(place)) else ""


def place_in(line: str, title: str) -> str:
    """Return the place that a line beside a job's title names, by itself or between points."""
    for part in _POINTS.split(line.removeprefix(title)):
        place = bare_place(part)
        named = len(place) < PLACE_CHARACTERS and is_place(place) and not is_contract(place)
        if named and (is_bare_place(place) or not JOB.search(place)):
            return place
    return ""


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
