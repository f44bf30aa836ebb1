"""Clauses of policies: what stands under each heading, and from when it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.reading.piece import Piece, Reading
from extract.values.days import WHEN
from extract.values.normalise import plain
from store.kinds import BlockKind, FactKind, PageType
from store.records import Fact

EFFECTIVE = "effective date"
CLAUSE_CHARACTERS = 2_000
#: A policy says when it holds in its head or its foot.
_STRONG = re.compile(
    rf"\b(?:effective|in effect|in force|takes? effect|applies|valid|gültig|in kraft|wirksam|en vigueur|vigente|"
    rf"gäller|applicable|entrada en vigor|entrata in vigore|geldig|ingangsdatum|obowiązuje|commencement|"
    rf"treten|tritt)\b(?:\s+(?:date|as of|from|on|since|"
    rf"starting|beginning|ab|seit|am|au|à compter du|depuis le|le|desde(?: el)?|"
    rf"från(?: och med)?|vanaf|per|od|dnia|à partir du|a partir del?|dal|after|"
    rf"or))*\s*[:\-–—]?\s*(?P<date>{WHEN.pattern})",
    re.I,
)
_WEAK = re.compile(
    rf"\b(?:last\s+)?(?:updated?|modified|revised|revision|version(?: of)?|issued?|amended|changed|published|"
    rf"release|stand|aktualisiert|geändert|letzte änderung|mis[e]? à jour|dernière mise à jour|actualización|"
    rf"actualizado|"
    rf"senast uppdaterad|uppdaterad)\b(?:\s+(?:date|on|as of|am|vom|le|du|el|"
    rf"den))*\s*[:\-–—]?\s*(?P<date>{WHEN.pattern})",
    re.I,
)


#: A clause keeps its name when one before it is added and its number moves.
_NUMBER = re.compile(r"^(?:(?:section|article|clause|§)\s*)?\d+(?:\.\d+)*\s*[.):–—-]*\s+(?=\D)", re.I)


def read_effective(reading: Reading, page_type: PageType) -> Iterator[Fact]:
    """Yield the day from which a list holds that says so, as lists of subprocessors do."""
    if effective := _effective(reading.pieces, (_STRONG,)):
        yield effective


def read_clauses(reading: Reading, page_type: PageType) -> Iterator[Fact]:
    """Yield the effective date, then a clause for each heading with the text below it."""
    effective = _effective(reading.pieces)
    if effective:
        yield effective
    for clause in _clauses(reading):
        # A heading that only labels the day is no clause beside it.
        if effective is None or clause.attributes.get("text") != effective.quote:
            yield clause


def _clauses(reading: Reading) -> Iterator[Fact]:
    title, quote, lines = "", "", list[str]()
    for piece in reading.pieces:
        if piece.kind is BlockKind.HEADING:
            yield from _clause(title, quote, lines)
            title, quote, lines = plain(piece.text).lstrip("# "), piece.text, []
        elif piece.title and piece.text != piece.title:
            # A short clause is one item, with its heading inside.
            rest = piece.text.removeprefix(piece.title).lstrip(" .:-–—")
            yield from _clause(piece.title, piece.text, [rest])
        else:
            lines.append(piece.text)
    yield from _clause(title, quote, lines)


def without_number(title: str) -> str:
    """Return a clause's heading without the number before it, or the whole of it if there is no more."""
    return _NUMBER.sub("", title) or title


def _effective(
    pieces: tuple[Piece, ...], patterns: tuple[re.Pattern[str], ...] = (_STRONG, _WEAK)
) -> Fact | None:
    for pattern in patterns:
        for piece in (*pieces[:40], *pieces[-15:]):
            if len(piece.text) > 400 or not WHEN.may_stand_in(piece.text):
                continue
            if match := pattern.search(_with_its_label(piece)):
                date = match.group("date")
                return Fact(
                    kind=FactKind.CLAUSE, name=EFFECTIVE, attributes={"effective": date}, quote=piece.text
                )
    return None


def _with_its_label(piece: Piece) -> str:
    """Return the text of a line, behind the heading above it where it is a day and no more."""
    text = plain(piece.text)
    return f"{piece.path[-1]}: {text}" if piece.path and WHEN.fullmatch(text.strip(" .")) else text


def _clause(title: str, quote: str, lines: list[str]) -> Iterator[Fact]:
    title = without_number(title)
    if title and len(title) <= 200:
        text = "\n".join(lines)[:CLAUSE_CHARACTERS]
        yield Fact(kind=FactKind.CLAUSE, name=title, attributes={"text": text} if text else {}, quote=quote)
