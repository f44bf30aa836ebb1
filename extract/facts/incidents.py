"""Incidents of a status page: name, state, when they began and when they were over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.facts.entry_records import read_incident_records
from extract.reading.cards import Cards
from extract.reading.piece import Piece, Reading
from extract.values.days import WHEN
from store.kinds import BlockKind, FactKind, PageType
from store.records import Fact

#: What an update of an incident says first, in the words of the common status services.
_STATE = re.compile(
    r"\b(?:investigating|identified|monitoring|resolved|in progress|scheduled|completed|verifying|postmortem|"
    r"behoben|gelöst|in bearbeitung|geplant|résolu|en cours|planifié|resuelto|en curso|programado|löst|åtgärdat)\b",
    re.I,
)
_OVER = re.compile(r"^(?:resolved|completed|postmortem|behoben|gelöst|résolu|resuelto|löst|åtgärdat)$", re.I)
#: Headings of parts of the page, which name no incident.
_SECTION = re.compile(
    r"^\W*(?:(?:past|active|current|recent|previous|open|all|scheduled|upcoming|planned)?\s*"
    r"(?:incidents?|maintenances?|outages?|events)(?: history)?|history|uptime.*|(?:system |current |service )?"
    r"(?:status|metrics|components|systems)|about (?:this|the) (?:site|page)|subscribe.*|notices?|"
    r"no incidents.*|störungen|vorfälle|wartungen?|incidents? passés)\W*$",
    re.I,
)
_INCIDENT_LINK = re.compile(r"/(?:incidents?|maintenances?|outages?)/[\w-]+", re.I)
NAME_CHARACTERS = 200
#: Pieces below a heading that may tell of its incident.
UPDATES = 12
TEXT_CHARACTERS = 600


def read_incidents(reading: Reading, page_type: PageType) -> Iterator[Fact]:
    """Yield an entry for every incident: a heading, or the title of a card, with dated or named updates."""
    pieces = reading.pieces
    yield from read_incident_records(reading)
    cards = Cards(pieces)
    for index, piece in enumerate(pieces):
        below = _below(pieces, index)
        if piece.kind is BlockKind.HEADING:
            if piece.level > 1 and below:
                yield from _incident(piece, piece.text, below)
        elif (
            len(piece.links) == 1
            and piece.links[0][0] == piece.text
            and _INCIDENT_LINK.search(piece.links[0][1])
        ):
            yield from _incident(piece, piece.text, below)
        elif opened := _opened(piece, cards.around(index)):
            name = WHEN.sub("", piece.text).strip(" -–—:|,.")
            yield from _incident(piece, name, [*opened, piece.text])
        elif not piece.head and (name := _title(piece)) and name != piece.text:
            yield from _incident(piece, name, [piece.text.removeprefix(name).strip(" -–—:.|")])


def _opened(piece: Piece, around: Sequence[Piece]) -> list[str]:
    """Return the updates below the dated line that opens them; empty if a piece is no such line."""
    texts = [other.text for other in around[1:]]
    opens = (
        around[:1] == (piece,) and not (piece.parts or piece.links) and WHEN.search(piece.text) is not None
    )
    return texts if opens and any(_STATE.match(text) for text in texts) else []


def _title(piece: Piece) -> str:
    """Return the title of a card or an item that links to its incident or names its state."""
    linked = next((text for text, url in piece.links if _INCIDENT_LINK.search(url)), "")
    return linked or (piece.title if _STATE.search(piece.text.removeprefix(piece.title)) else "")


def _below(pieces: Sequence[Piece], index: int) -> list[str]:
    """Return the lines below a piece up to the next heading."""
    lines: list[str] = []
    for piece in pieces[index + 1 : index + 1 + UPDATES]:
        if piece.kind is BlockKind.HEADING or "©" in piece.text:
            break
        lines.append(piece.text)
    return lines


def _incident(piece: Piece, name: str, updates: Sequence[str]) -> Iterator[Fact]:
    text = "\n".join(updates)
    states = _STATE.findall(text)
    dated = WHEN.search(text)
    names = WHEN.sub("", name).strip(" -–—:|,.")
    if not (states or dated) or len(names) < 3 or len(name) > NAME_CHARACTERS or _SECTION.match(name):
        return
    above = next((match for title in reversed(piece.path) if (match := WHEN.search(title))), None)
    began = above or dated
    over = next(
        (line for line in updates if (state := _STATE.search(line)) and _OVER.match(state.group(0))), ""
    )
    ended = WHEN.search(over)
    found = {
        "date": began.group(0) if began else "",
        # Updates stand newest first.
        "state": states[0] if states else "",
        "resolved": ended.group(0) if ended else "",
        "url": next((url for _, url in piece.links if _INCIDENT_LINK.search(url)), ""),
        "text": text[:TEXT_CHARACTERS],
    }
    attributes = {key: value for key, value in found.items() if value}
    yield Fact(kind=FactKind.ENTRY, name=name, attributes=attributes, quote=piece.text)
