"""Sight: what a capture of a page is, seen beside the document that is known of it.

Pure work, apart from any database: a cheap view first, the words of the blocks next, the whole document only if both
differ from what is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extract.decode import Media
from extract.document import VERSION, Document, ReadOptions
from extract.normalise import noise_reasons
from extract.piece import Reading
from extract.pricing import read_prices
from extract.read import Opened, blocks_of, draw_document, fingerprint, open_page, read_page
from extract.view import view_of
from store.documents import DocumentMark
from store.kinds import PageType
from store.records import Block, Suppressed

#: Types of page on which prices are read; there a plan may change its price without a new block.
_PRICED = frozenset({PageType.PRICING, PageType.PRODUCT, PageType.HOME, PageType.GENERIC})
MARKUP = "markup"

Texts = Callable[[], Sequence[Block]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """The bytes of one page and how they are to be read. ``page_type`` None: guessed from what the page holds."""

    body: bytes
    url: str
    content_type: str | None
    page_type: PageType | None
    options: ReadOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What was seen: a document, or, if it is None, the same as the document with the id ``known``.

    ``noise`` is what differs then; ``fingerprint`` and ``view`` are the digests by which it is known again.
    """

    view: str
    fingerprint: str = ""
    document: Document | None = None
    known: int | None = None
    noise: tuple[Suppressed, ...] = ()


def read_options(options: Mapping[str, Any]) -> ReadOptions:
    """Return how the pages of a source with these options are read by the pipeline."""
    return ReadOptions(
        only=_texts(options.get("only")),
        ignore=_texts(options.get("ignore")),
        ignore_text=_texts(options.get("ignore_text")),
        article=False,
        marks=False,
    )


def look_at(capture: Capture, known: DocumentMark | None = None, texts: Texts = tuple) -> Sight:
    """Look at a capture beside what is known; without ``known``, or if it was read otherwise, read it whole.

    ``texts`` gives the known document's blocks, asked for only if they differ in noise. Raises: UnreadableError.
    """
    opened = open_page(capture.body, url=capture.url, content_type=capture.content_type)
    view = _view(opened, capture)
    known = known if known is not None and _is_comparable(known, capture.page_type) else None
    if known is not None and view and view == known.view:
        return Sight(view=view, known=known.id, noise=(Suppressed(reason=MARKUP),))
    reading = read_page(opened, capture.options)
    if known is not None:
        blocks = blocks_of(reading, known.page_type)
        if known.fingerprint == _fingerprint(blocks, reading, known.page_type):
            return Sight(view=view, known=known.id, noise=tuple(_noise(texts(), blocks)))
    kind = capture.page_type or (known.page_type if known else None)
    document = draw_document(opened, reading, kind, capture.options)
    told = _fingerprint(document.blocks, reading, document.page_type)
    return Sight(view=view, fingerprint=told, document=document)


def _is_comparable(known: DocumentMark, page_type: PageType | None) -> bool:
    return known.version == VERSION and page_type in (None, known.page_type)


def _view(opened: Opened, capture: Capture) -> str:
    if opened.root is None or opened.media is not Media.HTML:
        return ""
    options = capture.options
    # Selectors may name any attribute, also those that the view leaves out.
    if options.only or options.ignore:
        return ""
    salt = f"{VERSION} {capture.page_type} {capture.url} {options.ignore_text}"
    return view_of(opened.root, salt) or ""


def _fingerprint(blocks: Sequence[Block], reading: Reading, page_type: PageType) -> str:
    return fingerprint(blocks, read_prices(reading, page_type) if page_type in _PRICED else ())


def _noise(before: Sequence[Block], after: Sequence[Block]) -> Iterator[Suppressed]:
    """Yield the named differences of blocks that say the same."""
    left, right = {block.text for block in before}, {block.text for block in after}
    partners = {block.key: block for block in before if block.text not in right}
    found = False
    for block in after:
        partner = partners.get(block.key) if block.text not in left else None
        if partner is not None:
            found = True
            for reason in noise_reasons(partner.text, block.text):
                yield Suppressed(reason=reason, before=partner.text, after=block.text)
    if not found:
        yield Suppressed(reason=MARKUP)


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(str(item) for item in value) if isinstance(value, list | tuple) else ()
