"""People and their roles, from tables, cards, headings, lists and schema.org."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.facts.person_names import ROLE_CHARACTERS, bare_name, bare_role, is_name, is_role, role_of
from extract.reading.cards import Cards, Line
from extract.reading.piece import Piece, Reading
from extract.reading.record_keys import values_of
from extract.reading.schema_org import items_of
from extract.values.normalise import plain
from store.kinds import BlockKind, FactKind, PageType
from store.records import Fact

_SPLIT = re.compile(r"\s+[-–—|•·]\s+|,\s+(?=[A-Z])|\s*\(\s*|\s*:\s+")
_NAME_HEAD = re.compile(r"\b(?:name|person|who|member|full name)\b", re.I)
_ROLE_HEAD = re.compile(r"\b(?:role|title|position|responsib\w*|job|function)\b", re.I)
_NO_ROLE = re.compile(
    r"(?:read|learn|view|see|more|linkedin|twitter|x|github|e-?mail|contact|bio|website|follow)\b", re.I
)
_CONTACTS = re.compile(
    r"\b(?:contacts?|contact us|get in touch|kontakte?|ansprechpartner(?:innen)?|contactez|contacto|contatti|contato|"
    r"kontakta|yhteystiedot|contactpersonen)\b",
    re.I,
)
#: ``- **Mira Holm**, head of sales. Speaks to …``: a name in bold, then the role in any case.
_LED_BY_NAME = re.compile(
    r"^\W*(?:\*\*|__)(?P<name>[^*_]{3,60})(?:\*\*|__)\s*(?:[,:(]|[-–—]\s)\s*(?P<rest>\S.*)$"
)
_SENTENCE_END = re.compile(r"\.\s+(?=[A-ZÀ-Þ])|[;)]")
#: What one is called where code is kept: ``(@mira)``.
_HANDLE = re.compile(r"\s*\(@[\w-]+\)|\s+@[\w-]+\b")
ROLE_WORDS = 7
#: A card with more lines than this tells of more than one person.
CARD_LINES = 9
#: What a role is called in a record.
_ROLE_KEYS = ("role", "title", "position", "jobtitle", "job", "function")


def read_people(reading: Reading, page_type: PageType) -> Iterator[Fact]:
    """Yield a person fact for everyone the page names with a role."""
    yield from _from_schema(reading)
    named = set()
    for fact in _from_pieces(reading):
        named.add(fact.quote)
        yield fact
    if page_type is PageType.TEAM:
        yield from _from_cards(reading, named)


def read_contacts(reading: Reading, page_type: PageType) -> Iterator[Fact]:
    """Yield the people that a page of contacts names with a role."""
    heads = [piece.text for piece in reading.pieces if piece.level == 1][:2]
    if any(
        _CONTACTS.search(title) and len(title) <= ROLE_CHARACTERS for title in (reading.title or "", *heads)
    ):
        yield from _from_pieces(reading)


def _from_pieces(reading: Reading) -> Iterator[Fact]:
    waiting: Piece | None = None
    for piece in reading.pieces:
        found = list(_in_parts(piece))
        if not found and waiting is not None and (role := role_of(piece.text)):
            yield _fact(waiting.text, role, waiting.text)
            waiting = None
            continue
        yield from found
        # A row of one cell is a line: old pages lay their cards out with tables.
        line = piece.kind is not BlockKind.ROW or len(piece.parts) < 2
        waiting = piece if not found and line and is_name(piece.text) else None


def _from_cards(reading: Reading, named: set[str]) -> Iterator[Fact]:
    """Yield the people whose role holds no word that roles are known by, or stands above the name."""
    cards = Cards(reading.pieces)
    for index, piece in enumerate(reading.pieces):
        first = piece.parts[0] if piece.parts else piece.text
        if piece.text in named or piece.kind is BlockKind.LOGO or not (is_name(first) or piece.parts):
            continue
        lines = cards.lines(index)
        if len(lines) > 1 and len(lines) <= CARD_LINES and (found := _person_of(lines)):
            name, role = found
            if name.piece is piece:
                yield _fact(name.text, role, piece.text)


def _person_of(lines: Sequence[Line]) -> tuple[Line, str] | None:
    names = [number for number, line in enumerate(lines) if is_name(line.text)]
    roles = [number for number, line in enumerate(lines) if role_of(line.text) and number not in names]
    if not names or (len(names) > 1 and not roles and names[0] != 0):
        return None
    name = names[0]
    if roles and roles[0] < name:
        return lines[name], role_of(lines[roles[0]].text)
    if roles:
        return lines[name], role_of(lines[roles[0]].text)
    after = lines[name + 1].text if name + 1 < len(lines) else ""
    return (lines[name], after.strip(" ,()")) if _may_be_role(after) else None


def _may_be_role(text: str) -> bool:
    """Return whether a line could say what somebody does: a few words, no figure, no sentence, no link's text."""
    return (
        1 <= len(text.split()) <= ROLE_WORDS
        and not re.search(r"[\d@]|[.!?]$|https?:", text)
        and text[:1].isupper()
        and not _NO_ROLE.match(text)
    )


