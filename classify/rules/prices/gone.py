# ruff: noqa: E501 (a pattern or word list is read as one line)
"""Plans that ended, with the price they had: "We killed our Enterprise tier. It started at $1,500 a month"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from classify.rules.plans import named_plan
from classify.rules.prices.mentions import MENTION, price_of
from classify.rules.words import UPPER
from classify.signals import Price, PriceMove

_NAME: Final = rf"(?P<name>[{UPPER}][\w+-]*(?:\s+[{UPPER}][\w+-]*){{0,2}})"
#: What is done to a plan that ends, before its name.
ENDS: Final = r"(?i:scraps?|scrapped|scrapping|ends?|ended|ending|drops?|dropped|dropping|removes?|removed|removing|retires?|retired|retiring|discontinues?|discontinued|discontinuing|sunsets?|sunsetting|kill(?:s|ed|ing)?(?:\s+off)?|axes?|axed|axing|ditch(?:es|ed|ing)?|eliminat(?:es|ed|ing)|phas(?:es|ed|ing)\s+out|withdraws?|withdrew|withdrawing|clos(?:es|ed|ing)|cuts?|abolish(?:es|ed)|shut(?:s|ting)?\s+down|(?:get(?:s|ting)?|got)\s+rid\s+of|say(?:s|ing)?\s+goodbye\s+to|pull(?:s|ed|ing)?(?:\s+the\s+plug\s+on)?|do(?:es|ing)?\s+away\s+with|(?:no\s+longer|stop(?:s|ped|ping)?)\s+(?:offer|sell)(?:s|ed|ing)?(?:\s+any)?|(?:goodbye|farewell)(?:,|\s+to)?|(?:the\s+)?end\s+of)"
_KILLS: Final = rf"\b{ENDS}\s+(?:(?:the|our|its|my|old)\s+)*"
#: From the plan that ended to what it cost: in the same sentence, or in the one that goes on about it.
_COST: Final = r"(?:,\s+(?:which|that)|[^$€£]{0,60}?[.!\n]\s*(?:It|That\s+plan|The\s+(?:old\s+)?(?:plan|tier))(?:\s+had)?)\s+(?:cost|was|had\s+been|started\s+at|began\s+at|sold\s+for|was\s+priced\s+at|went\s+for)\s+(?:from\s+)?"
_GONE = re.compile(rf"{_KILLS}{_NAME}(?:\s+(?:plan|tier|edition|package|subscription))?{_COST}")


def with_gone_plans(moves: Sequence[PriceMove], text: str, own: tuple[str, ...]) -> tuple[PriceMove, ...]:
    """Return moves with the plan that a text says ended, which has an old price and no new one."""
    found = _GONE.search(text)
    match = MENTION.match(text, found.end()) if found else None
    price = price_of(match) if match else None
    if found is None or price is None or not price.currency:
        return tuple(moves)
    name = named_plan(found["name"], own)
    ended = PriceMove(plan=name, before=price)
    others = [_without(move, price) for move in moves if move.plan != name]
    return (ended, *(move for move in others if move.after is not None or move.stated_percent is not None))


def _without(move: PriceMove, old: Price) -> PriceMove:
    """Return a move without an old price that is another plan's, or without anything but that."""
    if move.before is not None and move.before.amount == old.amount:
        return replace(move, before=None)
    is_old = move.before is None and move.after is not None and move.after.amount == old.amount
    return replace(move, after=None) if is_old else move
