"""Who speaks at an event: named on its card behind a label, or in the section of speakers of its own page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.facts.person_names import is_name, role_of
from extract.reading.cards import Cards
from extract.reading.piece import Piece, Reading
from extract.reading.zones import TESTIMONIAL
from extract.values.normalise import plain
from store.kinds import BlockKind, FactKind, PageType
from store.records import Fact

SPEAKERS = "speakers"
_LABEL = (
    r"(?:(?:guest|keynote|featured|our|the|all|invited) )*(?:speakers?|presenters?|panell?ists?)|presented by|"
    r"hosted by|referent(?:in|innen|en)?|sprecher(?:in|innen)?|unsere (?:referenten|sprecher)|"
    r"(?:nos )?intervenant(?:e)?s?|(?:nuestros )?ponentes?|oradores|relator[ei]|"
    r"sprekers?|talare|oplægsholdere?|prelegen(?:t|ci)|登壇者|講師"
)
_SECTION = re.compile(rf"\W*(?:meet )?(?:{_LABEL})(?: 20\d\d)?\W*", re.I)
_LABELLED = re.compile(rf"\W*(?:{_LABEL})\s*[:–—-]?\s+(?P<names>\S.*)", re.I)
_WITH = re.compile(r"(?i:with|mit|avec|con|met|med)\s+(?P<names>[^\W\d_a-z].*)")
_AND = re.compile(r"\s*[,;·|]\s*|\s+(?:and|und|et|y|e|och|og|en|i|&|\+|[–—-])\s+")
LINE = 200  # characters; a longer text tells a story
SPEAKERS_TOLD = 60  # of one event


def is_speakers_line(line: str) -> bool:
    """Return whether a line of a card names who speaks, or is the label of the line that does."""
    return bool(_SECTION.fullmatch(line) or speakers_in((line,)))


def speakers_in(lines: Sequence[str]) -> str:
    """Return the names that the lines of a card give behind a label, in the order of the alphabet; else nothing."""
    for number, line in enumerate(lines):
        if len(line) > LINE:
            continue
        below = lines[number + 1] if _SECTION.fullmatch(line) and number + 1 < len(lines) else ""
        labelled = _LABELLED.fullmatch(plain(line))
        if names := _names(below or (labelled.group("names") if labelled else ""), whole=False):
            return names
        joined = _WITH.fullmatch(plain(line))
        if joined and (names := _names(joined.group("names"), whole=True)):
            return names
    return ""


def _names(text: str, *, whole: bool) -> str:
    """Return the names that a text lists. ``whole``: nothing but names and roles may stand there."""
    parts = [part for part in _AND.split(re.sub(r"\([^)]*\)", " ", text).strip(" .")) if part]
    names = [part.strip() for part in parts if is_name(part)]
    if not names or not is_name(parts[0]) or (whole and any(not (is_name(p) or role_of(p)) for p in parts)):
        return ""
    return _listed(names)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(sorted(dict.fromkeys(names)))


def with_speakers(events: Sequence[Fact], reading: Reading, page_type: PageType) -> tuple[Fact, ...]:
    """Return the events of a page, that of the page's own title with the speakers of its section of speakers."""
    names = _in_section(reading)
    if not names:
        return tuple(events)
    title = next((p for p in reading.pieces if p.level == 1 and p.kind is BlockKind.HEADING), None)
    own = events[0] if len(events) == 1 else _titled(events, title)
    if own is not None:
        told = replace(own, attributes={**own.attributes, SPEAKERS: _listed(names)})
        return tuple(told if event is own else event for event in events)
    if title is None or events or page_type is not PageType.EVENTS or _SECTION.fullmatch(title.text):
        return tuple(events)
    event = Fact(
        kind=FactKind.EVENT, name=title.text, attributes={SPEAKERS: _listed(names)}, quote=title.text
    )
    return (event,)


def _titled(events: Sequence[Fact], title: Piece | None) -> Fact | None:
    text = title.text.casefold() if title is not None else ""
    return next((event for event in events if text and event.name.casefold() in text), None)


def _in_section(reading: Reading) -> list[str]:
    """Return the names below a heading of speakers: its headings, else the titles of its cards, else its lines."""
    # The card of a speaker with the title of the talk in quotes reads like a customer's words.
    quoted = [item.piece for item in reading.marginal if item.reason == TESTIMONIAL]
    pieces = (*reading.pieces, *quoted)
    cards = Cards(pieces)
    inside = [
        (index, piece)
        for index, piece in enumerate(pieces)
        if piece.kind is not BlockKind.LOGO and any(_SECTION.fullmatch(title) for title in piece.path)
    ]
    heads = [piece.text for _, piece in inside if piece.level]
    titled = [piece.title or piece.parts[0] for _, piece in inside if piece.title or piece.parts]
    lines = [piece.text for index, piece in inside if (cards.around(index) or (piece,))[0] is piece]
    for texts in (heads, titled, lines):
        firsts = [_AND.split(plain(text), maxsplit=1)[0].strip() for text in texts if len(text) <= LINE]
        if names := [name for name in firsts if is_name(name)]:
            return names[:SPEAKERS_TOLD]
    return []
