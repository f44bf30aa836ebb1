"""Pages that send the reader on by ``<meta http-equiv="refresh">`` instead of a status. Pure."""

from __future__ import annotations

import re

from crawlers.page_signs import looks_like_html

LONGEST_WAIT = 10.0  # seconds; a page that stays longer than this is meant to be read.
HEAD = 32_768  # bytes in which the tag is looked for
MOST_TEXT = 600  # characters; "you are being redirected" with its link stays below it.

_HIDDEN = re.compile(r"<!--.*?(?:-->|\Z)|<(noscript|script|style|template)\b.*?(?:</\1\s*>|\Z)", re.I | re.S)
_TAG = re.compile(r"<meta\b[^>]{0,4000}>", re.I)
_IS_REFRESH = re.compile(r"""http-equiv\s*=\s*["']?\s*refresh\b""", re.I)
_CONTENT = re.compile(r"""content\s*=\s*(?:"([^"]{1,3000})"|'([^']{1,3000})'|([^\s"'>]{1,3000}))""", re.I)
_TARGET = re.compile(r"""^\s*(\d{0,4}(?:\.\d{0,9})?)\s*[;,]?\s*url\s*=\s*["']?\s*([^"'\s]+)""", re.I)
_MARKUP = re.compile(r"<[^<>]{0,4000}>")


def refresh_target(body: bytes) -> str | None:
    """Return where a short page sends the reader within seconds; None if it is there to be read."""
    if not looks_like_html(body) or b"refresh" not in body[:HEAD].lower():
        return None
    text = _HIDDEN.sub(" ", body[:HEAD].decode("utf-8", "replace"))
    target = next((found for tag in _TAG.findall(text) if (found := _of_tag(tag))), None)
    if target is None or len(body) > HEAD or len(" ".join(_MARKUP.sub(" ", text).split())) > MOST_TEXT:
        return None
    return target


def _of_tag(tag: str) -> str | None:
    content = _CONTENT.search(tag)
    if content is None or not _IS_REFRESH.search(tag):
        return None
    found = _TARGET.match(next(group for group in content.groups() if group is not None))
    if found is None or float(found[1] or 0) > LONGEST_WAIT:
        return None
    return found[2].replace("&amp;", "&")
