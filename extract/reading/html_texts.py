"""Texts of elements: what a reader sees in one, line by line, and which of it is its title."""

from __future__ import annotations

import re

from lxml import etree

from extract.values.days import MONTH, WHEN
from extract.values.normalise import fold

SKIPPED = frozenset({
    "script", "style", "noscript", "template", "head", "meta", "link", "base", "iframe", "object",
    "embed", "canvas", "audio", "video", "source", "track", "math", "svg", "area", "map", "datalist",
    "param", "colgroup", "col", "input", "textarea",
})  # fmt: skip
INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
    "i", "ins", "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "output", "meter", "progress", "nobr",
    "button",
})  # fmt: skip
#: Inline elements that cards show as lines of their own.
_PARTED = frozenset({"span", "time", "small", "strong", "b", "em", "i", "a", "cite"})
HEADINGS = {f"h{level}": level for level in range(1, 7)}
_INNER_BLOCKS = frozenset({
    "p", "div", "ul", "ol", "dl", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article",
    "blockquote", "pre", "figure", "li",
})  # fmt: skip
_ANCHORS = frozenset("#¶§🔗")
_ASIDES = frozenset({"a", "i", "span", "small"})
_ICON = re.compile(r"\bmaterial-(?:icons|symbols)\b")
_ELSEWHERE = re.compile(
    r"\W*(?:(?:link )?opens? in (?:a )?new (?:browser )?(?:tab|window)|(?:opens )?external (?:link|site|website)|"
    r"öffnet (?:sich )?in (?:einem )?neue[mn] (?:tab|fenster|browser-?tab)|externer link|"
    r"(?:s['’])?ouvre (?:dans )?une? (?:nouvel onglet|nouvelle fenêtre)|nouvel(?:le)? (?:onglet|fenêtre)|lien externe|"
    r"(?:se )?abre en (?:una )?(?:nueva (?:pestaña|ventana)|pestaña nueva|ventana nueva)|enlace externo|"
    r"si apre in una nuova (?:scheda|finestra)|opent in (?:een )?nieuw (?:tabblad|venster)|"
    r"öppnas i (?:en )?(?:ny flik|nytt fönster)|abre (?:em|numa) (?:uma )?nova (?:aba|janela))\W*",
    re.I,
)
_LONG_WORD = 5  # characters
#: A letter or a figure: what has none says nothing.
SAYS = re.compile(r"[^\W_]")
_MONTH = re.compile(rf"(?:{MONTH})\.?", re.I)


def holds_blocks(element: etree._Element) -> bool:
    """Return whether an inline element is wrapped around blocks."""
    return len(element) > 0 and next(element.iter(*_INNER_BLOCKS), None) is not None


def is_short(element: etree._Element, limit: int) -> bool:
    """Return whether an element shows at most ``limit`` characters, in four hundred parts at most."""
    total = 0
    for count, text in enumerate(element.itertext()):
        total += len(text.strip())
        if total > limit or count > 400:
            return False
    return True


def text_of(element: etree._Element) -> str:
    """Return the text of an element in one line, with a space where a block begins or ends."""
    return fold(_joined(element))


def is_aside(element: etree._Element) -> bool:
    """Return whether an element is beside the text.

    It is a heading's link to itself, a hint that a link opens elsewhere, or a word from which a font draws an icon.
    """
    if len(element) or element.tag not in _ASIDES:
        return False
    text = (element.text or "").strip()
    if element.tag == "a":
        return text in _ANCHORS
    return bool(_ICON.search(element.get("class", "")) or (len(text) < 60 and _ELSEWHERE.fullmatch(text)))


def _joined(element: etree._Element) -> str:
    parts: list[str] = []
    _join(element, parts)
    return "".join(parts)


def _join(element: etree._Element, parts: list[str]) -> None:
    if element.text:
        parts.append(element.text)
    for child in element:
        if isinstance(child.tag, str) and child.tag not in SKIPPED and not is_aside(child):
            apart = child.tag not in INLINE
            parts.append(" " if apart or runs_on("".join(parts[-2:]), child) else "")
            _join(child, parts)
            parts.append(" " if apart else "")
        if child.tail:
            parts.append(child.tail)


