"""News that a start page tells without a list of news: in a bar, below a heading of awards, or as a heading itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.reading.piece import Piece, Reading
from extract.values.days import WHEN, without_outer_day
from extract.values.normalise import plain
from store.kinds import BlockKind, FactKind, PageType
from store.records import Fact

#: What firms say of themselves when something has happened. Imperatives and promises are not among it.
_HAPPENED = re.compile(
    r"\b(?:raise[sd]|secure[sd] [$€£\d]|close[sd] (?:an? |its |on )?(?:[$€£\d]|series|seed|funding)|"
    r"(?:is|are) now part of|is becoming|becomes? part of|has been acquired|acquire[sd]|acquisition of|merge[sd] with|"
    r"joins? forces|(?:has )?joined the|"
    r"named (?:an?|the|as|one|in|to)\b|recogni[sz]ed (?:as|by|in|with)|ranked|wins?\b|won\b|"
    r"awarded|honou?red|shortlisted|"
    r"certified (?:to|for|under|as)|achieve[sd]|receive[sd]|"
    r"launch(?:es|ed)|introduc(?:es|ed|ing)|announc(?:es|ed|ing)|unveil(?:s|ed)|is here\b|now (?:generally )?available|"
    r"(?:is|are) now (?:live|available|open|in)\b|"
    r"opens? (?:an?|its|our|new|the)\b.{0,30}\b(?:office|site|hub|plant|branch|cent(?:re|er)|factory|store)|"
    r"expands (?:to|into)|partners? with\b|teams? up with|sign(?:s|ed) (?:an?|with)|appoint(?:s|ed)|"
    r"cuts? \w+ (?:jobs|positions)|lays? off|"
    r"übernimmt|wurde übernommen|(?:gehört|ist) (?:jetzt|nun) (?:zu|teil)|ausgezeichnet|gewinnt|eröffnet|ernennt|"
    r"erhält|"
    r"lève \d|levée de fonds|acquiert|rachète|rejoint le|remporte|ouvre (?:un|son)|nomme|fait (?:désormais )?partie|"
    r"adquiere|recauda|gana (?:el|la)|lanza|nombra|(?:ya )?forma parte|acquisisce|raccoglie|vince (?:il|la)|lancia|"
    r"entra a far parte|neemt .{2,40} over|haalt .{2,40} op|wint|lanceert|is nu onderdeel|adquire|capta|ganha|lança|"
    r"passa a fazer parte|förvärvar|tar in|vinner|lanserar|är nu en del)\b|"
    r"を開始しました|を発表|を発売|に選ばれ|を受賞",
    re.I,
)
#: What is news wherever it stands, even in the bar above a page that mostly calls for something.
_OF_THE_FIRM = re.compile(
    r"\b(?:raise[sd]|secure[sd]|close[sd]|lands?|lève|recauda|raccoglie|haalt|tar in|capta|sammelt)\b[^.?!]{0,24}"
    r"(?:[$€£]\s?\d|\d[\d.,]*\s?(?:m|bn|million\w*|mio|mrd|milliard\w*|millones|milioni|milhões|miljoen|miljoner)\b)|"
    r"\bseries [a-h] (?:round|funding)\b|(?:is|are) now part of|has been acquired by|have been acquired by|"
    r"\b(?:acquire[sd]|merge[sd] with)\b|\bwurde von .{2,40} übernommen|\bübernimmt\b|\bist (?:jetzt|nun) teil\b|"
    r"fait (?:désormais )?partie d|"
    r"a été racheté|ya forma parte de|entra a far parte|is nu onderdeel van|är nu en del av",
    re.I,
)
_BAR = frozenset({
    "announcement", "announce", "announcements", "alert", "banner", "topbar", "notice", "news", "press", "award",
    "awards", "accolade", "accolades", "recognition", "highlight", "ticker", "pill", "eyebrow", "spotlight",
    "milestone",
})  # fmt: skip
_AWARDS = re.compile(
    r"\W*(?:(?:our |recent |industry )?"
    r"(?:awards?|accolades|recognitions?|praise|honou?rs|distinctions)(?: (?:and|&) \w+)?|"
    r"auszeichnungen|preise und auszeichnungen|prix et distinctions|distinctions|premios(?: y \w+)?|premi|"
    r"riconoscimenti|prêmios|prijzen|utmärkelser|recognised by|recognized by)\W*",
    re.I,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Þ\"“])")
_QUOTED = re.compile(r"^[\"“„«'‘]")
_NEVER = re.compile(r"\?\s*$|^(?:how|why|what|when|join|get|see|read|learn|discover|opens|if)\b", re.I)
WORDS = range(3, 31)  # of a sentence that tells news
AWARD_WORDS = 20


def read_announcements(reading: Reading, page_type: PageType) -> Iterator[Fact]:
    """Yield an entry for each sentence that tells what has happened, where start pages put such, and for each award."""
    for piece in reading.pieces:
        if piece.level == 1 or piece.head or piece.kind in (BlockKind.LOGO, BlockKind.OPTION, BlockKind.ROW):
            continue
        told = _SENTENCE.split(plain(piece.title or (piece.parts or (piece.text,))[0]), maxsplit=1)[0]
        if _is_award(piece, told) or tells_of_firm(told) or (_may_tell(piece) and _tells(told)):
            yield _fact(told, piece)


def tells_of_firm(text: str) -> bool:
    """Return whether a line says that the firm raised money, bought another or was bought."""
    return len(text.split()) in WORDS and _OF_THE_FIRM.search(text) is not None and not _NEVER.search(text)


def _is_award(piece: Piece, text: str) -> bool:
    listed = bool(piece.path) and _AWARDS.fullmatch(piece.path[-1]) is not None and not piece.level
    return listed and len(text.split()) in range(2, AWARD_WORDS) and not _QUOTED.match(text)


def _may_tell(piece: Piece) -> bool:
    """Return whether a piece is a heading, or stands in a bar or box of news."""
    return piece.level > 1 or not _BAR.isdisjoint(piece.classes)


def _tells(text: str) -> bool:
    if len(text.split()) not in WORDS and text.isascii():
        return False
    return _HAPPENED.search(text) is not None and not (_NEVER.search(text) or _QUOTED.match(text))


def _fact(name: str, piece: Piece) -> Fact:
    when = WHEN.search(piece.text)
    # A card that is one link holds its day before its title or behind it.
    name = without_outer_day(name)
    found = {"date": when.group(0) if when else "", "url": next((url for _, url in piece.links), "")}
    return Fact(
        kind=FactKind.ENTRY,
        name=name.strip(" .,:·|*_–—-"),
        attributes={key: value for key, value in found.items() if value},
        quote=piece.text,
    )
