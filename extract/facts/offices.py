"""Offices: the town of each and its address, on pages that say where a firm is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.reading.cards import Cards
from extract.reading.piece import Piece, Reading
from extract.reading.schema_org import items_of
from extract.values.addresses import is_address, town_in
from extract.values.normalise import normalise_words
from extract.values.places import is_bare_place, is_region
from store.kinds import BlockKind, FactKind, PageType
from store.records import Fact

_OFFICES = re.compile(
    r"\b(?:(?:our |global |other |all |regional |worldwide )?(?:offices|locations)|office locations|"
    r"where (?:to find us|we are|we work)|find us|visit us|headquarters|"
    r"(?:unsere )?standorte|niederlassungen|büros|(?:nos )?bureaux|(?:nos )?agences|implantations|"
    r"(?:nuestras )?oficinas|sedes|sedi|kantoren|vestigingen|(?:våra |vores |våre )?kontor(?:er)?|biura|escritórios)\b",
    re.I,
)
_CONTACT = re.compile(
    r"\b(?:contact|get in touch|kontakte?|anfahrt|contactez|contacto|contatti|contato|kontakta|about|über uns)\b",
    re.I,
)
#: What an office is called besides its town.
_LABEL = re.compile(
    r"\b(?:(?:global |world |european |regional )?(?:headquarters?|head office|hq|main office|registered office)|"
    r"office|branch|hub|showroom|hauptsitz|firmensitz|zentrale|büro|niederlassung|standort|geschäftsstelle|"
    r"siège(?: social)?|bureau|agence|oficina|sede(?: central| legale)?|hoofdkantoor|kantoor|vestiging|"
    r"huvudkontor|hovedkontor|kontor|biuro|siedziba|escritório)\b",
    re.I,
)
_HEADS = re.compile(
    r"^\W*(?:office|location|city|town|site|branch|standort|ort|stadt|ville|bureau|ciudad|oficina|stad|kantoor|kontor|"
    r"città|sede|miasto)\W*$",
    re.I,
)
#: What stands around the town in the title of an office: ``in Oslo``, ``Our Oslo office``.
_AROUND = re.compile(r"^(?:our|in|the|à|de|en)\s+|\s+(?:in|of|en|de)$", re.I)
_ORGANISATIONS = ("Organization", "Corporation", "LocalBusiness", "ProfessionalService", "Place")
_NEVER = frozenset({BlockKind.LOGO, BlockKind.OPTION, BlockKind.STATE})
_NAME_WORDS = 6
_NAME_CHARACTERS = 60
_REACH = 6  # pieces below a heading that may hold its address


def read_offices(reading: Reading, page_type: PageType) -> Iterator[Fact]:
    """Yield each place with an address on a page of contacts, and each place below a heading of offices."""
    heads = [piece.text for piece in reading.pieces if piece.level == 1][:2]
    titles = [title for title in (reading.title or "", *heads) if len(title) <= 2 * _NAME_CHARACTERS]
    listing = any(_OFFICES.search(title) for title in titles)
    known = listing or any(_CONTACT.search(title) for title in titles)
    cards, told = Cards(reading.pieces), set[int]()
    for index, piece in enumerate(reading.pieces):
        listed = any(_OFFICES.search(title) for title in piece.path[-2:])
        if (known or listed) and index not in told and piece.kind not in _NEVER:
            name, lines = _named(index, piece, cards)
            address = ", ".join(line for _, line in lines if is_address(line))
            if town := _town(name, address, sure=listed or listing):
                told.update(number for number, line in lines if is_address(line))
                yield _fact(town, address, piece)
    if known:
        yield from _from_schema(reading)


def _named(index: int, piece: Piece, cards: Cards) -> tuple[str, list[tuple[int, str]]]:
    """Return what may be the name of an office, and the lines that stand with it, each with its piece's number."""
    if piece.level:
        names = piece.kind is BlockKind.HEADING and not _heads_headings(index, cards)
        return (piece.text, _below(index, cards)) if names else ("", [])
    if piece.head and len(piece.head) == len(piece.parts):
        number = next((n for n, head in enumerate(piece.head) if _HEADS.match(head)), 0)
        return piece.parts[number], [(index, part) for part in piece.parts if part != piece.parts[number]]
    if piece.parts:
        name = piece.title or piece.parts[0]
        return name, [(index, part) for part in piece.parts if part != name]
    circle = next(cards.circles(index), ())
    if entry := cards.entry(index) if piece.title == piece.text and not circle else ():
        below = range(index + 1, index + len(entry)) if entry[0] is piece else ()
        return piece.text, [(number, cards.piece(number).text) for number in below]
    if piece.title == piece.text or (circle and circle[0] == index):
        around = [number for number in circle if number != index and not cards.piece(number).level]
        return piece.text, [(number, cards.piece(number).text) for number in around]
    if piece.title:
        return piece.title, [(index, piece.text.removeprefix(piece.title).strip(" :–—-|"))]
    name, _, rest = (
        part.strip() for part in re.sub(r"\s*(?::|\s[–—|-])\s", "\0", piece.text, count=1).partition("\0")
    )
    return (name, [(index, rest)]) if rest else ("" if is_address(name) else name, [(index, name)])


def _heads_headings(index: int, cards: Cards) -> bool:
    """Return whether a heading is that of headings below it: a country or a continent with its offices."""
    return index + 1 < cards.count and cards.piece(index + 1).level > cards.piece(index).level


def _below(index: int, cards: Cards) -> list[tuple[int, str]]:
    """Return the lines below a heading, up to the next one."""
    lines: list[tuple[int, str]] = []
    for number in range(index + 1, min(index + 1 + _REACH, cards.count)):
        piece = cards.piece(number)
        if piece.level:
            break
        lines += [(number, part) for part in piece.parts or (piece.text,)]
    return lines


def _town(name: str, address: str, *, sure: bool) -> str:
    """Return the town of an office; empty where it cannot be told. ``sure``: a place by itself is an office there."""
    title = _AROUND.sub("", re.sub(r"\s{2,}", " ", _LABEL.sub(" ", name).strip(" :–—-,.()*_|")))
    fits = (
        len(title.split()) <= _NAME_WORDS and len(title) <= _NAME_CHARACTERS and not re.search(r"\d", title)
    )
    if title and fits:
        if is_bare_place(title) and (address or (sure and not is_region(title))):
            return title
        return title if address and f" {_words(title)} " in f" {_words(address)} " else ""
    return town_in(address) if not title or is_address(name) else ""


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", normalise_words(text)))


def _from_schema(reading: Reading) -> Iterator[Fact]:
    for item in items_of(reading.structured, _ORGANISATIONS):
        stated = item.get("address")
        for address in stated if isinstance(stated, list) else [stated]:
            if not isinstance(address, dict):
                continue
            street, town = address.get("streetAddress"), address.get("addressLocality")
            if isinstance(street, str) and isinstance(town, str):
                holder = next((p for p in reading.pieces if street in p.text and town in p.text), None)
                if holder is not None:
                    yield _fact(town, holder.text if len(holder.text) <= 120 else f"{street}, {town}", holder)


def _fact(name: str, address: str, piece: Piece) -> Fact:
    attributes = {"address": address} if address else {}
    return Fact(kind=FactKind.OFFICE, name=name, attributes=attributes, quote=piece.text)
