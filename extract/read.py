"""Bytes of any page to a document."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from lxml import etree
from lxml.cssselect import CSSSelector, ExpressionError, SelectorError

from extract.decode import Media, decode, media_of, parse_html
from extract.document import Aside, Document, ReadOptions
from extract.fact_readers import read_facts
from extract.html_pieces import HtmlReader
from extract.islands import island_pieces
from extract.json_pieces import json_marks, json_pieces
from extract.links import with_clean_link
from extract.margin import settle_margin
from extract.markdown_pieces import MarkdownReader, text_pieces
from extract.marks import VALUES, marks_of
from extract.normalise import fold, key_of, normalise
from extract.page_type import guess_page_type
from extract.pdf_pieces import pdf_pieces
from extract.piece import Piece, Reading
from store.kinds import BlockKind, PageType
from store.records import Block

_ARTICLES = frozenset({PageType.ARTICLE, PageType.NEWS, PageType.GENERIC})
_LISTED = frozenset({BlockKind.ITEM, BlockKind.ROW, BlockKind.CARD})
DRAWN_BY_SCRIPT = 200  # characters; a page that shows fewer holds its text in scripts
ARTICLE_BYTES = 3_000_000  # trafilatura and htmldate grow faster than the page; longer ones are lists


def read_document(
    body: bytes,
    *,
    url: str,
    content_type: str | None = None,
    page_type: PageType | None = None,
    options: ReadOptions = ReadOptions(),  # noqa: B008
) -> Document:
    """Read a page; a given ``page_type`` is taken as certain. Raises: UnreadableError for a damaged PDF."""
    text = "" if body[:1024].lstrip().startswith(b"%PDF-") else decode(body, content_type)
    media = media_of(body, text, url, content_type)
    reading = settle_margin(_without_text(_read(body, text, media, url, options), options.ignore_text))
    if reading.islands and sum(len(piece.text) for piece in reading.pieces) < DRAWN_BY_SCRIPT:
        reading = replace(reading, pieces=(*reading.pieces, *reading.islands))
    guessed, confidence = (page_type, 1.0) if page_type else guess_page_type(url, reading)
    wants_article = (
        options.article and media is Media.HTML and guessed in _ARTICLES and len(text) <= ARTICLE_BYTES
    )
    blocks = tuple(_block(piece, guessed) for piece in reading.pieces)
    return Document(
        url=url,
        page_type=guessed,
        page_type_confidence=confidence,
        language=reading.language,
        title=reading.title,
        published=_published(text, url) if wants_article else None,
        main_text=(_main_text(text) if wants_article else "") or "\n".join(block.text for block in blocks),
        blocks=blocks,
        facts=tuple(with_clean_link(fact, url) for fact in read_facts(reading, guessed)),
        asides=tuple(Aside(reason=m.reason, text=m.piece.text) for m in reading.marginal),
        marks=_grouped(reading.marks),
        complete=reading.complete,
    )


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
    left = read_document(before, url=url, content_type=content_type, page_type=page_type, options=options)
    right = read_document(after, url=url, content_type=content_type, page_type=page_type, options=options)
    if left.page_type is right.page_type:
        return left, right
    if left.page_type_confidence > right.page_type_confidence:
        return left, read_document(
            after, url=url, content_type=content_type, page_type=left.page_type, options=options
        )
    return read_document(
        before, url=url, content_type=content_type, page_type=right.page_type, options=options
    ), right


def _read(body: bytes, text: str, media: Media, url: str, options: ReadOptions) -> Reading:
    if media is Media.PDF:
        pieces, title = pdf_pieces(body, url)
        return Reading(pieces=pieces, title=title)
    if media is Media.JSON:
        value = json.loads(text)
        return Reading(pieces=json_pieces(value), title=_json_title(value), marks=tuple(json_marks(value)))
    if media is Media.MARKDOWN:
        return _read_markdown(text)
    if media in (Media.HTML, Media.XML):
        return _read_html(text, options)
    return Reading(pieces=text_pieces(text), title=None)


def _read_markdown(text: str) -> Reading:
    reader = MarkdownReader()
    reader.read(text)
    marks = [("link target", target) for piece in reader.pieces for _, target in piece.links]
    marks.append(("markup", f"{len(text)} characters, {text.count(chr(10))} lines"))
    return Reading(pieces=tuple(reader.pieces), title=reader.title, marks=tuple(marks))


def _read_html(text: str, options: ReadOptions) -> Reading:
    root = parse_html(text)
    if root is None:
        return Reading(pieces=text_pieces(text))
    from extract.schema_org import read_structured

    structured, marks = read_structured(root), tuple(marks_of(root))
    title = next((fold("".join(node.itertext())) for node in root.iter("title")), None)
    language = (root.get("lang") or "").split("-")[0].lower() or None
    reader = HtmlReader()
    for part in _chosen(root, options):
        reader.read(part)
    drawn = sum(len(piece.text) for piece in reader.pieces) + sum(len(m.piece.text) for m in reader.marginal)
    return Reading(
        pieces=tuple(reader.pieces),
        marginal=tuple(reader.marginal),
        islands=island_pieces(root) if drawn < DRAWN_BY_SCRIPT else (),
        canonical=_canonical(root),
        title=title,
        language=language,
        structured=structured,
        marks=marks,
        complete=bool(re.search(r"</\s*(?:html|body)\s*>", text[-3_000:], re.I))
        or "<html" not in text[:3_000].lower(),
    )


def _canonical(root: etree._Element) -> str:
    for link in root.iter("link"):
        if link.get("rel") == "canonical":
            return link.get("href") or ""
    found = root.xpath("//meta[@property='og:url']/@content")
    return str(found[0]) if found else ""


def _chosen(root: etree._Element, options: ReadOptions) -> Iterable[etree._Element]:
    for selector in options.ignore:
        for element in _select(root, selector):
            parent = element.getparent()
            if parent is not None:
                element.clear(keep_tail=True)
    chosen = [element for selector in options.only for element in _select(root, selector)]
    return chosen if options.only else [root]


def _select(root: etree._Element, selector: str) -> list[etree._Element]:
    try:
        found: list[etree._Element] = CSSSelector(selector)(root)
    except (SelectorError, ExpressionError, etree.XPathError):
        return []
    return found


def _without_text(reading: Reading, patterns: tuple[str, ...]) -> Reading:
    if not patterns:
        return reading
    compiled = [re.compile(pattern, re.I) for pattern in patterns]
    kept = tuple(piece for piece in reading.pieces if not any(p.search(piece.text) for p in compiled))
    return replace(reading, pieces=kept)


def _block(piece: Piece, page_type: PageType) -> Block:
    # Counted things in the lists of a pricing page are plan limits, elsewhere counters.
    counts = page_type is PageType.PRICING and piece.kind in _LISTED
    return Block(kind=piece.kind, text=piece.text, key=key_of(piece.text, counts=counts), path=piece.path)


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


def _main_text(text: str) -> str:
    import trafilatura

    return trafilatura.extract(text, favor_recall=True, fast=True, include_comments=False) or ""


def _published(text: str, url: str) -> date | None:
    import htmldate

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = htmldate.find_date(text, url=url or None, extensive_search=False, original_date=True)
    return date.fromisoformat(found) if found else None


def fingerprint(document: Document) -> str:
    """Return a digest of what the page says: equal fingerprints mean that nothing but noise can differ."""
    return key_of("|".join(sorted(block.key for block in document.blocks)))


def says_nothing(document: Document) -> bool:
    """Return whether a document has no text at all."""
    return not any(normalise(block.text) for block in document.blocks)
