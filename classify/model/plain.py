# ruff: noqa: E501 (a pattern is read as one line)
"""Texts as people read them: without markup, control signs and what no database or terminal takes."""

from __future__ import annotations

import html
import re

#: A closing tag, or a line break: a text that merely speaks of a tag ("Fixed: <b> in titles") has neither.
_MARKED_UP = re.compile(
    r"</(?:p|h[1-6]|div|span|b|strong|em|i|u|a|li|ul|ol|table|tr|td|th|section|article|body|html|blockquote|script|style)\s*>|<br\s*/?>",
    re.IGNORECASE,
)
_UNREAD = re.compile(
    r"<(script|style|template)\b[^>]{0,400}>.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL
)
_BREAKS = re.compile(r"<(?:br|/?(?:p|h[1-6]|div|li|ul|ol|table|tr|section|article|blockquote))\b[^<>]{0,400}>", re.IGNORECASE)  # fmt: skip
_TAG = re.compile(r"</?[a-z][^<>]{0,400}>", re.IGNORECASE)
_ESCAPE = re.compile(r"\x1b\[[0-9;?]{0,16}[A-Za-z]")
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Signs that show nothing: controls, marks of writing direction, zero-width space and byte order mark.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
_HALF = re.compile(r"[\ud800-\udfff]")
_INSTEAD = "\ufffd"


def plain_text(text: str) -> str:
    """Return a text without markup and unseen signs; what is no sign at all becomes a question mark in a diamond."""
    if _MARKED_UP.search(text):
        text = without_markup(text)
    text = _LINE_ENDS.sub("\n", _ESCAPE.sub("", text))
    return _HALF.sub(_INSTEAD, _UNSEEN.sub("", text))


def without_markup(text: str) -> str:
    """Return what a reader sees of markup, each block on lines of its own."""
    seen = _TAG.sub("", _BREAKS.sub("\n", _UNREAD.sub(" ", text)))
    lines = (" ".join(line.split()) for line in html.unescape(seen).splitlines())
    return "\n".join(line for line in lines if line)
