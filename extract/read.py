"""Bytes of any page to a document: opened once, read once, and drawn as the type of page it is taken for."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Any

from lxml import etree

from extract.document import Aside, Document, ReadOptions
from extract.facts.fact_changes import telling
from extract.facts.fact_readers import read_facts
from extract.facts.front import call_pieces, front_blocks
from extract.page_types.page_type import guess_page_type
from extract.reading.decode import Media, decode, media_of, parse_html
from extract.reading.html_read import DRAWN_BY_SCRIPT, read_tree
from extract.reading.json_pieces import json_marks, json_pieces
from extract.reading.main_text import main_text, published
from extract.reading.margin import settle_margin
from extract.reading.markdown_pieces import MarkdownReader
from extract.reading.marks import VALUES
from extract.reading.pdf_pieces import pdf_pieces
from extract.reading.piece import Piece, Reading
from extract.reading.toml_values import toml_value
from extract.reading.yaml_values import yaml_value
from extract.values.links import with_clean_link
from extract.values.normalise import key_of, normalise, normalise_words
from store.kinds import BlockKind, PageType
from store.records import Block, Fact

_ARTICLES = frozenset({PageType.ARTICLE, PageType.NEWS, PageType.GENERIC})
_LISTED = frozenset({BlockKind.ITEM, BlockKind.ROW, BlockKind.CARD})


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """The bytes of a page, decoded and, if they are HTML, parsed. ``root`` is None for all else."""

    body: bytes
    text: str
    media: Media
    url: str
    root: etree._Element | None


def read_document(
    body: bytes,
    *,
    url: str,
    content_type: str | None = None,
    page_type: PageType | None = None,
    options: ReadOptions = ReadOptions(),  # noqa: B008
) -> Document:
    """Read a page; a given ``page_type`` is taken as certain. Raises: UnreadableError for a damaged PDF."""
    opened = open_page(body, url=url, content_type=content_type)
    return draw_document(opened, read_page(opened, options), page_type, options)


def read_pair(
    before: bytes,
    after: bytes,
    *,
    url: str,
    content_type: str | None = None,
    page_type: PageType | None = None,
    options: ReadOptions = ReadOptions(article=False),  # noqa: B008
) -> tuple[Document, Document]:
    """Read two captures of one page as the same type: the surer guess holds for both. Raises: UnreadableError."""
    sides = [open_page(body, url=url, content_type=content_type) for body in (before, after)]
    readings = [read_page(side, options) for side in sides]
    if page_type is None:
        kinds = [guess_page_type(url, reading) for reading in readings]
        if kinds[0][0] is not kinds[1][0]:
            page_type = max(kinds[::-1], key=lambda kind: kind[1])[0]
    left, right = (
        draw_document(side, reading, page_type, options)
        for side, reading in zip(sides, readings, strict=True)
    )
    return left, right


def open_page(body: bytes, *, url: str, content_type: str | None = None) -> Opened:
    """Decode and parse a page."""
    text = "" if body[:1024].lstrip().startswith(b"%PDF-") else decode(body, content_type)
    media = media_of(body, text, url, content_type)
    root = parse_html(text) if media in (Media.HTML, Media.XML) else None
    return Opened(body=body, text=text, media=media, url=url, root=root)


def read_page(opened: Opened, options: ReadOptions) -> Reading:
    """Return the pieces of an opened page and what stands beside them. Raises: UnreadableError."""
    reading = settle_margin(_without_text(_read(opened, options), options.ignore_text))
    if reading.islands and sum(len(piece.text) for piece in reading.pieces) < DRAWN_BY_SCRIPT:
        return replace(reading, pieces=(*reading.pieces, *_unseen(reading)))
    return reading


def _unseen(reading: Reading) -> tuple[Piece, ...]:
    """Return what the scripts hold and the page does not show."""
    shown = {normalise_words(piece.text) for piece in reading.pieces}
    return tuple(piece for piece in reading.islands if normalise_words(piece.text) not in shown)


def draw_document(
    opened: Opened, reading: Reading, page_type: PageType | None, options: ReadOptions
) -> Document:
    """Return the document of a reading; without a given ``page_type`` it is guessed."""
    guessed, confidence = (page_type, 1.0) if page_type else guess_page_type(opened.url, reading)
    blocks = blocks_of(reading, guessed)
    document = Document(
        url=opened.url,
        page_type=guessed,
        page_type_confidence=confidence,
        language=reading.language,
        title=reading.title,
        blocks=blocks,
        facts=tuple(with_clean_link(fact, opened.url) for fact in read_facts(reading, guessed)),
        asides=tuple(Aside(reason=m.reason, text=m.piece.text) for m in reading.marginal),
        marks=_grouped(reading.marks),
        complete=reading.complete,
    )
    return _with_article(opened, document) if options.article else document


def blocks_of(reading: Reading, page_type: PageType) -> tuple[Block, ...]:
    """Return the blocks of a reading, keyed as on a page of that type."""
    # Counted things in the lists of a pricing page are plan limits, elsewhere counters.
    counted = _LISTED if page_type is PageType.PRICING else frozenset()
    front = tuple(front_blocks(reading)) if page_type is PageType.HOME else ()
    calls = call_pieces(reading) if front else frozenset()
    blocks = (
        Block(
            kind=piece.kind,
            text=piece.text,
            key=key_of(piece.text, counts=piece.kind in counted),
            path=piece.path,
        )
        for piece in reading.pieces
        if id(piece) not in calls
    )
    return (*blocks, *front)


def fingerprint(blocks: Sequence[Block], prices: Iterable[Fact]) -> str:
    """Return a digest of what a page says: between equal ones nothing but noise can differ.

    ``prices`` count beside the blocks, in the order of the page, for plans can swap them without a new block.
    """
    told = [(normalise_words(fact.name), *telling(fact.kind, fact.attributes)) for fact in prices]
    said = [*sorted(block.key for block in blocks), *map(repr, sorted(told, key=itemgetter(0)))]
    return hashlib.blake2b("\n".join(said).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def says_nothing(document: Document) -> bool:
    """Return whether a document has no text at all."""
    return not any(normalise(block.text) for block in document.blocks)


def _with_article(opened: Opened, document: Document) -> Document:
    wanted = opened.media is Media.HTML and document.page_type in _ARTICLES
    text = main_text(opened.text) if wanted else ""
    return replace(
        document,
        published=published(opened.text, opened.url) if wanted else None,
        main_text=text or "\n".join(block.text for block in document.blocks),
    )


def _read(opened: Opened, options: ReadOptions) -> Reading:
    if opened.root is not None:
        return read_tree(opened.root, opened.text, options)
    if opened.media is Media.PDF:
        pieces, title = pdf_pieces(opened.body, opened.url)
        return Reading(pieces=pieces, title=title)
    if opened.media is Media.JSON:
        value = json.loads(opened.text)
        return Reading(pieces=json_pieces(value), title=_json_title(value), marks=tuple(json_marks(value)))
    if opened.media is Media.MARKDOWN:
        return _read_markdown(opened.text)
    if opened.media in (Media.YAML, Media.TOML):
        value = (yaml_value if opened.media is Media.YAML else toml_value)(opened.text)
        return Reading(pieces=json_pieces(value), title=_json_title(value), marks=tuple(json_marks(value)))
    return _read_markdown(opened.text)


def _read_markdown(text: str) -> Reading:
    reader = MarkdownReader()
    reader.read(text)
    marks = [("link target", target) for piece in reader.pieces for _, target in piece.links]
    marks.append(("markup", f"{len(text)} characters, {text.count(chr(10))} lines"))
    return Reading(pieces=tuple(reader.pieces), title=reader.title, marks=tuple(marks))


def _without_text(reading: Reading, patterns: tuple[str, ...]) -> Reading:
    if not patterns:
        return reading
    compiled = [re.compile(pattern, re.I) for pattern in patterns]

    def kept(piece: Piece) -> bool:
        return not any(pattern.search(piece.text) for pattern in compiled)

    return replace(reading, pieces=tuple(filter(kept, reading.pieces)))


def _grouped(marks: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    grouped: dict[str, list[str]] = {}
    for reason, value in marks:
        values = grouped.setdefault(reason, [])
        if len(values) < VALUES:
            values.append(value)
    return {reason: tuple(values) for reason, values in grouped.items()}


def _json_title(value: Any) -> str | None:
    title = value.get("title") if isinstance(value, dict) else None
    return title if isinstance(title, str) else None
