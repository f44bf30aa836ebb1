# ruff: noqa: E501 (a pattern or word list is read as one line)
"""Amounts that stand beside a price that moves: what stays, what others ask, what is saved; and the percents that tell a move."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from classify.rules.prices.amounts import Amount
from classify.rules.prices.percents import MOVE, TIMES
from classify.rules.prices.pieces import Piece
from classify.rules.words import UPPER

_STAYS: Final = r"(?:unchanged|no\s+changes?|not\s+(?:affected|touched|changed|part\s+of)|(?:do|does|did|will)(?:n['’]t|\s+not)\s+change|as\s+(?:before|now|today)|is\s+spared|oförändrat|unverändert|remains?|stays?)"
_STAYS_AHEAD = re.compile(
    rf"\b(?:{_STAYS}|continues?|leav(?:es|ing)\b[^.;]*|still)(?:\s+(?:the\s+same|to\s+cost|at|just|only|priced))*[\s:,(]*$",
    re.IGNORECASE,
)
_STAYS_BEHIND = re.compile(rf"[\s,(–—)-]*(?:which\s+|that\s+)?(?:is\s+|are\s+)?{_STAYS}\b", re.IGNORECASE)
_OTHERS = re.compile(
    r"(?:^|[.;,(]\s*)(?:compare|for\s+comparison|by\s+comparison|in\s+comparison|(?:(?:our|their|its|\w+['’]s)\s+)?(?:rivals?|competitors?|competition)|elsewhere|unlike|(?:while|whereas|where|as)\s+(?:its\s+)?(?:rival|competitor)s?)\b[^.;\n]*$",
    re.IGNORECASE,
)
#: What a share is paid with on a market is no price of an offer.
_SHARES = re.compile(
    r"\b(?:shares?|stock|bonds?|notes|adrs?)\b[^.;\n]{0,40}\b(?:clos|trad|end|fell|fall|rose|ris|open|pric|slid|jump|gain|chang)\w*\b[^.;\n]*$",
    re.IGNORECASE,
)
#: Between two that share what is said behind the second: "Creator ($19) and Agency ($149), which don't change".
_JOINED = re.compile(rf"\)?,?\s+(?:and|or)\s+(?:[{UPPER}][\w-]*\s*){{0,3}}\(?")
#: What customers had, and what a new plan replaces.
_LEFT = re.compile(
    r"\b(?:replac(?:es?|ing)\b|(?:customers|users|subscribers|teams|members)\s+on\b(?![^.;,]*\b(?:will|pays?|now)\b))[^.;,]*$|\bthe\s+same\s*$",
    re.IGNORECASE,
)
_SAVED = re.compile(
    r"\b(?:sav(?:es?|ed|ing|ings)|credits?|vouchers?|refunds?|gift\s+card|worth|valued\s+at|orders?\s+(?:over|above|under|below|of|from)|spend(?:s|ing)?(?:\s+of)?|deposit|more\s+than|(?<!go\s)(?<!goes\s)(?<!gone\s)(?<!going\s)(?<!went\s)(?<!moves\s)(?<!moving\s)(?<!jumps\s)(?<!climbs\s)(?<!rises\s)(?<!bumped\s)up\s+to|at\s+least|less\s+than|under|over|minimum\s+(?:(?!\w*plan)\w+\s+){0,2}(?:commitment|spend|charge|order|deposit|fee|invoice|bill|purchase|usage|balance)|(?:set-?up|joining|activation|one-off|one-time|onboarding|cancellation|late|penalty)\s+(?:\w+\s+)?(?:fee|charge|cost)s?)\b[\w\s]{0,24}[:\s]*$",
    re.IGNORECASE,
)
_SAVED_BEHIND = re.compile(
    r"\s+(?:credit|voucher|gift\s+card|refund|coupon|bonus|cashback|rebate|deposit)s?\b", re.IGNORECASE
)
_ONCE = re.compile(
    r"\b(?:launched|opened|started|began|debuted|introduced)(?:\s+\w+){0,3}\s+(?:at|for|with)\s*$|\bwhen\s+(?:it|\w+(?:\s+\w+)?)\s+cost\s*$",
    re.IGNORECASE,
)
_ONCE_BEHIND = re.compile(
    r"(?:\s+(?:a|per)\s+(?:month|year))?\s+(?:\w+\s+years?\s+ago|when\s+it\s+(?:launched|opened|began|started)|at\s+launch)",
    re.IGNORECASE,
)
#: What stands between a percent and the price it leads to: "up 8% to $54", "by a fifth, to $30", "doubles … to $36".
_TO_PRICE = re.compile(
    r"[^.;:%$€£¥₹\n]{0,50}?(?:\bto|\bnow|\bat)(?:\s+(?:just|only|costs?|at))*\s*$", re.IGNORECASE
)
#: What stands between a price and its percent: "$79, 10% less than before", "$99, a 34% cut", "$26 (+8%)".
_TO_PERCENT = re.compile(
    r"[\s,(–—-]*(?:which\s+is\s+|that\s+is\s+|that's\s+)?(?:(?:up|down|plus|minus)\s+(?:by\s+)?|\+|-|−|an?\s+)?$|(?:\s+(?:from|as\s+of|on|in|starting|effective)\s+[\w\s]{2,20}?)?[\s,(–—-]+(?:an?|the)\s+(?:increase|rise|hike|cut|reduction|drop)\s+of\s+$",
    re.IGNORECASE,
)
_CHANGES = re.compile(rf"{MOVE.pattern}|\b(?:less|more|lower|higher|dearer)\b", re.IGNORECASE)
_WAY = re.compile(
    r"(?:[(+−-]|\b(?:up|down)(?:\s+by)?|\b(?:increase|rise|hike|cut|reduction|drop)\s+of)\s*$", re.IGNORECASE
)
_CHANGE_ENDS = re.compile(
    r"\s*(?:(?:price\s+)?(?:cut|rise|increase|reduction|drop|hike|discount)\b)?\s*(?:[.,;:)]|$|\n|(?:than|on|from|compared|over|and|in|for)\b)",
    re.IGNORECASE,
)
_LEVEL = re.compile(r"\b(?:(?<!up )to|at|remains?|stays?)\s*$", re.IGNORECASE)


def beside(text: str, pieces: Sequence[Piece], own: Iterable[str] = ()) -> set[int]:
    """Return the places of amounts that a text itself sets beside the matter: what stays, what others ask, what is saved."""
    found: set[int] = set()
    others = _others(own)
    for piece in pieces:
        lead, behind = _clause(piece.lead), text[piece.end : piece.end + 60]
        sentence = text[max(0, piece.amount.start - len(piece.amount.sentence)) : piece.amount.start]
        opening = re.split(r"[.!?\n]\s+(?=[A-Z])", sentence)[-1]
        ahead = any(pattern.search(lead) for pattern in (_STAYS_AHEAD, _SAVED, _ONCE, _LEFT))
        if (
            ahead
            or _OTHERS.search(opening)
            or others.search(opening)
            or _SHARES.search(opening)
            or any(p.match(behind) for p in (_STAYS_BEHIND, _SAVED_BEHIND, _ONCE_BEHIND))
        ):
            found.add(piece.place)
    for piece, following in zip(reversed(pieces[:-1]), reversed(pieces[1:]), strict=True):
        if following.place in found and _JOINED.fullmatch(following.lead):
            found.add(piece.place)
    return found


def _others(own: Iterable[str]) -> re.Pattern[str]:
    """Return what a sentence says until the price that somebody else asks: "Velo charges …"."""
    names = "|".join(rf"{re.escape(name)}\b" for name in own if name)
    rival = rf"(?!{names})" if names else ""
    return re.compile(
        rf"(?:^|[.;,(]\s*|\b(?:while|whereas|as|where|which)\s+){rival}[{UPPER}][\w&-]*(?:\s+[{UPPER}][\w&-]*)?\s+(?:charges|asks|wants|takes|bills|lists)\b[^.;\n]*$"
    )


def _clause(lead: str) -> str:
    return re.split(r"[.!?;\n]\s+", lead)[-1]


def told_percents(text: str, amounts: Sequence[Amount], pieces: Sequence[Piece]) -> dict[int, int]:
    """Return the percents that a text sets beside a new price, as what it moved by: the price's place by the percent's."""
    found: dict[int, int] = {}
    for place, amount in enumerate(amounts):
        if amount.percent is None:
            continue
        ahead = next((piece for piece in pieces if piece.amount.start >= amount.end), None)
        before = next((piece for piece in reversed(pieces) if piece.end <= amount.start), None)
        if ahead and _TO_PRICE.fullmatch(text[amount.end : ahead.amount.start]) and _is_move(text, amount):
            found[place] = ahead.place
        elif before and _TO_PERCENT.fullmatch(text[before.end : amount.start]) and _is_change(text, amount):
            found[place] = before.place
    return found


def _is_move(text: str, amount: Amount) -> bool:
    words = text[amount.start : amount.end]
    return (
        TIMES.search(words) is not None
        or MOVE.search(text[max(0, amount.start - 80) : amount.end]) is not None
    )


def _is_change(text: str, amount: Amount) -> bool:
    """Return True for the "10% less than before" behind a price, not for the "10% off food"."""
    told = _CHANGES.search(text[amount.start : amount.end + 12]) or _WAY.search(text[: amount.start])
    return told is not None and _CHANGE_ENDS.match(text, amount.end) is not None


def is_level(text: str, amount: Amount) -> bool:
    """Return True for the 0.5 % of "is halved to 0.5 %": a fee, not what it moved by."""
    is_move = re.search(
        r"[a-z]{3}$", text[amount.start : amount.end].replace("percent", "").replace("cent", "")
    )
    return is_move is None and _LEVEL.search(text[: amount.start][-20:]) is not None
