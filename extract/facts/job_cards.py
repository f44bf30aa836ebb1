"""One opening of a list: the title and the place that a card, a row, a line or a record of data states."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from extract.facts.job_words import (
    CLOSED,
    JOB,
    JOB_LINK,
    NOT_A_JOB,
    OPEN,
    PLACE_KEYS,
    SECTION,
    TEAM_KEYS,
    TITLE_KEYS,
)
from extract.facts.opening_places import PLACE_CHARACTERS, place_in
from extract.reading.cards import Cards, Line
from extract.reading.piece import Piece
from extract.reading.record_keys import values_of
from extract.values.places import is_bare_place, is_contract, is_place
from store.kinds import BlockKind, FactKind
from store.records import Fact

SEPARATOR = re.compile(r"\s+[-–—|•·]\s+|\s*\|\s*|\s+\((?=[^)]*\)\s*$)")
#: ``Estimator, Leeds or York``: a title in a line of its own, then where it is.
_TITLE_AND_PLACE = re.compile(r"^(?P<title>[^,]{3,60}),\s+(?P<place>[^,]{2,40}(?:,[^,]{2,30})?)$")
#: What only a board of jobs keeps of a record, besides its title.
_BOARD_KEYS = frozenset({"hostedurl", "applyurl", "joburl", "absoluteurl", "careersurl", "commitment"})
TITLE_WORDS = 14
#: A card with more text is a description, which no list of openings holds.
CARD_CHARACTERS = 600
CARD_LINES = 8


def opening_of(index: int, piece: Piece, cards: Cards) -> Fact | None:
    """Return the opening whose title a piece gives, None if it gives none."""
    return _record(piece) or _line(piece) or _on_card(index, piece, cards)


def lines_around(cards: Cards, index: int) -> tuple[Line, ...]:
    """Return the first lines of the card around a piece."""
    return cards.lines(index)[:CARD_LINES]


def _record(piece: Piece) -> Fact | None:
    """Read a record of data whose keys name a job's title and where or for whom one works."""
    values = values_of(piece) if piece.head and not piece.level else {}
    title = next((values[key] for key in _title_keys(piece, values) if values.get(key)), "")
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


def _title_keys(piece: Piece, values: Mapping[str, str]) -> tuple[str, ...]:
    """Return the keys that may hold a title: on a board of jobs its name or its text as well."""
    known = {re.sub(r"[\W_]", "", word) for word in piece.classes} | values.keys()
    return (*TITLE_KEYS, "name", "text") if known & _BOARD_KEYS else TITLE_KEYS


def _on_card(index: int, piece: Piece, cards: Cards) -> Fact | None:
    """Read a card that leads to a job or stands under open positions: its title needs no known word."""
    around = cards.around(index) or ((piece,) if piece.parts else ())
    if (
        not around
        or (len(around) > 1 and around[0] is not piece)
        or sum(len(p.text) for p in around) > CARD_CHARACTERS
        or _heads_cards(piece, around)
    ):
        return None
    heading = piece.path[-1] if piece.path else ""
    links = [link for other in around for link in other.links]
    leads = [url for _, url in links if JOB_LINK.search(url)]
    lines = lines_around(cards, index)
    placed = any(is_place(line.text) or is_contract(line.text) for line in lines[1:])
    # A card that leads somewhere and names a place is an opening too, on a page that is known to list them.
    listed = bool(links) or bool(JOB.search(lines[0].text)) or any(OPEN.search(title) for title in piece.path)
    if not leads and not (placed and listed):
        return None
    own = piece.title or (piece.text if piece.level else "")
    title = own or next((text for text, url in links if _may_be_title(text)), "") or lines[0].text
    title = SEPARATOR.split(title)[0]
    if not leads and is_bare_place(title) and not JOB.search(title):
        return None
    if not _may_be_title(title) or title == heading or title not in piece.text:
        return None
    found = {"url": leads[0]} if leads else {}
    return Fact(kind=FactKind.OPENING, name=_bare_title(title), attributes=found, quote=piece.text)


