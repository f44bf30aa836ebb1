"""The cheap view: a digest of all that the reading of a page depends on, taken without reading it.

Two captures with the same view have the same blocks, so nothing can be reported between them. What the view leaves out
is what the reader never looks at: scripts, styles, hidden fields, nonces, asset versions, meta data, and the session
and tracking parameters of links.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from extract.reading.zones import class_words
from extract.values.links import bare_target

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
    "rel", "loading", "decoding", "fetchpriority", "d", "fill", "viewbox", "transform", "points", "datetime",
})  # fmt: skip
_DATA = frozenset({
    "data-variant", "data-variation", "data-experiment", "data-ab", "data-ab-test", "data-abtest", "data-optimizely",
    "data-split-test", "data-vwo", "data-ad", "data-ad-slot", "data-ad-client", "data-ad-unit",
})  # fmt: skip
#: Figures only: some sites name the picture itself in the address's tail.
_ASSET_VERSION = re.compile(r"[?&](?:v|ver|version|t|ts|cb|cache|rev|build|hash|_)=[0-9a-f.\-]*(?=&|$)", re.I)
#: Parts are joined by the one character that no text of a parsed page can hold.
END = b"\x00"
#: What a part begins with that is the text of an element, or the text behind one.
TEXT, TAIL = b"<", b">"
_CHUNK = 20_000  # parts that are digested at once; a page of 20 MB has a million
SKETCH = 400_000  # bytes of parts that are kept; beyond them a page is known by the digest alone
#: Characters from which on a text is taken for prose: no link of a menu and no button is as long.
PROSE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What is read of a page's markup. ``digest``: 32 hexadecimal digits. ``prose``: characters in long texts.

    ``sketch`` holds the parts themselves, in the order of `etree._Element.iter`; empty for a very long page.
    """

    digest: str
    sketch: bytes
    prose: int


def view_of(root: etree._Element, salt: str = "") -> View | None:
    """Return the view of a page, None for one with too little text to be told by it.

    ``salt`` is what the reading depends on besides the page: its address and the options.
    """
    digest = hashlib.blake2b(digest_size=16)
    parts = [salt]
    add = parts.append
    length = prose = 0
    whole = True
    for element in root.iter(etree.Element):
        tag, tail = element.tag, element.tail
        if tag in _UNREAD:
            add(_structured(element) if tag == "script" else "")
        else:
            add(f"{tag} {len(element)}{_attributes(element.items())}")
            if text := element.text:
                add("<" + text)
                length += len(text)
                prose += len(text) if len(text) >= PROSE else 0
        if tail:
            add(">" + tail)
            length += len(tail)
        if len(parts) > _CHUNK:
            digest.update(_joined(parts))
            parts[:] = [""]
            whole = False
    sketch = _joined(parts)
    digest.update(sketch)
    if length < ENOUGH_TEXT:
        return None
    return View(
        digest=digest.hexdigest(), sketch=sketch if whole and len(sketch) <= SKETCH else b"", prose=prose
    )


def texts_at(root: etree._Element, numbers: Iterable[int]) -> Iterator[tuple[etree._Element, bool]]:
    """Yield, for the numbers of parts that are texts, the element they belong to and whether it is its tail.

    ``numbers`` ascend and count the parts of the sketch of ``root``, the salt included.
    """
    wanted = iter(numbers)
    number = next(wanted, -1)
    count = 1
    for element in root.iter(etree.Element):
        if number < 0:
            return
        count += 1
        for text, is_tail in (
            (element.text if element.tag not in _UNREAD else None, False),
            (element.tail, True),
        ):
            if text:
                if count == number:
                    yield element, is_tail
                    number = next(wanted, -1)
                count += 1


def _joined(parts: list[str]) -> bytes:
    return END.decode().join(parts).encode("utf-8", "surrogatepass")


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
