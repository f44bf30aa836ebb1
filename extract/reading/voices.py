"""Voices: what customers are quoted with beside the matter, told by its form.

A sentence between quotation marks with a name below it, a card of stars, a sentence and a name, the slides of a
carousel that do so without marks. A page shows them by turns, so they are beside the matter wherever they stand, but
for a page that is made of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from extract.reading.piece import Piece, Reading
from extract.reading.zones import SIGNED, SLIDE
from store.kinds import BlockKind

SAID_WORDS = 4  # fewer words between quotation marks are a title
AUTHOR_WORDS = 12
AUTHOR_LINES = 3
#: A page with as many logos is about them, and the quotes below are beside it.
WALL = 3
#: Share of a page's text, its menus left out, from which on quotes are its matter, if its title promises customers.
MATTER = 0.5
_REGION = frozenset({
    "quote", "quotes", "voice", "voices", "review", "reviews", "kundenstimme", "kundenstimmen", "temoignage",
    "temoignages", "testimonio", "testimonios", "testimonianze", "depoimentos", "opinie", "recensies", "avis",
    "customerstory", *SLIDE,
})  # fmt: skip
_HEADING = re.compile(
    r"^(?:stimmen|voices|reviews|opinie|recensies|avis|opiniones)$|"
    r"\bwhat\b.{0,30}\b(?:say|saying|said|think)\b|\btestimonials?\b|\bhear (?:it )?from\b|\bloved by\b|"
    r"\btake (?:our|their|it from)\b.{0,20}\bword\b|\b(?:customer|client|user) (?:voices|quotes|reviews)\b|"
    r"\b(?:in )?their own words\b|\bwhy (?:customers|teams|people) (?:love|like|choose)\b|"
    r"\bkundenstimmen\b|\bstimmen (?:unserer|von)\b|\b(?:das|was)\b.{0,30}\b(?:sagen|meinen)\b|\b(?:sagen|meinen) "
    r"(?:unsere|kunden)\b|\btémoignages?\b|\bdisent\b|\bparlent de nous\b|\bavis (?:de |des )?(?:nos )?clients?\b|"
    r"\bdicen\b|\btestimonios\b|\bopiniones\b|\bdicono\b|\btestimonianze\b|\bdizem\b|\bdepoimentos\b|"
    r"\bzeggen\b|\bervaringen\b|\bmówią\b|\bopinie\b|\b(?:säger|tycker)\b|\b(?:sier|siger)\b|お客様の声|利用者の声",
    re.I,
)
_OPENING, _CLOSING = "\"“”„«»‟‘‚'「『❝", "\"“”»«‟’'」』❞"
_SAID = re.compile(rf"^[{_OPENING}].*[{_CLOSING}][.!…]?$", re.S)
#: ``„Es läuft.“ – Ida Holm, Leiterin`` and ``Quick and friendly. (Wim)``, in one line.
_SIGNED = re.compile(
    rf"^[{_OPENING}].{{12,}}[{_CLOSING}][.!…]?\s*(?:[—–―-]\s*[^\W\d_a-z]|"
    rf"[^\W\d_a-z][\w'-]+ [^\W\d_a-z])[\w.' -]{{1,40}}(?:[,|(·].{{1,60}})?$|"
    r"^.{8,200}[.!?…][\"”»]?\s+[(—–―-]\s?[^\W\d_a-z][\w'-]+(?: [^\W\d_a-z][\w'.-]*)?(?:, [^\W\d_a-z][\w -]+)?\)?$",
    re.S,
)
_SENTENCE_END = (".", "!", "?", "…", "。", "！", '."', '!"', ".”", "!”", ".“", "!“", ".»", ".'", "!'")
_STARS = re.compile(
    r"^[★☆⭐✩✭\s]+$|^(?:rated )?[1-5](?:[.,]\d)?(?: (?:out of|von|sur|de|van|/) 5)?(?: stars?)?$", re.I
)
_PICTURE = re.compile(r"\b(?:photo|portrait|picture|headshot|avatar|foto|bild|retrato|zdjęcie)\b", re.I)
_CUSTOMERS = re.compile(
    r"\b(?:testimonials?|customers?|clients?|case stud(?:y|ies)|stories|reviews|kunden\w*|referenzen|clientes|"
    r"témoignages|klanten|klienci|kunder|clienti)\b",
    re.I,
)
_DASHES = " —–―-~·"


def find_voices(reading: Reading) -> frozenset[int]:
    """Return the numbers of the pieces that quote customers, with their names, portraits and stars."""
    found = frozenset(_voices(reading.pieces))
    return frozenset() if found and _are_matter(reading, found) else found


def _voices(pieces: Sequence[Piece]) -> Iterator[int]:
    for index, piece in enumerate(pieces):
        if piece.level or piece.kind in (BlockKind.LOGO, BlockKind.ROW, BlockKind.OPTION):
            continue
        region = _in_region(piece)
        if _is_card(piece, region) or (
            piece.kind is not BlockKind.CARD
            and _SIGNED.match(piece.text)
            and (region or piece.text[0] in _OPENING)
        ):
            yield from (index, *_beside(pieces, index))
        elif not piece.parts and _is_said(piece.text, region):
            authors = _authors(pieces, index, region)
            if authors or SIGNED in piece.classes:
                last = authors[-1] if authors else index
                yield from (index, *authors, *_beside(pieces, index), *_beside(pieces, last))


def _in_region(piece: Piece) -> bool:
    """Return whether quotes are to be expected here: under a heading that promises them, or in a carousel."""
    return bool(piece.classes & _REGION) or (bool(piece.path) and _promises(piece.path[-1]))


@lru_cache(maxsize=4_096)  # Pieces stand together below their headings.
def _promises(heading: str) -> bool:
    return _HEADING.search(heading) is not None


def _is_card(piece: Piece, region: bool) -> bool:
    """Return whether the lines of a card are what somebody said, and who."""
    lines = [part for part in piece.parts if not _STARS.match(part)]
    said = [part for part in lines if _is_said(part, region)]
    others = [part for part in lines if part not in said]
    return (
        len(said) == 1
        and 0 < len(others) <= AUTHOR_LINES
        and _is_author(others[0], region)
        and all(len(part.split()) <= AUTHOR_WORDS for part in others)
    )


def _is_said(text: str, region: bool) -> bool:
    words = len(text.split())
    # Writing without spaces has no words to count.
    long = words >= SAID_WORDS or (not text.isascii() and len(text) >= 3 * SAID_WORDS and words <= 2)
    return long and (bool(_SAID.match(text)) or (region and text.endswith(_SENTENCE_END)))


def _is_author(text: str, region: bool) -> bool:
    """Return whether a line begins with a person's name; where quotes stand, one name is enough."""
    words = text.strip(_DASHES).split()
    if not 0 < len(words) <= AUTHOR_WORDS or text.endswith(_SENTENCE_END[1:]) or any(map(str.isdigit, text)):
        return False
    names = [word[:1].isupper() or not word[:1].isascii() for word in words[:2]]
    return all(names) and (len(names) == 2 or region)


