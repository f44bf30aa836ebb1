"""PDF to pieces, page by page."""

from __future__ import annotations

import io
import re

from extract.errors import UnreadableError
from extract.reading.markdown_pieces import text_pieces
from extract.reading.piece import Piece

PAGES = 300


def pdf_pieces(body: bytes, url: str) -> tuple[tuple[Piece, ...], str | None]:
    """Return the paragraphs and the title. Raises: UnreadableError if it is damaged or locked."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(body))
        texts = [page.extract_text() or "" for page in reader.pages[:PAGES]]
        title = reader.metadata.title if reader.metadata else None
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise UnreadableError(url, f"damaged or locked PDF ({type(error).__name__})") from error
    pieces = text_pieces("\n\n".join(_unwrap(text) for text in texts))
    return pieces, str(title) if title else None


def _unwrap(text: str) -> str:
    # A line that ends without a full stop and is followed by a lower-case letter goes on.
    return re.sub(r"(?<![.:;!?])\n(?=[a-z(])", " ", text).replace("\n", "\n\n")
