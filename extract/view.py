"""The cheap view: a digest of all that the reading of a page depends on, taken without reading it.

Two captures with the same view have the same blocks, so nothing can be reported between them. What the view leaves out
is what the reader never looks at: scripts, styles, hidden fields, nonces, asset versions, meta data, and the session
and tracking parameters of links.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

from lxml import etree

from extract.links import bare_target
from extract.zones import class_words

#: Characters of text below which a page may be drawn by scripts, whose state is then read instead of its text.
ENOUGH_TEXT = 1_000
_UNREAD = frozenset({
    "script", "style", "noscript", "template", "meta", "link", "base", "iframe", "object", "embed",
    "canvas", "audio", "video", "source", "track", "math", "area", "map", "datalist", "param",
    "colgroup", "col", "input", "textarea",
})  # fmt: skip
#: Attributes that say nothing; so do those for events and those for data, but the few below.
_SILENT = frozenset({
    "nonce", "integrity", "style", "value", "action", "for", "crossorigin", "width", "height", "tabindex", "target",
    "rel", "loading", "decoding", "fetchpriority", "d", "fill", "viewbox", "transform", "points",
})  # fmt: skip
_DATA = frozenset({
    "data-variant", "data-variation", "data-experiment", "data-ab", "data-ab-test", "data-abtest", "data-optimizely",
    "data-split-test", "data-vwo", "data-ad", "data-ad-slot", "data-ad-client", "data-ad-unit",
})  # fmt: skip
#: Figures only: some sites name the picture itself in the address's tail.
_ASSET_VERSION = re.compile(r"[?&](?:v|ver|version|t|ts|cb|cache|rev|build|hash|_)=[0-9a-f.\-]*(?=&|$)", re.I)
#: Parts are joined by the one character that no text of a parsed page can hold.
_END = "\x00"
_CHUNK = 20_000  # parts that are digested at once; a page of 20 MB has a million


def view_of(root: etree._Element, salt: str = "") -> str | None:
    """Return 32 hexadecimal digits, None for a page with too little text to be told by this view.

    ``salt`` is what the reading depends on besides the page: its address and the options.
    """
    digest = hashlib.blake2b(digest_size=16)
    parts = [salt]
    add = parts.append
    length = 0
    for element in root.iter(etree.Element):
        tag, tail = element.tag, element.tail
        if tag in _UNREAD:
            add(_structured(element) if tag == "script" else "")
        else:
            add(f"{tag} {len(element)}{_attributes(element.items())}")
            if text := element.text:
                add("<" + text)
                length += len(text)
        if tail:
            add(">" + tail)
            length += len(tail)
        if len(parts) > _CHUNK:
            digest.update(_END.join(parts).encode("utf-8", "surrogatepass"))
            parts[:] = [""]
    digest.update(_END.join(parts).encode("utf-8", "surrogatepass"))
    return digest.hexdigest() if length >= ENOUGH_TEXT else None


def _structured(script: etree._Element) -> str:
    """Return the text of structured data, which is read for facts; all other scripts are not."""
    return "ld" + (script.text or "") if "ld+json" in (script.get("type") or "") else ""


def _attributes(items: list[tuple[str, str]]) -> str:
    # Whether an element has any attribute at all tells lines apart, so the mark stays where all are silent.
    return " @" + "".join([_attribute(name, value) for name, value in items]) if items else ""


def _attribute(name: str, value: str) -> str:
    if name == "class":
        return f" .{value}"
    if name == "id":
        return f" #{_label(value)}"
    if name == "href":
        return f" href={bare_target(value)}"
    if name in _SILENT or name.startswith("on"):
        return ""
    if "src" in name or name == "data-original":
        return f" {name}={_ASSET_VERSION.sub('', value) if '?' in value else value}"
    if name.startswith("data-") and name not in _DATA:
        return ""
    return f" {name}={value}"


@lru_cache(maxsize=8_192)
def _label(value: str) -> str:
    return " ".join(sorted(class_words(value)))
