"""Sight: what a capture of a page is, seen beside the document that is known of it.

Pure work, apart from any database: a cheap view first, the lines in which it differs next, then the words of the
blocks, the whole document only if all differ from what is known. The first capture of a page is not read at all until
another one differs from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extract.comparing.capture import is_placeholder, looks_failed
from extract.document import VERSION, Document, ReadOptions
from extract.facts.pricing import read_prices
from extract.read import Opened, blocks_of, draw_document, fingerprint, open_page, read_page, says_nothing
from extract.reading.decode import Media
from extract.reading.html_texts import text_of
from extract.reading.piece import Reading
from extract.reading.view import View, view_of
from extract.values.normalise import noise_reasons
from extract.watching.same_lines import same_lines
from store.blobs import compress, decompress
from store.documents import DocumentMark
from store.kinds import PageType
from store.records import Block, Suppressed

#: Types of page on which prices are read; there a plan may change its price without a new block.
_PRICED = frozenset({PageType.PRICING, PageType.PRODUCT, PageType.HOME, PageType.GENERIC})
MARKUP = "markup"
#: Characters in long texts from which on a page without the words of an error in its headings is none.
ENOUGH_PROSE = 600
#: Bytes of a capture that is kept beside its document until that is compared; others are loaded again.
SMALL_CAPTURE = 100_000


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

    ``noise`` is what differs then. ``view``, ``sketch`` and ``fingerprint`` are that by which it is known again.
    With neither a document nor ``known`` the page is a baseline that nobody has read. ``recalled`` is what the known
    document turned out to be, if it had not been read and had to be. ``capture`` is what a document was read from, if
    that is small.
    """

    view: str
    sketch: bytes = b""
    fingerprint: str = ""
    document: Document | None = None
    known: int | None = None
    noise: tuple[Suppressed, ...] = ()
    recalled: Sight | None = None
    capture: Capture | None = None

    @property
    def is_unread(self) -> bool:
        """Return whether this is a baseline to be read when something differs from it."""
        return self.document is None and self.known is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a page: its mark, and on demand the blocks of its document, or its capture if it is unread.

    ``capture`` gives None if its bytes are gone.
    """

    mark: DocumentMark
    blocks: Callable[[], Sequence[Block]]
    capture: Callable[[], Capture | None]


def read_options(options: Mapping[str, Any]) -> ReadOptions:
    """Return how the pages of a source with these options are read by the pipeline."""
    return ReadOptions(
        only=_texts(options.get("only")),
        ignore=_texts(options.get("ignore")),
        ignore_text=_texts(options.get("ignore_text")),
        article=False,
        marks=False,
    )


def look_at(capture: Capture, known: Known | None = None) -> Sight:
    """Look at a capture beside what is known; without ``known``, or if it was read otherwise, read it whole.

    Raises: UnreadableError; and what the functions of ``known`` raise.
    """
    opened, view = _open(capture)
    if known is not None and not _is_comparable(known.mark, capture.page_type):
        known = None
    if known is None:
        return _read_whole(opened, view, capture)
    same = _same_view(opened, view, capture, known.mark)
    return same or _look_closer(opened, view, capture, known)


def first_look(capture: Capture) -> Sight:
    """Look at the first capture of a page: it is not read if it will be known again and is no error page.

    Raises: UnreadableError.
    """
    opened, view = _open(capture)
    if view is None or not view.sketch or view.prose < ENOUGH_PROSE or _seems_failed(opened):
        return _read_whole(opened, view, capture)
    return Sight(view=view.digest, sketch=compress(view.sketch))


def _open(capture: Capture) -> tuple[Opened, View | None]:
    opened = open_page(capture.body, url=capture.url, content_type=capture.content_type)
    return opened, _view(opened, capture)


def _seems_failed(opened: Opened) -> bool:
    """Return whether a page's headings sound like those of an error page."""
    assert opened.root is not None
    return any(is_placeholder(text_of(element)) for element in opened.root.iter("title", "h1", "h2"))