def _in_parts(piece: Piece) -> Iterator[Fact]:
    if piece.kind is BlockKind.ROW and piece.level:
        return
    if piece.head and piece.parts and (fact := _by_head(piece)):
        yield fact
        return
    if led := _LED_BY_NAME.match(piece.text) if not piece.parts else None:
        name, rest = led.group("name"), _SENTENCE_END.split(led.group("rest"), maxsplit=1)[0].rstrip(".")
        if is_name(name) and (role := role_of(rest)):
            yield _fact(name, role, piece.text)
            return
    if piece.kind is BlockKind.PARAGRAPH and is_name(piece.title):
        if role := role_of(piece.text.removeprefix(piece.title)):
            yield _fact(piece.title, role, piece.text)
        return
    text = _HANDLE.sub("", re.sub(r"^\s*(?:[-*+]|\d+\.)\s+", "", plain(piece.text)))
    parts = piece.parts or tuple(part for part in _SPLIT.split(text, maxsplit=1) if part)
    if len(parts) < 2 or (not piece.parts and len(piece.text) > 200):
        return
    if len(parts) == 2 and not piece.parts and role_of(parts[0]) and is_name(parts[1]):
        yield _fact(parts[1], role_of(parts[0]), piece.text)
        return
    for index, part in enumerate(parts[:-1]):
        if is_name(part):
            said = parts[index + 1].rstrip(")")
            # Behind the role, a line of text may go on: ``Ana Reis, Head of Sales. Twenty years in ports.``
            role = (role_of(_first_sentence(said)) if not piece.parts else "") or role_of(said)
            if not role and piece.parts:
                role = next((role for later in parts[index + 1 :] if (role := role_of(later))), "")
            if role:
                yield _fact(part, role, piece.text)
            return


def _first_sentence(text: str) -> str:
    role, _, rest = text.partition(" | ")
    if rest and re.search(r"[\d@]", rest):
        return role
    first = _SENTENCE_END.split(text, maxsplit=1)[0].rstrip(".")
    return first if first[:1].isupper() and len(first.split()) <= ROLE_WORDS else ""


def _by_head(piece: Piece) -> Fact | None:
    values = values_of(piece)
    columns = dict(zip((head.strip().lower() for head in piece.head), piece.parts, strict=False))
    name = values.get("name") or next(
        (text for head, text in columns.items() if _NAME_HEAD.search(head) and text), ""
    )
    role = next((values[key] for key in _ROLE_KEYS if values.get(key)), "") or next(
        (text for head, text in columns.items() if _ROLE_HEAD.search(head) and text), ""
    )
    if not name and is_name(values.get("title", "")):
        name, role = values["title"], role if role != values["title"] else values.get("position", "")
    if name and role and len(name) < 80 and not is_role(name):
        return _fact(name, role, piece.text)
    return None


def _from_schema(reading: Reading) -> Iterator[Fact]:
    for item in items_of(reading.structured, ("Person",)):
        name, role = item.get("name"), item.get("jobTitle")
        if isinstance(name, str) and isinstance(role, str):
            holder = next((piece for piece in reading.pieces if name in piece.text), None)
            if holder:
                yield _fact(name, role, holder.text)


def _fact(name: str, role: str, quote: str) -> Fact:
    return Fact(kind=FactKind.PERSON, name=bare_name(name), attributes={"role": bare_role(role)}, quote=quote)
