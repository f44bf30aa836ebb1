"""Names of customers, partners, integrations, sponsors and subprocessors: from text, alt text, file
name, link.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from extract.facts.name_pieces import clean_name, is_headline, linked_names, name_of
from extract.reading.cards import Cards
from extract.reading.piece import Piece, Reading
from extract.values.normalise import plain
from extract.values.places import is_bare_place
from store.kinds import BlockKind, FactKind, PageType
from store.records import Fact

_PARTNER_WORDS = frozenset({
    "partner", "partners", "integration", "integrations", "sponsor", "sponsors", "investors", "backers",
    "subprocessors", "sub-processors", "vendors", "suppliers",
})  # fmt: skip
_SECTION = re.compile(
    r"\b(?:(?P<customer>customers|clients|powered by|used by|trusted by|users|kunden|referenzen|clientes|kunder)|"
    r"(?:partners?|sub-?processors|sponsors|integrations|resellers|vendors|partenaires|socios))\b",
    re.I,
)
_CATEGORY = re.compile(
    r"(?:(?:data|sales|chat|crm|erp|tickets?|automation|analytics|payments?|storage|e-?mail|messaging|marketing|"
    r"security|"
    r"identity|hr|finance|accounting|support|productivity|developer tools?|devops|cloud|reporting|bi|databases?|"
    r"commerce|"
    r"e-?commerce|calendar|forms?|project management|communication|collaboration|monitoring|alerts|files?|social|ads|"
    r"technology|consulting|reseller|solution|banking|insurance|retail|healthcare|health|travel|logistics|education|"
    r"public sector|government|media|telecom|energy|manufacturing|fintech|saas|customer story|case study|featured|new|"
    r"beta|popular)(?:\s(?:partner|&|and|\w+)){0,2})",
    re.I,
)
#: A line that says whose story a card tells.
_CLIENT = re.compile(
    r"\W*(?:client|customer|company|kunde|cliente|klant|kund|klient)(?: name)?\s*:\s*(?P<name>.*)", re.I
)
_CLIENT_FIELDS = frozenset({"client", "customer", "kunde", "cliente", "company"})
#: Seals and certificates hang in rows like logos and are nobody's.
_SEAL = re.compile(
    r"\b(?:iso(?:/iec)?[\s-]?\d{4,5}|soc[\s-]?[123]\b|gdpr|dsgvo|hipaa|pci[\s-]?dss|fedramp|ccpa|tisax|"
    r"cyber essentials|hitrust|csa star|bsi c5|ens alto|t[üu]v|ce[- ]mark|b corp|ecovadis|great place to work|"
    r"top employer|trustpilot|capterra|g2|getapp|software advice|gartner peer insights|certifi(?:ed|cate|cation)|"
    r"zertifi\w+|certifié\w*|accredit\w+|compliant|compliance|award|winner|shortlist|high performer|"
    r"leader (?:spring|summer|fall|autumn|winter|20\d\d)|badge|seal)\b",
    re.I,
)
_SEAL_PLACES = frozenset(
    {"badge", "badges", "award", "awards", "certificate", "certificates", "certifications", "seals"}
)
_LISTED = frozenset({BlockKind.ITEM, BlockKind.ROW, BlockKind.CARD})
TAG_WORDS = 4
#: Words by which the elements of a wall of logos are called, where it is made of text.
_WALL = frozenset(
    {"logo", "logos", "client", "clients", "customer", "customers", "partner", "partners", "brand", "brands"}
)
SUMMARIES = 3  # names that make an accordion a list of firms
CLIENT_FIELDS = 2  # cards that name a client; one label may say anything


def read_names(reading: Reading, page_type: PageType) -> Iterator[Fact]:
    """Yield a customer or partner for every name in the lists, tables, cards and logo walls of such a page."""
    kind = FactKind.CUSTOMER if page_type is PageType.CUSTOMERS else FactKind.PARTNER
    if kind is FactKind.CUSTOMER and (clients := tuple(_clients(reading))):
        yield from clients
        return
    small, tags = _repeated_headings(reading), _tags(reading)
    opening = _summaries(reading.pieces)
    names = [
        clean_name(piece.text) if id(piece) in opening else name_of(piece, small, tags)
        for piece in reading.pieces
    ]
    logos = {piece.records[-1] for piece in reading.pieces if piece.kind is BlockKind.LOGO and piece.records}
    for index, (piece, name) in enumerate(zip(reading.pieces, names, strict=True)):
        if piece.kind is BlockKind.LOGO:
            known = _is_named_beside(name, names, index)
        else:
            known = not logos.isdisjoint(piece.records) and is_headline(name)
        # A partner may sell what others hang up as a seal.
        known = known or (kind is FactKind.CUSTOMER and _is_seal(piece, name))
        if name and not known and not _heads_country(reading.pieces, index):
            yield _fact(kind, name, piece)
        yield from (_fact(kind, linked, piece) for linked in linked_names(piece))


def _clients(reading: Reading) -> Iterator[Fact]:
    """Yield the customers of case studies whose cards name them in a field of their own, if several do."""
    found = [(piece, name) for piece in reading.pieces if (name := _labelled(piece))]
    if len(found) >= CLIENT_FIELDS:
        yield from (_fact(FactKind.CUSTOMER, name, piece) for piece, name in found)


def _labelled(piece: Piece) -> str:
    lines = piece.parts or (piece.text,)
    for number, line in enumerate(lines):
        if match := _CLIENT.fullmatch(plain(line)):
            return clean_name(match.group("name") or (lines[number + 1] if number + 1 < len(lines) else ""))
    field = "field" in piece.classes and not _CLIENT_FIELDS.isdisjoint(piece.classes)
    return clean_name(piece.text) if field and not piece.parts and piece.kind is not BlockKind.LOGO else ""


def _is_seal(piece: Piece, name: str) -> bool:
    if not _SEAL_PLACES.isdisjoint(piece.classes):
        return True
    return _SEAL.search(name) is not None or any(
        _SEAL_PLACES & set(title.casefold().split()) for title in piece.path[-1:]
    )


def read_logos(reading: Reading, page_type: PageType) -> Iterator[Fact]:
    """Yield a customer or partner for every logo of any other page, and for the names in a section of such."""
    for piece in reading.pieces:
        if piece.kind is BlockKind.LOGO and _is_seal(piece, piece.text):
            continue
        section = _SECTION.search(piece.path[-1]) if piece.path and len(piece.path[-1]) < 60 else None
        if section and (named := name_of(piece, frozenset())):
            yield _fact(FactKind.CUSTOMER if section.group("customer") else FactKind.PARTNER, named, piece)
        elif piece.kind is BlockKind.LOGO and (name := clean_name(piece.text)):
            near = piece.classes | {word.lower() for title in piece.path for word in title.split()}
            partner = near & _PARTNER_WORDS
            yield _fact(FactKind.PARTNER if partner else FactKind.CUSTOMER, name, piece)


def _heads_country(pieces: Sequence[Piece], index: int) -> bool:
    """Return whether a term is the country of the firms that are named below it."""
    piece = pieces[index]
    following = pieces[index + 1] if index + 1 < len(pieces) else None
    return (
        piece.kind is BlockKind.ITEM
        and piece.title == piece.text
        and following is not None
        and following.title != following.text
        and is_bare_place(piece.text)
    )


def _tags(reading: Reading) -> frozenset[str]:
    """Return the first lines of cards that are categories: they come back, or are a plain word before a short name."""
    cards = [
        piece
        for piece in reading.pieces
        if piece.kind is BlockKind.CARD and len(piece.parts) > 2 and not piece.head
    ]
    firsts = Counter(piece.parts[0] for piece in cards)
    # Where one category comes back, the first lines of the other cards are categories too.
    headed = [
        piece
        for piece in cards
        if len(piece.parts[1].split()) <= TAG_WORDS and len(piece.parts[0].split()) <= TAG_WORDS
    ]
    comes_back = any(count > 1 for count in firsts.values())
    known = sum(bool(_CATEGORY.fullmatch(first)) for first in firsts)
    tagged = len(headed) == len(cards) > 1 and (comes_back or 2 * known >= len(firsts))
    return frozenset(firsts) if tagged else frozenset()


def _is_named_beside(name: str, names: Sequence[str], index: int) -> bool:
    """Return whether the piece before or after a logo gives the whole name that the logo's file begins."""
    near = (*names[max(0, index - 1) : index], *names[index + 1 : index + 2])
    return any(other.casefold().startswith(f"{name.casefold()} ") for other in near)


