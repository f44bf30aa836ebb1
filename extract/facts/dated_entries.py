"""One dated entry of a list of news: a line, a card, a term, or a day and a title that stand alone on a card."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.reading.piece import Piece
from extract.values.days import WHEN, without_outer_day
from extract.values.normalise import plain
from store.kinds import BlockKind, FactKind
from store.records import Fact

TITLE_CHARACTERS = 200
TITLE_WORDS = 3
ALONE_PIECES = 3  # of a card that is a day, a title and perhaps a tag
UNSPACED = 8  # characters that make a title where words are not parted by spaces
#: Characters that may stand beside the date on its line.
DATE_LINE = 24
LINE_CHARACTERS = 600
#: What a list of news says of a story's readers, or of the time it takes, at the end of its line.
_COUNTER = re.compile(
    r"(?:\s*[·|•–—-]\s*|\s+\(?)\d[\d,. ]*[km]?\+?\s*(?:min(?:ute)?s?\s+)?"
    r"(?:reads?|views?|likes?|claps?|comments?|shares?|readers?|repl(?:y|ies))\)?\s*$",
    re.I,
)
_DASH = re.compile(r"\)?\s*(?:[–—-]+|\.[-–—]|:|/)\s")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"])")


def is_date_line(text: str) -> bool:
    """Return whether a line is a date and little else: a weekday, a name, a count of minutes."""
    match = WHEN.search(text)
    return match is not None and len(text) <= len(match.group(0)) + DATE_LINE


def _is_dateline(text: str) -> bool:
    """Return whether a text begins as reports do: a town, the day and a dash."""
    when = WHEN.search(text[: 2 * DATE_LINE])
    return when is not None and when.start() <= DATE_LINE and bool(_DASH.match(text[when.end() :]))


def dated_alone(piece: Piece, around: Sequence[Piece]) -> Fact | None:
    """Read a day in a line of its own on a card whose only other line that is long enough is the title."""
    if piece.level or piece.parts[1:] or not WHEN.fullmatch(piece.text) or len(around) > ALONE_PIECES:
        return None
    titles = [other for other in around if other is not piece and (is_long(other.text) or other.links)]
    headed = any(other.level for other in around)
    told = titles[0] if len(titles) == 1 and not headed and not titles[0].parts[1:] else None
    if told is None or len(told.text) > TITLE_CHARACTERS or WHEN.search(told.text):
        return None
    return entry_fact(told.text, piece.text, next((url for _, url in told.links), ""), told)


def dated_card(piece: Piece) -> Fact | None:
    """Read a card with a title and a line that is its date."""
    if piece.kind not in (BlockKind.CARD, BlockKind.ITEM) or not piece.parts or piece.head:
        return None
    when = next((WHEN.search(part) for part in piece.parts if is_date_line(part)), None)
    when = when or next((WHEN.search(part) for part in piece.parts[1:] if _is_dateline(part)), None)
    title = titled(piece)
    if when is None or not is_long(title) or len(title) > TITLE_CHARACTERS:
        return None
    return entry_fact(title, when.group(0), next((url for _, url in piece.links), ""), piece)


def dated_term(pieces: Sequence[Piece], index: int) -> Fact | None:
    """Read a day with the title of what happened then behind it, in a list of definitions; a tag may stand between."""
    piece = pieces[index]
    line = piece.kind in (BlockKind.ITEM, BlockKind.PARAGRAPH) and bool(piece.group) and not piece.level
    when = WHEN.search(piece.text) if line and is_date_line(piece.text) else None
    if when is None or (piece.title != piece.text and when.group(0) != piece.text):
        return None
    below = [
        other
        for other in pieces[index + 1 : index + 3]
        if other.group == piece.group and other.kind is BlockKind.ITEM
    ]
    told = next((other for other in below if is_long(other.text)), None)
    if told is None or len(told.text) > TITLE_CHARACTERS or any(WHEN.search(o.text) for o in below[:1]):
        return None
    return entry_fact(told.text, when.group(0), next((url for _, url in told.links), ""), told)


def dated_line(piece: Piece, listing: bool) -> Fact | None:
    """Read ``12 May 2026 - It happened. More.`` anywhere, and ``Name 2.1 (notes) -- 12 May 2026`` in listings."""
    text = re.sub(r"^\s*[-*+]\s+", "", plain(piece.text))
    if piece.kind is BlockKind.HEADING or len(text) > LINE_CHARACTERS:
        return None
    when = WHEN.match(text)
    if when and (rest := text[when.end() :].lstrip(" -–—:|·•,.\t)")):
        title = titled(piece) or _SENTENCE.split(rest, maxsplit=1)[0]
    elif listing and piece.kind is BlockKind.ITEM and (when := WHEN.search(text)):
        title = re.split(r"\s+\(|\s+--?\s+|\s+[–—|]\s+", text[: when.start()], maxsplit=1)[0]
    else:
        return None
    title = title.strip(" -–—:|·•,*_(")
    if (len(title.split()) < 2 and (title.isascii() or len(title) < UNSPACED)) or len(
        title
    ) > TITLE_CHARACTERS:
        return None
    return entry_fact(title, when.group(0), next((url for _, url in piece.links), ""), piece)


def titled(piece: Piece) -> str:
    """Return the heading or link that names what a dated card or row is about, or the cell next to the date."""
    cells = [part for part in piece.parts if not WHEN.fullmatch(part.strip(" ·|,"))]
    # Where the day is set in bold it names nothing.
    name = "" if WHEN.fullmatch(piece.title) else piece.title
    if len(piece.links) == 1 and piece.links[0][0] == piece.text and len(cells) > 1:
        # A card that is a link as a whole has its title among its lines.
        return name or next((part for part in cells if is_long(part)), "")
    linked = next((text for text, _ in piece.links if len(text.split()) >= TITLE_WORDS), "")
    return name or linked or (cells[0] if len(cells) < len(piece.parts) and cells else "")


def is_long(text: str) -> bool:
    return len(text.split()) >= TITLE_WORDS or (not text.isascii() and len(text) >= UNSPACED)


def entry_fact(title: str, when: str, url: str, piece: Piece) -> Fact:
    title = _COUNTER.sub("", title) or title
    # A link around the whole card holds its day as well.
    title = without_outer_day(title)
    found = {"date": when, "url": url}
    return Fact(
        kind=FactKind.ENTRY,
        name=title,
        attributes={key: value for key, value in found.items() if value},
        quote=piece.text,
    )
