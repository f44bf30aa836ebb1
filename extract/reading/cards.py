"""Cards: which pieces belong together, because they stand in one of several equal elements or in one term's entry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.reading.piece import Piece
from store.kinds import BlockKind

#: A repeated element with more pieces than this is a section of the page and no card.
CARD_PIECES = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a card, and the piece it stands in."""

    text: str
    piece: Piece


class Cards:
    """Answers for every piece of a page what stands with it on one card."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces = pieces
        self._by_record: defaultdict[int, list[int]] = defaultdict(list)
        for index, piece in enumerate(pieces):
            for record in piece.records:
                self._by_record[record].append(index)

    @property
    def count(self) -> int:
        """Return how many pieces the page has."""
        return len(self._pieces)

    def piece(self, index: int) -> Piece:
        """Return the piece at a position of the page."""
        return self._pieces[index]

    def around(self, index: int) -> tuple[Piece, ...]:
        """Return the smallest card that holds the piece and another one; empty if there is none."""
        for record in reversed(self._pieces[index].records):
            found = self._by_record[record]
            if 1 < len(found) <= CARD_PIECES and not self._lists_cards(index, found):
                return tuple(self._pieces[number] for number in found)
        return self.entry(index)

    def _lists_cards(self, index: int, found: Sequence[int]) -> bool:
        """Return whether a piece with lines of its own stands among others of that kind: a list, and no card."""
        kind = self._pieces[index].kind
        if not self._pieces[index].parts or kind is BlockKind.ROW:
            return False
        return (
            sum(bool(self._pieces[number].parts) and self._pieces[number].kind is kind for number in found)
            > 1
        )

    def circles(self, index: int) -> Iterator[tuple[int, ...]]:
        """Yield the positions of what stands on the card around a piece, then on each larger card around that."""
        for record in reversed(self._pieces[index].records):
            found = self._by_record[record]
            if 1 < len(found) <= CARD_PIECES:
                yield tuple(found)

    def lines(self, index: int) -> tuple[Line, ...]:
        """Return the lines of the card around a piece, or those of the piece alone."""
        return lines_of(self.around(index) or (self._pieces[index],))

    def entry(self, index: int) -> tuple[Piece, ...]:
        """Return a term with what stands below it in a list of definitions."""
        start = index
        while start > 0 and not _is_term(self._pieces[start]) and _same_list(self._pieces, start - 1, index):
            start -= 1
        if not _is_term(self._pieces[start]):
            return ()
        end = start + 1
        while (
            end < len(self._pieces)
            and not _is_term(self._pieces[end])
            and _same_list(self._pieces, end, index)
            and end - start < CARD_PIECES
        ):
            end += 1
        return tuple(self._pieces[start:end]) if start <= index < end and end - start > 1 else ()


def lines_of(pieces: Sequence[Piece]) -> tuple[Line, ...]:
    """Return the lines of some pieces, in the order of the page."""
    return tuple(
        Line(text=text, piece=piece) for piece in pieces for text in (piece.parts or (piece.text,)) if text
    )


def _is_term(piece: Piece) -> bool:
    return piece.kind is BlockKind.ITEM and bool(piece.title) and piece.title == piece.text


def _same_list(pieces: Sequence[Piece], one: int, other: int) -> bool:
    left, right = pieces[one], pieces[other]
    return left.kind is BlockKind.ITEM and left.group == right.group and left.path == right.path
