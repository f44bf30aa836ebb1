"""Features and limits of plans, and products on offer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.money import find_money
from extract.piece import Piece, Reading
from store.kinds import BlockKind, FactKind, PageType
from store.records import Fact

_FIGURE = re.compile(
    r"(?:\b(?:up to|over|more than|unlimited|no)\b\s*)?\d[\d,.]*\s*(?:[kKmMgGtTpP]?[bB]\b|[km]\b)?|"
    r"\bunlimited\b",
    re.I,
)
FEATURE_CHARACTERS = 140


def read_features(reading: Reading, page_type: PageType) -> Iterator[Fact]:
    """Yield the limits in tables (column by plan) and the items listed below a plan's heading."""
    for piece in reading.pieces:
        if piece.kind is BlockKind.ROW and not piece.level and len(piece.parts) == len(piece.head):
            yield from _cells(piece)
        elif piece.kind is BlockKind.ITEM and piece.path and len(piece.text) <= FEATURE_CHARACTERS:
            yield from _item(piece)


def read_products(reading: Reading, page_type: PageType) -> Iterator[Fact]:
    """Yield a product for each small heading of a product page."""
    for piece in reading.pieces:
        if piece.kind is BlockKind.HEADING and piece.level in (2, 3) and len(piece.text.split()) <= 8:
            yield Fact(kind=FactKind.PRODUCT, name=piece.text, quote=piece.text)


def _cells(piece: Piece) -> Iterator[Fact]:
    plan = piece.parts[0].strip()
    for head, cell in zip(piece.head[1:], piece.parts[1:], strict=True):
        if head and plan and 0 < len(cell) <= 60 and not next(find_money(cell), None):
            yield Fact(
                kind=FactKind.FEATURE, name=head, attributes={"plan": plan, "text": cell}, quote=piece.text
            )


def _item(piece: Piece) -> Iterator[Fact]:
    if next(find_money(piece.text), None):
        return
    text = re.sub(r"^[-*+]\s+", "", piece.text)
    name = re.sub(r"\s+", " ", _FIGURE.sub("", text)).strip(" -–—:*_,").lower()
    if len(name) > 2:
        yield Fact(
            kind=FactKind.FEATURE,
            name=name,
            attributes={"plan": piece.path[-1], "text": text},
            quote=piece.text,
        )
