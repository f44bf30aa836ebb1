"""Openings: title, place and team, from lists, rows, cards and schema.org."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extract.cards import Cards, Line
from extract.job_words import (
    CLOSED,
    JOB,
    JOB_LINK,
    NOT_A_JOB,
    OPEN,
    PLACE_KEYS,
    SECTION,
    TEAM,
    TEAM_KEYS,
    TITLE_KEYS,
)
from extract.opening_places import bare_place, placed_like_others
from extract.piece import Piece, Reading
from extract.places import is_bare_place, is_contract, is_place
from extract.record_keys import values_of
from extract.schema_org import items_of
from store.kinds import BlockKind, FactKind, PageType
from store.records import Fact

_SEPARATOR = re.compile(r"\s+[-–—|•·]\s+|\s*\|\s*|\s+\((?=[^)]*\)\s*$)")
_POINTS = re.compile(r"\s*[·•|]\s*")
#: ``Estimator, Leeds or York``: a title in a line of its own, then where it is.
_TITLE_AND_PLACE = re.compile(r"^(?P<title>[^,]{3,60}),\s+(?P<place>[^,]{2,40}(?:,[^,]{2,30})?)$")
_BETWEEN = re.compile(r"\s*[·•|]\s*|\s+[-–—/]\s+")
NAMED_PLACE_WORDS = 4
TITLE_WORDS = 14
PLACE_CHARACTERS = 80
#: A card with more text is a description, which no list of openings holds.
CARD_CHARACTERS = 600
CARD_LINES = 8


def read_openings(reading: Reading, page_type: PageType) -> Iterator[Fact]:
    """Yield an opening for every position the page offers; on a list of employers, one for each employer."""
    listed = list(_listed(reading))
    names = {fact.name.casefold() for fact in listed}
    yield from listed
    yield from (fact for fact in _from_schema(reading) if fact.name.casefold() not in names)


def _listed(reading: Reading) -> Iterator[Fact]:
    employers = _employer_groups(reading)
    cards = Cards(reading.pieces)
    found: list[tuple[Fact, tuple[str, ...]]] = []
    for index, piece in enumerate(reading.pieces):
        if opening := _record(piece) or _opening(piece) or _on_card(index, piece, cards):
            lines = tuple(line.text for line in _lines(cards, index))
            found.append((_placed(opening, index, cards, piece.path), lines))
        elif piece.group in employers and piece.kind is BlockKind.ITEM and piece.links:
            text, url = piece.links[0]
            if text and len(text.split()) <= 8:
                employer = Fact(
                    kind=FactKind.OPENING, name=text, attributes=_rest(piece, text, url), quote=piece.text
                )
                found.append((employer, ()))
    yield from placed_like_others(found)


def _record(piece: Piece) -> Fact | None:
    """Read a record of data whose keys name a job's title and where or for whom one works."""
    values = values_of(piece) if piece.head and not piece.level else {}
    title = next((values[key] for key in TITLE_KEYS if values.get(key)), "")
    place = next((values[key] for key in PLACE_KEYS if values.get(key)), "")
    team = next((values[key] for key in TEAM_KEYS if values.get(key)), "")
    if not title or not (place or team) or not _may_be_title(title):
        return None
    found = {"place": place, "team": team, "url": next((url for _, url in piece.links), "")}
    return Fact(
        kind=FactKind.OPENING,
        name=_bare_title(title),
        attributes={key: value for key, value in found.items() if value},
        quote=piece.text,
    )


def _on_card(index: int, piece: Piece, cards: Cards) -> Fact | None:
    """Read a card that leads to a job or stands under open positions: its title needs no known word."""
    around = cards.around(index) or ((piece,) if piece.parts else ())
    if (
        not around
        or (len(around) > 1 and around[0] is not piece)
        or sum(len(p.text) for p in around) > CARD_CHARACTERS
    ):
        return None
    heading = piece.path[-1] if piece.path else ""
    links = [link for other in around for link in other.links]
    leads = [url for _, url in links if JOB_LINK.search(url)]
    lines = _lines(cards, index)
    placed = any(is_place(line.text) or is_contract(line.text) for line in lines[1:])
    # A card that leads somewhere and names a place is an opening too, on a page that is known to list them.
    listed = bool(links) or bool(JOB.search(lines[0].text)) or any(OPEN.search(title) for title in piece.path)
    if not leads and not (placed and listed):
        return None
    title = piece.title or next((text for text, url in links if _may_be_title(text)), "") or lines[0].text
    title = _SEPARATOR.split(title)[0]
    if not leads and is_bare_place(title) and not JOB.search(title):
        return None
    if not _may_be_title(title) or title == heading or title not in piece.text:
        return None
    found = {"url": leads[0]} if leads else {}
    return Fact(kind=FactKind.OPENING, name=_bare_title(title), attributes=found, quote=piece.text)


def _may_be_title(text: str) -> bool:
    return (
        1 <= len(text.split()) <= TITLE_WORDS
        and not NOT_A_JOB.search(text)
        and not is_contract(text)
        and not OPEN.search(text)
        and bool(re.search(r"[^\W\d_]{3}", text))
    )


def _placed(opening: Fact, index: int, cards: Cards, path: tuple[str, ...]) -> Fact:
    """Return an opening with the place that its card states, on a line of its own or between points, or the heading."""
    if opening.attributes.get("place"):
        return opening
    for line in _lines(cards, index):
        if line.text == opening.name:
            continue
        for part in re.split(r"\s*[·•|]\s*|\s+[-–—]\s+", line.text.replace(opening.name, "", 1)):
            if len(part) < PLACE_CHARACTERS and is_place(part) and not is_contract(part):
                return replace(opening, attributes={**opening.attributes, "place": bare_place(part)})
    if beside := next(filter(None, (_beside_contract(line.text) for line in _lines(cards, index))), ""):
        return replace(opening, attributes={**opening.attributes, "place": beside})
    above = next((title for title in reversed(path) if is_bare_place(title)), "")
    return replace(opening, attributes={**opening.attributes, "place": above}) if above else opening


