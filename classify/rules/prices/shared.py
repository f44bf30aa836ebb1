# ruff: noqa: E501 (a pattern or word list is read as one line)
"""What prices are paid for, a month or a unit, where it is said once for several of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from classify.rules.prices.link_words import Link
from classify.rules.prices.periods import PERIODS, UNITS, common_period
from classify.rules.prices.pieces import Piece, enumerated

_PERIOD = r"(?P<period>month|year|annum|mo|Monat|Jahr|månad|mån|yr|week|day|hour)\b"
#: Behind the last of several: ", all per user and month", ", per seat and month", "(per seat, per month)".
_FOR_ALL = re.compile(
    rf"[\s,;(–—-]*\b(?:all|both|each)\b[\s,]*(?:prices\s+|figures\s+)?(?:(?:per|a|each|/)\s*{UNITS}[\s,]*(?:and|und|/|per|a|,)?\s*)?(?:(?:per|a|each|/)\s*)?{_PERIOD}"
    rf"|\s*[,;(–—-]\s*(?:(?:per|a|each|/)\s*{UNITS}[\s,]*(?:and|und|/|per|a|,)?\s*)?(?:(?:per|a|each|/)\s*)?{_PERIOD.replace('period', 'period2')}",
    re.IGNORECASE,
)
#: Anywhere behind: "… and €299 for Enterprise, all per month", ", both a month, 24-month contract".
_EVERY = re.compile(
    rf",\s+(?:all|both|each)\s+(?:prices\s+)?(?:(?:per|a|each|/)\s*{UNITS}[\s,]*(?:and|und|/|per|a|,)?\s*)?(?:(?:per|a|each|/)\s*)?{_PERIOD}",
    re.IGNORECASE,
)
#: What is no price by time: "£25 flat", "$49 once", "€3 each".
_ONCE = re.compile(
    r"\s*[,(]?\s*(?:once|one[\s-]off|one[\s-]time|flat|each|apiece|for\s+(?:life|ever)|(?:(?:a|per)\s+|/\s?)[a-z]|(?:if|when)\s+(?:paid|billed))",
    re.IGNORECASE,
)
#: Things that are bought and not paid by time, whatever their siblings are.
PAID_ONCE: Final = re.compile(
    r"\b(?:(?:day|single|return|adult|child|student|door|cinema|concert|season)?\s*tickets?|fares?|admission|entry|devices?|hardware|dish(?:es)?|routers?|readers?|handsets?|kits?|sensors?|cameras?|books?|installation|installing|set-?up|activation|onboarding|joining|migration|delivery|shipping|postage|deposit|penalty|lifetime|perpetual|one[\s-](?:off|time)|once)\b",
    re.IGNORECASE,
)
NEAR: Final = 12  # Letters behind a price: ", one time".
TIMES: Final = frozenset(["month", "year", "week", "day", "hour", "night"])
FARTHEST: Final = 60
_ADJECTIVE = re.compile(
    r"(?<!billed )(?<!paid )(?<!invoiced )(?<!pay )(?<!or )\b(?P<said>monthly|annual|annually|yearly|weekly|hourly|daily)\b(?!\s+(?:billing|invoic\w*|payments?|active|report))",
    re.IGNORECASE,
)
_ADJECTIVES: Final = {
    "monthly": "month", "annual": "year", "annually": "year", "yearly": "year", "weekly": "week", "hourly": "hour", "daily": "day",
}  # fmt: skip
#: Ahead of all: "Price per user per month: Lite $6 → $7".
_AHEAD = re.compile(
    rf"\b(?:per|a|je|pro)\s+(?:{UNITS}\s*(?:,|\band\b|\bund\b|/|\bper\b|\ba\b)*\s*)?(?:per\s+)?(?P<period>month|year|Monat|Jahr)\s*(?:\([^()]*\)\s*)?[:–—]",
    re.IGNORECASE,
)
_STEP = re.compile(
    rf"\d\s+(?:more|less|extra|cheaper|dearer)\s+(?:(?:per|a|each)\s+{UNITS}[\s,]*(?:and\s+)?)?(?:per|a|each|every|/)\s*{_PERIOD}",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[;\n]|[.!?]\s+(?=[A-Z\d$€£¥₹])")


def periods_of(
    text: str, pieces: Sequence[Piece], links: Sequence[Link], plans: Mapping[int, str]
) -> dict[int, str]:
    """Return what each amount is paid for, by its place: as it is said beside it, else where it is said for several."""
    found: dict[int, str] = {}
    for piece in pieces:
        if piece.amount.price is not None and piece.amount.price.period:
            found[piece.place] = piece.amount.price.period
    found = _within_moves(found, links)
    for sentence in _by_sentence(pieces):
        for place, period in _in_sentence(text, sentence, links, plans, found):
            found.setdefault(place, period)
    common = common_period(text) or _of_step(text)
    for piece in pieces:
        said = _ahead(text, piece) or common
        if said:
            found.setdefault(piece.place, said)
    found = _within_moves(found, links)
    for place, period in _of_siblings(text, pieces, links, plans, found):
        found.setdefault(place, period)
    return found


def _within_moves(found: Mapping[int, str], links: Sequence[Link]) -> dict[int, str]:
    """Return periods with those that only one side of a move states; the period of a step says nothing against the price's."""
    shared = dict(found)
    for link in links:
        period = found.get(link.new) or found.get(link.other)
        if period:
            shared.setdefault(link.new, period)
            shared.setdefault(link.other, period)
    return shared


