"""For how long an amount is: said by its row, its column, a cell beside it, a caption, or a line for the whole page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.reading.piece import Piece
from extract.values.money import Money, find_money, period_in

_PRICE = (
    r"(?:prices?|costs?|fees?|rates?|prix|tarifs?|precios?|tarifas?|prezz[oi]|preços?|prijs|prijzen|pris(?:er)?|cen[ay]|"
    r"preise?|gebühr(?:en)?|kosten|miete|loyers?|canone|cuota|quota|abo(?:nnement)?|subscription)"
)
_TIME = (
    r"(?:hour|day|week|month|quarter|year|annum|stunde|tag|woche|monat|quartal|jahr|heure|jour|semaine|mois|an|hora|"
    r"d[ií]a|semana|mes|año|ora|giorno|settimana|mese|anno|mês|ano|uur|dag|week|maand|jaar|timme|månad|år|miesiąc|rok)"
)
_PER = r"(?:per|pro|par|por|al|je|i|za|a|/)"
#: A column whose head says for how long its prices are.
PERIOD_COLUMN = re.compile(
    r"\b(?:month|year|annual|hour|day|dail|week|mo\b|yr|monat|jahr|jährl|stund|tag\b|täglich|woch|mois|mensuel|annuel|"
    r"jour|heure|semaine|mensual|anual|diari|mes\b|año|mensil|annu|mese|mensal|maand|jaar|månad|år\b)",
    re.I,
)
#: A column of cells that say for how long, or for what, the price beside them is.
_UNIT_COLUMN = re.compile(
    r"\W*(?:period|interval|billing(?: period)?|billed|frequency|unit|per|zeitraum|einheit|abrechnung|turnus|laufzeit|"
    r"période|unité|périodicité|facturation|periodo|unidad|facturación|periodicidad|unità|eenheid|periode|enhet)\W*",
    re.I,
)
#: ``All prices per month``, ``Alle bedragen per maand en exclusief btw``, ``Per location and month``.
_ALL_AMOUNTS = re.compile(
    rf"^(?:(?:all|alle|tous les|todos los|tutti i|todos os|alla|wszystkie)\s+(?:our |unsere |nos |nuestros )?)?"
    rf"(?:{_PRICE}|amounts|beträge|bedragen|montants|importes|importi|belopp|kwoty)\b"
    rf"[^.;$€£\d]{{0,40}}?\b{_PER}\s+(?P<period>{_TIME})\b|"
    rf"^per (?:\w+ ){{1,2}}(?:and|per) (?P<other>{_TIME})\b",
    re.I,
)
STATEMENT = 200  # characters; a longer text tells more than for how long amounts are
#: The label of a row or column of prices that says for what they are: ``Price per seat``, ``Prix HT par jour``.
_PER_LABEL = re.compile(
    rf"\W*{_PRICE}\W+(?:(?:HT|TTC|net(?:to)?|brutto|gross|excl?\.? \w+|incl?\.? \w+|zzgl\. \w+)\W+)?"
    rf"(?P<per>{_PER}\b.+)",
    re.I,
)
_PRICE_LABEL = re.compile(
    rf"\W*(?:(?:monthly|yearly|annual|base|list|starting|hourly|daily|unit|monats|jahres|tages|grund|listen|stunden)[\s-]?)?"
    rf"{_PRICE}(?:\W|$)",
    re.I,
)
#: How a language that writes words together says for how long: ``Monatspreis``, ``Jahresgebühr``.
_TOGETHER = tuple(
    (re.compile(words, re.I), period)
    for words, period in (
        (r"\bmonats\w|\bmensuel|\bmensual|\bmensil|\bmensal|\bmaand\w|\bmånads\w|\bmonatlich", "month"),
        (r"\bjahres\w|\bannuel|\banual|\bannual\w|\bjaar\w|\bårs\w|\bjährlich", "year"),
        (r"\btages\w|\btäglich|\bjournalier|\bdiari[oa]|\bdagelijks", "day"),
        (r"\bstunden\w|\bhoraire", "hour"),
    )
)
_SAID = re.compile(
    r"\(?(?:per|/)\s*(?:month|year|hour|day|week)\)?|\b(?:monthly|yearly|annual|hourly)\b", re.I
)
#: A line above an amount that says for how long it is.
PERIOD_WORD = re.compile(
    rf"(?:{_PER}\s+)?(?:monthly|yearly|annual(?:ly)?|monatlich|jährlich|mensuel|annuel|mensual|anual|mensile|annuale|mensal|"
    rf"maandelijks|jaarlijks|månadsvis|årsvis|{_TIME})",
    re.I,
)
_BARE = re.compile(rf"(?:{_PER}\s*)?(?:mo|month|yr|year|hour|day|week|annual)", re.I)


def stated_period(pieces: Sequence[Piece]) -> str:
    """Return the period for which a line says that all amounts of the page are; empty if none says so."""
    lines = (piece.text for piece in pieces if len(piece.text) <= STATEMENT)
    match = next((match for text in lines if (match := _ALL_AMOUNTS.search(text))), None)
    return period_in(f"/ {match.group('period') or match.group('other')}") if match else ""


def is_price_label(text: str) -> bool:
    """Return whether the first cell of a row says that the row holds prices, and names no plan."""
    return _PRICE_LABEL.match(text) is not None


def timed_cell(cell: str, hints: Sequence[str], beside: Sequence[tuple[str, str]] = ()) -> Money | None:
    """Return the amount of a cell, with the period that its column or its row states where it states none itself.

    ``hints``: the head of the column and the label of the row; ``beside``: the other cells, each with its head.
    """
    money = next(find_money(cell), None)
    if money is None or money.period:
        return money
    for label in filter(None, map(_PER_LABEL.match, hints)):
        told = next(find_money(f"{cell} {label.group('per')}"), None)
        if told is not None and told.period:
            return replace(told, start=money.start, end=money.end)
    period = next((period for hint in hints if (period := _period_of(hint))), "")
    for head, text in beside if not (period or money.unit) else ():
        if told := _told_beside(cell, head, text):
            return replace(told, start=money.start, end=money.end)
    return replace(money, period=period or ("usage" if money.unit else ""))


def _told_beside(cell: str, head: str, text: str) -> Money | None:
    """Return the amount with what a cell in a column of periods or units says that it is for."""
    if len(text) > STATEMENT or not (_UNIT_COLUMN.fullmatch(head) and re.search(r"[^\W\d_]", text)):
        return None
    said = text if re.match(rf"\s*{_PER}\b|\s*/", text, re.I) else f"/ {text}"
    told = next(find_money(f"{cell} {said}"), None)
    if told is None or not (told.period or told.unit):
        return None
    return told if told.period else replace(told, period="usage")


def _period_of(hint: str) -> str:
    if PERIOD_WORD.fullmatch(hint.strip()):
        word = re.sub(rf"^{_PER}\s+", "", hint.strip(), flags=re.I)
        if period := period_in(f"/ {word}") or period_in(word):
            return period
    bare = _BARE.match(hint.strip())
    period = period_in(f"/ {re.sub(rf'^{_PER} ', '', hint.strip(), flags=re.I)}") if bare else ""
    if not period and (match := _SAID.search(hint)):
        period = period_in(match.group(0))
    return period or next((name for pattern, name in _TOGETHER if pattern.search(hint)), "")
