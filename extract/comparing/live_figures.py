"""Figures that a page measures by itself and shows in short: ``412.7 MW under control``, ``98.2 % uptime``.

They say how the service runs at this moment. A price, a limit of a plan and a promise in nines are said once, and a
round figure of customers is told because somebody chose to tell it.
"""

from __future__ import annotations

import re
from collections import defaultdict

from extract.comparing.gauges import COUNTER, names_now
from extract.comparing.work import Work
from extract.values.money import find_money
from extract.values.normalise import normalise_words
from store.kinds import BlockKind, PageType
from store.records import Block

WORDS = 8  # of a figure with its label; more tell a story
_FIGURE = re.compile(r"\d+(?:[.,'\u00a0\u202f ]\d+)*(?:[.,]\d+)?")
#: Units in which machines measure; ``GB`` and ``days`` are what plans are limited to.
_MEASURED = re.compile(
    r"^\s?(?:[kMGT]?Wh?|[kMGT]Wp|kg|t|tonnes?|km|m²|m³|ha|°C|ms|sec(?:onds?)?|s|min(?:utes?|uten|utos)?|rps|req/s|"
    r"requests?/s|tps|[kMG]?bit/s|[kMG]bps)(?![\w/])"
)
_LABELLED = re.compile(
    r"\b(?:up-?time|avg|average|mean|median|typical\w*|response|latency|wait(?:ing)?|on[- ]time|right now|live|online|"
    r"verfügbarkeit|durchschnitt\w*|antwortzeit|wartezeit|pünktlich\w*|moyenne?|disponibilit[éà]|disponibilidad|"
    r"media|promedio|gemiddeld\w*|wachttijd|genomsnitt\w*)\b|Ø",
    re.I,
)
#: A promise: ``99.99 %``.
_NINES = re.compile(r"99(?:[.,]9+5?)?")
_DECIMAL = re.compile(r"\d[.,]\d{1,2}")
_SHARE = re.compile(r"^\s?%")


def take_figures(work: Work, page_type: PageType) -> None:
    """Take pairs of short lines that differ in a measured figure alone."""
    if page_type is PageType.PRICING or not (work.added and work.removed):
        return
    front = page_type in (PageType.HOME, PageType.PRODUCT, PageType.GENERIC)
    gone: defaultdict[str, list[Block]] = defaultdict(list)
    for block in work.removed:
        if key := _label_of(block, front=front):
            gone[key].append(block)
    for block in list(work.added) if gone else ():
        key = _label_of(block, front=front)
        if key and gone[key]:
            work.drop(COUNTER, before=gone[key].pop(0), after=block)


def _label_of(block: Block, *, front: bool) -> str:
    """Return the words around the one figure of a short line that is measured; empty for all other lines."""
    text = block.text
    if block.kind is BlockKind.ROW or len(text.split()) > WORDS or text.rstrip().endswith((".", "!", "?")):
        return ""
    figures = list(_FIGURE.finditer(text))
    if len(figures) != 1 or next(find_money(text), None):
        return ""
    heading = block.path[-1] if block.path else ""
    live = names_now(heading) or (front and _is_measured(text, figures[0]))
    label = f"{text[: figures[0].start()]} # {text[figures[0].end() :]}"
    return f"{heading}|{normalise_words(label)}" if live else ""


def _is_measured(text: str, figure: re.Match[str]) -> bool:
    behind = text[figure.end() :]
    labelled = bool(_LABELLED.search(text))
    exact = bool(_DECIMAL.search(figure.group(0)))
    if _SHARE.match(behind):
        return (exact or labelled) and not _NINES.fullmatch(figure.group(0))
    return bool(_MEASURED.match(behind)) and (exact or labelled)