def _beside_contract(line: str) -> str:
    """Return the place in a line that says where and how long one works: ``Regensburg | Vollzeit``."""
    parts = [part.strip(" ()*_,") for part in _BETWEEN.split(line)]
    others = [part for part in parts if part and not is_contract(part)]
    if len(parts) != 2 or len(others) != 1 or len(others[0].split()) > NAMED_PLACE_WORDS:
        return ""
    place = others[0]
    return place if place[0].isupper() and not (JOB.search(place) or TEAM.search(place)) else ""


def _lines(cards: Cards, index: int) -> tuple[Line, ...]:
    return cards.lines(index)[:CARD_LINES]


def _bare_title(title: str) -> str:
    return re.sub(r"\s*\([^)]*(?:remote|hybrid|[mwfdx]\s?/\s?[mwfdx])[^)]*\)$", "", title, flags=re.I).strip(
        " *_:-–—"
    )


def _opening(piece: Piece) -> Fact | None:
    if piece.kind is BlockKind.ROW and piece.level:
        return None
    lines = piece.parts or tuple(
        part.strip() for part in _SEPARATOR.split(piece.text) if part and part.strip()
    )
    linked = {text: url for text, url in piece.links if text}
    job_links = any(JOB_LINK.search(url) for url in linked.values())
    heading = piece.path[-1] if piece.path else ""
    offered = job_links or (bool(SECTION.search(" ".join(piece.path))) and not CLOSED.search(heading))
    # A link around the whole card holds more than the title.
    named = [text for text in linked if text in piece.parts or len(piece.parts) < 2 or text != piece.text]
    own = (piece.title,) if piece.title else ()
    title = next((line for line in (*own, *named, *lines) if _is_title(line)), "")
    if not title and OPEN.search(heading):
        title = next(
            (text for text in linked if len(text.split()) <= TITLE_WORDS and not NOT_A_JOB.search(text)), ""
        )
    if not title or not offered:
        return None
    if not linked and piece.kind not in (BlockKind.ITEM, BlockKind.ROW, BlockKind.CARD, BlockKind.HEADING):
        return None
    if not piece.parts and len(piece.text) > len(title) + 160:
        return None
    apart = not piece.parts and not (linked and any(map(is_bare_place, piece.path)))
    told = _TITLE_AND_PLACE.match(title) if apart else None
    attributes = _attributes(piece, title, lines, linked)
    if told and is_bare_place(told.group("place")):
        title, attributes = told.group("title"), {"place": told.group("place"), **attributes}
    return Fact(kind=FactKind.OPENING, name=_bare_title(title), attributes=attributes, quote=piece.text)


def _is_title(text: str) -> bool:
    return 1 <= len(text.split()) <= TITLE_WORDS and bool(JOB.search(text)) and not NOT_A_JOB.search(text)


def _attributes(piece: Piece, title: str, lines: tuple[str, ...], linked: dict[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    if place := next((place for line in lines if line != title and (place := _place_in(line, title))), ""):
        found["place"] = place
    if (
        piece.path
        and not SECTION.search(piece.path[-1])
        and len(piece.path[-1]) < 60
        and piece.path[-1] != title
        and not is_bare_place(piece.path[-1])
    ):
        found["team"] = piece.path[-1]
    if url := next(iter(linked.values()), ""):
        found["url"] = url
    return found


def _place_in(line: str, title: str) -> str:
    """Return the place that a line beside a job's title names, by itself or between points."""
    for part in _POINTS.split(line.removeprefix(title)):
        place = bare_place(part)
        named = len(place) < PLACE_CHARACTERS and is_place(place) and not is_contract(place)
        if named and (is_bare_place(place) or not JOB.search(place)):
            return place
    return ""


def _employer_groups(reading: Reading) -> frozenset[int]:
    """Return the lists of 20 or more linked items that are no job titles: a page that lists who is hiring."""
    counts: dict[int, int] = {}
    for piece in reading.pieces:
        if (
            piece.kind is BlockKind.ITEM
            and piece.links
            and piece.text.lstrip(" -*+[").startswith(piece.links[0][0][:12])
        ):
            counts[piece.group] = counts.get(piece.group, 0) + 1
    total = sum(counts.values())
    return frozenset(counts) if total >= 20 else frozenset()


def _rest(piece: Piece, title: str, url: str) -> dict[str, str]:
    lines = [part.strip() for part in _SEPARATOR.split(piece.text) if part]
    place = next((line for line in lines[1:] if is_place(line) and len(line) < PLACE_CHARACTERS), "")
    return {"url": url, **({"place": place} if place else {})}


def _from_schema(reading: Reading) -> Iterator[Fact]:
    for item in items_of(reading.structured, ("JobPosting",)):
        title = item.get("title")
        if isinstance(title, str) and (holder := next((p for p in reading.pieces if title in p.text), None)):
            yield Fact(kind=FactKind.OPENING, name=title, attributes=_schema_place(item), quote=holder.text)


def _schema_place(item: dict[str, object]) -> dict[str, str]:
    place = item.get("jobLocation")
    address = place.get("address") if isinstance(place, dict) else None
    if isinstance(address, dict):
        parts = [
            str(address[key])
            for key in ("addressLocality", "addressCountry")
            if isinstance(address.get(key), str)
        ]
        return {"place": ", ".join(parts)} if parts else {}
    return {}
