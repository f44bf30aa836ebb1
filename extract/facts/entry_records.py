"""Entries and incidents of data: records and rows of tables whose keys name a title or version, a day and a state."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.reading.piece import Piece, Reading
from extract.reading.record_keys import values_of
from extract.values.days import WHEN
from extract.values.normalise import plain
from store.kinds import FactKind
from store.records import Fact

_NAMES = (
    "title", "headline", "subject", "name", "release", "version", "tagname", "tag", "titel", "titre", "título",
    "titolo", "überschrift", "thema", "topic", "news", "announcement", "article", "story", "pressrelease", "meldung",
    "update", "highlights", "change", "description", "summary",
)  # fmt: skip
_DATES = (
    "date", "publishedat", "datepublished", "published", "pubdate", "publisheddate", "publishdate", "publicationdate",
    "releasedate", "released", "releasedon", "postedat", "posted", "createdat", "day", "datum", "fecha", "data", "dato",
    "veröffentlicht", "when",
)  # fmt: skip
_INCIDENTS = (
    "incident",
    "name",
    "title",
    "issue",
    "event",
    "summary",
    "subject",
    "störung",
    "description",
    "what",
    "impact",
)
_BEGAN = (
    "date", "startedat", "started", "start", "starttime", "begin", "began", "createdat", "day", "when", "from", "datum",
    "beginn", "time",
)  # fmt: skip
_ENDED = (
    "resolvedat",
    "resolved",
    "ended",
    "end",
    "endtime",
    "until",
    "to",
    "ende",
    "closedat",
    "completedat",
)
_STATES = ("status", "state", "stand", "estado", "statut", "phase")
_STATE = re.compile(
    r"investigating|identified|monitoring|resolved|fixed|closed|open|ongoing|in[ _]progress|scheduled|completed|"
    r"verifying|postmortem|planned|mitigated|behoben|gelöst|offen|geplant|résolu|en cours|planifié|resuelto|"
    r"en curso|löst|åtgärdat",
    re.I,
)
_MOMENT = re.compile(r"((?:19|20)\d{2}-\d{2}-\d{2})[T ]\d{2}:\d{2}.*")
NAME_CHARACTERS = 200
#: What a record of news does not have: it is one of an event, an opening or a price.
_OTHERS = frozenset({
    "price", "amount", "place", "venue", "location", "city", "department", "role", "salary", "startdate", "enddate",
})  # fmt: skip


def entry_of(piece: Piece) -> Fact | None:
    """Return the entry that a record or a row of a listing tells, None if its keys name no title and no day."""
    values = _values(piece)
    when = next((values[key] for key in _DATES if values.get(key)), "")
    if not _day(when) or not _OTHERS.isdisjoint(values):
        return None
    name = next((values[key] for key in _NAMES if values.get(key)), "")
    if not name or len(name) > NAME_CHARACTERS or WHEN.fullmatch(name):
        return None
    # A cell may hold the title with a line of text behind it.
    heads = (piece.title, *(text for text, _ in piece.links))
    name = next((head for head in heads if head and name.startswith(head)), name)
    return _fact(piece, name, {"date": _day(when), "url": _link(piece, name)})


def read_incident_records(reading: Reading) -> Iterator[Fact]:
    """Yield the incidents of tables and files of data: each record or row with a name, a day and a state."""
    for piece in reading.pieces:
        values = _values(piece)
        state = next((values[key] for key in _STATES if values.get(key)), "")
        name = next((values[key] for key in _INCIDENTS if values.get(key)), "")
        began = next((values[key] for key in _BEGAN if _day(values.get(key, ""))), "")
        ended = next((values[key] for key in _ENDED if _day(values.get(key, ""))), "")
        stated = _STATE.search(state) is not None or bool(state and "impact" in values)
        if not (name and began and (stated or ended)) or len(name) > NAME_CHARACTERS:
            continue
        found = {"date": _day(began), "state": state, "resolved": _day(ended), "url": _link(piece, name)}
        yield _fact(piece, name, found)


def _values(piece: Piece) -> dict[str, str]:
    """Return the values of a record, or of a row below a head with as many cells, by plain key."""
    if piece.level or not piece.head or len(piece.head) != len(piece.parts):
        return {}
    return {key: plain(text) for key, text in values_of(piece).items()}


def _day(text: str) -> str:
    """Return the day of a moment; ``2026-11-03T10:00:00Z`` is 2026-11-03, other texts stay as they are."""
    moment = _MOMENT.fullmatch(text.strip())
    found = WHEN.search(text)
    return moment.group(1) if moment else found.group(0) if found else ""


def _link(piece: Piece, name: str) -> str:
    return next((url for text, url in piece.links if text == name), next((url for _, url in piece.links), ""))


def _fact(piece: Piece, name: str, found: dict[str, str]) -> Fact:
    return Fact(
        kind=FactKind.ENTRY,
        name=name.strip(" *_"),
        attributes={key: value for key, value in found.items() if value},
        quote=piece.text,
    )
