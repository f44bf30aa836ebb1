"""Days as pages write them, in seven languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

_WORDS: tuple[str, ...] = (
    r"stycznia|ledna|tammikuuta|jan(?:uar[iy]?|vier|v)?|jänner|enero|ene|gennaio|gen|janeiro",
    r"lutego|února|helmikuuta|febbraio|feb(?:ruar[iy]?|braio|rero)?|févr(?:ier)?|fevereiro",
    r"marca|marts|března|maaliskuuta|m(?:ar(?:ch|s|zo|ço)?|ärz|aart|rz)",
    r"kwietnia|dubna|huhtikuuta|a(?:pr(?:il|ile)?|bril|br|vril|vr)",
    r"maja|maio|května|toukokuuta|ma(?:y|i|yo|j|ggio|io)|mei",
    r"czerwca|června|kesäkuuta|jun[ei]?|juin|junio|giugno|junho|juni",
    r"lipca|července|heinäkuuta|jul[yi]?|juil(?:let)?|julio|luglio|julho|juli",
    r"sierpnia|srpna|elokuuta|aug(?:ust[io]?|ustus)?|août|agosto|ago",
    r"września|září|syyskuuta|sept?(?:ember|embre|iembre)?|settembre|setembro|set",
    r"października|října|lokakuuta|o[ck]t(?:ober|obre|ubre)?|ottobre|outubro",
    r"listopada|listopadu|marraskuuta|nov(?:ember|embre|iembre|embro)?",
    r"grudnia|prosince|joulukuuta|de[cz](?:ember|embre|embro|iembre)?|déc(?:embre)?|dicembre|diciembre|dic",
)
MONTH = "|".join(_WORDS)
_MONTHS = tuple(re.compile(words, re.I) for words in _WORDS)
_ORDINAL = r"(?:\.|st|nd|rd|th|er|º|ª)?"
_TO = r"\s*(?:[-–—]|to|bis|au|al|till|until|and|und|et|e|y|&)\s*"
_YEAR = r"(?:,?\s+(?:de\s+|del\s+)?(?:19|20)\d{2})"
_FIGURE = re.compile(r"\d")
_ISO_DAY = r"(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}"
_FIGURES = r"\d{1,2}[./]\d{1,2}\.?(?:[./]?(?:19|20)\d{2}|[./]\d{2})"
_DAY_MONTH = rf"\d{{1,2}}{_ORDINAL}\s*(?:of\s+|de\s+)?(?:{MONTH})\b\.?{_YEAR}?"
_MONTH_DAY = rf"(?:{MONTH})\b\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?!:\d)"
_IDEOGRAPHS = r"(?:19|20)\d{2}年\s?\d{1,2}月\s?\d{1,2}日"
_ONE = rf"(?:{_ISO_DAY}|{_IDEOGRAPHS}|{_FIGURES}|{_DAY_MONTH}|{_MONTH_DAY}{_YEAR}?)"


BESIDE_DAY = 24  # characters: a weekday, a time of day


class FigurePattern:
    """A pattern that no text without a figure matches; such a text is told by that alone, fifty times as fast."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._compiled = pattern
        self.pattern = pattern.pattern

    def may_stand_in(self, text: str) -> bool:
        """Return whether ``text`` has a figure at all."""
        return _FIGURE.search(text) is not None

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match in ``text``."""
        return self._compiled.search(text) if _FIGURE.search(text) else None

    def match(self, text: str) -> re.Match[str] | None:
        """Return the match that ``text`` begins with."""
        return self._compiled.match(text) if _FIGURE.search(text) else None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Return the match that all of ``text`` is."""
        return self._compiled.fullmatch(text) if _FIGURE.search(text) else None

    def sub(self, replacement: str, text: str) -> str:
        """Return ``text`` with all matches replaced."""
        return self._compiled.sub(replacement, text) if _FIGURE.search(text) else text

    def split(self, text: str) -> list[str]:
        """Return what of ``text`` stands between the matches."""
        return self._compiled.split(text) if _FIGURE.search(text) else [text]


