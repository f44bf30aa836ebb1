"""The piece: a block while its page is being read, with the structure that the fact readers need."""

from __future__ import annotations

from dataclasses import dataclass

from store.kinds import BlockKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A block in the making.

    ``parts`` are the cells of a row or the lines of a card; ``head`` the header cells of the table; ``level`` the
    heading's 1-6, 0 for all else; ``group`` numbers the list, table or section it stands in; ``classes`` are the
    class and id words of the elements just above. ``links`` are (text, target). ``title`` is the heading, or the bold
    text at the start, inside a card, an item or a cell. ``records`` numbers the repeated elements (cards, items, rows)
    around it, the outermost first.
    """

    kind: BlockKind
    text: str
    path: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    level: int = 0
    group: int = 0
    classes: frozenset[str] = frozenset()
    title: str = ""
    records: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Marginal:
    """A piece beside the matter, with the name of the noise it makes."""

    reason: str
    piece: Piece


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that was read from the bytes of a page, before facts are drawn from it.

    ``islands`` is text found in scripts alone; ``canonical`` the address the page gives itself.
    """

    pieces: tuple[Piece, ...] = ()
    marginal: tuple[Marginal, ...] = ()
    title: str | None = None
    language: str | None = None
    description: str = ""
    islands: tuple[Piece, ...] = ()
    canonical: str = ""
    structured: tuple[dict[str, object], ...] = ()
    marks: tuple[tuple[str, str], ...] = ()
    complete: bool = True
