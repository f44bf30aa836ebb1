"""Free text of a changed page: cut into the stories it teases, with headlines that quote what is old and new."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from classify.rules.events import DATE
from store.changes import Change
from store.kinds import PageType

BUDGET = (
    130  # Characters of a headline; the rival's name comes in place of a placeholder of about its length.
)
QUOTE = 80
AROUND = 2  # Words that stay on each side of the difference.
TITLE = 40
MIN_TITLE = 3  # words
# Pages whose dated lines are news of their own. Elsewhere a date belongs to what it stands beside.
TEASING = frozenset([PageType.HOME, PageType.NEWS, PageType.GENERIC, PageType.PRODUCT])
_TAIL = r"(?:\s*[·|•–—-]\s*[\d.,]+\s+\w+)?"  # "2,081 reads"
_AT_END = re.compile(rf"^(?P<rest>.+?)[\s·|,–—-]+(?:{DATE.pattern}){_TAIL}\s*$", re.I | re.S)
_AT_START = re.compile(rf"^(?:{DATE.pattern}){_TAIL}[\s·|,:–—-]+(?P<rest>.+)$", re.I | re.S)
_ALONE = re.compile(rf"^\s*(?:{DATE.pattern}){_TAIL}\s*$", re.I)
_FULL = re.compile(r"\d{4}.*\d|\d.*\d{4}", re.S)  # Day and year: "What's new in May 2026" is a title.
_OPEN = re.compile(
    r"\b(in|on|from|by|until|till|of|at|for|since|before|after|to|and|through|effective|starting|ends)$", re.I
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Teaser:
    """A story that a page names: its title without the date, and the text below it."""

    title: str
    text: str
    quote: str


def undated(text: str) -> str:
    """Return a line without the full date that begins or ends it, where words remain."""
    for pattern in (_AT_END, _AT_START):
        found = pattern.match(text)
        if found and _FULL.search(text.replace(found["rest"], "", 1)) and not _OPEN.search(found["rest"]):
            return found["rest"].strip()
    return text


def blocks_below(title: str, added: Sequence[str]) -> list[str]:
    """Return the blocks that belong to an entry: from its title to the next date, title apart."""
    plain = undated(" ".join(title.split())).casefold()
    starts = [
        n for n, text in enumerate(added) if undated(" ".join(text.split())).casefold().startswith(plain)
    ]
    found: list[str] = []
    for text in added[starts[0] :] if starts else added:
        if found and _ALONE.match(text):
            break
        found.append(text)
    return [text for text in found if text != title]


def lead_of(title: str, text: str) -> str:
    """Return the text of an entry without its title, dates and read counts; the title where nothing else is left."""
    plain = undated(" ".join(title.split()))
    lines = []
    for raw in text.splitlines():
        line = undated(" ".join(raw.split()))
        if line.casefold().startswith(plain.casefold()):
            line = line[len(plain) :].lstrip(" .:–—-")
        if line and not _ALONE.match(line):
            lines.append(line)
    return "\n".join(lines) or plain


def teasers(change: Change, added: Sequence[str]) -> tuple[list[Teaser], list[str]]:
    """Return the dated stories among the added blocks of a page, and the blocks that are none."""
    if change.page_type not in TEASING:
        return [], list(added)
    found: list[Teaser] = []
    rest: list[str] = []
    below: list[str] | None = None
    for text in [*added, ""]:
        if not text or _ALONE.match(text):
            found += _dated(below)
            below = []
        elif undated(text) != text and len(undated(text).split()) >= MIN_TITLE:
            found.append(Teaser(title=undated(text), text=undated(text), quote=text))
        elif below is not None:
            below.append(text)
        else:
            rest.append(text)
    return found, rest


def _dated(blocks: Sequence[str] | None) -> list[Teaser]:
    """Return what stands below a line that is but a date: a title and its lead, by turns where there are several."""
    stories: list[Teaser] = []
    for number in range(0, len(blocks or ()), 2):
        pair = list(blocks or ())[number : number + 2]
        stories.append(Teaser(title=pair[0], text="\n".join(pair), quote="\n".join(pair)))
    return stories


def page_headline(change: Change, added: Sequence[str], removed: Sequence[str]) -> str:
    """Return what a page shows otherwise than before, quoted briefly; ``{actor}`` stands for the rival."""
    page = f"its {change.page_type.value} page" if change.page_type is not PageType.GENERIC else "its site"
    if added and removed and len(added) == len(removed) == 1:
        return f"{{actor}} changed {page}: {from_to(removed[0], added[0], BUDGET - 30)}"
    if added:
        return f"{{actor}} added to {page}: “{shortened(added[0])}”"
    return f"{{actor}} removed from {page}: “{shortened(removed[0])}”"


def clause_headline(verb: str, title: str, before: str, after: str, effective: str) -> str:
    """Return what became of one clause: its name, and the words that changed."""
    tail = f" (effective {effective})" if effective else ""
    lead = f"{{actor}} {verb} “{shortened(title, TITLE)}” in its terms"
    room = BUDGET - len(lead) - len(tail)
    if before and after:
        return f"{lead}: {from_to(before, after, room)}{tail}"
    text = after or before
    return f"{lead}: “{shortened(text, room)}”{tail}" if text and text != title else f"{lead}{tail}"


def from_to(before: str, after: str, room: int) -> str:
    """Return the words that differ, old and new: ``“the twelve months before” → “the six months before”``."""
    old, new = before.split(), after.split()
    spans = [
        op for op in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes() if op[0] != "equal"
    ]
    kept = sum(1 for word in new if word in set(old))
    if spans and kept * 2 >= len(new):
        _, i1, i2, j1, j2 = spans[0]
        old = old[max(0, i1 - AROUND) : i2 + AROUND]
        new = new[max(0, j1 - AROUND) : j2 + AROUND]
    half = max((room - 7) // 2, 20)
    return f"“{shortened(' '.join(old), half)}” → “{shortened(' '.join(new), half)}”"


def shortened(text: str, limit: int = QUOTE) -> str:
    """Return the text on one line, cut at a word, at most ``limit`` characters."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    return text[: max(limit - 1, 1)].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