def _heads_cards(piece: Piece, around: Sequence[Piece]) -> bool:
    """Return whether a line stands above cards or headings of their own: it names what they have in common."""
    if piece.parts:
        return False
    below = [other for other in around if other is not piece]
    return any(
        (other.parts and other.links and other.kind is not BlockKind.ROW) or other.level > piece.level > 0
        for other in below
    )


def _may_be_title(text: str) -> bool:
    return (
        1 <= len(text.split()) <= TITLE_WORDS
        and not NOT_A_JOB.search(text)
        and not is_contract(text)
        and not OPEN.search(text)
        and bool(re.search(r"[^\W\d_]{3}", text))
    )


def _bare_title(title: str) -> str:
    return re.sub(r"\s*\([^)]*(?:remote|hybrid|[mwfdx]\s?/\s?[mwfdx])[^)]*\)$", "", title, flags=re.I).strip(
        " *_:-–—"
    )


def _line(piece: Piece) -> Fact | None:
    """Read a line or a card whose title holds a word that titles of jobs are known by, where openings are listed."""
    if piece.kind is BlockKind.ROW and piece.level:
        return None
    lines = piece.parts or tuple(
        part.strip() for part in SEPARATOR.split(piece.text) if part and part.strip()
    )
    linked = {text: url for text, url in piece.links if text}
    job_links = any(JOB_LINK.search(url) for url in linked.values())
    heading = piece.path[-1] if piece.path else ""
    offered = job_links or (bool(SECTION.search(" ".join(piece.path))) and not CLOSED.search(heading))
    title = _title_in(piece, lines, linked, heading)
    if not title or not offered or not _may_list(piece, title, linked):
        return None
    apart = not piece.parts and not (linked and any(map(is_bare_place, piece.path)))
    told = _TITLE_AND_PLACE.match(title) if apart else None
    attributes = _attributes(piece, title, lines, linked)
    if told and is_bare_place(told.group("place")):
        title, attributes = told.group("title"), {"place": told.group("place"), **attributes}
    return Fact(kind=FactKind.OPENING, name=_bare_title(title), attributes=attributes, quote=piece.text)


def _title_in(piece: Piece, lines: Sequence[str], linked: Mapping[str, str], heading: str) -> str:
    # A link around the whole card holds more than the title.
    named = [text for text in linked if text in piece.parts or len(piece.parts) < 2 or text != piece.text]
    own = (piece.title,) if piece.title else ()
    title = next((line for line in (*own, *named, *lines) if _is_title(line)), "")
    if not title and OPEN.search(heading) and piece.kind is BlockKind.ITEM and _may_be_title(piece.title):
        return piece.title
    if not title and OPEN.search(heading):
        return next(
            (text for text in linked if len(text.split()) <= TITLE_WORDS and not NOT_A_JOB.search(text)), ""
        )
    return title


def _may_list(piece: Piece, title: str, linked: Mapping[str, str]) -> bool:
    if not linked and piece.kind not in (BlockKind.ITEM, BlockKind.ROW, BlockKind.CARD, BlockKind.HEADING):
        return False
    return bool(piece.parts) or len(piece.text) <= len(title) + 160


def _is_title(text: str) -> bool:
    return 1 <= len(text.split()) <= TITLE_WORDS and bool(JOB.search(text)) and not NOT_A_JOB.search(text)


def _attributes(piece: Piece, title: str, lines: Sequence[str], linked: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    if place := next((place for line in lines if line != title and (place := place_in(line, title))), ""):
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


def employer_of(piece: Piece) -> Fact | None:
    """Return the opening that an employer's item in a list of who is hiring stands for."""
    text, url = piece.links[0] if piece.links else ("", "")
    if not text or len(text.split()) > 8:
        return None
    lines = [part.strip() for part in SEPARATOR.split(piece.text) if part]
    place = next((line for line in lines[1:] if is_place(line) and len(line) < PLACE_CHARACTERS), "")
    attributes = {"url": url, **({"place": place} if place else {})}
    return Fact(kind=FactKind.OPENING, name=text, attributes=attributes, quote=piece.text)
