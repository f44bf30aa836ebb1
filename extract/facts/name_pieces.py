"""The name that one piece gives: the alternative text of a logo, the title of a card, the first words of an item."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.reading.piece import Piece
from extract.reading.record_keys import values_of
from extract.values.normalise import plain
from store.kinds import BlockKind

_LOGO_NOISE = re.compile(r"^(?:the\s+)?(?:company\s+)?(?:logo|image|photo|icon)\s*(?:of|for|:|"
                         r"-)?\s+(?:the\s+)?|\s*[-|:]?\s*\(?(?:company\s+)?"
                         r"(?:logo(?:type|mark)?|icon|image|brand)\)?\s*$", re.I)  # fmt: skip
_NAME_HEAD = re.compile(r"\b(?:name|company|entity|organi[sz]ation|customer|partner|vendor|sub-?processor|"
                        r"provider|sponsor|"
                        r"integration|user|project|service|third[- ]party|supplier)\b", re.I)  # fmt: skip
_NAME_KEYS = ("name", "company", "title", "organization", "sponsor", "partner", "customer")
_NO_NAME = re.compile(
    r"^(?:read|learn|see|view|more|visit|our|the|all|about|become|contact|get|why|how|what|join|sign|"
    r"log ?in|home|back|next|previous|"
    r"products?|customers?|partners?|sponsors?|integrations?|subprocessors?|users?|overview|description|"
    r"features?|resources|search|"
    r"download|documentation|blog|news|pricing|company|menu|close|website|website link|show|load|filter|"
    r"sort|share|edit|note|"
    r"case stud(?:y|ies)|benefits|contributors?|more information|worldwide|united states|introduction|"
    r"summary|faq|updates?|questions?|"
    r"trust center|privacy|security|compliance|categories|category|powered|list|other|others)\b",
    re.I,
)
_LEAD = re.compile(
    r"^(?P<name>(?:[A-Z0-9][\w.&+'’®™!-]*|of|and|the|for|de|&|[a-z]+\.(?:com|io|org|net|"
    r"ai))(?:\s+(?:[A-Z0-9(][\w.&+'’®™()!-]*|of|and|the|for|de|&|[a-z]\w+\.(?:com|io)))*)"
    r"(?:\s+(?:uses?|is|are|has|chose|runs?|built|builds|leverages|relies|provides?|offers?|employs?|"
    r"develops?|was|operates?|"
    r"utili[sz]es|adopted|deployed|created|wants|needs|processes|powers)\b|\s+[-–—|•·:]\s|\s*[:,]\s)"
)
_PARTICLES = frozenset(
    {"and", "of", "the", "for", "de", "la", "le", "du", "des", "del", "von", "van", "der", "und", "et", "y"}
)
NAME_WORDS = 8
NAME_CHARACTERS = 80
LINKED = 2  # names that make a line of links a list


def clean_name(text: str) -> str:
    """Return the name that a logo's alternative text or a link gives, or nothing."""
    previous, name = "", text.strip()
    while name != previous:
        previous, name = name, _LOGO_NOISE.sub("", name).strip(" :-–—|•·*_,.")
    if not 2 <= len(name) <= NAME_CHARACTERS or len(name.split()) > NAME_WORDS or _NO_NAME.match(name):
        return ""
    return name if any(c.isalpha() for c in name) and not re.match(r"https?:|www\.", name) else ""


def is_headline(name: str) -> bool:
    """Return whether a card's title is what its story says, and no name: several words begin in lower case."""
    words = [word for word in name.split() if word[0].isalpha() and word.lower() not in _PARTICLES]
    return len(words) > 3 and sum(word[0].islower() for word in words) > 1


def name_of(piece: Piece, small: frozenset[int], tags: frozenset[str] = frozenset()) -> str:
    if piece.kind is BlockKind.LOGO:
        return clean_name(piece.text)
    if piece.kind is BlockKind.ROW:
        return _from_row(piece)
    if piece.kind is BlockKind.CARD:
        return _from_card(piece, tags)
    if piece.kind is BlockKind.ITEM:
        return _from_item(piece)
    if piece.kind is BlockKind.HEADING and piece.level in small:
        return clean_name(piece.text)
    return ""


def _from_row(piece: Piece) -> str:
    if piece.level or not piece.parts:
        return ""
    index = next((i for i, head in enumerate(piece.head) if _NAME_HEAD.search(head)), 0)
    return clean_name(piece.parts[index]) if index < len(piece.parts) else ""


def _from_card(piece: Piece, tags: frozenset[str] = frozenset()) -> str:
    if piece.title and is_headline(piece.title) and piece.parts[:1] != (piece.title,):
        # Above the headline of a story stands whose it is.
        above = piece.parts[0] if piece.parts and piece.parts[0] not in tags else ""
        told = above and not is_headline(above) and _is_told_of(above, piece.parts[1:])
        if told and (name := clean_name(above)):
            return name
    if piece.title and (name := clean_name(piece.title)):
        return name
    if piece.parts and not piece.head and len(piece.parts) > 2 and piece.parts[0] in tags:
        return clean_name(piece.parts[1])
    keys = values_of(piece)
    named = next(
        (keys[key] for key in _NAME_KEYS if key in keys), piece.parts[0] if piece.parts else piece.text
    )
    return clean_name(named)


def _is_told_of(name: str, lines: Sequence[str]) -> bool:
    """Return whether the lines of a card speak of what its first line names: by its first word, with a capital."""
    first = name.split(maxsplit=1)[0]
    return any(re.search(rf"(?<!\w){re.escape(first)}(?!\w)", line) for line in lines)


def _from_item(piece: Piece) -> str:
    text = re.sub(r"^\s*(?:[-*+]|\d+\.)\s+", "", piece.text)
    told = plain(text)
    if piece.title and (name := clean_name(piece.title)):
        return name
    if piece.parts:
        return clean_name(piece.parts[0])
    if piece.links and text.lstrip("[*_ ").startswith(piece.links[0][0][:20]) and piece.links[0][0]:
        return clean_name(piece.links[0][0])
    if match := _LEAD.match(told):
        return clean_name(match.group("name"))
    return clean_name(told) if len(told.split()) <= 5 else ""


def linked_names(piece: Piece) -> Iterator[str]:
    """Yield the names of a line that is nothing but links: ``Quayside Labs · Tidal Works``."""
    links = [text for text, _ in piece.links if text]
    if piece.kind is not BlockKind.PARAGRAPH or len(links) < LINKED or piece.level:
        return
    said = len(re.sub(r"[\W_]", "", plain(piece.text)))
    if sum(len(re.sub(r"[\W_]", "", text)) for text in links) >= said:
        yield from filter(None, map(clean_name, links))
