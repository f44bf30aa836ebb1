"""People and their roles, from tables, cards, headings, lists and schema.org."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.cards import Cards, Line
from extract.normalise import plain
from extract.piece import Piece, Reading
from extract.record_keys import values_of
from extract.schema_org import items_of
from store.kinds import BlockKind, FactKind, PageType
from store.records import Fact

_ROLE = re.compile(
    r"\b(?:chief|officer|ceo|cto|cfo|coo|cmo|cpo|cro|ciso|cio|chro|c[a-z]o\b|(?:co-?)?founder|director|"
    r"president|vp|svp|evp|head|"
    r"lead(?:er)?|engineer(?:ing)?|manager|committer|pmc|chair(?:man|woman|person)?|member|partner|"
    r"principal|counsel|advisor|adviser|"
    r"analyst|designer|developer|scientist|researcher|consultant|architect|secretary|treasurer|associate|"
    r"assistant|specialist|"
    r"coordinator|recruiter|accountant|marketing|sales|operations|product|support|success|editor|"
    r"maintainer|contributor|emeritus|"
    r"board|trustee|fellow|intern|administrator|strategist|owner|professor|evangelist|advocate|moderator|"
    r"representative|"
    r"managing|reviewer|approver|staff|geschäftsführer(?:in)?|geschäftsführung|\w*leit(?:er(?:in)?|ung)|"
    r"vorstand(?:smitglied|svorsitzende[rn]?)?|inhaber(?:in)?|gründer(?:in)?|entwickler(?:in)?|berater(?:in)?|vertrieb|"
    r"prokurist(?:in)?|aufsichtsrat|sachbearbeiter(?:in)?|assistenz|assistentin|directeur|directrice|direct(?:or|ora)|"
    r"président(?:e)?|responsable|fondateur|fondatrice|gérante?|chef(?:fe)?|ingénieure?|conseill(?:er|ère)|"
    r"gerente|jefe|jefa|fundador(?:a)?|socio|socia|vd|verkställande|grundare|utvecklare|ansvarig|säljare|"
    r"\w*chef|amministrat\w+|delegat[oa]|hoofd|bestuurder|prezes|wiceprezes|dyrektor|kierownik|"
    r"diretor[a]?(?:-geral)?|gestor[a]?|"
    r"direktør|daglig leder|administrerende|toimitusjohtaja|johtaja|ředitel(?:ka)?|vedoucí|direttore|direttrice|"
    r"amministratore|responsabile|fondatore|oprichter|directie|medewerker)\b",
    re.I,
)
_CJK_HEADING = re.compile(r"経営陣|役員|会社|社員|紹介|一覧|团队|团隊|公司")
_CJK_ROLE = re.compile(
    r"代表取締役|取締役|社長|会長|部長|課長|執行役員|監査役|総经理|总经理|总裁|董事|经理|대표|이사|팀장"
)
_NAME_WORD = (
    r"(?:(?:(?:al|el|d|l|o|de|da|ibn|ben|abu|bint|ould)[-'’]\s?)?[^\W\d_a-zß-öø-ÿ][\w'’-]*\.?|"
    r"(?:de|da|das|di|do|du|van|von|vom|zu|zur|der|den|la|le|las|los|bin|binti|ibn|al|el|dos|del|della|ter|te|"
    r"ten|y|e|af|av|zum|freiherr|"
    r"freifrau|graf|gräfin)\b)"
)
_NAME = re.compile(
    rf"^(?:(?:Dr|Prof|Mr|Mrs|Ms|Sir|Dame|Lord|Lady|Ing|"
    rf"Dipl)\.?(?:-\w+\.)?\s+)*{_NAME_WORD}(?:[\s-]+{_NAME_WORD}){{1,4}}(?:,?\s+(?:Jr|Sr|PhD|"
    rf"MD|MBA|CFA|CPA|I{{1,3}})\.?)*$"
)
_CJK_NAME = re.compile(r"^[\u4e00-\u9fff]{2,4}$|^[\uac00-\ud7a3]{2,4}$")
_NO_NAME = re.compile(
    r"\b(?:our|the|team|read|more|learn|about|company|contact|join|meet|see|view|all|what|how|why|who|we|"
    r"us|your|for|and|with|get|"
    r"started|terms|privacy|policy|linkedin|twitter|github|committee|management|leadership|board|advisors|"
    r"investors|press|news|"
    r"careers|jobs|open|source|project|software|apache|foundation|release|download|documentation|"
    r"community|list|mailing|"
    r"university|inc|llc|gmbh|ltd|street|email|name|role|title|id|organization|data|cloud|security|platform)\b",
    re.I,
)
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
#: How somebody wants to be spoken of: ``(she/her)``.
_PRONOUNS = re.compile(
    r"\s*[(\[]?\b(?:she|he|they|sie|er|elle|il|ella|él|ze|hij|zij)\s?/\s?(?:her|hers|him|his|them|they|ihr|ihm|lui|sa|"
    r"ella|la|lo|xier|hem|haar)(?:\s?/\s?\w+)?[)\]]?\s*$",
    re.I,
)
#: What one is called where code is kept: ``(@mira)``.
_HANDLE = re.compile(r"\s*\(@[\w-]+\)|\s+@[\w-]+\b")
#: Since when somebody has a role: ``Chair since 1 November 2026``, ``Geschäftsführerin (seit 2011)``.
_SINCE = re.compile(
    r"[\s,(–—-]+(?:since|seit|depuis|desde|dal|sinds|sedan|siden|od)\s(?:[^\W\d]+\.?\s|\d{1,2}\.?\s|[\d./-]+\s)*"
    r"(?:[\d./-]*(?:19|20)\d{2})\)?\s*$",
    re.I,
)
ROLE_CHARACTERS = 120
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


def is_name(text: str) -> bool:
    """Return whether a text looks like the name of a person and nothing else."""
    text = _PRONOUNS.sub("", text.strip())
    if len(text) > 60 or any(c.isdigit() for c in text) or _NO_NAME.search(text):
        return False
    return bool(_NAME.match(text) and not _ROLE.search(text)) or bool(
        _CJK_NAME.match(text) and not _CJK_ROLE.search(text)
    )


def role_of(text: str) -> str:
    """Return the role a short text states, or nothing."""
    text = text.strip(" ()-–—|,;")
    return (
        text
        if 2 <= len(text) <= ROLE_CHARACTERS
        and (_ROLE.search(text) or _CJK_ROLE.search(text))
        and not text.endswith((".", "?"))
        else ""
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
            role = role_of(parts[index + 1].rstrip(")"))
            if not role and piece.parts:
                role = next((role for later in parts[index + 1 :] if (role := role_of(later))), "")
            if role:
                yield _fact(part, role, piece.text)
            return


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
    if name and role and len(name) < 80 and not _ROLE.fullmatch(name):
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
    name = _PRONOUNS.sub("", name.strip())
    role = _SINCE.sub("", role).strip(" ,*_") or role
    return Fact(
        kind=FactKind.PERSON, name=name.strip(" ,*_"), attributes={"role": role.strip(" ,*_")}, quote=quote
    )