#: A day, a span of days, or a month of a year, wherever a text names one.
WHEN = FigurePattern(
    re.compile(
        rf"(?<![^\W_])(?<![./-])(?:"
        rf"(?:du\s+|vom\s+|from\s+|del\s+)?{_ONE}{_TO}{_ONE}"
        rf"|(?:du\s+|vom\s+|from\s+|del\s+)?\d{{1,2}}{_ORDINAL}{_TO}(?:{_DAY_MONTH}|{_FIGURES})"
        rf"|{_MONTH_DAY}{_TO}\d{{1,2}}(?:st|nd|rd|th)?\b{_YEAR}?"
        rf"|{_ONE}"
        rf"|(?:{MONTH})\b\.?\s+(?:de\s+)?(?:19|20)\d{{2}}"
        rf")(?![^\W_]|-\w)",
        re.I,
    )
)
_WEEKDAY = (
    r"(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|montag|dienstag|mittwoch|donnerstag|freitag|"
    r"samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|"
    r"domingo|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|lunedì|martedì|mercoledì|giovedì|"
    r"venerdì|sabato|"
    r"domenica"
)
_ISO = re.compile(r"\b((?:19|20)\d{2})-(\d{1,2})-(\d{1,2})\b")
_DAY_FIRST = re.compile(
    rf"\b(?:\d{{1,2}}{_ORDINAL}{_TO})?(\d{{1,2}}){_ORDINAL}\s*(?:of\s+|"
    rf"de\s+)?({MONTH})\b\.?,?\s+(?:de\s+)?((?:19|20)\d{{2}})",
    re.I,
)
_MONTH_FIRST = re.compile(
    rf"\b({MONTH})\b\.?\s+(?:\d{{1,2}}(?:st|nd|rd|th)?\s*[-–]\s*)?(\d{{1,2}})(?:st|nd|rd|th)?,?\s+((?:19|20)\d{{2}})",
    re.I,
)
_POINTED = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.((?:19|20)\d{2})\b")
_LED = rf"(?:\b(?:{_WEEKDAY})\b\.?,?\s+(?:the\s+|den\s+|le\s+|el\s+)?)?"
_SINGLE_DAY_FIRST = re.compile(
    rf"{_LED}(?<![-–\d/.])\b(\d{{1,2}})(?:st|nd|rd|th|\.|er|º)?\s+(?:of\s+|de\s+)?({MONTH})\b\.?,?\s+"
    rf"(?:de\s+|del\s+)?((?:19|20)\d{{2}})\b",
    re.I,
)
_SINGLE_MONTH_FIRST = re.compile(
    rf"{_LED}\b({MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+((?:19|20)\d{{2}})\b", re.I
)
_SINGLE_POINTED = re.compile(
    rf"{_LED}(?<![-–\d/.])\b(\d{{1,2}})\.(\d{{1,2}})\.((?:19|20)\d{{2}})\b(?![.\d])", re.I
)
_YEAR_FIRST = re.compile(r"(?<![-–\d/.])\b((?:19|20)\d{2})([/.])(\d{1,2})\2(\d{1,2})\b(?![/.\d])")
_IDEOGRAPHIC = re.compile(
    r"((?:19|20)\d{2})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]\s?(?:\(?[月火水木金土日]\)|\([월화수목금토일]\))?"
)
#: Days whose month and day stand in either order: ``01/10/2026``.
_SLASHED = re.compile(r"(?<![\d/.-])(\d{1,2})/(\d{1,2})/((?:19|20)\d{2})(?![\d/])")
_WRITTEN = re.compile(r"(?<![\d-])((?:19|20)\d{2})-(\d{2})-(\d{2})(?![\d-])")


def is_day(text: str) -> bool:
    """Return whether a text is a day and little else."""
    match = WHEN.search(text)
    return match is not None and len(text) <= len(match.group(0)) + BESIDE_DAY