def _same_view(opened: Opened, view: View | None, capture: Capture, mark: DocumentMark) -> Sight | None:
    """Return that the page says the same, if its markup alone tells."""
    if view is None:
        return None
    if view.digest == mark.view:
        return Sight(view=view.digest, known=mark.id, noise=(Suppressed(reason=MARKUP),))
    if not (mark.sketch and view.sketch):
        return None
    assert opened.root is not None
    # What type an unread page will be taken for is open, so it is looked at as strictly as the strictest.
    guessed = not mark.is_read and capture.page_type is None
    counts = guessed or mark.page_type is PageType.PRICING
    noise = same_lines(opened.root, decompress(mark.sketch), view.sketch, counts=counts)
    return Sight(view=view.digest, known=mark.id, noise=noise) if noise else None


def _look_closer(opened: Opened, view: View | None, capture: Capture, known: Known) -> Sight:
    """Compare the words of the blocks, after reading what is known if nobody has."""
    recalled = None if known.mark.is_read else recall(known.capture())
    earlier = recalled.document if recalled else None
    if earlier is None and not known.mark.is_read:
        return _read_whole(opened, view, capture)
    page_type = earlier.page_type if earlier else known.mark.page_type
    reading = read_page(opened, capture.options)
    blocks = blocks_of(reading, page_type)
    told = _fingerprint(blocks, reading, page_type)
    if told != (recalled.fingerprint if recalled else known.mark.fingerprint):
        document = draw_document(opened, reading, page_type, capture.options)
        return _sight_of(document, told, view, capture, recalled)
    return Sight(
        view=view.digest if view else "",
        sketch=_kept(view),
        known=known.mark.id,
        noise=tuple(_noise(earlier.blocks if earlier else known.blocks(), blocks)),
        recalled=recalled,
    )


def recall(capture: Capture | None) -> Sight | None:
    """Read a baseline that nobody has read; None if its bytes are gone or were no page. Raises: UnreadableError."""
    sight = read_capture(capture) if capture is not None else None
    return None if sight is None or sight.document is None or is_no_page(sight.document) else sight


def read_capture(capture: Capture) -> Sight:
    """Read a capture whole, without its view. Raises: UnreadableError."""
    opened = open_page(capture.body, url=capture.url, content_type=capture.content_type)
    return _read_whole(opened, None, capture)


def is_no_page(document: Document) -> bool:
    """Return whether a document by itself is none: empty, or an error page."""
    return says_nothing(document) or looks_failed(document)


def _read_whole(opened: Opened, view: View | None, capture: Capture) -> Sight:
    reading = read_page(opened, capture.options)
    document = draw_document(opened, reading, capture.page_type, capture.options)
    return _sight_of(document, _fingerprint(document.blocks, reading, document.page_type), view, capture)


def _sight_of(
    document: Document, told: str, view: View | None, capture: Capture, recalled: Sight | None = None
) -> Sight:
    return Sight(
        view=view.digest if view else "",
        sketch=_kept(view),
        fingerprint=told,
        document=document,
        recalled=recalled,
        capture=capture if len(capture.body) <= SMALL_CAPTURE else None,
    )


def _kept(view: View | None) -> bytes:
    return compress(view.sketch) if view and view.sketch else b""


def _is_comparable(known: DocumentMark, page_type: PageType | None) -> bool:
    return known.version == VERSION and page_type in (None, known.page_type)


def _view(opened: Opened, capture: Capture) -> View | None:
    if opened.root is None or opened.media is not Media.HTML:
        return None
    options = capture.options
    # Selectors may name any attribute, also those that the view leaves out.
    if options.only or options.ignore:
        return None
    return view_of(opened.root, f"{VERSION} {capture.page_type} {capture.url} {options.ignore_text}")


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
