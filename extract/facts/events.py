"""Events: name, date and place, from records, schema.org, lists, cards and headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extract.facts.booths import BOOTH, booth_of, may_be_place
from extract.facts.event_names import EVENT, LIST_NAME, is_event_name, name_in_line, trimmed
from extract.facts.speakers import SPEAKERS, speakers_in, with_speakers
from extract.reading.cards import Cards, Line, lines_of
from extract.reading.piece import Piece, Reading
from extract.reading.record_keys import values_of
from extract.reading.schema_org import MARKED_EVENT, items_of
from extract.values.days import MONTH, WHEN
from extract.values.normalise import plain
from extract.values.places import is_place
from store.kinds import BlockKind, FactKind, PageType
from store.records import Fact

_DATE = WHEN
_BARE_MONTH = re.compile(rf"(?:{MONTH})\.?(?:\s+(?:19|20)\d{{2}})?", re.I)
_BARE_DAYS = re.compile(r"\d{1,2}\.?(?:\s*[-–—/]\s*\d{1,2}\.?)?(?:,?\s+(?P<year>(?:19|20)\d{2}))?")
_WEEKDAY = re.compile(
    r"\W*(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\W*|\W*(?:montag|dienstag|mittwoch|"
    r"donnerstag|freitag|"
    r"samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\W*",
    re.I,
)
_TAG = re.compile(
    r"(?:save (?:a|my|your) (?:seat|spot|place)|book (?:a|your) (?:seat|place|spot)|webinar|workshop|conference|"
    r"event|meetup|trade show|virtual|online|in[- ]person|on[- ]demand|messe|salon|"
    r"hybrid|new|featured|e-?mail|name|company|save your seat|register.*|learn more|read more|anmelden|s'inscrire)\W*",
    re.I,
)
_ONLINE = re.compile(r"online|virtual(?: event)?|en ligne|en línea|virtuell|zoom|livestream", re.I)
#: What a card says of an event that does not take place; the event is gone.
_CALLED_OFF = re.compile(
    r"\W*(?:(?:event |webinar |this event (?:is|was|has been) )?(?:cancel+ed|called off)|(?:fällt aus|abgesagt|"
    r"entfällt)|"
    r"annulée?|cancelad[oa]|suspendid[oa]|annullat[oa]|geannuleerd|afgelast|inställ[td]|avlyst|aflyst|odwołan[eay]|"
    r"中止)\W*",
    re.I,
)
_NAME_KEYS = ("title", "name", "event", "conference")
_DATE_KEYS = ("date", "start", "startdate", "when", "starts")
_PLACE_KEYS = ("venue", "location", "place", "city", "address", "country", "where")
_BOOTH_KEYS = ("booth", "stand", "standnumber", "boothnumber", "hall")
_SPEAKER_KEYS = ("speakers", "speaker", "presenters", "presenter", "host", "hosts")
_SCHEMA = ("Event", "BusinessEvent", "EducationEvent", "ExhibitionEvent", "Hackathon")
PLACE_CHARACTERS = 80
#: A card with more is the description of an event, or several.
CARD_LINES = 8
CARD_CHARACTERS = 500


def read_events(reading: Reading, page_type: PageType) -> Iterator[Fact]:
    """Yield an event for every name with a date (on an events page), or with a word such as *summit*
    besides elsewhere.
    """
    shown = list(_from_lines(reading, page_type))
    told = {fact.name.casefold() for fact in shown}
    # What a page marks for search engines is mostly read from its card as well, with booth and speakers.
    marked = _from_schema(reading, (*_SCHEMA, MARKED_EVENT))
    yield from with_speakers(
        [*(fact for fact in marked if fact.name.casefold() not in told), *shown], reading, page_type
    )


def _from_lines(reading: Reading, page_type: PageType) -> Iterator[Fact]:
    pieces = reading.pieces
    cards = Cards(pieces)
    told = -1
    for index, piece in enumerate(pieces):
        fact: Fact | None = None
        if index != told and (
            (_is_record(piece) and (fact := _record(piece)))
            or (fact := _on_card(index, piece, cards, page_type))
            or (
                not _dates_a_card(index, piece, cards)
                and (fact := _line(piece, pieces[index + 1] if index + 1 < len(pieces) else None, page_type))
            )
        ):
            if piece.level and not _DATE.search(piece.text) and index + 1 < len(pieces):
                told = index + 1
                fact = _with_rest(fact, pieces[told].text)
            yield _with_state(fact, cards.lines(index))


def _with_state(fact: Fact, lines: Sequence[Line]) -> Fact:
    """Return an event with the line of its card that says that it does not take place."""
    state = next((line.text for line in lines if _CALLED_OFF.fullmatch(line.text)), "")
    return replace(fact, attributes={**fact.attributes, "state": state}) if state else fact


def _with_rest(fact: Fact, text: str) -> Fact:
    """Return an event with the place and the booth that stand after its date: ``9 May 2026, Hannover, Hall 4``."""
    parts = re.split(r"\s*[,·|]\s*|\.\s+", _DATE.sub("", text))
    rest = [part.strip(" .") for part in parts if part.strip(" .")]
    place = next((part for part in rest if not BOOTH.search(part) and is_place(part)), "")
    booth = ", ".join(part for part in rest if BOOTH.search(part))
    found = {"place": place, "booth": booth}
    return replace(
        fact, attributes={**fact.attributes, **{key: value for key, value in found.items() if value}}
    )


def _on_card(index: int, piece: Piece, cards: Cards, page_type: PageType) -> Fact | None:
    """Read a card or a row of several lines, of which one is the date, in one piece or in two."""
    around = cards.around(index) or ((piece,) if piece.parts and not piece.level else ())
    lines = [(line.text, line.piece) for line in lines_of(around)][:CARD_LINES]
    if len(lines) < 2 or sum(len(text) for text, _ in lines) > CARD_CHARACTERS:
        return None
    when, rest = _date_of([text for text, _ in lines])
    if not when:
        return None
    left = [lines[number] for number in rest if not _TAG.fullmatch(lines[number][0])]
    title = next((p.title for p in around if p.title and not _DATE.search(p.title)), "")
    headed = next(((p.text, p) for p in around if p.level and not _DATE.fullmatch(p.text)), None)
    named = (
        (title, next(p for p in around if p.title == title))
        if title
        else headed or (left[0] if left else None)
    )
    if named is None or not is_event_name(named[0], page_type) or _DATE.search(named[0][4:]):
        return None
    if named[1] is not piece:
        return None
    beside = [_DATE.sub("", text).strip(" ,·|–—-") for text, _ in left if text != named[0]]
    after = [text for text in beside if 1 < len(text) < PLACE_CHARACTERS]
    booth, speakers = booth_of(after), speakers_in([text for text, _ in left if text != named[0]])
    place = next((text for text in after if text != booth and may_be_place(text, speakers)), "")
    place = place or next((text for text, _ in lines if _ONLINE.fullmatch(text)), "")
    return _fact(trimmed(named[0]), when, place, piece, booth=booth, speakers=speakers)


def _date_of(lines: Sequence[str]) -> tuple[str, list[int]]:
    """Return the date of a card, and the numbers of the lines that are none of it."""
    for number, line in enumerate(lines):
        match = _DATE.search(line)
        if match and len(line) <= len(match.group(0)) + 30:
            rest = _WEEKDAY.sub("", line[: match.start()] + line[match.end() :]).strip(" ,·|-–")
            others = [n for n in range(len(lines)) if n != number]
            told = rest and (len(rest) >= 12 or is_place(rest))
            return match.group(0), sorted({*others, number}) if told else others
    for number, (one, other) in enumerate(pairwise(lines)):
        for month, days in ((one, other), (other, one)):
            tile = _BARE_DAYS.fullmatch(days) if _BARE_MONTH.fullmatch(month) else None
            if tile:
                when = f"{month} {days}" if tile.group("year") else f"{days} {month}"
                return when, [n for n in range(len(lines)) if n not in (number, number + 1)]
    return "", []


def _dates_a_card(index: int, piece: Piece, cards: Cards) -> bool:
    """Return whether a piece is a line of a card that names its event elsewhere."""
    around = cards.around(index)
    return len(around) > 1 and any(other.level for other in around) and not piece.level


def _is_record(piece: Piece) -> bool:
    """Return whether a piece is a record of data, or a row of a table with as many heads as cells."""
    if piece.kind is BlockKind.ROW:
        return not piece.level and len(piece.head) == len(piece.parts) > 2
    return bool(piece.head) and piece.kind is BlockKind.CARD


def _record(piece: Piece) -> Fact | None:
    values = values_of(piece)
    name = next((values[key] for key in _NAME_KEYS if key in values), "")
    when = next((values[key] for key in _DATE_KEYS if key in values), "")
    if not name or not when:
        return None
    place = ", ".join(values[key] for key in _PLACE_KEYS if key in values)
    booth = next((values[key] for key in _BOOTH_KEYS if key in values), "")
    said = next((values[key] for key in _SPEAKER_KEYS if key in values), "")
    return _fact(name, when, place, piece, booth=booth, speakers=speakers_in((f"Speakers: {said}",)))


def _line(piece: Piece, following: Piece | None, page_type: PageType) -> Fact | None:
    sure = page_type is PageType.EVENTS
    if piece.kind is BlockKind.ROW and piece.level:
        return None
    text = piece.text
    if len(text) > 400:
        return None
    when = _DATE.search(text)
    heads = piece.level > 0 and following is not None and len(following.text) < 160
    if (when is None and not heads) or not (sure or EVENT.search(text)):
        return None
    if when is None and following is not None:
        when = _DATE.search(following.text) if sure or EVENT.search(piece.text) else None
    if when is None:
        return None
    name = name_in_line(piece, text)
    if piece.level and LIST_NAME.fullmatch(plain(text)):
        return None
    if not name or not (sure or EVENT.search(name)):
        return None
    rest = [part for part in piece.parts if part != name and not _DATE.search(part)]
    place = rest[0] if rest and len(rest[0]) < PLACE_CHARACTERS else ""
    fact = _fact(name, when.group(0), place, piece)
    behind = text[when.end() :] if text.find(when.group(0)) >= 0 and not piece.parts else ""
    return _with_rest(fact, plain(behind)) if 0 < len(behind) <= PLACE_CHARACTERS else fact


def _from_schema(reading: Reading, kinds: tuple[str, ...]) -> Iterator[Fact]:
    for item in items_of(reading.structured, kinds):
        name, when = item.get("name"), item.get("startDate")
        holder = next((p for p in reading.pieces if isinstance(name, str) and name in p.text), None)
        if isinstance(name, str) and isinstance(when, str) and holder:
            place = item.get("location")
            where = place.get("name") if isinstance(place, dict) else None
            yield _fact(name, when[:10], where if isinstance(where, str) else "", holder)


def _fact(name: str, when: str, place: str, piece: Piece, *, booth: str = "", speakers: str = "") -> Fact:
    url = next((url for _, url in piece.links), "")
    found = {"date": when, "place": place, "booth": booth, SPEAKERS: speakers, "url": url}
    return Fact(
        kind=FactKind.EVENT,
        name=name.strip(" *_"),
        attributes={key: value for key, value in found.items() if value},
        quote=piece.text,
    )