def last_day_in(text: str) -> date | None:
    """Return the latest day that a text names in full (of a range its end), None if it names none."""
    days = [_day(y, m, d) for y, m, d in _ISO.findall(text)]
    days += [_day(y, m, d) for d, m, y in _POINTED.findall(text)]
    days += [_day(y, _number(m), d) for d, m, y in _DAY_FIRST.findall(text)]
    days += [_day(y, _number(m), d) for m, d, y in _MONTH_FIRST.findall(text)]
    return max((day for day in days if day is not None), default=None)


def same_days(text: str) -> str:
    """Return a text with every day that it names in full as 2026-11-16, however it was written.

    Only a day whose month may stand before or behind it, as in 01/10/2026, stays as it is.
    """
    text = _SINGLE_DAY_FIRST.sub(
        lambda m: _written(m.group(3), _number(m.group(2)), m.group(1), m.group(0)), text
    )
    text = _SINGLE_MONTH_FIRST.sub(
        lambda m: _written(m.group(3), _number(m.group(1)), m.group(2), m.group(0)), text
    )
    text = _SINGLE_POINTED.sub(lambda m: _written(m.group(3), m.group(2), m.group(1), m.group(0)), text)
    text = _YEAR_FIRST.sub(lambda m: _written(m.group(1), m.group(3), m.group(4), m.group(0)), text)
    text = _IDEOGRAPHIC.sub(lambda m: f"{_written(m.group(1), m.group(2), m.group(3), m.group(0))} ", text)
    return _SLASHED.sub(_slashed, text)


def differ_in_order_of_day(before: str, after: str) -> bool:
    """Return whether two texts are the same but for days in figures that one of them may have written the other way.

    ``before`` and ``after`` are texts as `same_days` returns them: ``2026-10-01`` and ``01/10/2026`` are one day.
    """
    if _days_out(before) != _days_out(after) or before == after:
        return False
    left, right = list(_readings(before)), list(_readings(after))
    return bool(left) and len(left) == len(right) and all(a & b for a, b in zip(left, right, strict=True))


def _days_out(text: str) -> str:
    return _SLASHED.sub("<day>", _WRITTEN.sub("<day>", text))


def _readings(text: str) -> Iterator[frozenset[date]]:
    """Yield, for each day in figures, the days that it may be."""
    found = [(m.start(), (m.groups(), None)) for m in _WRITTEN.finditer(text)]
    slashed = [(m.start(), ((m[3], m[2], m[1]), (m[3], m[1], m[2]))) for m in _SLASHED.finditer(text)]
    for _, written in sorted([*found, *slashed]):
        days = (_day(*one) for one in written if one is not None)
        yield frozenset(day for day in days if day is not None)


def _slashed(match: re.Match[str]) -> str:
    one, other, year = match.groups()
    if one == other or int(one) > 12:
        return _written(year, other, one, match.group(0))
    return _written(year, one, other, match.group(0)) if int(other) > 12 else match.group(0)


def _written(year: str, month: str, day: str, otherwise: str) -> str:
    found = _day(year, month, day)
    return found.isoformat() if found else otherwise


def _number(month: str) -> str:
    return next((str(number) for number, words in enumerate(_MONTHS, 1) if words.match(month)), "0")


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


_BESIDE_DAY = " -–—:|·,"
_LEADS_TO_DAY = re.compile(r"(?:^|\s)[a-zà-ÿ]{1,4}$")  # "Story of 8 November"


def without_outer_day(text: str) -> str:
    """Return a title without the day that stands before or behind it; a day alone or within its sentence stays."""
    when = WHEN.search(text)
    if when is None:
        return text
    before, behind = text[: when.start()].strip(_BESIDE_DAY), text[when.end() :].strip(_BESIDE_DAY)
    is_within = bool(before and behind) or _LEADS_TO_DAY.search(before) is not None
    rest = before or behind
    return text if is_within or not any(c.isalpha() for c in rest) else rest
