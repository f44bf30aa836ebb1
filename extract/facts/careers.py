"""Openings of a page: from its lists, rows, cards and records of data, and from schema.org."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.facts.job_cards import employer_of, lines_around, opening_of
from extract.facts.opening_places import PLACE_CHARACTERS, placed, placed_like_others
from extract.reading.cards import Cards
from extract.reading.piece import Piece, Reading
from extract.reading.schema_org import items_of
from extract.values.normalise import plain
from store.kinds import BlockKind, FactKind, PageType
from store.records import Fact

EMPLOYERS = 20  # linked items that make a page a list of who is hiring


def read_openings(reading: Reading, page_type: PageType) -> Iterator[Fact]:
    """Yield an opening for every position the page offers; on a list of employers, one for each employer."""
    listed = list(_listed(reading))
    names = {fact.name.casefold() for fact in listed}
    yield from listed
    yield from (fact for fact in _from_schema(reading) if fact.name.casefold() not in names)


def _listed(reading: Reading) -> Iterator[Fact]:
    employers = _employer_groups(reading)
    cards = Cards(reading.pieces)
    found: list[tuple[Piece, Fact, tuple[str, ...]]] = []
    for index, piece in enumerate(reading.pieces):
        if opening := opening_of(index, piece, cards):
            lines = tuple(line.text for line in lines_around(cards, index)) + _below(reading.pieces, index)
            found.append((piece, placed(opening, lines, piece.path), lines))
        elif piece.group in employers and piece.kind is BlockKind.ITEM and (employer := employer_of(piece)):
            found.append((piece, employer, ()))
    yield from placed_like_others([(fact, lines) for fact, lines in _without_departments(found)])


def _below(pieces: Sequence[Piece], index: int) -> tuple[str, ...]:
    """Return the short line right below a heading, which may say where the job is."""
    piece, below = pieces[index], pieces[index + 1 : index + 2]
    fits = piece.level and all(other.path[-1:] == (plain(piece.text),) and not other.level for other in below)
    return tuple(plain(other.text) for other in below if fits and len(other.text) <= PLACE_CHARACTERS)


def _without_departments(
    found: Sequence[tuple[Piece, Fact, tuple[str, ...]]],
) -> Iterator[tuple[Fact, tuple[str, ...]]]:
    """Yield openings without those that are the headings of others: what two cards stand under is no position.

    Nor is what a linked line below names as its team: "Sales" over a list of one.
    """
    heads = {title for piece, _, _ in found for title in piece.path if piece.level or piece.parts}
    teams = {(fact.attributes.get("team"), fact.attributes.get("url")) for _, fact, _ in found}
    for piece, fact, lines in found:
        is_head = piece.text in heads or (fact.name, fact.attributes.get("url")) in teams
        if not (piece.level and is_head and not piece.links):
            yield fact, lines


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
    return frozenset(counts) if sum(counts.values()) >= EMPLOYERS else frozenset()


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
