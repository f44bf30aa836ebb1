"""What a list of prices promises for all its plans: a discount for paying by the year, days of free trial."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from extract.reading.piece import Piece, Reading
from extract.values.normalise import plain
from store.kinds import FactKind, PageType
from store.records import Fact

DISCOUNT = "annual discount"
TRIAL = "free trial"
_YEARLY = re.compile(
    r"\b(?:annual(?:ly)?|year(?:ly)?|12[- ]months?|jährlich\w*|jahres\w*|jahr|annuel\w*|an(?:née)?|anual\w*|año|ano|"
    r"årlig\w*|år|annual[ei]|jaar\w*|roczn\w*)\b|年",
    re.I,
)
_SHARE = re.compile(r"(?<![\d.,])(?P<share>\d{1,2}(?:[.,]\d)?)\s?%")
_LESS = re.compile(
    r"\b(?:save|saving|off|discount|cheaper|less|spar\w*|rabatt\w*|günstiger|écono\w+|réduction|remise|ahorr\w+|"
    r"descuento|desconto|economi\w+|sconto|risparmi\w+|korting|bespaar|besparing|taniej|rabat)\b|割引|お得",
    re.I,
)
_DAYS = (
    r"(?:\d{1,3}|one|two|three|four|six|seven|fourteen|thirty)[\s-]+(?:days?|weeks?|months?|tage?n?|wochen?|monate?|jours?|"
    r"semaines?|mois|d[ií]as?|semanas?|mes(?:es)?|dagar?|veckor|dni|giorni|dagen)"
)
_TRIED = (
    r"(?:trial|free|try|tried|test\w*|kostenlos\w*|essa[iy]\w*|gratuit\w*|prueba|gratis|prova\w*|proef\w*|próbn\w*|"
    r"darmo)"
)
_TRIAL = re.compile(
    rf"\b(?P<first>{_DAYS})\b.{{0,24}}\b{_TRIED}\b|\b{_TRIED}\b.{{0,40}}?\b(?P<second>{_DAYS})\b", re.I
)
#: After the trial comes a refund, a guarantee or a notice: other promises that are counted in days.
_OTHER = re.compile(
    r"\b(?:money[- ]back|refund|guarantee|notice|cancel|retention|history|geld[- ]zurück|rembours\w+)\b", re.I
)
BADGE_WORDS = 4
LINE = 200  # characters; a longer text that names a share or a number of days tells a story


def read_offers(reading: Reading, page_type: PageType) -> Iterator[Fact]:
    """Yield the annual discount and the length of the free trial, each once."""
    lines = [piece for piece in reading.pieces if len(piece.text) <= LINE]
    yield from _first(lines, DISCOUNT, _discount)
    yield from _first(lines, TRIAL, _trial)


def _discount(text: str) -> str:
    share = _SHARE.search(text)
    return f"{share.group('share')}%" if share and _LESS.search(text) and _yearly_or_bare(text) else ""


def _yearly_or_bare(text: str) -> bool:
    """Return whether a line speaks of a year, or is no more than the badge beside the switch: ``Save 20%``."""
    return bool(_YEARLY.search(text)) or len(text.split()) <= BADGE_WORDS


def _trial(text: str) -> str:
    match = None if _OTHER.search(text) else _TRIAL.search(text)
    return re.sub(r"[\s-]+", " ", match.group("first") or match.group("second")).lower() if match else ""


def _first(lines: Sequence[Piece], name: str, value_of: Callable[[str], str]) -> Iterator[Fact]:
    """Yield the fact of the first line that states a value."""
    for piece in lines:
        if value := value_of(plain(piece.text)):
            yield Fact(
                kind=FactKind.FEATURE, name=name, attributes={"plan": "", "text": value}, quote=piece.text
            )
            return
