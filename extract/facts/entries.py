"""Entries of changelogs, news lists and home pages: title, date, link."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.facts.dated_entries import (
    DATE_LINE,
    TITLE_CHARACTERS,
    TITLE_WORDS,
    dated_alone,
    dated_card,
    dated_line,
    dated_term,
    entry_fact,
    is_date_line,
    titled,
)
from extract.facts.entry_records import entry_of
from extract.reading.cards import Cards
from extract.reading.piece import Piece, Reading
from extract.values.days import WHEN
from extract.values.normalise import normalise, plain
from store.kinds import BlockKind, PageType
from store.records import Fact

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
#: An entry of more pieces is an article with headings of its own.
CARD_PIECES = 12


def read_entries(reading: Reading, page_type: PageType) -> Iterator[Fact]:
    """Yield an entry for every dated or versioned heading, and every link to a post."""
    listing = page_type in (PageType.CHANGELOG, PageType.NEWS)
    pieces = reading.pieces
    cards = Cards(pieces)
    below = listing and _dates_stand_below(pieces)
    for index, piece in enumerate(pieces):
        following = pieces[index + 1] if index + 1 < len(pieces) else None
        above = pieces[index - 1].text if index and not (below or _is_listed(pieces[index - 1])) else ""
        around = cards.around(index) if listing and piece.level > 1 else ()
        if around and len(around) <= CARD_PIECES and not WHEN.search(piece.text):
            above = next(
                (other.text for other in around if other is not piece and is_date_line(other.text)), above
            )
        if listing and piece.head and (fact := entry_of(piece)):
            yield fact
            continue
        heads = listing and piece.kind is BlockKind.HEADING and piece.level > 1
        if heads and (fact := _heading(piece, following, above)):
            yield fact
            continue
        told = (dated_term(pieces, index) or dated_alone(piece, cards.around(index))) if listing else None
        told = told or dated_line(piece, listing)
        if told is None and (listing or _under_news(piece)):
            told = dated_card(piece)
        if told:
            yield told
        else:
            yield from _links(piece, listing)


def _is_listed(piece: Piece) -> bool:
    """Return whether a line is an item that leads somewhere: an entry itself, which dates nothing below."""
    return piece.kind is BlockKind.ITEM and bool(piece.links)


def _dates_stand_below(pieces: Sequence[Piece]) -> bool:
    """Return whether the first entry of a list has its date in the line below its heading, and none above."""
    for number, piece in enumerate(pieces[:-1]):
        if piece.kind is BlockKind.HEADING and piece.level > 1 and not WHEN.search(piece.text):
            above = number > 0 and is_date_line(pieces[number - 1].text)
            if above or is_date_line(pieces[number + 1].text):
                return not above
    return False


def _under_news(piece: Piece) -> bool:
    """Return whether the heading above a card on any page is that of news."""
    return bool(piece.path) and _NEWS.fullmatch(piece.path[-1]) is not None


def _heading(piece: Piece, following: Piece | None, above: str) -> Fact | None:
    title = re.sub(r"^#+\s*", "", plain(piece.text))
    dates_others = following is not None and following.level > piece.level and WHEN.fullmatch(title)
    if _PART_OF_RELEASE.fullmatch(title) or dates_others:
        return None
    near = f"{title} {following.text[:120]}" if following else piece.text
    # A line that is a date and nothing else dates the heading right below it.
    when = (
        WHEN.search(title)
        or (WHEN.search(above) if is_date_line(above) else None)
        or WHEN.search(near)
        or (WHEN.fullmatch(piece.path[-1]) if piece.path else None)
    )
    if not when and not _VERSION.search(title) and not _is_version_line(above):
        return None
    name = WHEN.sub("", title).strip(" -–—:|()[]*_,") or title
    # A bare date as heading dates what stands below it and names nothing.
    nameless = not any(c.isalpha() for c in name) and not _VERSION_ALONE.fullmatch(name)
    if following is not None and nameless:
        name = title
    return entry_fact(name, when.group(0) if when else "", next((url for _, url in piece.links), ""), piece)


def _is_version_line(text: str) -> bool:
    """Return whether a line is a version, or says how long ago something was, and no more: ``v2.19.0 yesterday``."""
    match = _VERSION_ALONE.match(text) if len(text) <= DATE_LINE else None
    rest = normalise(text[match.end() :] if match else text[:DATE_LINE])
    return rest == "<when>" or (match is not None and not rest)


def _links(piece: Piece, listing: bool) -> Iterator[Fact]:
    for linked, url in piece.links:
        title = (titled(piece) or linked) if piece.parts and linked == piece.text else linked
        dated = _DATED_LINK.search(url)
        post = dated or _POST_LINK.search(url)
        words = len(title.split())
        if not post or not words >= TITLE_WORDS or len(title) > TITLE_CHARACTERS or _ROOT.fullmatch(title):
            continue
        if WHEN.fullmatch(title.strip()):
            continue
        if not dated and not listing and not WHEN.search(piece.text) and words < 4:
            continue
        # A link in the middle of a sentence refers to a post; it does not announce it.
        if not piece.parts and piece.text.find(title) > 40 + 2 * bool(WHEN.match(piece.text)):
            continue
        when = WHEN.search(piece.text)
        date = when.group(0) if when else "-".join(part for part in dated.groups() if part) if dated else ""
        yield entry_fact(title, date, url, piece)
