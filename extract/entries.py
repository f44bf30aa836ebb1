"""Entries of changelogs, news lists and home pages: title, date, link."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.cards import Cards
from extract.days import WHEN
from extract.entry_records import entry_of
from extract.normalise import normalise, plain
from extract.piece import Piece, Reading
from store.kinds import BlockKind, FactKind, PageType
from store.records import Fact

_DATE = WHEN
_DATED_LINK = re.compile(r"/(?P<y>(?:19|20)\d{2})[/-](?P<m>\d{1,2})(?:[/-](?P<d>\d{1,2}))?\b")
_POST_LINK = re.compile(
    r"/(?:blog|news|posts?|press|articles?|stories|updates|changelog|releases?|announcements?)/[\w%-]{4,}",
    re.I,
)
_VERSION = re.compile(
    r"^v?\d+\.\d+(?:\.\d+)?\b|\b(?:release|version)\s+v?\d+\.\d+|\bv\d+\.\d+|\b\d+\.\d+\.\d+\b", re.I
)
_VERSION_ALONE = re.compile(r"v?\d+(?:\.\d+)+", re.I)
#: What the parts of a release are headed by.
_PART_OF_RELEASE = re.compile(
    r"\W*(?:added|changed|deprecated|removed|fixed|security|(?:new )?features|(?:bug ?)?fix(?:es)?|improvements?|"
    r"enhancements?|breaking(?: changes?)?|performance|documentation|dependencies|chores?|miscellaneous|internal|"
    r"known issues|highlights|what['’]s changed|new contributors|full changelog|neu|behoben|geändert|verbessert)\W*",
    re.I,
)
_ROOT = re.compile(
    r"\b(?:older|archive|newer|next|previous|read more|continue|learn more|more|details|all posts|see all|"
    r"view all|rss)\b",
    re.I,
)
_NEWS = re.compile(
    r"\W*(?:(?:the |our |latest |recent |company |from (?:the|our) )*(?:journal|news(?:room)?|blog|"
    r"press(?: releases)?|updates|stories|articles|announcements|insights)|"
    r"(?:aktuelles|neuigkeiten|neues|presse(?:mitteilungen)?)|"
    r"(?:nos )?actualités|(?:le )?journal|noticias|novedades|notizie|novità|nieuws|notícias|nyheter|aktuellt|"
    r"aktualności|"
    r"お知らせ|ニュース|新闻)\W*",
    re.I,
)
TITLE_CHARACTERS = 200
TITLE_WORDS = 3
ALONE_PIECES = 3  # of a card that is a day, a title and perhaps a tag
UNSPACED = 8  # characters that make a title where words are not parted by spaces
#: Characters that may stand beside the date on its line.
DATE_LINE = 24
#: An entry of more pieces is an article with headings of its own.
CARD_PIECES = 12
LINE_CHARACTERS = 600
#: What a list of news says of a story's readers, or of the time it takes, at the end of its line.
_COUNTER = re.compile(
    r"(?:\s*[·|•–—-]\s*|\s+\(?)\d[\d,. ]*[km]?\+?\s*(?:min(?:ute)?s?\s+)?"
    r"(?:reads?|views?|likes?|claps?|comments?|shares?|readers?|repl(?:y|ies))\)?\s*$",
    re.I,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"])")


def read_entries(reading: Reading, page_type: PageType) -> Iterator[Fact]:
    """Yield an entry for every dated or versioned heading, and every link to a post."""
    listing = page_type in (PageType.CHANGELOG, PageType.NEWS)
    pieces = reading.pieces
    cards = Cards(pieces)
    below = listing and _dates_stand_below(pieces)
    for index, piece in enumerate(pieces):
        following = pieces[index + 1] if index + 1 < len(pieces) else None
        above = pieces[index - 1].text if index and not below else ""
        around = cards.around(index) if listing and piece.level > 1 else ()
        if around and len(around) <= CARD_PIECES and not _DATE.search(piece.text):
            above = next(
                (other.text for other in around if other is not piece and _is_date_line(other.text)), above
            )
        if listing and piece.head and (fact := entry_of(piece)):
            yield fact
            continue
        heads = listing and piece.kind is BlockKind.HEADING and piece.level > 1
        if heads and (fact := _heading(piece, following, above)):
            yield fact
            continue
        told = (_dated_term(pieces, index) or _dated_alone(piece, cards.around(index))) if listing else None
        told = told or _dated_line(piece, listing)
        if told is None and (listing or _under_news(piece)):
            told = _dated_card(piece)
        if told:
            yield told
        else:
            yield from _links(piece, listing)


def _dates_stand_below(pieces: Sequence[Piece]) -> bool:
    """Return whether the first entry of a list has its date in the line below its heading, and none above."""
    for number, piece in enumerate(pieces[:-1]):
        if piece.kind is BlockKind.HEADING and piece.level > 1 and not _DATE.search(piece.text):
            above = number > 0 and _is_date_line(pieces[number - 1].text)
            if above or _is_date_line(pieces[number + 1].text):
                return not above
    return False


def _dated_alone(piece: Piece, around: Sequence[Piece]) -> Fact | None:
    """Read a day in a line of its own on a card whose only other line that is long enough is the title."""
    if piece.level or piece.parts[1:] or not _DATE.fullmatch(piece.text) or len(around) > ALONE_PIECES:
        return None
    titles = [other for other in around if other is not piece and (_is_long(other.text) or other.links)]
    headed = any(other.level for other in around)
    told = titles[0] if len(titles) == 1 and not headed and not titles[0].parts[1:] else None
    if told is None or len(told.text) > TITLE_CHARACTERS or _DATE.search(told.text):
        return None
    return _fact(told.text, piece.text, next((url for _, url in told.links), ""), told)


def _under_news(piece: Piece) -> bool:
    """Return whether the heading above a card on any page is that of news."""
    return bool(piece.path) and _NEWS.fullmatch(piece.path[-1]) is not None


def _dated_card(piece: Piece) -> Fact | None:
    """Read a card with a title and a line that is its date."""
    if piece.kind not in (BlockKind.CARD, BlockKind.ITEM) or not piece.parts or piece.head:
        return None
    when = next((_DATE.search(part) for part in piece.parts if _is_date_line(part)), None)
    title = _titled(piece)
    if when is None or not _is_long(title) or len(title) > TITLE_CHARACTERS:
        return None
    return _fact(title, when.group(0), next((url for _, url in piece.links), ""), piece)


def _dated_term(pieces: Sequence[Piece], index: int) -> Fact | None:
    """Read a day with the title of what happened then behind it, in a list of definitions; a tag may stand between."""
    piece = pieces[index]
    line = piece.kind in (BlockKind.ITEM, BlockKind.PARAGRAPH) and bool(piece.group) and not piece.level
    when = _DATE.search(piece.text) if line and _is_date_line(piece.text) else None
    if when is None or (piece.title != piece.text and when.group(0) != piece.text):
        return None
    below = [
        other
        for other in pieces[index + 1 : index + 3]
        if other.group == piece.group and other.kind is BlockKind.ITEM
    ]
    told = next((other for other in below if _is_long(other.text)), None)
    if told is None or len(told.text) > TITLE_CHARACTERS or any(_DATE.search(o.text) for o in below[:1]):
        return None
    return _fact(told.text, when.group(0), next((url for _, url in told.links), ""), told)


def _heading(piece: Piece, following: Piece | None, above: str) -> Fact | None:
    title = re.sub(r"^#+\s*", "", plain(piece.text))
    dates_others = following is not None and following.level > piece.level and _DATE.fullmatch(title)
    if _PART_OF_RELEASE.fullmatch(title) or dates_others:
        return None
    near = f"{title} {following.text[:120]}" if following else piece.text
    # A line that is a date and nothing else dates the heading right below it.
    when = (
        _DATE.search(title)
        or (_DATE.search(above) if _is_date_line(above) else None)
        or _DATE.search(near)
        or (_DATE.fullmatch(piece.path[-1]) if piece.path else None)
    )
    if not when and not _VERSION.search(title) and not _is_version_line(above):
        return None
    name = _DATE.sub("", title).strip(" -–—:|()[]*_,") or title
    # A bare date as heading dates what stands below it and names nothing.
    nameless = not any(c.isalpha() for c in name) and not _VERSION_ALONE.fullmatch(name)
    if following is not None and nameless:
        name = title
    return _fact(name, when.group(0) if when else "", next((url for _, url in piece.links), ""), piece)


def _is_version_line(text: str) -> bool:
    """Return whether a line is a version, or says how long ago something was, and no more: ``v2.19.0 yesterday``."""
    match = _VERSION_ALONE.match(text) if len(text) <= DATE_LINE else None
    rest = normalise(text[match.end() :] if match else text[:DATE_LINE])
    return rest == "<when>" or (match is not None and not rest)


def _is_date_line(text: str) -> bool:
    """Return whether a line is a date and little else: a weekday, a name, a count of minutes."""
    match = _DATE.search(text)
    return match is not None and len(text) <= len(match.group(0)) + DATE_LINE


def _dated_line(piece: Piece, listing: bool) -> Fact | None:
    """Read ``12 May 2026 - It happened. More.`` anywhere, and ``Name 2.1 (notes) -- 12 May 2026`` in listings."""
    text = re.sub(r"^\s*[-*+]\s+", "", plain(piece.text))
    if piece.kind is BlockKind.HEADING or len(text) > LINE_CHARACTERS:
        return None
    when = _DATE.match(text)
    if when and (rest := text[when.end() :].lstrip(" -–—:|·•,.\t)")):
        title = _titled(piece) or _SENTENCE.split(rest, maxsplit=1)[0]
    elif listing and piece.kind is BlockKind.ITEM and (when := _DATE.search(text)):
        title = re.split(r"\s+\(|\s+--?\s+|\s+[–—|]\s+", text[: when.start()], maxsplit=1)[0]
    else:
        return None
    title = title.strip(" -–—:|·•,*_(")
    if (len(title.split()) < 2 and (title.isascii() or len(title) < UNSPACED)) or len(
        title
    ) > TITLE_CHARACTERS:
        return None
    return _fact(title, when.group(0), next((url for _, url in piece.links), ""), piece)


def _titled(piece: Piece) -> str:
    """Return the heading or link that names what a dated card or row is about, or the cell next to the date."""
    cells = [part for part in piece.parts if not _DATE.fullmatch(part.strip(" ·|,"))]
    if len(piece.links) == 1 and piece.links[0][0] == piece.text and len(cells) > 1:
        # A card that is a link as a whole has its title among its lines.
        return piece.title or next((part for part in cells if _is_long(part)), "")
    linked = next((text for text, _ in piece.links if len(text.split()) >= TITLE_WORDS), "")
    return piece.title or linked or (cells[0] if len(cells) < len(piece.parts) and cells else "")


def _is_long(text: str) -> bool:
    return len(text.split()) >= TITLE_WORDS or (not text.isascii() and len(text) >= UNSPACED)


def _links(piece: Piece, listing: bool) -> Iterator[Fact]:
    for linked, url in piece.links:
        title = (_titled(piece) or linked) if piece.parts and linked == piece.text else linked
        dated = _DATED_LINK.search(url)
        post = dated or _POST_LINK.search(url)
        words = len(title.split())
        if not post or not words >= TITLE_WORDS or len(title) > TITLE_CHARACTERS or _ROOT.fullmatch(title):
            continue
        if _DATE.fullmatch(title.strip()):
            continue
        if not dated and not listing and not _DATE.search(piece.text) and words < 4:
            continue
        # A link in the middle of a sentence refers to a post; it does not announce it.
        if not piece.parts and piece.text.find(title) > 40 + 2 * bool(_DATE.match(piece.text)):
            continue
        when = _DATE.search(piece.text)
        date = when.group(0) if when else "-".join(part for part in dated.groups() if part) if dated else ""
        yield _fact(title, date, url, piece)


def _fact(title: str, when: str, url: str, piece: Piece) -> Fact:
    title = _COUNTER.sub("", title) or title
    if dated := _DATE.match(title):
        # A link around the whole card holds its day as well.
        title = title[dated.end() :].strip(" -–—:|·,") or title
    found = {"date": when, "url": url}
    return Fact(
        kind=FactKind.ENTRY,
        name=title,
        attributes={key: value for key, value in found.items() if value},
        quote=piece.text,
    )