def _authors(pieces: Sequence[Piece], index: int, region: bool) -> list[int]:
    """Return the lines below a quote that say whose it is; else those above it, in front of which a portrait stands."""
    below = _lines(
        pieces, range(index + 1, min(index + 1 + AUTHOR_LINES, len(pieces))), pieces[index], region
    )
    if below or not region:
        return below
    above = _lines(pieces, range(index - 1, max(index - AUTHOR_LINES, -1), -1), pieces[index], region)
    return sorted(above)


def _lines(pieces: Sequence[Piece], numbers: range, quote: Piece, region: bool) -> list[int]:
    found: list[int] = []
    for number in numbers:
        piece = pieces[number]
        if piece.kind is BlockKind.LOGO or _STARS.match(piece.text):
            continue
        if piece.group != quote.group or _is_said(piece.text, region):
            break
        if piece.level and not (piece.level >= 3 and _is_author(piece.text, region)):
            break
        if not found and not _is_author(piece.text, region):
            break
        if len(piece.text.split()) > AUTHOR_WORDS or piece.text.endswith(_SENTENCE_END):
            break
        found.append(number)
    return found


def _beside(pieces: Sequence[Piece], index: int) -> Iterator[int]:
    """Yield the portraits and stars just before and after a piece of a quote."""
    for number in (index - 2, index - 1, index + 1):
        if 0 <= number < len(pieces):
            piece = pieces[number]
            portrait = piece.kind is BlockKind.LOGO and (
                bool(_PICTURE.search(piece.text)) or piece.text.strip() in pieces[index].text
            )
            if portrait or _STARS.match(piece.text):
                yield number


def _are_matter(reading: Reading, found: frozenset[int]) -> bool:
    """Return whether the quotes are what the page is for: its title promises customers, and it shows little else."""
    pieces = reading.pieces
    titles = [reading.title or "", *(piece.text for piece in pieces if piece.level == 1)]
    logos = sum(piece.kind is BlockKind.LOGO for n, piece in enumerate(pieces) if n not in found)
    said = sum(len(pieces[number].text) for number in found)
    return (
        logos < WALL
        and any(_CUSTOMERS.search(title) for title in titles)
        and said > MATTER * sum(len(piece.text) for piece in pieces)
    )
