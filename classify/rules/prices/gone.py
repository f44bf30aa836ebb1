# ruff: noqa: E501 (a pattern or word list is read as one line)
"""Plans that ended, with the price they had: "We killed our Enterprise tier. It started at $1,500 a month"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from classify.rules.plans import named_plan
from classify.rules.prices.mentions import MENTION, SIGN, price_of, with_period
from classify.rules.prices.shared import PAID_ONCE, TIMES
from classify.rules.words import COMMON, DATES, UPPER
from classify.signals import Price, PriceMove

_NAME: Final = rf"(?P<name>(?!(?:The|Our|Its|This)\b)[{UPPER}][\w+-]*(?:\s+[{UPPER}\d][\w+-]*){{0,2}}(?:\s+(?:pass|card|app)\b)?)"
_NOUN: Final = r"(?:plan|tier|edition|package|subscription|add-on|app|option|tariff|card|membership|pass)"
#: What is done to a plan that ends, before its name.
ENDS: Final = r"(?i:scraps?|scrapped|scrapping|ends?|ended|ending|drops?|dropped|dropping|removes?|removed|removing|retires?|retired|retiring|discontinues?|discontinued|discontinuing|sunsets?|sunsetting|kill(?:s|ed|ing)?(?:\s+off)?|axes?|axed|axing|ditch(?:es|ed|ing)?|eliminat(?:es|ed|ing)|phas(?:es|ed|ing)\s+out|withdraws?|withdrew|withdrawing|clos(?:es|ed|ing)|cuts?|abolish(?:es|ed)|shut(?:s|ting)?\s+down|(?:get(?:s|ting)?|got)\s+rid\s+of|say(?:s|ing)?\s+goodbye\s+to|pull(?:s|ed|ing)?(?:\s+the\s+plug\s+on)?|shelv(?:es?|ed|ing)|do(?:es|ing)?\s+away\s+with|(?:no\s+longer|stop(?:s|ped|ping)?)\s+(?:offer|sell)(?:s|ed|ing)?(?:\s+any)?|(?:goodbye|farewell)(?:,|\s+to)?|(?:the\s+)?end\s+of)"
#: What becomes of a plan that ends, behind its name.
GONE_BEHIND: Final = r"\s+(?:(?:will|is|are|to|has|have)\s+)?(?:(?:be|been|being|now)\s+)*(?i:ends?|ended|ending|go(?:es)?\s+away|going\s+away|gone|discontinued|retire[sd]?|retiring|scrapped|dropped|removed|withdrawn|closed|clos(?:es?|ing)\s+(?:to\s+new\b|on\b|in\b|at\b)|leav(?:es?|ing)\s+(?:the|our)\s+(?:line-?up|list|menu|range|catalogue|price\s+list)|phased\s+out|no\s+more|no\s+longer\s+(?:available|offered|sold|be\s+(?:available|offered|sold))|shut\s+down|sunset(?:ted)?|disappears?|history)\b"
_KILLS: Final = rf"\b{ENDS}\s+(?:(?:the|our|its|my|old)\s+)*"
_IT: Final = r"(?:[Ii]t|[Tt]hat\s+plan|[Tt]he\s+(?:old\s+)?(?:plan|tier|add-on|app|tariff|card))"
#: From the plan that ended to what it cost: in the same sentence, or in the one that goes on about it.
_COST: Final = rf"(?:(?:,\s+(?:which|that)|[^$€£]{{0,60}}?[.!;(\n]\s*{_IT})(?:\s+(?:had|has))?\s+(?:cost|costs|was|been|started\s+at|began\s+at|sold\s+for|was\s+priced\s+at|went\s+for|used\s+to\s+(?:be|cost))\s+(?:(?:just|only|from|at)\s+)?|,?\s+(?:which\s+was\s+)?priced\s+at\s+|\s*\(\s*(?:was\s+)?)"
_GONE = re.compile(rf"{_KILLS}{_NAME}(?:\s+{_NOUN})?,?{_COST}(?={SIGN}|\d)")
_GONE_APPOSED = re.compile(
    rf"{_KILLS}(?:[a-z][\w-]*\s+){{0,3}}{_NOUN}(?:,|:)?\s+(?:called\s+)?{_NAME},?{_COST}(?={SIGN}|\d)"
)
_GONE_SAID = re.compile(
    rf"(?:(?:^|(?<=[.!?;:,*•\n–-]))\s*(?:(?:The|Our|Its)\s+)?|\b(?:the|our|its)\s+){_NAME}(?:\s+{_NOUN})?(?:,\s[^,.;$€£]{{1,40}},|,)?{GONE_BEHIND}{_COST}(?={SIGN}|\d)",
    re.MULTILINE,
)
#: "its $15-a-month Basic tier", "the $0.99 tip jar": the price stands before what ends.
_PRICED_BEFORE = re.compile(rf"{_KILLS}(?={SIGN}|\d+\s?(?:€|kr))")
_WHAT = re.compile(
    r"[\s-]*(?P<name>(?!(?:off|from|to|in|a|per|credit|discount|more)\b)[^\W\d_][\w+-]*(?:\s+(?!(?:tier|plan|package|subscription)\b|(?:on|in|from|as|at|and|or|because|when|after|for|with|by|to|this|next|today|entirely|altogether|but|that|which)\b)[^\W_][\w+-]*){0,3})(?:\s+(?:tier|plan|package|subscription))?(?!\s+(?:to|by)\b)(?=\s*[.,;:!)]|\s+(?:on|in|from|as|at|and|or|because|when|after|this|next|today|entirely|altogether|but|that|which)\b|\s*$)"
)
#: "Basic ($12) and Pro ($39) close to new signups".
_IN_BRACKETS: Final = rf"[{UPPER}][\w+-]*(?:\s+[{UPPER}\d][\w+-]*){{0,2}}\s+\([^()]*\d[^()]*\)"
_LISTED = re.compile(
    rf"(?P<run>{_IN_BRACKETS}(?:(?:,\s+(?:and\s+)?|\s+and\s+|\s+&\s+){_IN_BRACKETS})*){GONE_BEHIND}"
)
_ONE_LISTED = re.compile(rf"{_NAME}\s+\(")
#: A plan said to end, whatever is said of its price elsewhere.
_ENDED = re.compile(
    rf"{_KILLS}(?:[a-z][\w-]*\s+){{0,2}}{_NAME}(?:\s+{_NOUN})?(?=\s*[.,;!(\n]|\s*$|\s+(?:on|in|from|as\s+of|at|and|after|this|next|today)\b)(?![^.;]*\b(?:to|by)\s+{SIGN})"
)
_ENDED_SAID = re.compile(
    rf"(?:(?:^|(?<=[.!?;:,*•\n–-]))\s*(?:(?:The|Our|Its)\s+)?|\b(?:the|our|its)\s+){_NAME}(?:\s+{_NOUN})?(?:,\s[^,.;$€£]{{1,40}},|,)?{GONE_BEHIND}",
    re.MULTILINE,
)
#: A new price behind: "drops its $35 Basic plan to $25".
_MOVES_ON = re.compile(r"[^.;,()\n]{0,24}?(?:\b(?:to|from|instead|until|now)\b|→|->)", re.IGNORECASE)
#: What is charged no more is not sold no more: it costs nothing from then on.
_FEE = re.compile(r"\b(?:fees?|charges?|surcharges?)$", re.IGNORECASE)
_NO_NAMES: Final = (
    COMMON | DATES | {"it", "this", "that", "we", "they", "price", "prices", "support", "sales"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ended:
    """A plan that ended, where it is named, and what it cost."""

    name: str
    place: int
    price: Price


def with_gone_plans(moves: Sequence[PriceMove], text: str, own: tuple[str, ...]) -> tuple[PriceMove, ...]:
    """Return moves with the plans that a text says ended, which have an old price and no new one."""
    found = {each.name: each for each in _ended(text, own) if each.name}
    told: list[PriceMove] = list(moves)
    for each in found.values():
        price = each.price if PAID_ONCE.search(each.name) else _with_time(each.price, moves)
        told = [_without(move, price) for move in told if not _is_of(move, each)]
        told = [move for move in told if move.after is not None or move.before or move.stated_percent]
        told.insert(_place_of(each, told, text), PriceMove(plan=each.name, before=price))
    names = _ended_names(text, own) - found.keys()
    return tuple(_gone(move) if move.plan in names else move for move in told)


def _is_of(move: PriceMove, ended: _Ended) -> bool:
    """Return True for what else is told of a plan that ended, also with the word of its kind: "Export add-on"."""
    return re.sub(rf"\s+{_NOUN}$", "", move.plan) == ended.name or move.plan == ended.name


def _ended(text: str, own: tuple[str, ...]) -> Iterator[_Ended]:
    """Yield the plans that ended, of which the text tells the price right beside them."""
    for match in _LISTED.finditer(text):
        for one in _ONE_LISTED.finditer(text, match.start("run"), match.end("run")):
            yield from _of(text, one, one.end(), own)
    for pattern in (_GONE, _GONE_APPOSED, _GONE_SAID):
        for match in pattern.finditer(text):
            yield from _of(text, match, match.end(), own)
    for match in _PRICED_BEFORE.finditer(text):
        price = MENTION.match(text, match.end())
        end = _end_of(text, price) if price else match.end()
        what = _WHAT.match(text, end)
        if what is not None:
            yield from (each for each in _of(text, what, match.end(), own) if not _FEE.search(each.name))


def _of(text: str, named: re.Match[str], start: int, own: tuple[str, ...]) -> Iterator[_Ended]:
    match = MENTION.match(text, start)
    price = price_of(match) if match else None
    name = named_plan(named["name"], own)
    if match is None or price is None or not price.currency or not name or name.lower() in _NO_NAMES:
        return
    price = with_period(price, text, match.end())
    if named.start("name") < start and _MOVES_ON.match(text, match.end()):
        return
    yield _Ended(name=name, place=named.start("name"), price=price)


def _end_of(text: str, price: re.Match[str]) -> int:
    """Return where "$15-a-month" ends."""
    time = re.compile(r"[\s-]*(?:a|per|/)[\s-]*(?:month|year|week|day|hour|mo|yr)\b", re.IGNORECASE)
    end = max(price.end(group) for group in ("n1", "c3", "c2"))
    behind = time.match(text, end)
    return behind.end() if behind else end


def _ended_names(text: str, own: tuple[str, ...]) -> set[str]:
    said = {match["name"] for pattern in (_ENDED, _ENDED_SAID) for match in pattern.finditer(text)}
    return {name for each in said if (name := named_plan(each, own)) and name.lower() not in _NO_NAMES}


def _gone(move: PriceMove) -> PriceMove:
    """Return the move of a plan that ended: the one price it has was its old one."""
    if move.before is not None and move.after is not None and move.after.amount:
        return move
    return replace(move, before=move.before or move.after, after=None, stated_percent=None)


def _with_time(price: Price, moves: Sequence[PriceMove]) -> Price:
    """Return a price with the time that all others are for, where none is said of it."""
    sides = [side for move in moves for side in (move.before, move.after) if side is not None]
    times = {side.period for side in sides if side.period}
    return (
        replace(price, period=times.pop())
        if not price.period and len(times) == 1 and times <= TIMES
        else price
    )


def _place_of(ended: _Ended, moves: Sequence[PriceMove], text: str) -> int:
    """Return before which of the moves a plan that ended is named."""
    places = [text.find(move.plan) if move.plan else -1 for move in moves]
    return next((at for at, place in enumerate(places) if place > ended.place), len(moves))


def _without(move: PriceMove, old: Price) -> PriceMove:
    """Return a move without an old price that is another plan's, or without anything but that."""
    if move.before is not None and move.before.amount == old.amount:
        return replace(move, before=None)
    is_old = move.before is None and move.after is not None and move.after.amount == old.amount
    return replace(move, after=None) if is_old else move