def _by_sentence(pieces: Sequence[Piece]) -> list[list[Piece]]:
    found: dict[str, list[Piece]] = {}
    for piece in pieces:
        found.setdefault(piece.amount.sentence, []).append(piece)
    return list(found.values())


def _in_sentence(
    text: str,
    pieces: Sequence[Piece],
    links: Sequence[Link],
    plans: Mapping[int, str],
    stated: Mapping[int, str],
) -> Iterator[tuple[int, str]]:
    """Yield periods that one amount of a sentence states for others of it."""
    yield from _said_behind(text, pieces)
    for block in enumerated(pieces):
        last = stated.get(block[-1].place)
        if last:
            yield from ((piece.place, last) for piece in block)
    linked = {place for link in links for place in (link.new, link.other)}
    moves = [piece.place for piece in pieces if piece.place in linked]
    only = {stated[piece.place] for piece in pieces if piece.place in stated}
    if len(only) == 1:
        yield from ((place, next(iter(only))) for place in moves)
    if len(only) == 1 and only <= TIMES:
        yield from ((piece.place, next(iter(only))) for piece in pieces if not _ONCE.match(text, piece.end))
    yield from _parallel(pieces, linked, plans, stated)


def _said_behind(text: str, pieces: Sequence[Piece]) -> Iterator[tuple[int, str]]:
    """Yield the period that stands behind the last of several, or behind all of them: ", all per user and month"."""
    last = pieces[-1]
    found = _FOR_ALL.match(text, last.amount.end) or _FOR_ALL.match(text, last.end)
    if found is None:
        found = _EVERY.search(text, pieces[0].end, last.end + FARTHEST)
    if found:
        unit = (found["period"] or found.groupdict().get("period2") or "").lower()
        before = [piece for piece in pieces if piece.end <= found.start()]
        yield from ((piece.place, PERIODS.get(unit, unit)) for piece in before or pieces)


def _parallel(
    pieces: Sequence[Piece], linked: set[int], plans: Mapping[int, str], stated: Mapping[int, str]
) -> Iterator[tuple[int, str]]:
    """Yield the period of "Draft (£10 a month), Desk (£22) and Floor (£40)": each of another plan, named beside it."""
    alone = [piece for piece in pieces if piece.place not in linked and plans.get(piece.place)]
    names = [plans[piece.place] for piece in alone]
    only = {stated[piece.place] for piece in alone if piece.place in stated}
    if len(only) == 1 and len(set(names)) == len(names) > 1:
        yield from ((piece.place, next(iter(only))) for piece in alone)


def _of_siblings(
    text: str,
    pieces: Sequence[Piece],
    links: Sequence[Link],
    plans: Mapping[int, str],
    stated: Mapping[int, str],
) -> Iterator[tuple[int, str]]:
    """Yield the time that the prices before tell, for those of a plan or of a move that tell none of their own.

    What is paid once, and what has a measure of its own, takes none.
    """
    linked = {place for link in links for place in (link.new, link.other)}
    before: set[str] = set()
    for piece in pieces:
        said = stated.get(piece.place)
        if said is not None:
            before |= {said} & TIMES
            continue
        is_sibling = piece.place in linked or (plans.get(piece.place) and _is_paid(piece))
        if len(before) == 1 and is_sibling and not _is_paid_once(text, piece):
            yield piece.place, next(iter(before))


def _is_paid(piece: Piece) -> bool:
    return piece.amount.price is not None and bool(piece.amount.price.amount)


def _is_paid_once(text: str, piece: Piece) -> bool:
    if _ONCE.match(text, piece.end):
        return True
    start = max((match.end() for match in _ENDS.finditer(text, 0, piece.amount.start)), default=0)
    return PAID_ONCE.search(text, start, piece.end + NEAR) is not None


def _of_step(text: str) -> str | None:
    """Return the period of a step that is told beside no price: "will pay $5 more a month. Basic rises from …"."""
    found = _STEP.search(text)
    return PERIODS.get(found["period"].lower(), found["period"].lower()) if found else None


def _ahead(text: str, piece: Piece) -> str | None:
    """Return the period that the words before an amount tell: "monthly fee", "Price per user and month: …"."""
    start = piece.amount.start
    sentence = piece.amount.sentence
    opening = text[max(0, start - len(sentence)) : start]
    clause = _ENDS.split(opening)[-1]
    for part in (piece.lead[-90:], clause):
        said = _ADJECTIVE.findall(_ENDS.split(part)[-1])
        if said:
            return _ADJECTIVES[said[-1].lower()]
    found = _AHEAD.search(clause)
    return PERIODS.get(found["period"].lower(), found["period"].lower()) if found else None
