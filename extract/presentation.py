"""How a firm presents itself: its tagline, the line below it, and its offices.

These facts are features of no plan; their attribute ``part`` says of what. They put the old and the new line side by
side. What they mean is a matter of their words, so they are not stored with a change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.piece import Piece, Reading
from extract.places import is_bare_place
from store.kinds import BlockKind, FactKind, PageType
from store.records import NOTHING, Fact, FactChange

PART = "part"
TAGLINE, HERO, OFFICE = "tagline", "hero", "office"
#: Pieces below the tagline among which its line stands, and the fewest words of that line.
HERO_REACH = 3
HERO_WORDS = 4
ADDRESS_CHARACTERS = 300
_OFFICES = re.compile(
    r"\b(?:(?:our )?(?:offices|locations)|where (?:to find us|we are|we work)|find us|visit us|headquarters|"
    r"standorte|niederlassungen|büros|bureaux|implantations|oficinas|sedes|kontor)\b",
    re.I,
)


def read_presentation(reading: Reading, page_type: PageType) -> Iterator[Fact]:
    """Yield the tagline and its line on a start page, and the offices under a heading that promises them."""
    if page_type is PageType.HOME:
        yield from _tagline(reading)
    for piece in reading.pieces:
        if any(_OFFICES.search(title) for title in piece.path[-2:]) and (place := _place_of(piece)):
            yield _fact(OFFICE, place, piece)


def is_presentation(fact: FactChange) -> bool:
    """Return whether a changed fact says how a firm presents itself."""
    return PART in (fact.after or fact.before or NOTHING)


def _tagline(reading: Reading) -> Iterator[Fact]:
    pieces = reading.pieces
    index = next((n for n, p in enumerate(pieces) if p.kind is BlockKind.HEADING and p.level == 1), None)
    if index is None:
        return
    yield _fact(TAGLINE, TAGLINE, pieces[index])
    for piece in pieces[index + 1 : index + 1 + HERO_REACH]:
        if piece.kind is BlockKind.PARAGRAPH and len(piece.text.split()) >= HERO_WORDS:
            yield _fact(HERO, HERO, piece)
            return


def _place_of(piece: Piece) -> str:
    """Return the place that a heading, an item or a card names first."""
    if piece.kind is BlockKind.LOGO or len(piece.text) > ADDRESS_CHARACTERS:
        return ""
    first = piece.title or (piece.parts[0] if piece.parts else piece.text)
    return first.strip(" :–—-") if is_bare_place(first) else ""


def _fact(part: str, name: str, piece: Piece) -> Fact:
    return Fact(
        kind=FactKind.FEATURE, name=name, attributes={PART: part, "text": piece.text}, quote=piece.text
    )
