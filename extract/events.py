"""Events: name, date and place, from records, schema.org, lists, cards and headings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.normalise import DATE, MONTHS, plain
from extract.piece import Piece, Reading
from extract.schema_org import items_of
from store.kinds import BlockKind, FactKind, PageType
from store.records import Fact

_EVENT = re.compile(
    r"\b(?:conference|con\b|summit|webinar|meetup|meet-?up|event|expo|forum|hackathon|workshop|symposium|"
    r"congress|roadshow|"
    r"\w*con\s+(?:19|20)\d{2}|mesoscon|kubecon|day|week|fest|tour|live|festival|bootcamp|keynote|forward|"
    r"trade show|unconference)\b"
    r"|\b\w+con\b",
    re.I,
)
_DATE = re.compile(
    rf"{DATE}|\b(?:{MONTHS})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?(?:\s*[-–]\s*(?:{MONTHS}\s+)?\d{{1,2}}(?:st|nd|"
    rf"rd|th)?)?(?:,?\s+\d{{4}})?"
    rf"|\b\d{{1,2}}(?:\s*[-–]\s*\d{{1,2}})?\s+(?:{MONTHS})(?:\s+\d{{4}})?",
    re.I,
)
_NAME_KEYS = ("title", "name", "event", "conference")
_DATE_KEYS = ("date", "start", "start_date", "startdate", "when", "starts")
_PLACE_KEYS = ("venue", "location", "place", "city", "address", "country", "where")
NAME_CHARACTERS = 140
_MORE = re.compile(r"(?:learn|read|more|register|see|here|details|watch|join)\b", re.I)
_LEAD = re.compile(
    r"^\W*(?:announcing|join us (?:at|for|in)|meet us at|register (?:now )?for|save the date(?: for)?|introducing|"
    r"see you at|"
    r"upcoming|we(?:'|’)re (?:at|sponsoring)|come to)\W+(?:the\s+)?",
    re.I,
)
_TAIL = re.compile(r"\s+(?:is|are|will|has|have|takes? place|opens?|opened|starts?|registration)\b.*$", re.I)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


def read_events(reading: Reading, page_type: PageType) -> Iterator[Fact]:
    """Yield an event for every name with a date (on an events page), or with a word such as *summit*
    besides elsewhere.
    """
    yield from _from_schema(reading)
    pieces = reading.pieces
    for index, piece in enumerate(pieces):
        if (piece.head and piece.kind is BlockKind.CARD and (fact := _record(piece))) or (
            fact := _line(piece, pieces[index + 1] if index + 1 < len(pieces) else None, page_type)
        ):
            yield fact


def _record(piece: Piece) -> Fact | None:
    values = {key.lower(): text for key, text in zip(piece.head, piece.parts, strict=False)}
    name = next((values[key] for key in _NAME_KEYS if key in values), "")
    when = next((values[key] for key in _DATE_KEYS if key in values), "")
    if not name or not when:
        return None
    place = ", ".join(values[key] for key in _PLACE_KEYS if key in values)
    return _fact(name, when, place, piece)


def _line(piece: Piece, following: Piece | None, page_type: PageType) -> Fact | None:
    sure = page_type is PageType.EVENTS
    if piece.kind is BlockKind.ROW and piece.level:
        return None
    text = piece.text
    if len(text) > 400 or not (sure or _EVENT.search(text)):
        return None
    when = _DATE.search(text)
    if when is None and piece.level and following is not None and len(following.text) < 160:
        when = _DATE.search(following.text) if sure or _EVENT.search(piece.text) else None
    if when is None:
        return None
    name = _name(piece, text)
    if not name or not (sure or _EVENT.search(name)):
        return None
    rest = [part for part in piece.parts if part != name and not _DATE.search(part)]
    return _fact(name, when.group(0), rest[0] if rest and len(rest[0]) < 80 else "", piece)


def _name(piece: Piece, text: str) -> str:
    linked = piece.links[0][0] if piece.links else ""
    if 4 <= len(linked) <= NAME_CHARACTERS and 2 * len(linked) >= len(text) and not _MORE.match(linked):
        return _trimmed(linked)
    if piece.parts:
        lines = [part for part in piece.parts if not _DATE.fullmatch(part.strip())]
        return next((part for part in lines if len(part) <= NAME_CHARACTERS), "")
    parts = [_SENTENCE.split(part.strip(" ,.:;()*_-–—|"), maxsplit=1)[0] for part in _DATE.split(plain(text))]
    candidates = [_trimmed(part) for part in parts if part]
    return next((name for name in candidates if 4 <= len(name) <= NAME_CHARACTERS), "")


def _trimmed(text: str) -> str:
    """Return the event's name out of ``Announcing the #Summit!`` or ``Summit registration is now open``."""
    name = _LEAD.sub("", text.replace("#", "")).strip(" -*+")
    return _TAIL.sub("", name).strip(" ,.:;!*_-–—|")


def _from_schema(reading: Reading) -> Iterator[Fact]:
    kinds = ("Event", "BusinessEvent", "EducationEvent", "ExhibitionEvent", "Hackathon")
    for item in items_of(reading.structured, kinds):
        name, when = item.get("name"), item.get("startDate")
        holder = next((p for p in reading.pieces if isinstance(name, str) and name in p.text), None)
        if isinstance(name, str) and isinstance(when, str) and holder:
            place = item.get("location")
            where = place.get("name") if isinstance(place, dict) else None
            yield _fact(name, when[:10], where if isinstance(where, str) else "", holder)


def _fact(name: str, when: str, place: str, piece: Piece) -> Fact:
    found = {"date": when, "place": place, "url": next((url for _, url in piece.links), "")}
    return Fact(
        kind=FactKind.EVENT,
        name=name.strip(" *_"),
        attributes={key: value for key, value in found.items() if value},
        quote=piece.text,
    )
