"""How a firm presents itself: its tagline and the line below it.

These facts are features of no plan; their attribute ``part`` says of what. They put the old and the new line side by
side. What they mean is a matter of their words, so they are not stored with a change.
"""

from __future__ import annotations

from collections.abc import Iterator

from extract.reading.piece import Piece, Reading
from store.kinds import BlockKind, FactKind, PageType
from store.records import NOTHING, Fact, FactChange

PART = "part"
TAGLINE, HERO = "tagline", "hero"
#: Pieces below the tagline among which its line stands, and the fewest words of that line.
HERO_REACH = 3
HERO_WORDS = 4


def read_presentation(reading: Reading, page_type: PageType) -> Iterator[Fact]:
    """Yield the tagline of a start page and its line."""
    if page_type is PageType.HOME:
        yield from _tagline(reading)


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


def _fact(part: str, name: str, piece: Piece) -> Fact:
    return Fact(
        kind=FactKind.FEATURE, name=name, attributes={PART: part, "text": piece.text}, quote=piece.text
    )