def _summaries(pieces: Sequence[Piece]) -> frozenset[int]:
    """Return the ids of the lines that open cards of text, if several short names do: an accordion of firms."""
    cards = Cards(pieces)
    found = [
        piece
        for index, piece in enumerate(pieces)
        if piece.kind is BlockKind.PARAGRAPH
        and piece.records
        and len(piece.text.split()) <= TAG_WORDS
        and piece.text[-1:].isalnum()
        and not is_bare_place(piece.text)
        and (cards.around(index)[:1] == (piece,) or not _WALL.isdisjoint(piece.classes))
    ]
    below = Counter(piece.path for piece in found)
    return frozenset(id(piece) for piece in found if below[piece.path] >= SUMMARIES)


def _repeated_headings(reading: Reading) -> frozenset[int]:
    """Return the heading levels, below the second, that stand at least four times: one for each name.

    In a file of text without lists and tables, the second level may be that of names too.
    """
    counts = Counter(p.level for p in reading.pieces if p.kind is BlockKind.HEADING)
    listed = any(p.classes or p.records or p.kind in _LISTED for p in reading.pieces)
    return frozenset(level for level, count in counts.items() if count >= 4 and level >= (3 if listed else 2))


def _fact(kind: FactKind, name: str, piece: Piece) -> Fact:
    url = next((target for _, target in piece.links if target.startswith("http")), "")
    return Fact(kind=kind, name=name, attributes={"url": url} if url else {}, quote=piece.text)
