"""The cheap view: a digest of all that the reading of a page depends on, taken without reading it.

Two captures with the same view have the same blocks, so nothing can be reported between them. What the view leaves out
is what the reader never looks at: scripts, styles, hidden fields, nonces, asset versions, meta data, and the session
and tracking parameters of links.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

from lxml import etree

from extract.links import bare_target
from extract.zones import class_words

#: Characters of text below which a page may be drawn by scripts, whose state is then read instead of its text.
ENOUGH_TEXT = 1_000
_UNREAD = frozenset({
    "script", "style", "noscript", "template", "meta", "link", "base", "iframe", "object", "embed",
    "canvas", "audio", "video", "source", "track", "math", "svg", "area", "map", "datalist", "param",
    "colgroup", "col", "input", "textarea",
})  # fmt: skip
#: Attributes that are read as they stand; classes and ids are read by their words, addresses without their tail.
_READ = frozenset({
    "role", "type", "alt", "title", "aria-label", "aria-modal", "data-variant", "data-variation", "data-experiment",
    "data-ab", "data-ab-test", "data-abtest", "data-optimizely", "data-split-test", "data-vwo", "data-ad",
    "data-ad-slot", "data-ad-client", "data-ad-unit",
})  # fmt: skip
#: Parts are joined by the one character that no text of a parsed page can hold.
_END = "\x00"


def view_of(root: etree._Element, salt: str = "") -> str | None:
    """Return 32 hexadecimal digits, None for a page with too little text to be told by this view.

    ``salt`` is what the reading depends on besides the page: its address and the options.
    """
    parts = [salt]
    add = parts.append
    length = 0
    for element in root.iter(etree.Element):
        tag, tail = element.tag, element.tail
        if tag in _UNREAD:
            add(_structured(element) if tag == "script" else "")
        else:
            add(f"{tag} {len(element)}{_attributes(tuple(element.items()))}")
            if text := element.text:
                add("<" + text)
                length += len(text)
        if tail:
            add(">" + tail)
            length += len(tail)
    if length < ENOUGH_TEXT:
        return None
    return hashlib.blake2b(_END.join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _structured(script: etree._Element) -> str:
    """Return the text of structured data, which is read for facts; all other scripts are not."""
    return "ld" + (script.text or "") if "ld+json" in (script.get("type") or "") else ""


def _attributes(items: tuple[tuple[str, str], ...]) -> str:
    return "".join([_attribute(name, value) for name, value in items]) if items else ""


def _attribute(name: str, value: str) -> str:
    if name in ("class", "id"):
        return " " + _label(value)
    if name == "href":
        return f" href={bare_target(value)}"
    if name in ("src", "data-src"):
        return f" {name}={value.partition('?')[0].partition('#')[0]}"
    return f" {name}={value}" if name in _READ else ""


@lru_cache(maxsize=8_192)
def _label(value: str) -> str:
    return " ".join(sorted(class_words(value)))
