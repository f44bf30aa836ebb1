"""Lines in which two captures differ by noise alone, told from their views without reading the page.

Where two views differ in the figures and names of days of some lines and nothing else, the page need not be read: the
line, every part of it that could be a block of its own, and every card or row around it are normalised as the keys of
blocks are. If all of them stay equal, no block can have another key. What is not plainly so is left to the reading:
amounts of money near the line, links, headings and choices, lengths that cross a threshold of the reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from lxml import etree

from extract.reading.html_cards import CARD_CHARACTERS
from extract.reading.html_texts import HEADINGS, INLINE, SKIPPED, is_short
from extract.reading.margin import margin_of
from extract.reading.view import END, TAIL, TEXT, texts_at
from extract.values.money import find_money
from extract.values.normalise import MONTHS, RULES, WEEKDAY, fold, noise_reasons, normalise
from store.records import Suppressed

#: Texts that may differ; a page with more clocks than that is a list of moments and read.
DIFFERENCES = 60
PARTS = 8  # texts of a line; all runs of them are compared
ROW = 2_000  # characters of a table's row
#: Characters by which a page's texts may differ in length; blocks that are longer than a card by more are none.
SLACK = 20
#: What a clock, a date or a counter is made of besides the words that stay.
_VARYING = re.compile(
    r"\d+|\b(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|few|several)\b"
    rf"|\b(?:second|minute|hour|day|week|month|year)s?\b|\b{MONTHS}\b|\b{WEEKDAY}\b",
    re.I,
)
_FIGURES = re.compile(r"\d+")
_VARIED = re.compile(r"0(?:\s+0)+")
#: Elements whose text is more than a line: it heads others, is chosen from, leads somewhere or is no text at all.
_TELLING = frozenset(
    {*HEADINGS, "title", "select", "option", "optgroup", "dt", "a", "button", "svg", "th", "caption"}
)
_ROOTS = frozenset({"html", "body"})
#: Lengths at which the reader decides otherwise: of lines, cards, boxes and rows.
_THRESHOLDS = (2, 4, 10, 40, 60, 90, 120, 140, 160, 200, CARD_CHARACTERS, 250, 400, 700, ROW)

_NAMED = frozenset(reason for reason, _, _ in RULES)

Old = dict[tuple[etree._Element, bool], str]


@dataclass(frozen=True, slots=True)
class _Run:
    """Texts of an element in the order of the page, as they were and as they are, and where a block begins."""

    before: list[str]
    after: list[str]
    apart: list[bool]


def same_lines(
    root: etree._Element, before: bytes, after: bytes, *, counts: bool
) -> tuple[Suppressed, ...] | None:
    """Return the named noise in which a page differs from an earlier sketch; None if it must be read to be told.

    ``root`` is the page that ``after`` is the sketch of. ``counts``: counted things are no noise on it.
    """
    old = _differences(root, before.split(END), after.split(END))
    if old is None:
        return None
    found: dict[etree._Element, tuple[Suppressed, ...]] = {}
    for element, is_tail in old:
        line = _line_of(element.getparent() if is_tail else element)
        if line is None:
            return None
        if line not in found:
            noise = _noise(line, old, counts)
            if not noise:
                return None
            found[line] = noise
    return tuple(chain.from_iterable(found.values()))


def _differences(root: etree._Element, before: list[bytes], after: list[bytes]) -> Old | None:
    """Return the earlier text of each place that differs in figures alone; None if anything else differs."""
    if len(before) != len(after) or not before[0]:
        return None
    numbers = [
        number for number, (left, right) in enumerate(zip(before, after, strict=True)) if left != right
    ]
    if not 0 < len(numbers) <= DIFFERENCES:
        return None
    for number in numbers:
        left, right = before[number], after[number]
        if left[:1] not in (TEXT, TAIL) or left[:1] != right[:1] or not _alike(left, right):
            return None
    if sum(abs(len(before[number]) - len(after[number])) for number in numbers) > SLACK:
        return None
    places = texts_at(root, numbers)
    return {
        place: before[number][1:].decode("utf-8", "surrogatepass")
        for number, place in zip(numbers, places, strict=True)
    }


def _alike(left: bytes, right: bytes) -> bool:
    """Return whether two texts are the same but for figures, days and units of time, and begin and end alike."""
    one, other = (side.decode("utf-8", "surrogatepass") for side in (left, right))
    if _FIGURES.sub("0", one) == _FIGURES.sub("0", other):
        return True
    return _constant(one) == _constant(other) and all(
        _kind(one[1:].strip()[place : place + 1 or None])
        == _kind(other[1:].strip()[place : place + 1 or None])
        for place in (0, -1)
    )


def _constant(text: str) -> str:
    return _VARIED.sub("0", _VARYING.sub("0", text))


def _kind(character: str) -> tuple[bool, bool, bool]:
    """Return what of a character the reader looks at to tell where a line begins and ends."""
    return character.isdigit(), character.isupper(), character.isalnum()


def _line_of(element: etree._Element | None) -> etree._Element | None:
    """Return the element that holds a line: the nearest that is no inline one, if it holds nothing but text."""
    while element is not None and element.tag in INLINE:
        if element.tag in _TELLING:
            return None
        element = element.getparent()
    if element is None or element.tag in _ROOTS or element.tag in SKIPPED:
        return None
    if any(node.tag not in INLINE or node.tag in _TELLING for node in element.iterdescendants()):
        return None
    return element


def _noise(line: etree._Element, old: Old, counts: bool) -> tuple[Suppressed, ...]:
    """Return the named noise of a line, nothing if there may be more than noise in it."""
    run = _run(line, old)
    if len(run.after) > PARTS or not all(_is_same(*texts, counts) for texts in _runs(run)):
        return ()
    if not all(_holds(around, old, counts) for around in _around(line)):
        return ()
    left, right = fold("".join(run.before)), fold("".join(run.after))
    if margin_of(left) != margin_of(right):
        return ()
    reasons = noise_reasons(left, right)
    if not _NAMED.issuperset(reasons):
        return ()
    return tuple(Suppressed(reason=reason, before=left, after=right) for reason in reasons)


def _runs(run: _Run) -> Iterator[tuple[str, str]]:
    """Yield each run of the texts of a line, for any of them may be set apart by its style."""
    for start in range(len(run.after)):
        for end in range(start + 1, len(run.after) + 1):
            left, right = run.before[start:end], run.after[start:end]
            if left != right:
                yield "".join(left), "".join(right)


def _around(line: etree._Element) -> Iterator[etree._Element]:
    """Yield the line and the elements around it that may be read as one block."""
    yield line
    for element in line.iterancestors():
        if element.tag in _ROOTS:
            return
        limit = ROW if element.tag == "tr" else CARD_CHARACTERS
        if element.tag in _TELLING or is_short(element, limit + SLACK):
            yield element


def _holds(element: etree._Element, old: Old, counts: bool) -> bool:
    """Return whether a line or what stands around it is read alike with the earlier texts."""
    if element.tag in _TELLING:
        return False
    run = _run(element, old)
    now = sum(len(text.strip()) for text in element.itertext())
    then = now + len("".join(run.before)) - len("".join(run.after))
    if any((then < limit) != (now < limit) or (then > limit) != (now > limit) for limit in _THRESHOLDS):
        return False
    spaced = " ".join(run.before), " ".join(run.after)
    if any(next(find_money(text), None) is not None for text in spaced):
        return False
    lined = _lined(run.before, run.apart), _lined(run.after, run.apart)
    return _is_same(*spaced, counts) and _is_same(*lined, counts)


def _is_same(before: str, after: str, counts: bool) -> bool:
    return normalise(before) == normalise(after) and (
        not counts or normalise(before, counts=True) == normalise(after, counts=True)
    )


def _lined(texts: list[str], apart: list[bool]) -> str:
    return "".join(f" {text}" if begins else text for text, begins in zip(texts, apart, strict=True))


def _run(element: etree._Element, old: Old) -> _Run:
    run = _Run([], [], [])
    _collect(element, old, run, True)
    return run


def _collect(element: etree._Element, old: Old, run: _Run, apart: bool) -> None:
    _add(run, element.text, old.get((element, False)), apart)
    for child in element:
        block = child.tag not in INLINE
        if child.tag not in SKIPPED:
            _collect(child, old, run, block)
        _add(run, child.tail, old.get((child, True)), block)


def _add(run: _Run, text: str | None, before: str | None, apart: bool) -> None:
    if text:
        run.after.append(text)
        run.before.append(text if before is None else before)
        run.apart.append(apart)