def leaves(element: etree._Element) -> list[str]:
    """Return the lines a reader sees inside a small container; separators between inline texts part
    lines too.
    """
    lines: list[str] = []
    buffer: list[str] = []

    def flush() -> None:
        text = fold("".join(buffer))
        buffer.clear()
        if SAYS.search(text):
            lines.append(text)

    def walk(node: etree._Element) -> None:
        buffer.append(node.text or "")
        for child in node:
            if isinstance(child.tag, str) and child.tag not in SKIPPED and not is_aside(child):
                apart = child.tag not in INLINE or holds_blocks(child)
                if apart or (buffer and _is_own_line(buffer, child)):
                    flush()
                walk(child)
                if apart:
                    flush()
            buffer.append(child.tail or "")

    walk(element)
    flush()
    return lines


def _is_own_line(buffer: list[str], element: etree._Element) -> bool:
    """Return whether an inline element with attributes of its own begins another line, as a role after a name."""
    before, text = "".join(buffer[-2:]).rstrip(), (element.text or "").lstrip()
    previous = element.getprevious()
    if previous is None and is_glued("".join(buffer[-2:]), element):
        return True
    if runs_on("".join(buffer[-2:]), element):
        return True
    if not before or not element.attrib or previous is None or not previous.attrib:
        return False
    # The tile of a date holds the month and the days, with no space between them.
    if not (text[:1].isupper() or (text[:1].isdigit() and _MONTH.fullmatch(before))):
        return False
    return (
        element.tag == previous.tag == "span"
        and (before[-1].isalnum() or before[-1] == ")")
        and not (previous.tail or "").strip()
    )


def runs_on(before: str, element: etree._Element) -> bool:
    """Return whether an inline element follows upon another with no space and is a text of its own, as styles show it.

    A name and a role, a day and a length are, the parts of ``GitHub``, ``$25``, ``12GB`` are not.
    """
    previous = element.getprevious()
    if previous is None or previous.tag not in _PARTED or element.tag not in _PARTED or previous.tail:
        return False
    text = "".join(element.itertext())
    if (
        len(before) < 2
        or not text
        or not (before[-1].isalnum() or before[-1] in ").")
        or not text[0].isalnum()
    ):
        return False
    if "time" in (previous.tag, element.tag):
        return True
    if before[-1].islower() and text[0].isdigit() and " " in text and len(before) > _LONG_WORD:
        return True
    if (
        before[-1:].isdigit()
        and text[0].isdigit()
        and (day := WHEN.match(text))
        and len(day.group(0)) > _LONG_WORD
    ):
        # Behind the number of a version follows its day.
        return True
    if _MONTH.fullmatch("".join(previous.itertext()).strip()) and text.strip().isdigit():
        return True
    differ = previous.tag != element.tag or previous.get("class") != element.get("class")
    # Two long words in elements of their own are never one word: ``Hamburg`` and ``Full-time``.
    differ = differ or min(len("".join(previous.itertext()).strip()), len(text.strip())) >= _LONG_WORD
    if before[-1].isdigit() and (before[-4:].isdigit() or " " in before):
        return differ and text[0].isalpha() and len(text.split()) > 1
    if not text[0].isupper() or not (before[-1].islower() or before[-1] in ").") or len(text) < 2:
        return False
    return differ or " " in "".join(previous.itertext()).strip() or " " in text.strip()


def parted(element: etree._Element) -> tuple[str, str]:
    """Return the two lines of a heading whose second is set apart by style alone: a name, and the role behind it."""
    first = next(iter(element), None)
    if first is None or not isinstance(first.tag, str):
        return "", ""
    small = first.tag == "small" and len((element.text or "").split()) > 1
    if not small and not is_glued(element.text or "", first):
        return "", ""
    rest = fold("".join((text_of(first), *(text_of(child) for child in element[1:]), element[-1].tail or "")))
    return fold(element.text or ""), rest


def is_glued(before: str, element: etree._Element) -> bool:
    """Return whether an inline element with a class begins in capitals right behind the small letter of two words."""
    return (
        element.tag in ("span", "small", "em")
        and before[-1:].islower()
        and len(before.split()) > 1
        and (element.text or "")[:1].isupper()
        and bool(element.get("class"))
    )


def title_of(element: etree._Element) -> str:
    """Return the heading inside a small container, else the bold text it begins with."""
    for inner in element.iter(*HEADINGS):
        if inner is not element:
            return parted(inner)[0] or text_of(inner)
    first = next((child for child in element.iterdescendants() if isinstance(child.tag, str)), None)
    if element.tag == "dt":
        return text_of(element)
    if first is None or first.tag not in ("strong", "b") or (element.text or "").strip():
        return ""
    return text_of(first)


def links_in(element: etree._Element) -> tuple[tuple[str, str], ...]:
    """Return (text, target) of the links in an element."""
    found = [(text_of(a), a.get("href") or "") for a in element.iter("a")]
    return tuple((text, href) for text, href in found if href)
